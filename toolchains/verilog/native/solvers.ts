/**
 * Which solver runs under yosys-smtbmc. It finds its solver by name on PATH, so a private folder with links to
 * exactly the chosen programs comes first there; behind it are the system's own folders, for interpreters.
 */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Tool } from '../../contract.ts';
import type { Engine } from '../design.ts';

/** Those that yosys-smtbmc drives, in order of preference; cvc5 is many times slower under it (bookworm's 1.0.3). */
const DRIVEN = ['boolector', 'yices', 'z3', 'mathsat', 'bitwuzla', 'cvc5'] as const;
/** What smtbmc calls where it was told the name on the left. */
const PROGRAM: Readonly<Record<string, string>> = { yices: 'yices-smt2' };

const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];

export interface ChosenSolver { readonly tool: Tool; readonly name: string }

/** The first solver that an smtbmc engine names and that is here; else the best one here. */
export function chooseSolver(engines: readonly Engine[], tools: readonly Tool[]): ChosenSolver | undefined {
  const usable = (id: string): Tool | undefined => tools.find(tool => tool.id === id && tool.unfit === undefined && !tool.embedded);
  for (const engine of engines) {
    if (engine.name !== 'smtbmc') continue;
    const asked = askedSolver(engine);
    const tool = asked !== undefined && (DRIVEN as readonly string[]).includes(asked) ? usable(asked) : undefined;
    if (tool) return { tool, name: asked! };
  }
  for (const name of ['z3', ...DRIVEN]) { const tool = usable(name); if (tool) return { tool, name }; }
  return undefined;
}

/** "smtbmc --syn --nopresat z3 opt=1" → "z3". */
export function askedSolver(engine: Engine): string | undefined {
  return engine.words.find(word => !word.startsWith('-'));
}

/** @returns PATH for yosys-smtbmc */
export async function solverFolder(models: string, solver: ChosenSolver, python: Tool | undefined): Promise<string> {
  const folder = join(models, 'bin');
  await mkdir(folder, { recursive: true });
  const link = join(folder, PROGRAM[solver.name] ?? solver.name);
  if (solver.name === 'bitwuzla') {
    // The releases since 2023 do not know the options that yosys-smtbmc gives (--smt2 -i): they are the default.
    await writeFile(link, `#!/bin/sh\nexec '${solver.tool.path.replaceAll("'", "'\\''")}' --lang smt2\n`);
    await chmod(link, 0o755);
  } else await symlink(solver.tool.path, link).catch(ignoreExisting);
  if (python) await symlink(python.path, join(folder, 'python3')).catch(ignoreExisting);
  return [folder, ...SYSTEM_FOLDERS].join(delimiter);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
