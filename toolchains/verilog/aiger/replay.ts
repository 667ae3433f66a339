/**
 * Replays a witness on the system it is about and says what it shows: whether it starts in an initial
 * state, how many steps satisfy all constraints, and the first step at which `target` is true while all
 * constraints have held up to and in that step (not before step `from`). This is what makes a counterexample "checked".
 */
import { AigEvaluation } from './evaluate.ts';
import type { Aig, Literal } from './model.ts';
import type { Witness } from './witness.ts';

export interface Replay {
  /** The witness contradicts a fixed reset value. */
  readonly initial: boolean;
  /** Steps from 0 on in which all constraints hold. */
  readonly lawfulSteps: number;
  /** First step that reaches the target lawfully. */
  readonly reachedAt?: number;
}

export function replayWitness(aig: Aig, witness: Witness, target: Literal, from = 0): Replay {
  const initial = aig.latches.every((latch, index) => latch.reset === 'free' || latch.reset === witness.state[index]);
  const run = new AigEvaluation(aig, witness.state);
  let lawfulSteps = 0;
  for (const inputs of witness.inputs) {
    run.settle(inputs);
    if (!aig.constraints.every((constraint) => run.value(constraint) === 1)) break;
    if (initial && lawfulSteps >= from && run.value(target) === 1) return { initial, lawfulSteps: lawfulSteps + 1, reachedAt: lawfulSteps };
    lawfulSteps++;
    run.advance();
  }
  return { initial, lawfulSteps };
}
