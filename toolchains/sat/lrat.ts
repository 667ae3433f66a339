/**
 * Assay's own checker of LRAT certificates (Cruz-Filipe, Heule, Hunt, Kaufmann, Schneider-Kamp: Efficient certified
 * RAT verification, CADE 2017): every added clause names the clauses that refute its negation, in order, so the
 * check is linear in the proof. Nothing but those hints is propagated.
 */
import { MAXIMUM_CHECKED_VARIABLE, tooLargeToCheck, type ProofCheck } from './drat.ts';
import type { Formula } from './formula.ts';
import { ProofText } from './proof-text.ts';

export function checkLrat(formula: Formula, proof: Uint8Array, stepLimit: number): ProofCheck {
  const tooLarge = tooLargeToCheck(formula, proof);
  if (tooLarge) return { kind: 'exhausted', reason: tooLarge };
  return new LratChecker(formula, stepLimit).run(proof);
}

class LratChecker {
  /** By clause number: counted from 1 through the formula, then as the proof names them. */
  readonly #clauses = new Map<number, Int32Array>();
  /** 1 true, −1 false, 0 open; by variable. */
  #value: Int8Array;
  readonly #assigned: number[] = [];
  #steps = 0;

  constructor(formula: Formula, private readonly stepLimit: number) {
    this.#value = new Int8Array(formula.largestVariable + 1);
    let start = 0;
    for (let i = 0; i < formula.literals.length; i++) {
      if (formula.literals[i] !== 0) continue;
      this.#clauses.set(this.#clauses.size + 1, formula.literals.subarray(start, i));
      start = i + 1;
    }
  }

  run(proof: Uint8Array): ProofCheck {
    for (const [, clause] of this.#clauses) if (clause.length === 0) return { kind: 'verified', steps: 0 };
    const text = new ProofText(proof);
    for (;;) {
      if (this.#steps > this.stepLimit) return { kind: 'exhausted', reason: `not decided within ${this.stepLimit} steps` };
      const line = text.next();
      if (line.kind === 'end') return { kind: 'rejected', reason: 'the proof ends without deriving the empty clause' };
      if (line.kind === 'defect') return { kind: 'rejected', reason: `line ${line.line}: ${line.problem}` };
      const { numbers } = line;
      if (numbers.at(-1) !== 0) return { kind: 'rejected', reason: `line ${line.line}: does not end with 0` };
      if (line.deletes) {
        for (let i = 1; i < numbers.length - 1; i++) /* check: only what is there is deleted */ if (!this.#clauses.delete(numbers[i]!)) return { kind: 'rejected', reason: `line ${line.line}: deletes clause ${numbers[i]}, which is not there` };
        continue;
      }
      const middle = numbers.indexOf(0);
      const id = numbers[0]!;
      /* check: one clause with its hints */ if (id <= 0 || middle < 1 || middle === numbers.length - 1 || numbers.indexOf(0, middle + 1) !== numbers.length - 1) return { kind: 'rejected', reason: `line ${line.line}: not a clause with its hints` };
      /* check: a number names one clause */ if (this.#clauses.has(id)) return { kind: 'rejected', reason: `line ${line.line}: clause ${id} is there already` };
      const lemma = Int32Array.from(numbers.slice(1, middle));
      const largest = lemma.reduce((most, literal) => Math.max(most, Math.abs(literal)), 0);
      if (largest > MAXIMUM_CHECKED_VARIABLE) return { kind: 'rejected', reason: `line ${line.line}: variable ${largest} is out of all proportion` };
      this.#makeRoom(largest);
      const defect = this.#defect(lemma, numbers, middle + 1);
      this.#undo(0);
      /* check: a clause follows by its hints */ if (defect) return { kind: 'rejected', reason: `line ${line.line}: ${defect}` };
      if (lemma.length === 0) return { kind: 'verified', steps: this.#steps };
      this.#clauses.set(id, lemma);
    }
  }

  /** Why the lemma does not follow by these hints; undefined where it does. */
  #defect(lemma: Int32Array, hints: readonly number[], start: number): string | undefined {
    if (this.#assumeFalse(lemma, 0)) return undefined;
    const first = this.#follow(hints, start);
    if (first.done) return undefined;
    if (first.defect) return first.defect;
    const pivot = lemma[0];
    /* check: hints end in a contradiction or in resolvents */ if (pivot === undefined || hints[first.at] === 0) return 'its hints do not lead to a contradiction';
    const covered = new Set<number>();
    for (let at = first.at; hints[at] !== 0;) {
      const number = -hints[at]!;
      const clause = this.#clauses.get(number);
      /* check: a resolvent is on the first literal */ if (!clause?.includes(-pivot)) return `hint −${number} is no clause with the negated first literal`;
      const mark = this.#assigned.length;
      let next = at + 1;
      if (!this.#assumeFalse(clause, -pivot)) {
        const followed = this.#follow(hints, next);
        /* check: each resolvent follows by its hints */ if (!followed.done) return followed.defect ?? `its hints for clause ${number} do not lead to a contradiction`;
      }
      while (hints[next]! > 0) next++;
      this.#undo(mark);
      covered.add(number);
      at = next;
    }
    for (const [number, clause] of this.#clauses) {
      this.#steps++;
      /* check: no resolvent is left out */ if (!covered.has(number) && clause.includes(-pivot)) return `clause ${number} holds the negated first literal and has no hint`;
    }
    return undefined;
  }

  /** Follows positive hints until a contradiction, a hint that is not positive, or a defect. */
  #follow(hints: readonly number[], start: number): { readonly done: boolean; readonly at: number; readonly defect?: string } {
    let at = start;
    for (; hints[at]! > 0; at++) {
      const clause = this.#clauses.get(hints[at]!);
      if (!clause) return { done: false, at, defect: `hint ${hints[at]} is no clause` };
      let unit = 0;
      let satisfied = false;
      for (const literal of clause) {
        this.#steps++;
        const value = literal > 0 ? this.#value[literal]! : -this.#value[-literal]!;
        if (value > 0) satisfied = true;
        else if (value === 0 && literal !== unit) {
          /* check: a hint fixes one literal */ if (unit !== 0) return { done: false, at, defect: `hint ${hints[at]} is not unit` };
          unit = literal;
        }
      }
      /* check: a clause that holds is no contradiction */ if (satisfied) continue;
      if (unit === 0) return { done: true, at };
      this.#assign(unit);
    }
    return { done: false, at };
  }

  /** Assumes that all are false but `except`; true where one is true already. */
  #assumeFalse(literals: Int32Array, except: number): boolean {
    for (const literal of literals) {
      if (literal === except) continue;
      const value = literal > 0 ? this.#value[literal]! : -this.#value[-literal]!;
      if (value > 0) return true;
      if (value === 0) this.#assign(-literal);
    }
    return false;
  }

  #assign(literal: number): void {
    this.#value[Math.abs(literal)] = literal > 0 ? 1 : -1;
    this.#assigned.push(Math.abs(literal));
  }

  #undo(mark: number): void {
    while (this.#assigned.length > mark) this.#value[this.#assigned.pop()!] = 0;
  }

  #makeRoom(variable: number): void {
    if (variable < this.#value.length) return;
    const larger = new Int8Array(Math.max(variable + 1, this.#value.length * 2));
    larger.set(this.#value);
    this.#value = larger;
  }
}
