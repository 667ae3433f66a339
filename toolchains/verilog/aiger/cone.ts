/** The part of a system that a set of literals can depend on, through any number of steps. */
import type { Aig, Literal } from './model.ts';

export interface Cone {
  /** 1 for every variable in the cone. */
  readonly inside: Uint8Array;
  /** Indices into `inputs` and `latches`. */
  readonly inputs: readonly number[];
  readonly latches: readonly number[];
}

export function coneOf(aig: Aig, roots: Iterable<Literal>): Cone {
  const inside = new Uint8Array(aig.maximumVariable + 1);
  const gateOf = new Int32Array(aig.maximumVariable + 1).fill(-1);
  const latchOf = new Int32Array(aig.maximumVariable + 1).fill(-1);
  for (let gate = 0; gate < aig.ands.variable.length; gate++) gateOf[aig.ands.variable[gate]!] = gate;
  for (const [index, latch] of aig.latches.entries()) latchOf[latch.variable] = index;
  const waiting: number[] = [];
  const reach = (literal: Literal): void => {
    const variable = literal >>> 1;
    if (inside[variable] !== 0) return;
    inside[variable] = 1;
    waiting.push(variable);
  };
  for (const root of roots) reach(root);
  for (let variable = waiting.pop(); variable !== undefined; variable = waiting.pop()) {
    const gate = gateOf[variable]!;
    if (gate >= 0) { reach(aig.ands.left[gate]!); reach(aig.ands.right[gate]!); }
    const latch = latchOf[variable]!;
    if (latch >= 0) reach(aig.latches[latch]!.next);
  }
  return {
    inside,
    inputs: aig.inputs.flatMap((variable, index) => (inside[variable] ? [index] : [])),
    latches: aig.latches.flatMap((latch, index) => (inside[latch.variable] ? [index] : [])),
  };
}
