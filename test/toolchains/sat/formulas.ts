/** Formulas and tools for the tests of the SAT toolchain. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDimacs } from '../../../toolchains/sat/dimacs.ts';
import type { Formula } from '../../../toolchains/sat/formula.ts';

export type Clauses = readonly (readonly number[])[];

export function dimacs(clauses: Clauses, variables = clauses.flat().reduce((most, literal) => Math.max(most, Math.abs(literal)), 0)): string {
  return `p cnf ${variables} ${clauses.length}\n${clauses.map((clause) => `${[...clause, 0].join(' ')}\n`).join('')}`;
}

export function formulaOf(clauses: Clauses): Formula {
  const parsed = parseDimacs(Buffer.from(dimacs(clauses)));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.formula;
}

/** More pigeons than holes: unsatisfiable. */
export function pigeons(count: number, holes: number): Clauses {
  const sits = (pigeon: number, hole: number): number => pigeon * holes + hole + 1;
  const clauses: number[][] = [];
  for (let pigeon = 0; pigeon < count; pigeon++) clauses.push([...Array(holes).keys()].map((hole) => sits(pigeon, hole)));
  for (let hole = 0; hole < holes; hole++) for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) clauses.push([-sits(a, hole), -sits(b, hole)]);
  return clauses;
}

/** By trying every assignment. */
export function isSatisfiable(clauses: Clauses, variables: number): boolean {
  for (let bits = 0; bits < 2 ** variables; bits++)
    if (clauses.every((clause) => clause.some((literal) => ((bits >> (Math.abs(literal) - 1)) & 1) === (literal > 0 ? 1 : 0)))) return true;
  return false;
}

export const SMALL_VARIABLES = 6;
export const smallFormulas: fc.Arbitrary<number[][]> = fc.array(
  fc.array(fc.integer({ min: 1, max: SMALL_VARIABLES }).chain((variable) => fc.constantFrom(variable, -variable)), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 30 },
);

/** A program called "cadical" that runs this shell text on "$@" after telling a version. */
export async function liar(folder: string, script: string, version = 'sc2021', name = 'cadical'): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; exit 0; fi\nfor last; do :; done\n${script}\n`);
  await chmod(path, 0o755);
}
