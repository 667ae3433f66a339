/** A private copy of a program, with some of its files changed, for questions about it. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckContext } from '../contract.ts';
import { absoluteRoots } from './run.ts';

export interface ProgramCopy { readonly folder: string; /** Absolute. */ readonly roots: readonly string[] }

/** Undefined where a file lies elsewhere: it keeps its place, and a copy of the others would not find it. */
export async function copyProgram(context: Pick<CheckContext, 'unit' | 'tree' | 'read' | 'workspace'>, name: string, change: (path: string, text: string) => string): Promise<ProgramCopy | undefined> {
  const sources = context.unit.inputs.files.filter((path) => path.endsWith('.dfy'));
  if (sources.some((path) => path.startsWith('/'))) return undefined;
  const folder = await mkdtemp(join(await context.workspace(), `${name}-`));
  for (const path of sources) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, change(path, (await context.read(path)).toString('utf8')));
  }
  return { folder, roots: absoluteRoots(context).map((path) => join(folder, path.slice(context.tree.root.length + 1))) };
}
