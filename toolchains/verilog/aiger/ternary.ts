/**
 * Replays a witness with some of its values unknown, as a simulator with x would: says which literals are
 * still known in a given step. Pessimistic like every simulation with x: what depends on an x twice is x.
 */
import type { Aig, Literal } from './model.ts';
import type { Witness } from './witness.ts';

export interface Unknown {
  /** Indices into `inputs`. */
  readonly inputs: ReadonlySet<number>;
  /** Free latches start unknown. */
  readonly state: boolean;
}

/** @returns for a literal: its value in step `step`, undefined where it is unknown */
export function replayTernary(aig: Aig, witness: Witness, step: number, unknown: Unknown): (literal: Literal) => 0 | 1 | undefined {
  // Of each variable: may it be 0, may it be 1.
  const zero = new Uint8Array(aig.maximumVariable + 1);
  const one = new Uint8Array(aig.maximumVariable + 1);
  const set = (variable: number, value: number | undefined): void => { zero[variable] = value === 1 ? 0 : 1; one[variable] = value === 0 ? 0 : 1; };
  const mayBe = (literal: Literal, value: 0 | 1): number => ((literal & 1) === value ? zero : one)[literal >>> 1]!;
  set(0, 0);
  for (const [index, latch] of aig.latches.entries()) set(latch.variable, latch.reset === 'free' ? (unknown.state ? undefined : witness.state[index]) : latch.reset);
  const { variable, left, right } = aig.ands;
  for (let now = 0; ; now++) {
    for (const [index, input] of aig.inputs.entries()) set(input, unknown.inputs.has(index) ? undefined : witness.inputs[now]![index]);
    for (let gate = 0; gate < variable.length; gate++) {
      zero[variable[gate]!] = mayBe(left[gate]!, 0) | mayBe(right[gate]!, 0);
      one[variable[gate]!] = mayBe(left[gate]!, 1) & mayBe(right[gate]!, 1);
    }
    if (now === step) break;
    const next = aig.latches.map((latch) => [mayBe(latch.next, 0), mayBe(latch.next, 1)] as const);
    for (const [index, latch] of aig.latches.entries()) [zero[latch.variable], one[latch.variable]] = next[index]!;
  }
  return (literal) => {
    const may0 = mayBe(literal, 0);
    return may0 === mayBe(literal, 1) ? undefined : may0 ? 0 : 1;
  };
}
