/** Files that the user named one by one, as a repository: the smallest folder that holds them all is the root, and nothing else is listed. */
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { printable } from './printable.ts';
import { fileTree } from './tree.ts';
import type { OpenedRepository } from './types.ts';

export interface NamedFiles {
  readonly repository: OpenedRepository;
  /** Paths in the tree, in the order of the names. */
  readonly paths: readonly string[];
}

/** @throws InputError where one is not a regular file */
export function openNamed(names: readonly string[]): NamedFiles {
  const files = names.map((name) => {
    const stat = statSync(name, { throwIfNoEntry: false });
    if (!stat) throw new InputError(printable(name), 'there is no such file', 'Check the path');
    if (!stat.isFile()) throw new InputError(printable(name), 'is not a regular file');
    return { absolute: realpathSync.native(resolve(name)), bytes: stat.size };
  });
  const root = sharedFolder(files.map((file) => dirname(file.absolute)));
  const listed = files.map(({ absolute, bytes }) => ({ path: relative(root, absolute).split(sep).join('/'), bytes }));
  const tree = fileTree(root, listed);
  return {
    paths: listed.map((file) => file.path),
    repository: { tree, root, origin: root, kind: 'file', empty: listed.length === 0, notices: [], uncovered: [], dispose: async () => {} },
  };
}

/** The deepest folder above all of these (or one of them). */
export function sharedFolder(folders: readonly string[]): string {
  const parts = folders.map((folder) => folder.split(sep));
  const first = parts[0] ?? [];
  let shared = 0;
  while (shared < first.length && parts.every((other) => other[shared] === first[shared])) shared += 1;
  return first.slice(0, shared).join(sep) || sep;
}
