/** Puts the runs of several solvers together: for each symbol the best verdict, with the run that gave it first. */
import type { Assumption, Attempt, CheckContext, Diagnostic, Obligation, ObligationResult } from '../contract.ts';
import { classOf, REASON, type Verdict } from '../verdict.ts';
import type { Audited } from './audit.ts';
import { closureOf, type Program } from './program.ts';
import type { SymbolOutcome } from './weigh.ts';

export interface RunOutcome {
  readonly attempt: Attempt;
  /** More that its verdicts stand on, or that was tried for them. */
  readonly beside?: readonly Attempt[];
  /** Who proved it, where that is not one solver under Dafny. */
  readonly used?: string;
  /** Where the run says nothing of single symbols. */
  readonly whole?: Verdict;
  /** Where only these were asked. */
  readonly partial?: ReadonlySet<string>;
  readonly symbols: readonly SymbolOutcome[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Proved by one solver is proved, unless its assumptions contradict each other. Otherwise what was seen counts before what was not finished. */
const BEST: readonly Verdict['kind'][] = [
  'malformed', 'proved', 'nothing-to-prove', 'not-run', 'refuted', 'failed', 'unknown', 'timeout', 'out-of-resource', 'out-of-memory', 'crashed', 'tool-missing', 'cancelled',
];
const rank = (verdict: Verdict): number => (verdict.kind === 'failed' && verdict.reason === REASON.vacuous ? -1 : BEST.indexOf(verdict.kind));

export function report(context: CheckContext, program: Program, outcomes: readonly RunOutcome[], audited?: Audited): void {
  const obligations = new Map<string, Obligation>();
  for (const symbol of program.symbols) obligations.set(symbol.obligation.id, symbol.obligation);
  for (const asked of context.asked) obligations.set(asked.id, asked);
  for (const outcome of outcomes) for (const { obligation } of outcome.symbols) if (!obligations.has(obligation.id)) { obligations.set(obligation.id, obligation); context.discover(obligation); }
  const results = new Map<string, ObligationResult>();
  for (const obligation of obligations.values()) results.set(obligation.id, resultOf(obligation, outcomes));
  for (const result of results.values()) context.report(withAudit(withDependencies(result, program, results), audited));
}

interface Said { readonly outcome: RunOutcome; readonly symbol?: SymbolOutcome; readonly verdict: Verdict }

function resultOf(obligation: Obligation, outcomes: readonly RunOutcome[]): ObligationResult {
  const said = outcomes.flatMap((outcome): readonly Said[] => {
    const symbol = outcome.symbols.find((one) => one.obligation.id === obligation.id);
    if (outcome.partial && (!outcome.partial.has(obligation.id) || (!symbol && !outcome.whole))) return [];
    return [{ outcome, ...(symbol ? { symbol } : {}), verdict: symbol?.verdict ?? outcome.whole ?? { kind: 'nothing-to-prove', reason: 'Dafny found nothing to prove in the file' } }];
  });
  const ordered = said.map((one, index) => ({ one, index })).sort((a, b) => rank(a.one.verdict) - rank(b.one.verdict) || a.index - b.index).map(({ one }) => one);
  const best = ordered[0]!;
  const { symbol, outcome } = best;
  const isDisputed = said.some((one) => one.verdict.kind === 'refuted') && said.some((one) => classOf(one.verdict.kind) === 'green');
  const verdict: Verdict = isDisputed ? { kind: 'unknown', reason: REASON.disputed } : best.verdict;
  const also = ordered.slice(1).filter((one) => classOf(verdict.kind) === 'green' && one.verdict.kind === verdict.kind);
  return {
    obligation: obligation.id, verdict, ...(symbol && symbol.parts.length > 0 ? { parts: symbol.parts } : {}),
    diagnostics: symbol ? symbol.diagnostics : outcome.diagnostics.filter((one) => one.severity === 'error'),
    attempts: ordered.flatMap((one) => [{ ...one.outcome.attempt, said: one.verdict }, ...one.outcome.beside ?? []]),
    confirmed: also.map(({ outcome: other }) => ({ by: nameOfSolver(other) ?? other.attempt.tool, how: other.used === undefined ? 'the same program under another solver' : 'its verification conditions, one by one' })),
    ...(nameOfSolver(outcome) === undefined ? {} : { used: nameOfSolver(outcome) }),
    seconds: symbol ? symbol.seconds : outcome.attempt.seconds, memoryMb: outcome.attempt.peakMemoryMb,
  };
}

function nameOfSolver({ used, attempt: { solver } }: RunOutcome): string | undefined { return used ?? (solver && `${solver.id} ${solver.version}`); }

function withAudit(result: ObligationResult, audited: Audited | undefined): ObligationResult {
  const added = audited?.added.get(result.obligation) ?? [];
  return audited && added.length > 0 ? { ...result, assumptions: [...result.assumptions ?? [], ...added], attempts: [...result.attempts, audited.attempt] } : result;
}

/** What a green symbol uses and is not proved itself: by names, so rather too much than too little. */
function withDependencies(result: ObligationResult, program: Program, results: ReadonlyMap<string, ObligationResult>): ObligationResult {
  if (classOf(result.verdict.kind) !== 'green') return result;
  const reached = closureOf(result.obligation, program.uses);
  const unproved = program.symbols.filter(({ obligation: { id } }) => {
    const kind = results.get(id)?.verdict.kind;
    return id !== result.obligation && kind !== undefined && classOf(kind) !== 'green' && kind !== 'nothing-to-prove' && reached.has(id);
  });
  if (unproved.length === 0) return result;
  const assumptions = unproved.map(({ obligation: { id, toolchain, symbol, file, range } }): Assumption => ({
    id: `dafny:${file}:unproved-dependency:${id}`, toolchain, kind: 'unproved-dependency', file, range, symbol, text: `${symbol} is not proved (${results.get(id)!.verdict.kind})`,
  }));
  const notes = assumptions.map(({ kind, text, file, range }): Diagnostic => ({ severity: 'warning', code: kind, message: `it rests on this: ${text}`, file, range, obligation: result.obligation }));
  return { ...result, assumptions, diagnostics: [...result.diagnostics, ...notes] };
}
