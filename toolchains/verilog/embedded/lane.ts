/**
 * The WebAssembly lane: yosys elaborates the design in memory, ABC inside it answers one question a property,
 * and every trace is replayed by our own evaluator. It needs no installed program and gives the design no way
 * to the host.
 *
 * Each property is asked about alone, with the assumptions and without the other asserts, so that no verdict
 * rests on another obligation.
 */
import type { CheckContext, Diagnostic, Tool } from '../../contract.ts';
import { REASON, type Verdict } from '../../verdict.ts';
import { appendNote, appendSteps } from '../aiger/append.ts';
import { decideReach, type ModelChecker, type Reach } from '../aiger/reach.ts';
import { atStep, findRuns, type Runs } from '../aiger/runs.ts';
import type { System, SystemProperty } from '../aiger/system.ts';
import type { ElaboratedProperty, Lane, PreparedTask, PropertyResult, TaskReport } from '../design.ts';
import { kindsOf } from '../design.ts';
import { negate } from '../aiger/model.ts';
import { embeddedChecker } from './checker.ts';
import { elaborate, type Elaboration, NATIVE_REMEDY } from './elaborate.ts';
import { traceEvidence } from './evidence.ts';
import { proveByInduction } from './induction.ts';
import { EMBEDDED_YOSYS } from './locate.ts';

export const embeddedLane: Lane = {
  id: 'embedded',
  canRun(task, tools) {
    if (!tools.some(usable)) return 'yosys in WebAssembly is not installed: run npm install in the folder of Assay';
    if (task.mode === 'live') return `mode live needs an engine for liveness, which yosys in WebAssembly has not. ${NATIVE_REMEDY}`;
    return true;
  },
  async check(task, context, report) {
    const tool = context.tools.find(usable);
    if (!tool) { report.all({ kind: 'tool-missing', reason: 'yosys in WebAssembly is not installed', remedy: NATIVE_REMEDY }, [], []); return; }
    const elaboration = await elaborate(task, context, tool, report);
    if (!elaboration) return;
    await settleAll(task, context, tool, report, elaboration);
  },
};

function usable(tool: Tool): boolean {
  return tool.id === EMBEDDED_YOSYS && tool.unfit === undefined;
}

async function settleAll(task: PreparedTask, context: CheckContext, tool: Tool, report: TaskReport, elaboration: Elaboration): Promise<void> {
  const { system } = elaboration;
  const kinds = kindsOf(task);
  const asked = elaboration.properties.filter((property) => kinds.includes(property.kind));
  if (asked.length === 0) return;
  const cells = new Map(system.properties.map((property) => [property.cell, property]));
  const depth = Math.max(1, context.limits.depth ?? task.depth);
  const obligations = context.asked.map((obligation) => obligation.id);
  const checker = embeddedChecker(context, tool, obligations);
  const seconds = Math.min(context.limits.wallSeconds, task.timeoutSeconds ?? Infinity);
  const runs = await findRuns(system.aig, checker, { steps: depth, forever: task.mode === 'prove', seconds });
  const proved: SystemProperty[] = [];
  const open: Open[] = [];
  for (const named of asked) {
    if (context.signal.aborted) { report.all({ kind: 'cancelled' }, [], [elaboration.attempt]); return; }
    const property = cells.get(named.id);
    if (!property) {
      report.settle(named, { verdict: { kind: 'unknown', reason: 'elaboration lost this property on the way to gates' }, attempts: [elaboration.attempt] });
      continue;
    }
    const started = performance.now();
    const answer = await decide(task, checker, system, property, depth, seconds);
    const result = await resultOf({ task, system, property, depth, elaboration, runs, answer, checker, report, seconds });
    report.settle(named, { ...result, seconds: (performance.now() - started) / 1000, memoryMb: Math.max(...result.attempts.map((attempt) => attempt.peakMemoryMb)) });
    if (result.verdict.kind === 'proved') proved.push(property);
    else if (task.mode === 'prove' && task.skip === 0 && answer.reach.kind === 'free-up-to') open.push({ named, property, result });
  }
  if (runs.kind !== 'exist' || !runs.forever || open.length === 0) return;
  for await (const { property, attempt, lemmas } of proveByInduction(checker, system, open.map((one) => one.property), proved, depth, seconds, context.signal)) {
    const { named, result } = open.find((one) => one.property === property)!;
    const [first, ...others] = [...(attempt ? [attempt] : []), ...result.attempts];
    const used = `${checker.name}, k-induction of length ${depth}${lemmas > 0 ? ` with ${lemmas} proved properties as lemmas` : ''}`;
    report.settle(named, { ...result, verdict: { kind: 'proved' }, attempts: [{ ...first!, said: { kind: 'proved' } }, ...others], used });
  }
}

interface Open { readonly named: ElaboratedProperty; readonly property: SystemProperty; readonly result: PropertyResult }

interface Answer { readonly reach: Reach; readonly others: readonly Reach[] }

