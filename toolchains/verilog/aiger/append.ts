/** Option append: the run of a trace goes on for some steps after the one that counts. */
import type { Attempt, Diagnostic } from '../../contract.ts';
import type { TraceOptions } from '../design.ts';
import { AigEvaluation } from './evaluate.ts';
import type { Aig } from './model.ts';
import { decideReach, type ModelChecker } from './reach.ts';
import { atStep } from './runs.ts';
import type { Witness } from './witness.ts';

export interface Appended {
  /** Ends with the last appended step. */
  readonly witness: Witness;
  /** Steps after the one that counts; fewer than asked where no lawful run goes on so far. */
  readonly steps: number;
  readonly attempt?: Attempt;
}

/**
 * Without the assumptions the last inputs are held. With them, holding and resting inputs are tried first, then the
 * checker is asked for a run of so many steps from where the trace ended.
 */
export async function appendSteps(checker: ModelChecker, aig: Aig, witness: Witness, step: number, options: TraceOptions, seconds: number): Promise<Appended> {
  const inputs = witness.inputs.slice(0, step + 1);
  const more = options.append;
  if (more === 0) return { witness: { ...witness, inputs }, steps: 0 };
  const held = Array.from({ length: more }, () => inputs[step]!);
  const resting = Array.from({ length: more }, () => new Uint8Array(aig.inputs.length));
  const state = stateAfter(aig, witness.state, inputs);
  const started: Aig = { ...aig, latches: aig.latches.map((latch, index) => ({ ...latch, reset: state[index]! })) };
  for (const tail of [held, resting]) if (!options.appendAssume || isLawful(started, tail)) return { witness: { ...witness, inputs: [...inputs, ...tail] }, steps: more };
  const reach = await decideReach(checker, { aig: started, roots: [], target: (builder) => atStep(builder, more - 1), steps: more }, { kind: 'bmc', frames: more, seconds }, 'append');
  const attempt = reach.attempt && { attempt: reach.attempt };
  if (reach.kind !== 'reached' || !isLawful(started, reach.witness.inputs.slice(0, more))) return { witness: { ...witness, inputs }, steps: 0, ...attempt };
  return { witness: { ...witness, inputs: [...inputs, ...reach.witness.inputs.slice(0, more)] }, steps: more, ...attempt };
}

/** Said where the trace is shorter than the task asks. */
export function appendNote({ append }: TraceOptions, steps: number): Diagnostic[] {
  return steps < append ? [{ severity: 'info', message: `option append: no run of ${append} steps more was found; the trace ends in the step that counts` }] : [];
}

function stateAfter(aig: Aig, state: Uint8Array, inputs: readonly Uint8Array[]): readonly (0 | 1)[] {
  const run = new AigEvaluation(aig, state);
  for (const values of inputs) { run.settle(values); run.advance(); }
  return aig.latches.map((latch) => run.value(2 * latch.variable));
}

/** Every latch has its fixed value. */
function isLawful(aig: Aig, inputs: readonly Uint8Array[]): boolean {
  const run = new AigEvaluation(aig, []);
  for (const values of inputs) {
    run.settle(values);
    if (!aig.constraints.every((constraint) => run.value(constraint) === 1)) return false;
    run.advance();
  }
  return true;
}
