/** Checks one program: solvers in turn until every symbol is proved, or raced; a symbol takes the best finished run that spoke of it. */
import type { CheckContext, ObligationResult, Tool } from '../contract.ts';
import { allFit, firstFit } from '../locate.ts';
import { race } from '../race.ts';
import type { Verdict } from '../verdict.ts';
import { solverProblem } from '../solver-canary.ts';
import { AUDITED_FROM, auditProgram } from './audit.ts';
import { folderForConditions, raceOpen } from './conditions/check.ts';
import type { Written } from './conditions/race.ts';
import { confirmCounterexamples } from './execution/confirm.ts';
import { REMEDY } from './locate.ts';
import { readLog } from './log.ts';
import { fileObligation, trustedLibraries, unitPlan } from './outline.ts';
import { readProgram, type Program } from './program.ts';
import { report, type RunOutcome } from './report.ts';
import { COUNTEREXAMPLES_FROM, ISOLATED_FROM } from './command-line.ts';
import { absoluteRoots, attemptOf, runDafny, type DafnyTools } from './run.ts';
import { SourceReader } from './source/cone.ts';
import { unproved } from './unproved.ts';
import { confirmVacuity } from './vacuity.ts';
import { diagnosticOf, weigh, type SymbolOutcome } from './weigh.ts';
import { verdictOfWhole } from './whole.ts';

const RACED_FROM = 2;

export async function checkProgram(context: CheckContext): Promise<void> {
  const dafny = firstFit(context.tools, 'dafny');
  if (!dafny) { all(context, { kind: 'tool-missing', reason: 'no dafny 4 on PATH', remedy: REMEDY }); return; }
  const solvers: Tool[] = [];
  const problems: string[] = [];
  for (const solver of allFit(context.tools, 'z3')) {
    const problem = await solverProblem(context, solver);
    if (problem === undefined) solvers.push(solver); else problems.push(problem);
    if (context.limits.effort === 0 && solvers.length > 0) break;
  }
  if (context.signal.aborted) { all(context, { kind: 'cancelled' }); return; }
  if (solvers.length === 0) {
    all(context, problems.length > 0 ? { kind: 'crashed', reason: problems.join('; ') } : { kind: 'tool-missing', reason: 'Dafny has no solver: no z3 on PATH', remedy: 'apt install z3' });
    return;
  }
  const program = await programOf(context);
  const [first] = solvers;
  // Asking where contradictions are used costs no time, but makes some proofs fail that hold without it.
  const outcomes = [await runOnce(context, program, { dafny, solver: first!, contradictions: true })];
  const isDone = (): boolean => unproved(outcomes).length === 0;
  const tried = new Set<string>();
  const tryExamples = async (): Promise<void> => { outcomes.push(...await confirmCounterexamples(context, program, outcomes, dafny, tried)); };
  // What is seen to be false needs no further solver.
  await tryExamples();
  if (!isDone() && context.limits.effort > 0) {
    const written: Written[] = [];
    const steps = solvers.map((solver) => async (signal?: AbortSignal): Promise<void> => {
      if (context.signal.aborted || signal?.aborted || isDone()) return;
      const conditions = await folderForConditions(context, outcomes);
      const outcome = await runOnce(context, program, { dafny, solver, contradictions: false, before: outcomes, ...(signal ? { signal } : {}), ...(conditions === undefined ? {} : { conditions }) });
      outcomes.push(outcome);
      if (conditions !== undefined) written.push({ folder: conditions, solver, outcome });
    });
    if (context.limits.effort >= RACED_FROM) await race(steps, isDone, context.signal);
    else for (const step of steps) await step();
    if (!isDone() && !context.signal.aborted) outcomes.push(...await raceOpen(context, { dafny, solver: first! }, written, outcomes));
  }
  await tryExamples();
  const audited = context.limits.effort >= AUDITED_FROM && !context.signal.aborted ? await auditProgram(context, program, { dafny, solver: first! }) : undefined;
  report(context, program, outcomes, audited);
}

interface Step extends DafnyTools {
  readonly contradictions: boolean;
  /** Earlier runs: only what they left open is asked again. */
  readonly before?: readonly RunOutcome[];
  readonly signal?: AbortSignal;
  readonly conditions?: string;
}

async function runOnce(context: CheckContext, program: Program, { before = [], ...step }: Step): Promise<RunOutcome> {
  const { effort, wallSeconds } = context.limits;
  const left = unproved(before);
  const [single] = left.length === 1 ? left : [];
  const earlier = before.flatMap((outcome) => outcome.symbols).find((one) => one.obligation.id === single);
  const request = {
    ...step, roots: absoluteRoots(context), wallSeconds, isolate: effort >= ISOLATED_FROM, counterexamples: effort >= COUNTEREXAMPLES_FROM,
    // The dot at its end asks for this name and not for those that begin with it.
    ...(earlier?.symbol ? { filter: `${earlier.symbol.declaration.path}.` } : {}),
    label: `dafny ${context.project.name} (z3 ${step.solver.version})`,
  };
  const result = await runDafny(context, request);
  const reading = readLog(result.stdout.content, result.stdout.truncated);
  const whole = verdictOfWhole(reading, result, `dafny ${step.dafny.version}`, context.limits);
  const attempt = attemptOf(context, request, result);
  const root = context.tree.root;
  const common = { attempt, diagnostics: reading.diagnostics.map((one) => diagnosticOf(one, root)), ...(earlier?.symbol ? { partial: new Set([single!]) } : {}) };
  if (whole) return { ...common, whole, symbols: [] };
  const weighed = weigh(reading, { project: context.project, program, root, limitSeconds: Math.max(1, Math.ceil(wallSeconds)) });
  // Asked alone it must show every aspect that it had in the whole program.
  const symbols = earlier?.symbol ? weighed.filter((one) => one.obligation.id === single && aspects(one) === aspects(earlier)) : weighed;
  return { ...common, symbols: await confirmVacuity(context, request, symbols, step.contradictions ? undefined : new Set(left)) };
}

function aspects(outcome: SymbolOutcome): string { return outcome.logged.map((logged) => `${logged.name} (${logged.aspect})`).sort().join('\n'); }

async function programOf(context: CheckContext): Promise<Program> {
  const cone = await new SourceReader(context.tree, (path) => context.read(path)).cone(unitPlan(context.unit).roots);
  return readProgram(context.project, cone.files, trustedLibraries(context.project, context.project.options.configuration as string | undefined));
}

function all(context: CheckContext, verdict: Verdict): void {
  const obligations = context.asked.length > 0 ? context.asked.map((one) => one.id) : [fileObligation(context.project, context.project.name).id];
  for (const obligation of obligations) {
    const result: ObligationResult = { obligation, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
    context.report(result);
  }
}
