/**
 * Contradictory preconditions prove anything. Where everything of a symbol was proved from a contradiction, a copy of the
 * program with `assert false` at the start of its body is asked: proved there, the preconditions as a whole contradict.
 */
import type { CheckContext } from '../contract.ts';
import { copyProgram } from './copy.ts';
import { REASON } from '../verdict.ts';
import { readLog } from './log.ts';
import { runDafny, type RunRequest } from './run.ts';
import type { SymbolOutcome } from './weigh.ts';
import { verdictOfWhole } from './whole.ts';

const PROBE = ' assert false; ';

/** @param only where the run did not ask for contradictions: those of which no run that did has spoken well */
export async function confirmVacuity(context: CheckContext, request: RunRequest, outcomes: readonly SymbolOutcome[], only?: ReadonlySet<string>): Promise<readonly SymbolOutcome[]> {
  const suspects = outcomes.filter((outcome) => (only?.has(outcome.obligation.id) ?? true) && isSuspect(outcome, only === undefined));
  if (suspects.length === 0 || context.signal.aborted) return outcomes;
  const vacuous = await probe(context, request, suspects);
  return outcomes.map((outcome) => (vacuous.has(outcome.obligation.id) ? { ...outcome, verdict: { kind: 'failed', reason: REASON.vacuous } } : outcome));
}

/** Proved, with a body, not a lemma whose claim is the contradiction itself, and nothing of it proved otherwise. */
function isSuspect(outcome: SymbolOutcome, wasAsked: boolean): boolean {
  const { symbol } = outcome;
  if (outcome.verdict.kind !== 'proved' || !symbol?.declaration.body || (wasAsked && outcome.contradictions.length === 0)) return false;
  const head = symbol.file.tokens.slice(symbol.declaration.nameToken, symbol.declaration.body.open);
  if (head.some((token, at) => token.text === 'ensures' && head[at + 1]?.text === 'false')) return false;
  if (!wasAsked) return head.some((token) => token.kind === 'word' && token.text === 'requires');
  const covered = (line: number, column: number): boolean => outcome.contradictions.some(({ place: { start, end } }) =>
    (start.line < line || (start.line === line && start.column <= column)) && (end.line > line || (end.line === line && end.column >= column)));
  const assertions = outcome.logged.filter((logged) => logged.aspect === 'correctness').flatMap((logged) => logged.tasks).flatMap((task) => task.assertions);
  // Dafny does not warn of the postcondition of a function: one of its assertions is enough for a closer look.
  return assertions.every((assertion) => covered(assertion.line, assertion.column) || /out-parameter/.test(assertion.description));
}

async function probe(context: CheckContext, request: RunRequest, suspects: readonly SymbolOutcome[]): Promise<ReadonlySet<string>> {
  const files = new Map(suspects.map((suspect) => [suspect.symbol!.file.path, suspect.symbol!.file]));
  const copy = await copyProgram(context, 'probe', (path, text) => {
    const file = files.get(path);
    if (!file) return text;
    const inside = suspects.filter((suspect) => suspect.symbol!.file.path === path).sort((a, b) => b.symbol!.declaration.body!.open - a.symbol!.declaration.body!.open);
    for (const { symbol } of inside) {
      const open = file.tokens[symbol!.declaration.body!.open]!;
      text = text.slice(0, open.end) + PROBE + text.slice(open.end);
    }
    return text;
  });
  if (!copy) return new Set();
  const { roots } = copy;
  const result = await runDafny(context, { ...request, roots, isolate: true, counterexamples: false, contradictions: false, label: `${request.label} vacuity` });
  const reading = readLog(result.stdout.content, result.stdout.truncated);
  if (verdictOfWhole(reading, result, 'dafny', context.limits) !== undefined) return new Set();
  const vacuous = new Set<string>();
  for (const suspect of suspects) {
    const { symbol, obligation } = suspect;
    const open = symbol!.file.tokens[symbol!.declaration.body!.open]!;
    const line = symbol!.file.places.at(open.end).line;
    const logged = (reading.symbols ?? []).filter((one) => one.name.replace(/#$/, '') === symbol!.declaration.path);
    const tasks = logged.flatMap((one) => one.tasks).filter((task) => task.assertions.length === 1 && task.assertions[0]!.line === line && task.assertions[0]!.description === 'assertion always holds');
    // The first assertion of its line is the probe.
    const first = tasks.sort((a, b) => a.assertions[0]!.column - b.assertions[0]!.column)[0];
    if (first?.outcome === 'Valid') vacuous.add(obligation.id);
  }
  return vacuous;
}
