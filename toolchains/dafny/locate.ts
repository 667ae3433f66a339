/** Dafny 4, the Z3 versions that it can be given, and solvers for single verification conditions. */
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Located, MissingTool, ToolHost } from '../contract.ts';
import { compareVersions, firstFit, locateProgram, missingTool, type ProgramDescription } from '../locate.ts';
import { locateEmbedded } from '../smt/embedded-location.ts';
import { PROGRAMS } from '../smt/locate.ts';

/** What loads with it and decides on verdicts: assemblies, the prelude, the standard libraries. */
const LOADED = /\.(?:dll|bpl|doo|json)$/;

export const REMEDY = './assay install dafny, or put the folder of a release of github.com/dafny-lang/dafny on PATH';
const DAFNY: ProgramDescription = {
  id: 'dafny', names: ['dafny'], versionArgs: ['--version'],
  // Dafny 2 and 3 print "Dafny 2.3.0.10506".
  parseVersion: (output) => /^(?:Dafny )?(\d+\.\d+\.\d+)/m.exec(output)?.[1],
  companions: loadedFiles,
  // The command `verify`, its options and its JSON came with 4.0.
  minimum: '4.0', remedy: REMEDY,
};
const Z3 = PROGRAMS.find((program) => program.id === 'z3')!;
/** Asked for single verification conditions only. */
const CVC5 = PROGRAMS.find((program) => program.id === 'cvc5')!;
/** Dafny 4.11 was made with it (its message where no solver is found). */
const EXPECTED_Z3 = '4.12.1';

/** Runs what Dafny makes of a program, where a counterexample is tried. */
const NODE: ProgramDescription = { id: 'node', names: ['node'], versionArgs: ['--version'], parseVersion: (output) => /^v(\d+\.\d+\.\d+)/m.exec(output)?.[1], minimum: '14.0', remedy: 'put Node 20 or newer on PATH' };

export async function locateDafny(host: ToolHost): Promise<Located> {
  const [dafny, solvers, cvc5, node, embedded] = await Promise.all([locateProgram(host, DAFNY), locateProgram(host, Z3), locateProgram(host, CVC5), locateProgram(host, NODE), locateEmbedded(host)]);
  const newest = [...dafny].sort((a, b) => compareVersions(b.version, a.version));
  const solversOfDafny = solvers.sort((a, b) => distance(a.version) - distance(b.version) || compareVersions(b.version, a.version));
  // The embedded one alone makes no installation.
  const tools = [...newest, ...solversOfDafny, ...(newest.length > 0 ? [...cvc5, ...node.slice(0, 1), ...(embedded ? [embedded] : [])] : [])];
  const missing = [DAFNY, Z3].map((program) => missingTool(program, tools)).filter((one): one is MissingTool => one !== undefined);
  return { tools, missing: missing.map((one) => one.id === 'z3' && firstFit(tools, 'dafny') ? { ...one, why: `${one.why}; Dafny has no solver without it` } : one) };
}

/** The solver that Dafny was made with first. */
function distance(version: string): number { return version === EXPECTED_Z3 ? 0 : 1; }

/** A .NET tool is a small front: what it runs lies in its store, or beside it in a release archive. */
async function loadedFiles(path: string): Promise<readonly string[]> {
  const folder = dirname(await realpath(path));
  const found: string[] = [];
  for (const place of [folder, join(folder, '.store', 'dafny')]) {
    const names = await readdir(place, { recursive: place !== folder, withFileTypes: true }).catch(() => []);
    for (const entry of names) if (entry.isFile() && LOADED.test(entry.name)) found.push(join(entry.parentPath, entry.name));
  }
  return found;
}
