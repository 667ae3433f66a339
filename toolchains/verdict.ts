/**
 * The verdict of one obligation: a closed union (docs: DESIGN "Words"). Every place that decides on a
 * verdict switches over `kind` exhaustively; there is no "other".
 *
 * A green verdict is made only by a reader that saw, in the complete output of a finished run, the
 * success record of exactly this obligation.
 */

/** What a solver said to a satisfiability question. */
export type Answer = 'sat' | 'unsat' | 'unknown';

/** Values that make the claim false: by name, as the tool printed them; per step for traces. */
export interface Counterexample {
  /** A tool's own claim that has not been re-evaluated is `suggested`. */
  readonly status: 'checked' | 'suggested';
  readonly values: readonly NamedValue[];
  /** Cycle in which the claim fails, counted from 0; only for traces. */
  readonly failingStep?: number;
  /** Name of the evidence output that holds the trace (VCD) or the whole model. */
  readonly witness?: string;
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** Cycle of the value, counted from 0; absent where there is no time. */
  readonly step?: number;
  readonly file?: string;
  readonly line?: number;
}

export type Verdict =
  | { readonly kind: 'proved'; readonly answer?: Answer }
  | { readonly kind: 'refuted'; readonly answer?: Answer; readonly reason?: string; readonly counterexample?: Counterexample; readonly depth?: number }
  /** The tool says it does not hold or cannot show it. `reason` "vacuous": the assumptions contradict each other. */
  | { readonly kind: 'failed'; readonly answer?: Answer; readonly reason?: string; readonly counterexample?: Counterexample; readonly depth?: number }
  /** No violation in the first `depth` steps (steps 0 … depth−1). Never shown as proved. */
  | { readonly kind: 'bounded'; readonly depth: number; readonly reason?: string }
  | { readonly kind: 'covered'; readonly answer?: Answer; readonly depth?: number; readonly counterexample?: Counterexample }
  /** A cover that was not reached: within `depth` steps, or `proven` never. */
  | { readonly kind: 'unreachable'; readonly depth?: number; readonly proven?: boolean; readonly reason?: string }
  /** `depth`: what an open bounded search did reach. */
  | { readonly kind: 'timeout'; readonly seconds?: number; readonly depth?: number; readonly reason?: string }
  | { readonly kind: 'out-of-resource'; readonly depth?: number; readonly reason?: string }
  | { readonly kind: 'out-of-memory'; readonly depth?: number; readonly reason?: string }
  | { readonly kind: 'unknown'; readonly answer?: Answer; readonly reason: string; readonly depth?: number }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'tool-missing'; readonly reason: string; readonly remedy?: string }
  | { readonly kind: 'crashed'; readonly reason: string; readonly depth?: number }
  | { readonly kind: 'cancelled'; readonly depth?: number; readonly reason?: string }
  | { readonly kind: 'not-run'; readonly reason: string }
  /** The finished tool made no proof task for it: counted apart, neither green nor undecided. */
  | { readonly kind: 'nothing-to-prove'; readonly reason?: string };

export type VerdictKind = Verdict['kind'];

/** Every kind, in the order in which summaries list them. */
export const VERDICT_KINDS = [
  'proved', 'covered', 'bounded', 'refuted', 'failed', 'unreachable', 'timeout', 'out-of-resource', 'out-of-memory',
  'unknown', 'malformed', 'crashed', 'tool-missing', 'cancelled', 'not-run', 'nothing-to-prove',
] as const satisfies readonly VerdictKind[];

/** What a reader of the ledger must do about a verdict; decides the exit code of `verify`. */
export type VerdictClass = 'green' | 'red' | 'open' | 'unchecked' | 'none';

export function classOf(kind: VerdictKind): VerdictClass {
  switch (kind) {
    case 'proved': case 'covered': case 'bounded': return 'green';
    case 'refuted': case 'failed': case 'unreachable': return 'red';
    case 'timeout': case 'out-of-resource': case 'out-of-memory': case 'unknown': case 'cancelled': case 'not-run': return 'open';
    case 'malformed': case 'tool-missing': case 'crashed': return 'unchecked';
    case 'nothing-to-prove': return 'none';
  }
}

/** Reasons with fixed words: other code and the tests match on them. */
export const REASON = {
  disputed: 'disputed',
  vacuous: 'vacuous',
  inputChanged: 'input-changed',
  knownUnsound: 'one engine, known unsound',
} as const;
