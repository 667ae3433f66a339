/**
 * And-inverter graphs with state, as the AIGER format 1.9 has them (http://fmv.jku.at/aiger/).
 *
 * A literal is twice its variable, plus one where it is negated; variable 0 is the constant false. `ands`
 * are in an order in which every operand stands before its use: readers establish that, the evaluator
 * and the writer rely on it.
 */

export type Literal = number;

export const FALSE: Literal = 0;
export const TRUE: Literal = 1;

export function negate(literal: Literal): Literal {
  return literal ^ 1;
}

export interface Latch {
  readonly variable: number;
  readonly next: Literal;
  /** `free`: starts with any value. */
  readonly reset: 0 | 1 | 'free';
}

/** Gate i: `variable[i] = left[i] AND right[i]`. */
export interface AndGates {
  readonly variable: Uint32Array;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

export interface Aig {
  readonly maximumVariable: number;
  /** Variables, in order. */
  readonly inputs: readonly number[];
  readonly latches: readonly Latch[];
  readonly ands: AndGates;
  readonly outputs: readonly Literal[];
  /** Bad-state properties: safe where never true. */
  readonly bads: readonly Literal[];
  /** Invariant constraints: a run counts only as long as all were true in every step so far. */
  readonly constraints: readonly Literal[];
  /** By kind and index: "i0", "l3", "o1", "b0", "c2". */
  readonly symbols: ReadonlyMap<string, string>;
}

/** Variables that a reader accepts at most: 64 Mi variables are 768 MiB of gates. */
export const MAXIMUM_VARIABLES = 1 << 26;
