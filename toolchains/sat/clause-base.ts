/**
 * A set of clauses under unit propagation with two watched literals, for checking proofs. Literals are codes:
 * variable v is 2·v, its negation 2·v+1. Literals fixed by the clauses themselves stay; assumptions are undone.
 */

/** Place of a clause in the arena. */
export type Reference = number;

export function code(literal: number): number {
  return literal > 0 ? 2 * literal : -2 * literal + 1;
}

export class ClauseBase {
  /** True once propagation from the clauses alone met a contradiction. */
  refuted = false;
  /** Clauses looked at so far. */
  steps = 0;

  /** At a reference: the number of literals (0 where deleted: then the length stands behind), then the literals. */
  #arena = new Int32Array(1 << 12);
  #end = 1;
  /** 1 true, −1 false, 0 open; by code. */
  #value: Int8Array;
  /** The clause that fixed a variable for good; by variable. */
  #reason: Int32Array;
  #watches: (Reference[] | undefined)[] = [];
  #trail: number[] = [];
  #head = 0;
  #byContent = new Map<number, Reference[]>();

  constructor(largestVariable: number) {
    this.#value = new Int8Array(2 * largestVariable + 2);
    this.#reason = new Int32Array(largestVariable + 1);
  }

  makeRoom(variable: number): void {
    if (variable < this.#reason.length) return;
    const size = Math.max(variable + 1, this.#reason.length * 2);
    const value = new Int8Array(2 * size);
    value.set(this.#value);
    this.#value = value;
    const reason = new Int32Array(size);
    reason.set(this.#reason);
    this.#reason = reason;
  }

  /** Adds a clause for good and propagates what it fixes. A clause that is always true is left out. */
  add(literals: readonly number[]): void {
    const clause = normalised(literals);
    if (!clause) return;
    // The watched literals come first: those that are not false.
    clause.sort((a, b) => (this.#value[b]! < 0 ? 0 : 1) - (this.#value[a]! < 0 ? 0 : 1));
    const reference = this.#store(clause);
    if (clause.length === 0 || this.#value[clause[0]!]! < 0) { this.refuted = true; return; }
    if (clause.length > 1) {
      this.#watch(clause[0]!, reference);
      this.#watch(clause[1]!, reference);
    }
    if ((clause.length === 1 || this.#value[clause[1]!]! < 0) && this.#value[clause[0]!] === 0) {
      this.#assign(clause[0]!, reference);
      if (this.#propagate(true)) this.refuted = true;
    }
  }

  /** Takes one clause of this content away, unless it holds up a fixed literal. */
  remove(literals: readonly number[]): void {
    const clause = normalised(literals);
    if (!clause) return;
    const candidates = this.#byContent.get(fingerprint(clause));
    if (!candidates) return;
    const wanted = [...clause].sort((a, b) => a - b).join();
    for (let i = 0; i < candidates.length; i++) {
      const reference = candidates[i]!;
      if (this.#arena[reference] !== clause.length || this.literalsOf(reference).sort((a, b) => a - b).join() !== wanted) continue;
      for (const literal of clause) if (this.#value[literal]! > 0 && this.#reason[literal >> 1] === reference) return;
      this.#arena[reference + 1] = clause.length;
      this.#arena[reference] = 0;
      candidates.splice(i, 1);
      return;
    }
  }

  mark(): number {
    return this.#trail.length;
  }

  undo(mark: number): void {
    for (let i = mark; i < this.#trail.length; i++) {
      const literal = this.#trail[i]!;
      this.#value[literal] = 0;
      this.#value[literal ^ 1] = 0;
    }
    this.#trail.length = mark;
    this.#head = mark;
  }

  /** Assumes that all of these are false; true where one of them is already true, a contradiction. */
  assumeFalse(literals: readonly number[]): boolean {
    for (const literal of literals) {
      if (this.#value[literal]! > 0) return true;
      if (this.#value[literal] === 0) this.#assign(literal ^ 1, 0);
    }
    return false;
  }

  /** True where a contradiction follows. */
  propagate(): boolean {
    return this.#propagate(false);
  }

  *clausesWith(literal: number): Generator<Reference> {
    const end = this.#end;
    for (let at = 1; at < end;) {
      const length = this.#arena[at]!;
      if (length === 0) { at += 1 + this.#arena[at + 1]!; continue; }
      this.steps++;
      for (let i = at + 1; i <= at + length; i++) if (this.#arena[i] === literal) { yield at; break; }
      at += 1 + length;
    }
  }

  literalsOf(reference: Reference): number[] {
    return [...this.#arena.subarray(reference + 1, reference + 1 + this.#arena[reference]!)];
  }

  #store(clause: readonly number[]): Reference {
    // An empty clause is never stored: it ends the check.
    const reference = this.#end;
    if (clause.length === 0) return reference;
    const end = reference + 1 + clause.length;
    if (end > this.#arena.length) {
      const larger = new Int32Array(Math.max(end, this.#arena.length * 2));
      larger.set(this.#arena);
      this.#arena = larger;
    }
    this.#arena[reference] = clause.length;
    this.#arena.set(clause, reference + 1);
    this.#end = end;
    const key = fingerprint(clause);
    const same = this.#byContent.get(key);
    if (same) same.push(reference); else this.#byContent.set(key, [reference]);
    return reference;
  }

  #watch(literal: number, reference: Reference): void {
    (this.#watches[literal] ??= []).push(reference);
  }

  #assign(literal: number, reason: Reference): void {
    this.#value[literal] = 1;
    this.#value[literal ^ 1] = -1;
    this.#trail.push(literal);
    this.#reason[literal >> 1] = reason;
  }

  #propagate(forGood: boolean): boolean {
    const arena = this.#arena, value = this.#value;
    while (this.#head < this.#trail.length) {
      const falsified = this.#trail[this.#head++]! ^ 1;
      const watching = this.#watches[falsified];
      if (!watching) continue;
      let kept = 0;
      let i = 0;
      let contradiction = false;
      next: for (; i < watching.length && !contradiction; i++) {
        const reference = watching[i]!;
        const length = arena[reference]!;
        this.steps++;
        if (length === 0) continue;
        if (arena[reference + 1] === falsified) { arena[reference + 1] = arena[reference + 2]!; arena[reference + 2] = falsified; }
        const first = arena[reference + 1]!;
        if (value[first]! > 0) { watching[kept++] = reference; continue; }
        for (let k = reference + 3; k <= reference + length; k++) {
          const other = arena[k]!;
          if (value[other]! < 0) continue;
          arena[reference + 2] = other;
          arena[k] = falsified;
          this.#watch(other, reference);
          continue next;
        }
        watching[kept++] = reference;
        if (value[first]! < 0) contradiction = true;
        else this.#assign(first, forGood ? reference : 0);
      }
      while (i < watching.length) watching[kept++] = watching[i++]!;
      watching.length = kept;
      if (contradiction) return true;
    }
    return false;
  }
}

/** Without repeated literals; undefined where the clause holds a literal and its negation. */
function normalised(literals: readonly number[]): number[] | undefined {
  const seen = new Set<number>();
  for (const literal of literals) {
    if (seen.has(literal ^ 1)) return undefined;
    seen.add(literal);
  }
  return [...seen];
}

/** The same for every order of the literals. */
function fingerprint(clause: readonly number[]): number {
  let sum = 0, mixed = 0;
  for (const literal of clause) {
    sum = (sum + literal) | 0;
    mixed ^= Math.imul(literal, 0x9e3779b1);
  }
  return (Math.imul(sum, 31) ^ mixed) | 0;
}
