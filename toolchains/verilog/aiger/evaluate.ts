/** Runs an {@link Aig} step by step: values of all variables from a start state and the inputs of each step. */
import type { Aig, Literal } from './model.ts';

export class AigEvaluation {
  /** By variable, 0 or 1, after {@link settle}. */
  private readonly values: Uint8Array;
  private readonly following: Uint8Array;

  /** @param initial values of the latches, by index; only those with reset `free` are looked at */
  constructor(private readonly aig: Aig, initial: ArrayLike<number>) {
    this.values = new Uint8Array(aig.maximumVariable + 1);
    this.following = new Uint8Array(aig.latches.length);
    for (const [index, latch] of aig.latches.entries())
      this.values[latch.variable] = latch.reset === 'free' ? (initial[index] ? 1 : 0) : latch.reset;
  }

  /** Computes all values of this step. @param inputs by index of the input */
  settle(inputs: ArrayLike<number>): void {
    const { values } = this;
    const { variable, left, right } = this.aig.ands;
    for (const [index, input] of this.aig.inputs.entries()) values[input] = inputs[index] ? 1 : 0;
    for (let gate = 0; gate < variable.length; gate++) {
      const a = left[gate]!;
      const b = right[gate]!;
      values[variable[gate]!] = (values[a >>> 1]! ^ (a & 1)) & (values[b >>> 1]! ^ (b & 1));
    }
  }

  /** Goes to the next step; values are those of the latches only until {@link settle}. */
  advance(): void {
    for (const [index, latch] of this.aig.latches.entries()) this.following[index] = this.value(latch.next);
    for (const [index, latch] of this.aig.latches.entries()) this.values[latch.variable] = this.following[index]!;
  }

  value(literal: Literal): 0 | 1 {
    return (this.values[literal >>> 1]! ^ (literal & 1)) as 0 | 1;
  }
}
