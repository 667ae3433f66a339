/**
 * Opens one regular file, and that file only: not what a link put in its place since, not a pipe or device,
 * not more bytes than asked for. Bytes come as they are.
 */
import { closeSync, constants, fstatSync, openSync, read, readlinkSync, readSync, realpathSync, statSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { InputError } from '../../../toolchains/contract.ts';
import { printable } from './printable.ts';
import { reasonOf } from './system-errors.ts';

/** Largest file that is read into one buffer; larger ones are streamed. */
export const MAXIMUM_READ_BYTES = 1024 ** 3;
/** Up to here one synchronous read is quicker than a trip through the thread pool. */
const SYNCHRONOUS_BYTES = 1024 ** 2;
const CHUNK_BYTES = 64 * 1024 ** 2;

export interface Opened { readonly fd: number; readonly bytes: number }

export interface OpenedFile {
  /** Absolute. */
  readonly path: string;
  /** For messages. */
  readonly name: string;
  /** The path has no links on any part, and must have none now. False for absolute paths that a user or project names. */
  readonly exact: boolean;
}

/** The caller closes `fd`. */
export function openRegular(file: OpenedFile): Opened {
  let fd: number;
  try {
    fd = openSync(file.path, constants.O_RDONLY | constants.O_NONBLOCK | (file.exact ? constants.O_NOFOLLOW : 0));
  } catch (error) {
    throw new InputError(printable(file.name), `cannot be read: ${reasonOf(error)}`, 'Check that it is there and its permissions');
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new InputError(printable(file.name), 'is not a regular file');
    if (file.exact && !standsAt(fd, stat, file.path)) {
      throw new InputError(printable(file.name), 'was replaced by a link or moved since the repository was opened', 'Run again');
    }
    return { fd, bytes: stat.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

export async function readRegular(file: OpenedFile, maximumBytes: number): Promise<Buffer> {
  const { fd, bytes } = openRegular(file);
  try {
    if (bytes > maximumBytes) {
      throw new InputError(printable(file.name), `has ${bytes} bytes, more than the ${maximumBytes} that are read at once`, 'Split it, or leave it out');
    }
    if (bytes <= SYNCHRONOUS_BYTES) return readSmall(fd, bytes);
    return await readLarge(fd, bytes);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(printable(file.name), `cannot be read: ${reasonOf(error)}`);
  } finally {
    closeSync(fd);
  }
}

/** For configuration and bookkeeping files: absent, unreadable or too large is undefined. */
export function readSmallFile(path: string, maximumBytes: number): Buffer | undefined {
  let opened: Opened;
  try {
    opened = openRegular({ path, name: path, exact: false });
  } catch {
    return undefined;
  }
  try {
    return opened.bytes > maximumBytes ? undefined : readSmall(opened.fd, opened.bytes);
  } catch {
    return undefined;
  } finally {
    closeSync(opened.fd);
  }
}

function readSmall(fd: number, bytes: number): Buffer {
  const content = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  while (at < bytes) {
    const count = readSync(fd, content, at, bytes - at, at);
    if (count === 0) break; // shortened meanwhile; the engine's second hash says so
    at += count;
  }
  return at === bytes ? content : content.subarray(0, at);
}

const readAsync = promisify(read);

async function readLarge(fd: number, bytes: number): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  while (at < bytes) {
    const { bytesRead } = await readAsync(fd, content, at, Math.min(CHUNK_BYTES, bytes - at), at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at === bytes ? content : content.subarray(0, at);
}

/** True where the opened file is the one at `path` with no link on the way (O_NOFOLLOW looks at the last part only). */
function standsAt(fd: number, stat: Stats, path: string): boolean {
  try {
    if (process.platform === 'linux' && readlinkSync(`/proc/self/fd/${fd}`) === path) return true;
  } catch {
    // No /proc: the portable way below.
  }
  try {
    const now = statSync(path);
    return realpathSync.native(path) === path && now.ino === stat.ino && now.dev === stat.dev;
  } catch {
    return false;
  }
}
