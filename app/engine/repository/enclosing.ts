/**
 * The repository of a single file: the nearest folder above it with `.git`, else the smallest folder that
 * holds the file and all files that it names. Nothing else of that folder is walked.
 */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { TreeFile } from '../../../toolchains/contract.ts';
import { insideOf } from './links.ts';
import { readRegular } from './read.ts';
import type { References } from './types.ts';

export interface Enclosed {
  readonly root: string;
  /** The file and what it names inside the root, sorted by path. */
  readonly files: readonly TreeFile[];
  /** Named, but there is no such file, or it lies outside the root: absolute paths. */
  readonly outside: readonly string[];
}

/** A file that names more than this is not a project file but an attack or a mistake. */
const MAXIMUM_FILES = 10_000;
/** Files that name others are short; contents above this are not searched for names. */
const MAXIMUM_SEARCHED_BYTES = 16 * 1024 ** 2;

/** @param file absolute, without links, a regular file */
export async function enclose(file: string, references: References, signal: AbortSignal): Promise<Enclosed> {
  const repository = nearestRepository(dirname(file));
  const belongs = (path: string): boolean =>
    repository === undefined ? isFit(commonFolder(dirname(file), [path]), dirname(file)) : insideOf(repository, path) !== undefined;
  const { named, outside } = await closure(file, references, belongs, signal);
  const root = repository ?? commonFolder(dirname(file), named);
  const files: TreeFile[] = [];
  for (const path of named) files.push({ path: insideOf(root, path)!, bytes: statSync(path).size });
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { root, files, outside: [...outside].sort() };
}

function nearestRepository(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(resolve(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** The file, then every regular file that it names by a relative path, and those name. What does not belong is not opened. */
async function closure(
  file: string, references: References, belongs: (path: string) => boolean, signal: AbortSignal,
): Promise<{ readonly named: ReadonlySet<string>; readonly outside: ReadonlySet<string> }> {
  const named = new Set([file]);
  const outside = new Set<string>();
  for (const path of named) {
    signal.throwIfAborted();
    if (statSync(path).size > MAXIMUM_SEARCHED_BYTES) continue;
    const content = await readRegular({ path, name: path, exact: false }, MAXIMUM_SEARCHED_BYTES);
    for (const name of references(path, content)) {
      if (isAbsolute(name) || name.includes('\0')) continue; // an input outside the repository stays one
      const target = regularFile(resolve(dirname(path), name));
      if (target === undefined) continue;
      if (!belongs(target)) outside.add(target);
      else if (named.size < MAXIMUM_FILES) named.add(target);
    }
  }
  return { named, outside };
}

function regularFile(path: string): string | undefined {
  try {
    const real = realpathSync.native(path);
    return statSync(real).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

/** A lone file may not make the whole disk, or a person's home folder, its repository by naming `../../x`. */
function isFit(folder: string, own: string): boolean {
  return folder === own || (folder !== '/' && insideOf(folder, homedir()) === undefined);
}

function commonFolder(start: string, paths: Iterable<string>): string {
  let folder = start;
  for (const path of paths) while (insideOf(folder, path) === undefined) folder = dirname(folder);
  return folder;
}
