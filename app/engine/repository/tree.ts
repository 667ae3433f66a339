/** The two trees: of a walked folder, and of one file with what it names. Paths that leave the root are refused by both. */
import { createReadStream, realpathSync, statSync } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { InputError, type TreeFile } from '../../../toolchains/contract.ts';
import { insideOf } from './links.ts';
import { printable } from './printable.ts';
import { MAXIMUM_READ_BYTES, openRegular, readRegular, type OpenedFile } from './read.ts';
import type { OpenedTree } from './types.ts';
import type { Walked } from './walk.ts';

/** How a path of the tree is found; undefined where it is not a file of it. */
type Locate = (path: string) => string | undefined;

class FileTree implements OpenedTree {
  constructor(readonly root: string, readonly files: readonly TreeFile[], private readonly locate: Locate) {}

  has(path: string): boolean {
    return this.locate(path) !== undefined;
  }

  // Not `async`: an error of the synchronous part still arrives as a rejection.
  async read(path: string, maximumBytes: number = MAXIMUM_READ_BYTES): Promise<Buffer> {
    return readRegular(this.open(path), maximumBytes);
  }

  async stream(path: string): Promise<Readable> {
    const { fd } = openRegular(this.open(path));
    return createReadStream('', { fd, start: 0, autoClose: true });
  }

  private open(path: string): OpenedFile {
    const inside = isAbsolute(path) ? insideOf(this.root, path) : path;
    if (inside === undefined) return { path, name: path, exact: false };
    const found = this.locate(inside);
    if (found !== undefined) return { path: absolute(this.root, found), name: path, exact: true };
    const normal = posix.normalize(inside);
    if (normal === '..' || normal.startsWith('../')) throw new InputError(printable(path), 'leaves the repository', 'Name a folder that holds it too');
    throw new InputError(printable(path), 'is not a file of the repository', 'Check the name');
  }
}

/** The tree of a whole folder. Links that stay inside are known by both names, and listed once. */
export function folderTree(root: string, walked: Walked): OpenedTree {
  const known = new Set<string>();
  for (const file of walked.files) known.add(file.path);
  return new FileTree(root, walked.files, (path) => {
    if (known.has(path)) return path;
    const plain = posix.normalize(path);
    if (known.has(plain)) return plain;
    if (walked.aliases.size === 0) return undefined;
    const real = throughLinks(plain, walked.aliases);
    return known.has(real) ? real : undefined;
  });
}

/** Replaces each link on the way; keys of `aliases` have no links in their parent part, and targets none at all. */
function throughLinks(path: string, aliases: ReadonlyMap<string, string>): string {
  let real = '';
  for (const part of path.split('/')) {
    const next = real === '' ? part : `${real}/${part}`;
    real = aliases.get(next) ?? next;
  }
  return real;
}

/** The tree of a file that was asked for: lists `files`, and finds any other file below the root when asked by name. */
export function fileTree(root: string, files: readonly TreeFile[]): OpenedTree {
  const found = new Map<string, string | undefined>(files.map((file) => [file.path, file.path]));
  return new FileTree(root, files, (path) => {
    if (!found.has(path)) found.set(path, lookUp(root, path));
    return found.get(path);
  });
}

function lookUp(root: string, path: string): string | undefined {
  try {
    const real = realpathSync.native(absolute(root, path));
    const inside = insideOf(root, real);
    return inside !== undefined && statSync(real).isFile() ? inside : undefined;
  } catch {
    return undefined;
  }
}

function absolute(root: string, path: string): string {
  return root === '/' ? `/${path}` : `${root}/${path}`;
}
