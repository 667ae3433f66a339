/** A private copy of what a unit reads, with some texts replaced: candidates are checked there, the user's files are not touched. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepositoryTree } from '../../../toolchains/contract.ts';

export interface Overlay { readonly root: string; dispose(): Promise<void> }

/** Files from outside the tree keep their absolute paths and are read where they are. */
export async function makeOverlay(parent: string, tree: RepositoryTree, paths: readonly string[], replaced: ReadonlyMap<string, string>): Promise<Overlay> {
  const root = await mkdtemp(join(parent, 'overlay-'));
  for (const path of new Set([...paths, ...replaced.keys()])) {
    if (path.startsWith('/')) continue;
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    const text = replaced.get(path);
    await writeFile(target, text ?? await tree.read(path));
  }
  return { root, dispose: () => rm(root, { recursive: true, force: true, maxRetries: 3 }) };
}
