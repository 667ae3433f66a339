/** Variables by the order of their first occurrence, and a text proof about them put back into the first numbers. */
import type { Formula } from './formula.ts';

/** `originals[n]` is the variable that became n; index 0 is unused. */
export function renumber(formula: Formula): { readonly formula: Formula; readonly originals: Int32Array } {
  const numbers = new Map<number, number>();
  const literals = new Int32Array(formula.literals.length);
  for (let i = 0; i < literals.length; i++) {
    const literal = formula.literals[i]!;
    if (literal === 0) continue;
    const variable = Math.abs(literal);
    let number = numbers.get(variable);
    if (number === undefined) numbers.set(variable, number = numbers.size + 1);
    literals[i] = literal > 0 ? number : -number;
  }
  return {
    formula: { declaredVariables: numbers.size, largestVariable: numbers.size, clauses: formula.clauses, literals },
    originals: Int32Array.from([0, ...numbers.keys()]),
  };
}

/**
 * Z3's DRAT with the original variables: lines that repeat the input ("i …") are dropped, added and deleted clauses
 * stay. A variable that Z3 made up keeps clear of the formula's.
 */
export function originalOf(proof: Uint8Array, originals: Int32Array): Uint8Array {
  const fresh = originals.reduce((most, variable) => Math.max(most, variable), 0) - (originals.length - 1);
  const lines = Buffer.from(proof.buffer, proof.byteOffset, proof.byteLength).toString('latin1').split('\n');
  const kept: string[] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith('i ') || line === 'i') continue;
    kept.push(line.replace(/-?\d+/g, (text) => {
      const number = Math.abs(Number(text));
      if (number === 0) return text;
      const variable = originals[number] ?? number + fresh;
      return text.startsWith('-') ? `-${variable}` : String(variable);
    }));
  }
  return Buffer.from(kept.map((line) => `${line}\n`).join(''), 'latin1');
}
