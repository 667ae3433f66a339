/** The files of one side with all that they include, and the names that were looked for and not found. */
import { posix } from 'node:path';
import type { RepositoryTree } from '../../contract.ts';

export interface Sources {
  /** Repository paths: the files of the side first, then what they include. */
  readonly files: readonly string[];
  readonly absent: readonly string[];
}

const SCANNED_BYTES = 32 << 20;

export async function findSources(tree: RepositoryTree, given: readonly string[]): Promise<Sources> {
  const files = new Set(given);
  const absent = new Set<string>();
  for (const file of files) {
    const text = (await tree.read(file, SCANNED_BYTES)).toString('latin1');
    // Also inside comments: a file too many does no harm.
    for (const match of text.matchAll(/`include\s+"([^"\n]+)"/g)) {
      const candidates = [...new Set([posix.dirname(file), '.'].map((folder) => posix.normalize(posix.join(folder, match[1]!))))].filter((path) => !path.startsWith('../') && !path.startsWith('/'));
      for (const candidate of candidates) {
        if (tree.has(candidate)) { files.add(candidate); break; }
        absent.add(candidate);
      }
    }
  }
  return { files: [...files], absent: [...absent] };
}