/** A proof is looked for first where one was asked; what stays open then gets the depth of a bounded search. */
async function decide(task: PreparedTask, checker: ModelChecker, system: System, property: SystemProperty, depth: number, seconds: number): Promise<Answer> {
  const { aig } = system;
  const bounded = (frames: number): Promise<Reach> => decideReach(checker, {
    aig, roots: [property.target], confirm: property.target, from: task.skip,
    // sby's `skip`: a failure in the first steps does not count.
    target: (builder, copy) => task.skip > 0 ? builder.and(copy(property.target), notBefore(builder, task.skip)) : copy(property.target),
  }, { kind: 'bmc', frames, seconds }, `bmc ${property.cell}`);
  if (task.mode !== 'prove') return { reach: await bounded(depth), others: [] };
  const proof = await decideReach(checker, { aig, roots: [property.target], confirm: property.target, target: (_, copy) => copy(property.target) }, { kind: 'pdr', seconds }, `pdr ${property.cell}`);
  if (proof.kind !== 'open' || proof.verdict.kind === 'cancelled') return { reach: proof, others: [] };
  return { reach: await bounded(depth), others: [proof] };
}

function notBefore(builder: Parameters<typeof atStep>[0], step: number): number {
  const before = Array.from({ length: step }, (_, index) => atStep(builder, index));
  return negate(builder.any(before));
}

interface Decided {
  readonly task: PreparedTask; readonly system: System; readonly property: SystemProperty; readonly depth: number;
  readonly elaboration: Elaboration; readonly runs: Runs; readonly answer: Answer; readonly checker: ModelChecker; readonly report: TaskReport; readonly seconds: number;
}

async function resultOf(decided: Decided): Promise<PropertyResult> {
  const { elaboration, runs, answer, checker, system, property, task, report } = decided;
  const { reach, others } = answer;
  const diagnostics: Diagnostic[] = task.wait ? [{ severity: 'info', message: 'option wait: there is one engine here, and no other to compare it with' }] : [];
  if (elaboration.warning !== undefined) diagnostics.push({ severity: 'warning', message: elaboration.warning });
  const behind = [...(reach.attempt ? [reach.attempt] : []), ...others.flatMap((other) => other.attempt ?? []), ...runs.attempts, elaboration.attempt];
  const finish = (verdict: Verdict, attempts = behind): PropertyResult => ({
    verdict, attempts: [{ ...attempts[0]!, said: verdict }, ...attempts.slice(1)], diagnostics, confirmed: [], used: checker.name,
  });
  if (reach.kind === 'reached') {
    const place = (file: string, line: number) => { const found = report.place({ file, range: { start: { line, column: 1 }, end: { line, column: 1 } } }); return { file: found.file, line: found.range.start.line }; };
    const more = await appendSteps(checker, system.aig, reach.witness, reach.step, task.traces, decided.seconds);
    const { counterexample, outputs } = traceEvidence({ system, witness: more.witness, target: property.target, step: reach.step, after: more.steps, options: task.traces, top: elaboration.top, place });
    diagnostics.push(...appendNote(task.traces, more.steps));
    const first = behind[0]!;
    const attempts = [{ ...first, outputs: [...first.outputs, ...outputs] }, ...behind.slice(1), ...(more.attempt ? [more.attempt] : [])];
    return finish(property.kind === 'cover' ? { kind: 'covered', depth: reach.step + 1, counterexample } : { kind: 'refuted', depth: reach.step + 1, counterexample }, attempts);
  }
  if (runs.kind === 'contradict') {
    diagnostics.push({ severity: 'error', message: `no run of ${runs.steps} steps satisfies all assumptions` });
    return finish({ kind: 'failed', reason: REASON.vacuous });
  }
  if (reach.kind === 'open') return finish(withDepth(reach.verdict, others, runs));
  if (runs.kind === 'open') return finish({ kind: 'unknown', reason: `no run that satisfies all assumptions was found (${runs.verdict.kind})` });
  if (property.kind === 'cover') return finish(reach.kind === 'never' ? { kind: 'unreachable', proven: true, depth: decided.depth } : { kind: 'unreachable', depth: reach.frames });
  const open = others.find((other): other is Extract<Reach, { kind: 'open' }> => other.kind === 'open');
  if (reach.kind === 'free-up-to') return finish(open ? { ...open.verdict, depth: reach.frames } as Verdict : { kind: 'bounded', depth: reach.frames });
  // Never, by construction or by an inductive invariant; in a bounded task only the bound was asked.
  if (task.mode !== 'prove') return finish({ kind: 'bounded', depth: decided.depth });
  if (runs.forever) return finish({ kind: 'proved' });
  diagnostics.push({ severity: 'warning', message: `no violation in any run, but runs that satisfy all assumptions are known only to ${runs.steps} steps` });
  return finish({ kind: 'bounded', depth: runs.steps, reason: 'the assumptions are known to be satisfiable only to this depth' });
}

/** The depth of an open search counts only as far as runs exist. */
function withDepth(verdict: Verdict, others: readonly Reach[], runs: Runs): Verdict {
  const cause = others.find((other) => other.kind === 'open')?.verdict ?? verdict;
  if (cause.kind !== 'timeout' || runs.kind !== 'exist') return cause;
  const depth = verdict.kind === 'timeout' ? verdict.depth : undefined;
  return { kind: 'timeout', ...(cause.seconds !== undefined && { seconds: cause.seconds }), ...(depth !== undefined && depth > 0 && { depth: Math.min(depth, runs.steps) }) };
}
