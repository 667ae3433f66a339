/** A witness as the values of all named signals, step by step. */
import type { Trace, TraceSignal } from '../design.ts';
import { AigEvaluation } from './evaluate.ts';
import { coneOf } from './cone.ts';
import type { Aig, Literal } from './model.ts';
import type { System, SystemSignal } from './system.ts';
import type { Witness } from './witness.ts';

/** @param steps how many steps of the witness are shown */
export function traceOf(aig: Aig, signals: readonly SystemSignal[], witness: Witness, steps: number): Trace {
  const rows = signals.map((): string[] => []);
  const run = new AigEvaluation(aig, witness.state);
  for (const inputs of witness.inputs.slice(0, steps)) {
    run.settle(inputs);
    for (const [index, signal] of signals.entries()) {
      let digits = '';
      for (let bit = signal.bits.length - 1; bit >= 0; bit--) digits += run.value(signal.bits[bit]!) === 1 ? '1' : '0';
      rows[index]!.push(digits);
    }
    run.advance();
  }
  const shown = Math.min(steps, witness.inputs.length);
  return { steps: shown, signals: signals.map((signal, index): TraceSignal => ({ name: signal.name, width: signal.bits.length, values: rows[index]! })) };
}

/** Signals that people named, widest claim first left out: no hidden ones, none without bits. */
export function visibleSignals(system: System): readonly SystemSignal[] {
  return system.signals.filter((signal) => !signal.hidden && signal.bits.length > 0 && !signal.name.startsWith('_witness_.'));
}

/** Of those signals, the ones that the target can depend on. */
export function signalsInCone(aig: Aig, signals: readonly SystemSignal[], target: Literal): readonly SystemSignal[] {
  const { inside } = coneOf(aig, [target]);
  return signals.filter((signal) => signal.bits.some((literal) => literal > 1 && inside[literal >>> 1]));
}
