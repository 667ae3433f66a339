/**
 * The solver of a Verus: VERUS_Z3_PATH, beside the program, then PATH. Every Verus asks for one exact Z3; with another it
 * ends in a panic unless told not to look.
 */
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Tool, ToolHost } from '../contract.ts';
import { allFit, locateProgram } from '../locate.ts';
import { PROGRAMS } from '../smt/locate.ts';

const Z3 = PROGRAMS.find((program) => program.id === 'z3')!;

/** From the day of the version on (the date stands in it): constants of the sources of Verus. */
const EXPECTED: readonly { readonly from: string; readonly z3: string }[] = [{ from: '2026.07.30', z3: '4.16.0' }, { from: '', z3: '4.12.5' }];

/** @param version "0.2026.06.07.cd03505" */
export function expectedZ3(version: string): string {
  const date = /^\d+\.(\d{4}\.\d{2}\.\d{2})/.exec(version)?.[1] ?? '';
  return EXPECTED.find((one) => date >= one.from)!.z3;
}

/** In the order in which Verus itself would look. */
export async function locateSolversOf(host: ToolHost, verus: readonly Tool[], variable: string | undefined): Promise<Tool[]> {
  const paths: string[] = [];
  if (variable !== undefined && isAbsolute(variable)) paths.push(variable);
  for (const tool of verus) {
    const folder = dirname(await realpath(tool.path).catch(() => tool.path));
    for (const name of ['z3', 'z3.exe']) if (existsSync(join(folder, name))) paths.push(join(folder, name));
  }
  const named = await Promise.all(paths.map((path) => locateProgram(within(host, path), { ...Z3, names: ['z3'] })));
  const all = [...named.flat(), ...await locateProgram(host, Z3)];
  return all.filter((tool, index) => all.findIndex((other) => other.path === tool.path) === index);
}

function within(host: ToolHost, path: string): ToolHost { return { ...host, find: () => Promise.resolve([path]) }; }

/** The exact version where there is one; undefined where there is no z3 at all. */
export function solverFor(verus: Tool, tools: readonly Tool[]): { readonly solver: Tool; readonly exact: boolean; readonly expected: string } | undefined {
  const expected = expectedZ3(verus.version);
  const solvers = allFit(tools, 'z3');
  const exact = solvers.find((tool) => tool.version === expected);
  const solver = exact ?? solvers[0];
  return solver ? { solver, exact: exact !== undefined, expected } : undefined;
}
