/** Opens an archive: unpacked under limits into a private folder, which is removed on dispose. */
import { closeSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { ARCHIVE_LIMITS, refuse, UnpackBudget, type ArchiveLimits } from './archive-limits.ts';
import { ArchiveNames } from './archive-names.ts';
import { makePrivateFolder } from './private-folder.ts';
import { printable } from './printable.ts';
import { openRegular } from './read.ts';
import { isDiskFull, reasonOf } from './system-errors.ts';
import { UnpackTarget } from './unpack-target.ts';

export interface Unpacked {
  /** Where the files are: the private folder, or the only folder in it. */
  readonly root: string;
  /** Name of that only folder. */
  readonly entered?: string;
  remove(): Promise<void>;
}

export interface UnpackOptions { readonly home: string; readonly signal: AbortSignal; readonly limits?: ArchiveLimits }

/** Formats that people hand over and we do not read: better a clear word than "no tool covers it". */
const UNREAD = /\.(tar\.(bz2|xz|zst|lz4?|Z)|t(bz2?|xz|zst)|7z|rar|jar)$/i;
const READ = /\.(zip|tar|tar\.gz|tgz)$/i;

export const isArchiveName = (path: string): boolean => READ.test(path) || UNREAD.test(path);

/** @param path absolute, without links, a regular file */
export async function unpackArchive(path: string, options: UnpackOptions): Promise<Unpacked> {
  if (UNREAD.test(path)) throw new InputError(printable(path), 'is an archive of a kind that is not read', 'Unpack it and name the folder, or pack it as .zip or .tar.gz');
  const limits = options.limits ?? ARCHIVE_LIMITS;
  const folder = makePrivateFolder(options.home);
  try {
    await unpackInto(folder.path, path, limits, options.signal);
    const entered = onlyFolder(folder.path);
    return { root: entered === undefined ? folder.path : join(folder.path, entered), entered, remove: folder.remove };
  } catch (error) {
    await folder.remove();
    if (isDiskFull(error)) throw new InputError(printable(path), `cannot be unpacked: ${reasonOf(error)}`, `Make room below ${printable(options.home)}`);
    throw error;
  }
}

async function unpackInto(folder: string, path: string, limits: ArchiveLimits, signal: AbortSignal): Promise<void> {
  const { fd, bytes } = openRegular({ path, name: path, exact: true });
  const job = {
    archive: path, fd, limits, signal,
    names: new ArchiveNames(path, limits), budget: new UnpackBudget(path, bytes, limits), target: new UnpackTarget(folder, signal),
  };
  const magic = Buffer.alloc(4);
  let count: number;
  try {
    count = readSync(fd, magic, 0, 4, 0);
  } catch (error) {
    closeSync(fd);
    throw new InputError(printable(path), `cannot be read: ${reasonOf(error)}`);
  }
  const zip = /\.zip$/i.test(path);
  if (count < 4 || (zip && magic.toString('latin1', 0, 2) !== 'PK')) {
    closeSync(fd);
    throw refuse(path, count < 4 ? 'is cut off' : 'is not a zip archive');
  }
  // The unpackers take the descriptor over; loaded only now, since most runs open no archive.
  if (zip) await (await import('./zip.ts')).unpackZip(job, bytes);
  else await (await import('./tar.ts')).unpackTar(job, magic[0] === 0x1f && magic[1] === 0x8b);
}

/** Archives of a release hold one folder; what macOS packs beside it does not count. */
function onlyFolder(folder: string): string | undefined {
  const names = readdirSync(folder).filter((name) => name !== '__MACOSX');
  return names.length === 1 && statSync(join(folder, names[0]!)).isDirectory() ? names[0] : undefined;
}
