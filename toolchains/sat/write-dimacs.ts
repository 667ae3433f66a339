/**
 * Writes a formula as the plainest DIMACS there is (header, one clause a line, no comments): the private copy that
 * solvers and proof checkers get, so that none of them reads anything that Assay has not parsed.
 */
import { open } from 'node:fs/promises';
import type { Formula } from './formula.ts';

const CHUNK_BYTES = 1 << 20;
/** Sign, ten digits, blank. */
const LONGEST_LITERAL_BYTES = 12;

export function* dimacsChunks(formula: Formula): Generator<Buffer> {
  const { literals } = formula;
  let chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, literals.length * LONGEST_LITERAL_BYTES + 64));
  let at = chunk.write(`p cnf ${formula.largestVariable} ${formula.clauses}\n`, 'latin1');
  for (let i = 0; i < literals.length; i++) {
    if (at + LONGEST_LITERAL_BYTES > chunk.length) {
      yield chunk.subarray(0, at);
      chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      at = 0;
    }
    let rest = literals[i]!;
    if (rest === 0) { chunk[at++] = 48; chunk[at++] = 10; continue; }
    if (rest < 0) { chunk[at++] = 45; rest = -rest; }
    let width = 1;
    for (let power = 10; power <= rest; power *= 10) width++;
    for (let digit = width - 1; digit >= 0; digit--) { const tens = (rest / 10) | 0; chunk[at + digit] = 48 + rest - 10 * tens; rest = tens; }
    at += width;
    chunk[at++] = 32;
  }
  yield chunk.subarray(0, at);
}

export async function writeFormula(path: string, formula: Formula): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (const chunk of dimacsChunks(formula)) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}
