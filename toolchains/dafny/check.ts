/** Checks one program: solvers in turn until every symbol is proved, or raced; a symbol takes the best finished run. */
import type { CheckContext, ObligationResult, Tool } from '../contract.ts';
import { allFit, firstFit } from '../locate.ts';
import { race } from '../race.ts';
import { classOf, type Verdict } from '../verdict.ts';
import { solverProblem } from './canary.ts';
import { readLog } from './log.ts';
import { fileObligation, trustedLibraries, unitPlan } from './outline.ts';
import { readProgram, type Program } from './program.ts';
import { report, type RunOutcome } from './report.ts';
import { absoluteRoots, attemptOf, COUNTEREXAMPLES_FROM, ISOLATED_FROM, runDafny } from './run.ts';
import { SourceReader } from './source/cone.ts';
import { confirmVacuity } from './vacuity.ts';
import { diagnosticOf, weigh } from './weigh.ts';
import { verdictOfWhole } from './whole.ts';

const RACED_FROM = 2;

export async function checkProgram(context: CheckContext): Promise<void> {
  const dafny = firstFit(context.tools, 'dafny');
  if (!dafny) { all(context, { kind: 'tool-missing', reason: 'no dafny 4 on PATH', remedy: 'dotnet tool install --global dafny --version 4.11.0' }); return; }
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
  const outcomes: RunOutcome[] = [];
  const isDone = (): boolean => settled(outcomes);
  const run = async (solver: Tool, signal?: AbortSignal): Promise<void> => { outcomes.push(await runOnce(context, program, dafny, solver, signal)); };
  if (context.limits.effort >= RACED_FROM) await race(solvers.map((solver) => (signal) => run(solver, signal)), isDone, context.signal);
  else for (const solver of context.limits.effort === 0 ? solvers.slice(0, 1) : solvers) {
    if (context.signal.aborted) break;
    await run(solver);
    if (isDone()) break;
  }
  if (outcomes.length === 0) { all(context, { kind: 'cancelled' }); return; }
  report(context, program, outcomes);
}

async function runOnce(context: CheckContext, program: Program, dafny: Tool, solver: Tool, signal: AbortSignal | undefined): Promise<RunOutcome> {
  const { effort, wallSeconds } = context.limits;
  const request = {
    dafny, solver, roots: absoluteRoots(context), wallSeconds, isolate: effort >= ISOLATED_FROM, counterexamples: effort >= COUNTEREXAMPLES_FROM, contradictions: true,
    label: `dafny ${context.project.name} (z3 ${solver.version})`, ...(signal ? { signal } : {}),
  };
  const result = await runDafny(context, request);
  const reading = readLog(result.stdout.content, result.stdout.truncated);
  const whole = verdictOfWhole(reading, result, `dafny ${dafny.version}`, context.limits);
  const attempt = attemptOf(context, request, result);
  const root = context.tree.root;
  const common = { attempt, diagnostics: reading.diagnostics.map((one) => diagnosticOf(one, root)) };
  if (whole) return { ...common, whole, symbols: [] };
  const symbols = weigh(reading, { project: context.project, program, root, limitSeconds: Math.max(1, Math.ceil(wallSeconds)) });
  return { ...common, symbols: await confirmVacuity(context, request, symbols) };
}

/** Nothing that another solver could still prove. */
function settled(outcomes: readonly RunOutcome[]): boolean {
  if (outcomes.some((outcome) => outcome.whole?.kind === 'malformed')) return true;
  const open = new Map<string, boolean>();
  for (const outcome of outcomes) for (const { obligation, verdict } of outcome.symbols) {
    const isOpen = classOf(verdict.kind) !== 'green' && verdict.kind !== 'nothing-to-prove' && verdict.kind !== 'not-run';
    open.set(obligation.id, (open.get(obligation.id) ?? true) && isOpen);
  }
  return open.size > 0 && ![...open.values()].includes(true);
}

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
