/**
 * The evidence of a reached property: a trace that our own evaluator replayed, with the values in its cone. Where
 * only smtbmc has a trace, abc is asked for one of the same length first, so that two engines stand behind it.
 */
import type { Attempt, Output } from '../../contract.ts';
import type { Counterexample, NamedValue } from '../../verdict.ts';
import { decideReach } from '../aiger/reach.ts';
import type { System } from '../aiger/system.ts';
import type { Witness } from '../aiger/witness.ts';
import { appendNote, appendSteps } from '../aiger/append.ts';
import type { ElaboratedProperty, PropertyResult } from '../design.ts';
import { formatValue, traceEvidence } from '../embedded/evidence.ts';
import { readVcd } from '../vcd/read.ts';
import { outputOf } from './evidence.ts';
import type { OpenProperties, Session } from './session.ts';
import { targetsOf } from './session.ts';

/** Seconds for the second opinion on a trace that is already known. */
export const CONFIRM_SECONDS = 10;
const SHOWN_VALUES = 200;

/** Reached in a replayed witness. */
export async function settleReplayed(session: Session, open: OpenProperties, system: System, name: string, step: number, witness: Witness, attempt: Attempt | undefined, used: string): Promise<void> {
  const property = open.get(name);
  const target = targetsOf(system).get(name);
  if (!property || target === undefined) return;
  const { counterexample, outputs, appended, diagnostics } = await evidenceOf(session, system, witness, target, step);
  finish(open, property, step, counterexample, [withOutputs(attempt ?? session.design.attempt, outputs), ...appended], { used, diagnostics });
}

/** Reached by smtbmc at `step`; `vcd` is its trace. */
export async function settleBySmtbmc(session: Session, open: OpenProperties, name: string, step: number, vcd: Buffer | undefined, attempt: Attempt): Promise<void> {
  const property = open.get(name);
  if (!property) return;
  const used = session.smtbmc!.name;
  const traced = vcd ? withOutputs(attempt, [outputOf('trace.vcd', vcd)]) : attempt; // no VCD was asked of it where the task has vcd off
  const system = session.abc && await session.design.system();
  if (session.abc && system && typeof system !== 'string') {
    const target = targetsOf(system).get(name);
    if (target !== undefined) {
      const reach = await decideReach(session.abc, { aig: system.aig, roots: [target], confirm: target, target: (_, copy) => copy(target) }, { kind: 'bmc', frames: step + 1, seconds: CONFIRM_SECONDS }, 'confirm');
      if (reach.kind === 'reached') {
        const { counterexample, outputs, appended, diagnostics } = await evidenceOf(session, system, reach.witness, target, reach.step);
        // The checked trace stands first; smtbmc's own stays beside it under another name.
        const first = { ...attempt, outputs: [...attempt.outputs, ...outputs, ...(vcd ? [outputOf('smtbmc.vcd', vcd)] : [])] };
        finish(open, property, reach.step, counterexample, [first, ...(reach.attempt ? [reach.attempt] : []), ...appended], { used, diagnostics, confirmed: [{ by: session.abc.name, how: 'the trace was found again and replayed' }] });
        return;
      }
      if (reach.kind === 'free-up-to' || reach.kind === 'never') {
        open.settle(name, { kind: 'unknown', reason: 'disputed' }, [traced, ...(reach.attempt ? [reach.attempt] : [])], {
          used, diagnostics: [{ severity: 'error', message: `${used} reaches it in step ${step}, ${session.abc.name} says that this cannot be` }],
        });
        return;
      }
    }
  }
  finish(open, property, step, { status: 'suggested', values: vcd ? valuesOf(vcd, step) : [], failingStep: step, ...(vcd && { witness: 'trace.vcd' }) }, [traced], { used, diagnostics: appendNote(session.task.traces, 0) });
}

/** The trace, gone on with as the task asks. The search for such a run is bounded like a confirmation. */
async function evidenceOf(session: Session, system: System, witness: Witness, target: number, step: number) {
  const options = session.task.traces;
  const more = session.abc ? await appendSteps(session.abc, system.aig, witness, step, options, CONFIRM_SECONDS) : { witness, steps: 0 };
  const evidence = traceEvidence({ system, witness: more.witness, target, step, after: more.steps, options, top: session.design.top, place: placeIn(session) });
  return { ...evidence, appended: more.attempt ? [more.attempt] : [], diagnostics: appendNote(options, more.steps) };
}

function finish(open: OpenProperties, property: ElaboratedProperty, step: number, counterexample: Counterexample, attempts: readonly Attempt[], more: Partial<PropertyResult>): void {
  open.settle(property.id, { kind: property.kind === 'cover' ? 'covered' : 'refuted', depth: step + 1, counterexample }, attempts, more);
}

function withOutputs(attempt: Attempt, outputs: readonly Output[]): Attempt {
  return { ...attempt, outputs: [...attempt.outputs, ...outputs] };
}

function placeIn(session: Session): (file: string, line: number) => { readonly file: string; readonly line: number } {
  return (file, line) => {
    const at = { line, column: 1 };
    const found = session.report.place({ file, range: { start: at, end: at } });
    return { file: found.file, line: found.range.start.line };
  };
}

/** Values of all named signals at the failing step, from the engine's own trace. */
function valuesOf(vcd: Buffer, step: number): NamedValue[] {
  const trace = readVcd(vcd.toString('utf8'));
  return trace.signals.slice(0, SHOWN_VALUES).flatMap(signal => {
    const digits = signal.values[step];
    return digits === undefined ? [] : [{ name: signal.name, value: /^[01]+$/.test(digits) ? formatValue(digits) : digits, step }];
  });
}
