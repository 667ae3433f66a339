/** Checks one project with one run; every function takes its verdict from the records of that run alone. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckContext, Diagnostic, ObligationResult, Obligation } from '../contract.ts';
import { solverProblem } from '../solver-canary.ts';
import { firstFit } from '../locate.ts';
import { classOf, type Verdict } from '../verdict.ts';
import { readDiagnostics } from './diagnostics.ts';
import { REMEDY } from './locate.ts';
import { readPrograms, targetsOf } from './outline.ts';
import { readOutput } from './output.ts';
import type { Program } from './program.ts';
import { REPLAYED_FROM, replayQueries } from './replay.ts';
import { runVerus } from './run.ts';
import { solverFor } from './solver.ts';
import { diagnosticOf, weigh, type FunctionOutcome } from './weigh.ts';
import { verdictOfWhole } from './whole.ts';

export async function checkProject(context: CheckContext): Promise<void> {
  const verus = firstFit(context.tools, 'verus');
  if (!verus) { all(context, { kind: 'tool-missing', reason: 'no verus on PATH', remedy: REMEDY }); return; }
  const choice = solverFor(verus, context.tools);
  if (!choice) { all(context, { kind: 'tool-missing', reason: 'Verus has no solver', remedy: `put the z3 of the Verus release beside ${verus.path}, or set VERUS_Z3_PATH` }); return; }
  const problem = await solverProblem(context, choice.solver);
  if (context.signal.aborted) { all(context, { kind: 'cancelled' }); return; }
  if (problem !== undefined) { all(context, { kind: 'crashed', reason: problem }); return; }
  const isCrate = context.project.options.kind === 'crate';
  const cargo = isCrate ? firstFit(context.tools, 'cargo-verus') : undefined;
  if (isCrate && !cargo) { all(context, { kind: 'tool-missing', reason: 'no cargo-verus on PATH', remedy: REMEDY }); return; }
  const { programs } = await readPrograms(context.project, context.tree, (path) => context.read(path));
  const logFolder = context.limits.effort >= REPLAYED_FROM ? join(await context.workspace(), 'queries') : undefined;
  if (logFolder !== undefined) await mkdir(logFolder, { recursive: true });
  const run = await runVerus(context, { verus, solver: choice.solver, exactSolver: choice.exact, ...(cargo ? { cargo } : {}), ...(logFolder === undefined ? {} : { logFolder }) });
  const { result, attempt } = run;
  const reading = readOutput(result.stdout.content, result.stdout.truncated || result.stderr.truncated);
  const said = readDiagnostics(result.stderr.content.toString('utf8'), reading.messages);
  const asked = choice.exact ? {} : { asked: `z3 ${choice.expected}`, used: `z3 ${choice.solver.version}` };
  const whole = verdictOfWhole(reading, said, result, `verus ${verus.version}`, context.limits);
  const common = { confirmed: [], memoryMb: attempt.peakMemoryMb, ...asked };
  if (whole) {
    const errors = said.diagnostics.filter((one) => one.severity === 'error').map((diagnostic) => diagnosticOf({ diagnostic }, run));
    for (const { id } of context.asked) context.report({ ...common, obligation: id, verdict: whole, diagnostics: errors, attempts: [{ ...attempt, said: whole }], seconds: attempt.seconds });
    return;
  }
  const outcomes = weigh(reading, said, { project: context.project, programs, fileOf: (name) => run.fileOf(name), rootFile: targetsOf(context.project)[0]!.root });
  const verdicts = new Map(outcomes.map((outcome) => [outcome.obligation.id, outcome.verdict]));
  for (const outcome of outcomes) {
    if (outcome.discovered) context.discover(outcome.obligation);
    context.report({
      ...common, obligation: outcome.obligation.id, verdict: outcome.verdict, ...(outcome.parts.length > 0 ? { parts: outcome.parts } : {}),
      diagnostics: [...outcome.diagnostics, ...dependencies(outcome, programs, verdicts)], attempts: [{ ...attempt, said: outcome.verdict }], seconds: outcome.seconds,
    });
  }
  if (logFolder !== undefined) await replayQueries(context, logFolder, new Map(outcomes.map((outcome) => [outcome.obligation.symbol, outcome.obligation])));
  for (const { id } of context.asked) if (!verdicts.has(id)) {
    const verdict: Verdict = { kind: 'nothing-to-prove', reason: 'Verus made no proof task in it' };
    context.report({ ...common, obligation: id, verdict, diagnostics: [], attempts: [{ ...attempt, said: verdict }], seconds: attempt.seconds });
  }
}

/** What a green function uses and is not proved itself: said beside it, by names, so rather too much than too little. */
function dependencies(outcome: FunctionOutcome, programs: readonly Program[], verdicts: ReadonlyMap<string, Verdict>): Diagnostic[] {
  if (classOf(outcome.verdict.kind) !== 'green') return [];
  // Where everything is green there is nothing to say.
  if (![...verdicts.values()].some((verdict) => classOf(verdict.kind) !== 'green' && verdict.kind !== 'nothing-to-prove')) return [];
  const used = programs.flatMap((program) => [...program.uses(outcome.obligation.id)]);
  const obligations = new Map<string, Obligation>(programs.flatMap((program) => program.functions.map((one) => [one.obligation.id, one.obligation] as const)));
  return used.flatMap((id): Diagnostic[] => {
    const verdict = verdicts.get(id);
    const other = obligations.get(id);
    if (!verdict || !other || classOf(verdict.kind) === 'green' || verdict.kind === 'nothing-to-prove') return [];
    return [{ severity: 'warning', code: 'unproved-dependency', message: `uses ${other.symbol}, which is ${verdict.kind}`, obligation: outcome.obligation.id, file: other.file, range: other.range }];
  });
}

function all(context: CheckContext, verdict: Verdict): void {
  for (const { id } of context.asked) {
    const result: ObligationResult = { obligation: id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
    context.report(result);
  }
}
