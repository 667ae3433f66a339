/** The files that one root includes, directly or not: Dafny reads them as one program. */
import { posix } from 'node:path';
import { InputError, type RepositoryTree } from '../../contract.ts';
import { tokenise } from './tokens.ts';

export interface SourceFile { readonly path: string; readonly text: string }

export interface Cone {
  readonly files: readonly SourceFile[];
  /** Named and not there: path, and who names it. */
  readonly absent: readonly { readonly path: string; readonly by: string; readonly line: number }[];
}

/** Larger than any program that a person or a generator writes; Dafny needs some hundred times as much memory. */
export const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024;

/** Names in `include "…"`, as written, with the offset of each. */
export function includesOf(text: string): { readonly name: string; readonly offset: number }[] {
  if (!text.includes('include')) return [];
  const tokens = tokenise(text);
  const names: { name: string; offset: number }[] = [];
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token.kind === 'word' && token.text === 'include' && next?.kind === 'string') names.push({ name: unquoted(next.text), offset: next.start });
  });
  return names;
}

function unquoted(literal: string): string {
  if (literal.startsWith('@')) return literal.slice(2, -1).replaceAll('""', '"');
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** Relative to the root where the file lies within the tree, else absolute. */
export function resolveInclude(root: string, from: string, name: string): string {
  const slashed = name.replaceAll('\\', '/');
  const base = posix.isAbsolute(from) ? posix.dirname(from) : posix.join(root, posix.dirname(from));
  const absolute = posix.resolve(base, slashed);
  return absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : absolute;
}

/** Reads sources of a tree once each. Throws {@link InputError} only for the roots themselves. */
export class SourceReader {
  private readonly known = new Map<string, Promise<SourceFile>>();

  constructor(private readonly tree: Pick<RepositoryTree, 'root' | 'has'>, private readonly readBytes: (path: string) => Promise<Buffer>) {}

  read(path: string): Promise<SourceFile> {
    let file = this.known.get(path);
    if (!file) {
      file = this.readBytes(path).then((bytes) => ({ path, text: decoded(path, bytes) }));
      this.known.set(path, file);
    }
    return file;
  }

  /** In the order in which they are first named, roots first. */
  async cone(roots: readonly string[]): Promise<Cone> {
    const files: SourceFile[] = [];
    const absent: Cone['absent'][number][] = [];
    const queue = roots.map((path) => ({ path, by: undefined as undefined | { file: string; line: number } }));
    const seen = new Set(roots);
    for (const { path, by } of queue) {
      let file: SourceFile;
      try {
        if (by && !path.startsWith('/') && !this.tree.has(path)) throw new InputError(path, 'is not there');
        file = await this.read(path);
      } catch (error) {
        if (!(error instanceof InputError) || !by) throw error;
        absent.push({ path, by: by.file, line: by.line });
        continue;
      }
      files.push(file);
      for (const { name, offset } of includesOf(file.text)) {
        const target = resolveInclude(this.tree.root, path, name);
        if (seen.has(target)) continue;
        seen.add(target);
        queue.push({ path: target, by: { file: path, line: file.text.slice(0, offset).split('\n').length } });
      }
    }
    return { files, absent };
  }
}

function decoded(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(path, 'is not UTF-8', 'Save it as UTF-8.');
  }
}
