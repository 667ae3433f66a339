/** The files of one crate: its root and every file that a `mod` names, with the module path of each. */
import { posix } from 'node:path';
import { InputError, type RepositoryTree } from '../../contract.ts';
import { readRustFile, type OtherItem, type RustFile } from './items.ts';

/** Larger is no source that people wrote. */
export const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 20_000;

export interface Crate {
  readonly files: readonly RustFile[];
  /** Modules whose file is not there, with the places that were looked at. */
  readonly absent: readonly { readonly by: string; readonly line: number; readonly module: string; readonly conditional: boolean; readonly paths: readonly string[] }[];
}

export class CrateReader {
  constructor(private readonly tree: RepositoryTree, private readonly bytes: (path: string) => Promise<Buffer>) {}

  async crate(root: string): Promise<Crate> {
    const files: RustFile[] = [];
    const absent: Crate['absent'][number][] = [];
    const seen = new Set<string>();
    const queue: { path: string; modules: readonly string[]; folder: string }[] = [{ path: root, modules: [], folder: posix.dirname(root) }];
    for (const { path, modules, folder } of queue) {
      // Two modules may name one file; its functions then have two names, and each is one.
      const key = `${path}\0${modules.join('::')}`;
      if (seen.has(key) || files.length >= MOST_FILES) continue;
      seen.add(key);
      const file = readRustFile(path, await this.text(path), modules);
      files.push(file);
      for (const item of file.items) {
        if (item.kind !== 'mod' || !item.outOfLine) continue;
        const inside = item.scope.modules.slice(modules.length);
        const own = pathAttribute(item);
        const base = posix.join(folder, ...inside);
        const paths = own === undefined ? [posix.join(base, `${item.name}.rs`), posix.join(base, item.name, 'mod.rs')]
          : [posix.join(inside.length > 0 ? base : posix.dirname(path), own)];
        const found = paths.find((one) => this.tree.has(one));
        if (found === undefined) {
          const line = file.text.slice(0, file.tokens[item.first]!.start).split('\n').length;
          absent.push({ by: path, line, module: [...item.scope.modules, item.name].join('::'), conditional: item.scope.conditional, paths });
        } else queue.push({ path: found, modules: [...item.scope.modules, item.name], folder: own !== undefined || posix.basename(found) === 'mod.rs' ? posix.dirname(found) : posix.join(base, item.name) });
      }
    }
    return { files, absent };
  }

  private async text(path: string): Promise<string> {
    const bytes = await this.bytes(path);
    if (bytes.length > LARGEST_SOURCE_BYTES) throw new InputError(path, `has ${bytes.length} bytes, more than a source of ${LARGEST_SOURCE_BYTES}`);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new InputError(path, 'is not UTF-8', 'Rust sources must be: convert it');
    }
  }
}

function pathAttribute(item: OtherItem): string | undefined {
  const attribute = item.attributes.find((one) => one.name === 'path');
  return attribute ? /^="(.*)"$/.exec(attribute.argument)?.[1] : undefined;
}
