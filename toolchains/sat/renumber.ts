/**
 * A formula for an engine that numbers variables in the order in which they occur: variables get those numbers,
 * repeated literals and clauses that are always true are left out (the engine would leave them out, and number
 * differently), and a proof about the new numbers can be put back into the old ones.
 */
import type { Formula } from './formula.ts';

/** `originals[n]` is the variable that became n; index 0 is unused. */
export interface Renumbered { readonly formula: Formula; readonly originals: Int32Array }

export function renumber(formula: Formula): Renumbered {
  const numbers = new Map<number, number>();
  const literals = new Int32Array(formula.literals.length);
  let length = 0, clauses = 0;
  let clause = new Set<number>();
  for (const literal of formula.literals) {
    if (literal !== 0) { clause.add(literal); continue; }
    let alwaysTrue = false;
    for (const one of clause) if (clause.has(-one)) alwaysTrue = true;
    if (!alwaysTrue) {
      for (const one of clause) {
        const variable = Math.abs(one);
        let number = numbers.get(variable);
        if (number === undefined) numbers.set(variable, number = numbers.size + 1);
        literals[length++] = one > 0 ? number : -number;
      }
      literals[length++] = 0;
      clauses++;
    }
    clause = new Set();
  }
  return {
    formula: { declaredVariables: numbers.size, largestVariable: numbers.size, clauses, literals: literals.subarray(0, length) },
    originals: Int32Array.from([0, ...numbers.keys()]),
  };
}

/** As SMT-LIB: variable n is the constant xn, one assertion a clause. */
export function smtlibOf(formula: Formula): string {
  const lines: string[] = [];
  for (let variable = 1; variable <= formula.largestVariable; variable++) lines.push(`(declare-const x${variable} Bool)`);
  let words: string[] = [];
  for (const literal of formula.literals) {
    if (literal !== 0) words.push(literal > 0 ? `x${literal}` : `(not x${-literal})`);
    else {
      lines.push(words.length === 0 ? '(assert false)' : words.length === 1 ? `(assert ${words[0]})` : `(assert (or ${words.join(' ')}))`);
      words = [];
    }
  }
  return lines.join('\n');
}

/**
 * The added clauses of Z3's DRAT in the original variables. Lines that repeat the input ("i …") are dropped, and
 * deletions too: Z3 deletes clauses whose shortened forms it never added, so that a checker would miss them.
 * Keeping a clause is always sound. A variable that Z3 made up stays clear of the formula's.
 */
export function originalOf(proof: Uint8Array, originals: Int32Array): Uint8Array {
  const fresh = originals.reduce((most, variable) => Math.max(most, variable), 0) - (originals.length - 1);
  const kept: string[] = [];
  for (const line of Buffer.from(proof.buffer, proof.byteOffset, proof.byteLength).toString('latin1').split('\n')) {
    if (!/^[-\d]/.test(line)) continue;
    const words = line.trimEnd().split(' ').map((word) => {
      const number = Math.abs(Number(word));
      const variable = number === 0 ? 0 : originals[number] ?? number + fresh;
      return word.startsWith('-') ? `-${variable}` : String(variable);
    });
    kept.push(words.join(' '), '\n');
  }
  return Buffer.from(kept.join(''), 'latin1');
}
