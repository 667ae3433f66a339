/**
 * What a run left open, asked again of other solvers, versions and seeds, condition by condition. A symbol is proved so only
 * where every one of its conditions is: valid in the run that wrote them, or `unsat` by a solver, and contradicted by none.
 */
import { readdir } from 'node:fs/promises';
import type { Attempt, CheckContext, Tool } from '../../contract.ts';
import { race } from '../../race.ts';
import { runNative, type AttemptRequest, type EngineOutcome } from '../../smt/attempt.ts';
import { EMBEDDED_ID } from '../../smt/embedded-location.ts';
import { runEmbeddedZ3 } from '../../smt/embedded.ts';
import { engineFor } from '../../smt/engines.ts';
import { REASON, type Verdict } from '../../verdict.ts';
import type { RunOutcome } from '../report.ts';
import type { SymbolOutcome } from '../weigh.ts';
import { keyOf, readConditions, type Condition } from './files.ts';
import { entrants, soundSolvers } from './portfolio.ts';

/** A run that wrote its conditions into a folder. */
export interface Written { readonly folder: string; readonly solver: Tool; readonly outcome: RunOutcome }

/** One outcome for each symbol that was asked again, whatever came of it. */
export async function raceConditions(context: CheckContext, written: readonly Written[], open: ReadonlySet<string>): Promise<RunOutcome[]> {
  const left = new Set(open);
  const solvers = await soundSolvers(context);
  const races: Promise<RunOutcome | undefined>[] = [];
  for (const run of written) {
    if (run.outcome.whole || (await readdir(run.folder).catch(() => [])).length === 0) continue;
    const symbols = run.outcome.symbols.filter((one) => left.has(one.obligation.id) && one.logged.length > 0 && (one.verdict.kind === 'failed' || one.verdict.kind === 'timeout' || one.verdict.kind === 'out-of-resource' || one.verdict.kind === 'unknown') && !one.symbol?.narrowed);
    const conditions = await readConditions(run.folder, symbols.flatMap((one) => one.logged), new Set(symbols.flatMap((one) => one.logged.map(keyOf))));
    for (const symbol of symbols) {
      const own = symbol.logged.map((logged) => conditions.get(keyOf(logged)));
      if (own.some((one) => one === undefined)) continue;
      left.delete(symbol.obligation.id);
      races.push(raceSymbol(context, solvers, run, symbol, own.flatMap((one) => one!)));
    }
  }
  return (await Promise.all(races)).filter((one) => one !== undefined);
}

async function raceSymbol(context: CheckContext, solvers: readonly Tool[], run: Written, symbol: SymbolOutcome, conditions: readonly Condition[]): Promise<RunOutcome | undefined> {
  const { id } = symbol.obligation;
  const attempts: Attempt[] = [];
  const winners: string[] = [];
  let verdict: Verdict = { kind: 'proved' };
  const parts = [...symbol.parts];
  for (const [index, condition] of conditions.entries()) {
    if (condition.task.outcome === 'Valid') continue;
    const asked = await raceOne(context, solvers, run, condition, id);
    attempts.unshift(...asked.attempts);
    if (parts[index]) parts[index] = { ...parts[index], verdict: asked.verdict };
    if (asked.verdict.kind !== 'proved') { verdict = asked.verdict; break; }
    winners.push(asked.by!);
  }
  const [deciding, ...beside] = attempts;
  if (!deciding || context.signal.aborted) return undefined;
  const proved = verdict.kind === 'proved' && winners.length > 0;
  const valid = conditions.length - winners.length;
  const by = [...new Set(winners)].join(', ');
  return {
    attempt: deciding, beside: [...beside, { ...run.outcome.attempt, said: symbol.verdict }], partial: new Set([id]), diagnostics: [],
    ...(proved ? { used: valid === 0 ? by : `${by}; ${run.solver.id} ${run.solver.version} for ${valid} of ${conditions.length} conditions` } : {}),
    symbols: [{ ...symbol, verdict, parts, contradictions: [], diagnostics: proved ? symbol.diagnostics.filter((one) => one.severity !== 'error') : symbol.diagnostics }],
  };
}

interface Asked { readonly verdict: Verdict; readonly attempts: readonly Attempt[]; readonly by?: string }

async function raceOne(context: CheckContext, solvers: readonly Tool[], run: Written, condition: Condition, obligation: string): Promise<Asked> {
  const { script, check } = condition;
  const answerOf = (outcome: EngineOutcome): string | undefined => outcome.answers.get(check.number)?.answer;
  const ways = entrants(script, solvers, context.limits.effort, run.solver).map(({ tool, seed }) => (signal: AbortSignal): Promise<EngineOutcome> => {
    const request: AttemptRequest = { script, checks: [check], tool, seed, wallSeconds: context.limits.wallSeconds, signal, obligations: [obligation] };
    return tool.id === EMBEDDED_ID ? runEmbeddedZ3(context, request) : runNative(context, engineFor(tool.id)!, request);
  });
  const { winner, all } = await race(ways, (outcome) => answerOf(outcome) === 'unsat', context.signal);
  const ordered = winner ? [winner, ...all.filter((one) => one !== winner)] : all;
  const attempts = ordered.filter((one) => one.attempt.exit.reason !== 'cancelled' || one === winner).map((outcome): Attempt => ({ ...outcome.attempt, outputs: [...outcome.attempt.outputs, textOf(condition)], said: said(outcome, condition) }));
  const sat = all.find((one) => answerOf(one) === 'sat');
  if (winner && sat) return { verdict: { kind: 'unknown', reason: REASON.disputed }, attempts };
  if (winner) return { verdict: { kind: 'proved' }, attempts, by: nameOf(winner.tool) };
  return { verdict: attempts.map((one) => one.said!).find((one) => one.kind !== 'unknown') ?? attempts[0]?.said ?? { kind: 'unknown', reason: 'no solver was asked' }, attempts };
}

function said(outcome: EngineOutcome, { check }: Condition): Verdict {
  const answer = outcome.answers.get(check.number)?.answer;
  return answer === 'unsat' ? { kind: 'proved', answer } : answer === 'sat' ? { kind: 'failed', answer, reason: 'the condition has a model' } : outcome.open(check.number);
}

/** Kept as evidence: with it anybody can ask again. */
function textOf({ file, bytes }: Condition): Attempt['outputs'][number] {
  return { name: file.slice(file.lastIndexOf('/') + 1), content: bytes, bytes: bytes.length, truncated: false };
}

function nameOf(tool: Tool): string { return `${tool.id} ${tool.version}`; }
