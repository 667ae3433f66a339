/**
 * Decides which names of an archive are safe to create, on every platform alike. An archive with one bad
 * name is refused whole: a part of it would be another repository than the one that was handed over.
 */
import { refuse, type ArchiveLimits } from './archive-limits.ts';

interface Known { readonly path: string; readonly folder: boolean }

/** Longest name of one file or folder that the common file systems take. */
const PART_BYTES = 255;

export class ArchiveNames {
  private readonly known = new Map<string, Known>();

  constructor(private readonly archive: string, private readonly limits: ArchiveLimits) {}

  /** The path to create, "/"-separated; "" for the top itself. */
  accept(name: string, folder: boolean): string {
    const problem = problemOf(name, this.limits);
    if (problem !== undefined) throw refuse(this.archive, problem, name);
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length > this.limits.depth) throw refuse(this.archive, `lies deeper than the ${this.limits.depth} folders allowed`, name);
    let path = '';
    for (const [index, part] of parts.entries()) {
      path = path === '' ? part : `${path}/${part}`;
      this.enter({ path, folder: index < parts.length - 1 || folder }, index === parts.length - 1, name);
    }
    if (path === '' && !folder) throw refuse(this.archive, 'has no name', name);
    return path;
  }

  private enter(entry: Known, last: boolean, name: string): void {
    const key = entry.path.normalize('NFC').toLowerCase();
    const known = this.known.get(key);
    if (known === undefined) this.known.set(key, entry);
    else if (known.path !== entry.path) throw refuse(this.archive, `differs from "${known.path}" by case or Unicode form only`, name);
    else if (!known.folder) throw refuse(this.archive, last ? 'is there twice' : 'lies below a file', name);
    else if (!entry.folder) throw refuse(this.archive, 'is both a folder and a file', name);
  }
}

function problemOf(name: string, limits: ArchiveLimits): string | undefined {
  if (name.includes('\0')) return 'has a NUL in its name';
  if (name.includes('\ufffd')) return 'has a name that is not UTF-8';
  if (name.includes('\\')) return 'has a backslash in its name';
  if (name.startsWith('/')) return 'has an absolute name';
  if (/^[A-Za-z]:/.test(name)) return 'has a drive letter in its name';
  if (Buffer.byteLength(name) > limits.nameBytes) return `has a name longer than ${limits.nameBytes} bytes`;
  for (const part of name.split('/')) {
    if (part === '..') return 'leaves the archive by ".."';
    if (Buffer.byteLength(part) > PART_BYTES) return `has a part longer than ${PART_BYTES} bytes in its name`;
  }
  return undefined;
}
