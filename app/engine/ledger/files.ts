/**
 * Hashes of files, remembered by their stat identity (size, inode, device, ctime and mtime in nanoseconds), so
 * that an unchanged repository costs one `stat` a file. ctime catches a replacement that keeps size and mtime.
 * A file that was younger than two seconds when it was hashed is not remembered: it may be written again
 * within the clock's grain (10 ms on ext4, 2 s on FAT).
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LedgerDatabase } from './database.ts';
import type { HashedInput } from './types.ts';

/** In place of a hash: there is no such file. Part of a unit key, so that appearing later changes it. */
export const ABSENT = 'absent';

const YOUNG_NANOSECONDS = 2_000_000_000n;
/** Read at once on this thread; larger files in pieces, off it. */
const SMALL_BYTES = 262_144n;
const PIECE_BYTES = 1_048_576;
/** Large files that are read at the same time. */
const READERS = 4;
/** How long this thread is held before others get a turn. */
const TURN_MILLISECONDS = 15;
/** A file that changes on every look is hashed as it was last seen, and not remembered. */
const LOOKS = 3;

interface Seen { readonly path: string; readonly full: string; stamp: string; sha256: string; fresh: boolean }

export class FileHashes {
  readonly #buffer = Buffer.allocUnsafe(Number(SMALL_BYTES) + 1);
  constructor(private readonly database: LedgerDatabase) {}

  /**
   * Hashes of these files, in their order. Where there is none it says {@link ABSENT}; where it cannot be
   * read, `unreadable:CODE`; for what is no file, `no-file`: each stable, and never equal to a hash.
   * @param paths relative to `root`, or absolute
   */
  async hashFiles(root: string, paths: readonly string[], signal?: AbortSignal): Promise<HashedInput[]> {
    const seen = await this.#look(root, paths, signal);
    await this.#hashLarge(seen.filter((file) => file.sha256 === ''), signal);
    this.#remember(seen.filter((file) => file.fresh));
    return seen.map((file) => ({ path: file.path, sha256: file.sha256 }));
  }

  async #look(root: string, paths: readonly string[], signal: AbortSignal | undefined): Promise<Seen[]> {
    const files = paths.map((path): Seen => ({ path, full: resolve(root, path), stamp: '', sha256: '', fresh: false }));
    const known = this.#recall(files.map((file) => file.full));
    let turn = performance.now();
    for (const file of files) {
      const stats = statOf(file.full);
      if (typeof stats === 'string') file.sha256 = stats;
      else {
        file.stamp = stampOf(stats);
        const before = known.get(file.full);
        if (before?.stamp === file.stamp) file.sha256 = before.sha256;
        else if (stats.size <= SMALL_BYTES) this.#hashSmall(file);
      }
      if (performance.now() - turn > TURN_MILLISECONDS) {
        await new Promise(setImmediate);
        signal?.throwIfAborted();
        turn = performance.now();
      }
    }
    return files;
  }

  #hashSmall(file: Seen): void {
    for (let look = 1; look <= LOOKS; look++) {
      let handle: number;
      try { handle = openSync(file.full, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); } catch (error) { file.sha256 = codeOf(error); return; }
      try {
        const stats = fstatSync(handle, { bigint: true });
        if (!stats.isFile()) { file.sha256 = 'no-file'; return; }
        if (stats.size > SMALL_BYTES) return; // has grown: left to hashLarge
        let bytes = 0;
        for (let read = 1; read > 0 && bytes < this.#buffer.length; bytes += read) read = readSync(handle, this.#buffer, bytes, this.#buffer.length - bytes, null);
        const hash = createHash('sha256').update(this.#buffer.subarray(0, bytes)).digest('hex');
        if (settle(file, stats, fstatSync(handle, { bigint: true }), hash) || look === LOOKS) { file.sha256 = hash; return; }
      } catch (error) { file.sha256 = codeOf(error); return; } finally { closeSync(handle); }
    }
  }

  async #hashLarge(files: readonly Seen[], signal: AbortSignal | undefined): Promise<void> {
    const queue = [...files];
    const reader = async (): Promise<void> => {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      for (let file = queue.pop(); file; file = queue.pop()) await hashInPieces(file, piece, signal);
    };
    await Promise.all(Array.from({ length: Math.min(READERS, files.length) }, reader));
  }

  #recall(paths: readonly string[]): Map<string, { readonly stamp: string; readonly sha256: string }> {
    const rows = this.database.read((connection) => connection.all<{ path: string; stamp: string; sha256: string }>(
      'SELECT f.path, f.stamp, f.sha256 FROM json_each(?) AS asked CROSS JOIN files AS f ON f.path = asked.value', [JSON.stringify(paths)]), []);
    return new Map(rows.map((row) => [row.path, row]));
  }

  #remember(files: readonly Seen[]): void {
    if (files.length === 0) return;
    this.database.write((connection) => {
      for (const file of files) connection.run('INSERT OR REPLACE INTO files (path, stamp, sha256) VALUES (?, ?, ?)', [file.full, file.stamp, file.sha256]);
    });
  }
}

async function hashInPieces(file: Seen, piece: Buffer, signal: AbortSignal | undefined): Promise<void> {
  for (let look = 1; look <= LOOKS; look++) {
    try {
      const handle = await open(file.full, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      try {
        const stats = await handle.stat({ bigint: true });
        if (!stats.isFile()) { file.sha256 = 'no-file'; return; }
        const hash = createHash('sha256');
        for (;;) {
          signal?.throwIfAborted();
          const { bytesRead } = await handle.read(piece, 0, piece.length, null);
          if (bytesRead === 0) break;
          hash.update(piece.subarray(0, bytesRead));
        }
        const text = hash.digest('hex');
        if (settle(file, stats, await handle.stat({ bigint: true }), text) || look === LOOKS) { file.sha256 = text; return; }
      } finally { await handle.close(); }
    } catch (error) {
      if (signal?.aborted) throw error;
      file.sha256 = codeOf(error);
      return;
    }
  }
}

/** True where the file did not change while it was read; then it may be remembered, unless it is young. */
function settle(file: Seen, before: BigIntStats, after: BigIntStats, hash: string): boolean {
  const stamp = stampOf(after);
  if (stampOf(before) !== stamp) return false;
  file.stamp = stamp;
  file.sha256 = hash;
  const newest = after.mtimeNs > after.ctimeNs ? after.mtimeNs : after.ctimeNs;
  file.fresh = BigInt(Date.now()) * 1_000_000n - newest >= YOUNG_NANOSECONDS;
  return true;
}

function statOf(path: string): BigIntStats | string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats) return ABSENT;
    return stats.isFile() ? stats : 'no-file';
  } catch (error) { return codeOf(error); }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? ABSENT : `unreadable:${String(error.code)}`;
}

function stampOf(stats: BigIntStats): string {
  return `${stats.size}:${stats.ino}:${stats.dev}:${stats.ctimeNs}:${stats.mtimeNs}`;
}
