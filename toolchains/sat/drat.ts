/**
 * Assay's own checker of DRAT certificates, so that "unsat" can be certified on a machine that has no drat-trim.
 * It goes forward through the proof: each added clause must follow by reverse unit propagation, or be a resolution
 * asymmetric tautology on its first literal (Wetzler, Heule, Hunt: DRAT-trim, SAT 2014). Deletions of clauses that
 * are the reason of a fixed literal are passed over, as drat-trim does; keeping a clause is always sound.
 */
import type { Formula } from './formula.ts';
import { ClauseBase, code, type Reference } from './clause-base.ts';
import { ProofText } from './proof-text.ts';

export type ProofCheck =
  | { readonly kind: 'verified'; readonly steps: number }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Not decided within the given number of propagation steps, or too large for this checker. */
  | { readonly kind: 'exhausted'; readonly reason: string };

/** Above these the checker's tables would take more than about 2 GiB. */
export const MAXIMUM_CHECKED_LITERALS = 50_000_000;
export const MAXIMUM_CHECKED_VARIABLE = 10_000_000;

export function tooLargeToCheck(formula: Formula, proof: Uint8Array): string | undefined {
  // A literal takes at least two bytes of a text proof.
  if (formula.literals.length + proof.length / 2 > MAXIMUM_CHECKED_LITERALS) return 'the formula and the proof are too long for the built-in checker';
  if (formula.largestVariable > MAXIMUM_CHECKED_VARIABLE) return 'the formula has too many variables for the built-in checker';
  return undefined;
}

/** @param stepLimit clauses that propagation may look at, over the whole proof */
export function checkDrat(formula: Formula, proof: Uint8Array, stepLimit: number): ProofCheck {
  const tooLarge = tooLargeToCheck(formula, proof);
  if (tooLarge) return { kind: 'exhausted', reason: tooLarge };
  const base = new ClauseBase(formula.largestVariable);
  const exhausted: ProofCheck = { kind: 'exhausted', reason: `not decided within ${stepLimit} propagation steps` };

  let clause: number[] = [];
  for (const literal of formula.literals) {
    if (literal !== 0) { clause.push(code(literal)); continue; }
    if (!base.refuted) base.add(clause);
    clause = [];
  }
  const text = new ProofText(proof);
  for (;;) {
    if (base.refuted) return { kind: 'verified', steps: base.steps };
    if (base.steps > stepLimit) return exhausted;
    const line = text.next();
    if (line.kind === 'end') return { kind: 'rejected', reason: 'the proof ends without deriving the empty clause' };
    if (line.kind === 'defect') return { kind: 'rejected', reason: `line ${line.line}: ${line.problem}` };
    const { numbers } = line;
    /* check: one clause that is closed */ if (numbers.indexOf(0) !== numbers.length - 1) return { kind: 'rejected', reason: `line ${line.line}: not one clause that ends with 0` };
    const lemma: number[] = [];
    for (let i = 0; i < numbers.length - 1; i++) {
      const variable = Math.abs(numbers[i]!);
      if (variable > MAXIMUM_CHECKED_VARIABLE) return { kind: 'rejected', reason: `line ${line.line}: variable ${variable} is out of all proportion` };
      base.makeRoom(variable);
      lemma.push(code(numbers[i]!));
    }
    if (line.deletes) { base.remove(lemma); continue; }
    const follows = followsFrom(base, lemma, stepLimit);
    if (follows === 'exhausted') return exhausted;
    /* check: a clause follows from those before it */ if (!follows) return { kind: 'rejected', reason: `line ${line.line}: the clause does not follow from those before it` };
    base.add(lemma);
  }
}

function followsFrom(base: ClauseBase, lemma: readonly number[], stepLimit: number): boolean | 'exhausted' {
  const mark = base.mark();
  try {
    if (base.assumeFalse(lemma)) return true;
    if (base.propagate()) return true;
    const pivot = lemma[0];
    /* check: the empty clause follows by propagation alone */ if (pivot === undefined) return false;
    for (const other of base.clausesWith(pivot ^ 1)) {
      if (base.steps > stepLimit) return 'exhausted';
      /* check: every resolvent on the first literal follows */ if (!resolventFollows(base, other, pivot)) return false;
    }
    return true;
  } finally {
    base.undo(mark);
  }
}

function resolventFollows(base: ClauseBase, other: Reference, pivot: number): boolean {
  const mark = base.mark();
  try {
    return base.assumeFalse(base.literalsOf(other).filter((literal) => literal !== (pivot ^ 1))) || base.propagate();
  } finally {
    base.undo(mark);
  }
}
