/**
 * Queries of a Verus run asked again of local solvers, as obligations of kind `smt-query`. They say how stable a proof is
 * and which solver finds it; they hold no lifetime, mode, recursion or by(compute) checks, so a function takes nothing from them.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, CheckContext, Obligation, Tool } from '../contract.ts';
import { allFit } from '../locate.ts';
import { runNative, type EngineOutcome } from '../smt/attempt.ts';
import { engineFor } from '../smt/engines.ts';
import { classOf, REASON, type Verdict } from '../verdict.ts';
import { readQueries, type Query, type QueryFile } from './queries.ts';

export const REPLAYED_FROM = 3;
const STABILITY_FROM = 3;
/** A module's queries with its prelude are below 2 MB in the recorded set. */
const LARGEST_QUERY_BYTES = 256 * 1024 * 1024;

/** Every query file of the folder, in the order of their names; a function's queries are counted over all of them. */
export async function replayQueries(context: CheckContext, folder: string, known: ReadonlyMap<string, Obligation>): Promise<void> {
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.smt2')).sort();
  const counts = new Map<string, number>();
  const entrants = entrantsOf(context);
  for (const name of names) {
    if (context.signal.aborted) return;
    const path = join(folder, name);
    if ((await stat(path)).size > LARGEST_QUERY_BYTES) continue;
    const file = readQueries(await readFile(path));
    if (file.queries.length === 0 || file.script.problem) continue;
    const outcomes = await askAll(context, file, entrants);
    for (const query of file.queries) {
      const count = (counts.get(query.function) ?? 0) + 1;
      counts.set(query.function, count);
      const obligation = obligationOf(context, query, count, known.get(query.function));
      context.discover(obligation);
      reportQuery(context, obligation, query, outcomes);
    }
  }
}

interface Entrant { readonly tool: Tool; readonly seed: number }
/** A proof that hangs by the seed breaks at the next unrelated edit: three searches show most that do. */
const SEEDS = [0, 17, 42];

/** The newest of each solver; with more effort every version of z3, and the first of them under other seeds. */
function entrantsOf({ tools, limits }: CheckContext): Entrant[] {
  const [z3, cvc5] = ['z3', 'cvc5'].map((id) => allFit(tools, id).filter((tool) => engineFor(tool.id) !== undefined)) as [Tool[], Tool[]];
  const first = [...z3.slice(0, 1), ...cvc5.slice(0, 1)].map((tool) => ({ tool, seed: 0 }));
  if (limits.effort < STABILITY_FROM) return first;
  return [...first, ...z3.slice(1).map((tool) => ({ tool, seed: 0 })), ...z3.slice(0, 1).flatMap((tool) => SEEDS.slice(1).map((seed) => ({ tool, seed })))];
}

/** One process for each solver and file: the queries share their prelude. */
async function askAll(context: CheckContext, file: QueryFile, entrants: readonly Entrant[]): Promise<Asked[]> {
  const checks = file.queries.map((query) => query.check);
  return Promise.all(entrants.filter(({ tool }) => engineFor(tool.id)!.takes(file.script, tool)).map(async ({ tool, seed }) => (
    { ...await runNative(context, engineFor(tool.id)!, { script: file.script, checks, tool, seed, wallSeconds: context.limits.wallSeconds, obligations: [] }), seed })));
}

type Asked = EngineOutcome & { readonly seed: number };

/** Under which seeds of one solver the query was shown, where not under all. */
export function instability(query: Query, outcomes: readonly (Pick<EngineOutcome, 'answers' | 'tool'> & { readonly seed: number })[]): string | undefined {
  const [first] = outcomes.filter((one) => one.seed !== 0);
  const searches = outcomes.filter((one) => first !== undefined && one.tool.path === first.tool.path);
  const shown = searches.filter((one) => one.answers.get(query.check.number)?.answer === 'unsat');
  if (shown.length === 0 || shown.length === searches.length) return undefined;
  return `${first!.tool.id} ${first!.tool.version} shows it under ${shown.length} of ${searches.length} seeds (${shown.map((one) => one.seed).join(', ')})`;
}

export function verdictOfQuery(query: Query, outcomes: readonly EngineOutcome[]): { verdict: Verdict; by?: EngineOutcome } {
  const answers = outcomes.map((outcome) => ({ outcome, answer: outcome.answers.get(query.check.number)?.answer }));
  const unsat = answers.find((one) => one.answer === 'unsat');
  const sat = answers.find((one) => one.answer === 'sat');
  if (unsat && sat) return { verdict: { kind: 'unknown', answer: 'unknown', reason: REASON.disputed } };
  if (unsat) return { verdict: { kind: 'proved', answer: 'unsat' }, by: unsat.outcome };
  if (sat) return { verdict: { kind: 'failed', answer: 'sat', reason: 'the query has a model' }, by: sat.outcome };
  const [first] = outcomes;
  return first ? { verdict: first.open(query.check.number), by: first } : { verdict: { kind: 'tool-missing', reason: 'no z3 or cvc5 on PATH', remedy: 'apt install z3' } };
}

function reportQuery(context: CheckContext, obligation: Obligation, query: Query, outcomes: readonly Asked[]): void {
  const unstable = instability(query, outcomes);
  const { verdict, by } = verdictOfQuery(query, outcomes);
  const ordered = by ? [by, ...outcomes.filter((one) => one !== by)] : outcomes;
  const attempts = ordered.map((one, index): Attempt => ({ ...one.attempt, said: index === 0 && by ? verdict : said(one, query) }));
  const also = ordered.slice(1).filter((one) => classOf(verdict.kind) === 'green' && one.answers.get(query.check.number)?.answer === 'unsat');
  context.report({
    obligation: obligation.id, verdict, attempts,
    diagnostics: unstable === undefined ? [] : [{ severity: 'warning', code: 'unstable', message: unstable, obligation: obligation.id, file: obligation.file, range: obligation.range }],
    confirmed: also.map((one) => ({ by: `${one.tool.id} ${one.tool.version}`, how: 'a second solver says unsat' })),
    seconds: by?.attempt.seconds ?? 0, memoryMb: by?.attempt.peakMemoryMb ?? 0,
  });
}

function said(outcome: EngineOutcome, query: Query): Verdict {
  const answer = outcome.answers.get(query.check.number)?.answer;
  return answer === 'unsat' ? { kind: 'proved', answer } : answer === 'sat' ? { kind: 'failed', answer } : outcome.open(query.check.number);
}

function obligationOf(context: CheckContext, query: Query, count: number, owner: Obligation | undefined): Obligation {
  const { project } = context;
  const symbol = `${query.function} query ${count}`;
  const at = query.place ?? { file: '', line: 1, column: 1 };
  const start = { line: at.line, column: at.column };
  return {
    id: `${project.id}#smt/${symbol}`, project: project.id, toolchain: project.toolchain, task: 'smt', symbol, kind: 'smt-query', file: owner?.file ?? (context.tree.has(at.file) ? at.file : project.name),
    range: owner?.range ?? { start, end: start }, assumptions: owner?.assumptions ?? [], assumptionScope: owner?.assumptionScope ?? 'project',
  };
}
