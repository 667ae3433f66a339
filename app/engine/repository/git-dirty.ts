/**
 * Whether files differ from git's index, by size and times, and by content where those leave a doubt. Git's own
 * filters (line ends, large files) are not run: where one could explain the difference the answer is `unknown`.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import type { IndexEntry, Moment } from './git-index.ts';
import { readRegular, readSmallFile } from './read.ts';

export interface DirtyQuestion {
  readonly worktree: string;
  readonly entries: readonly IndexEntry[];
  /** When the index was written: an entry not older than it may have changed unseen. */
  readonly indexTimeMs: number;
  readonly signal: AbortSignal;
}

/** A copied repository has new times throughout; above this much content to compare we say that we do not know. */
const HASHED_BYTES = 512 * 1024 ** 2;
const SLICE_MS = 15;
const LINK = 0o120000;
const SUBMODULE = 0o160000;
const FOLDER = 0o040000;

export async function isDirty(question: DirtyQuestion): Promise<boolean | 'unknown'> {
  let doubt = false;
  let hashed = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  for (const entry of question.entries) {
    if (performance.now() > sliceEnd) {
      await setImmediate();
      question.signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    if (entry.conflicted || entry.intended) return true;
    if (entry.skipped) continue;
    if (entry.mode === SUBMODULE || entry.mode === FOLDER) { doubt = true; continue; }
    const path = join(question.worktree, entry.path);
    const stat = statOf(path);
    if (stat === undefined || stat.isSymbolicLink() !== (entry.mode === LINK) || !(stat.isFile() || stat.isSymbolicLink())) return true;
    if (looksSame(entry, stat, question.indexTimeMs)) continue;
    const answer = hashed + stat.size > HASHED_BYTES ? 'unknown' : await differs(path, entry, stat);
    hashed += stat.size;
    if (answer === 'unknown' || (answer && mayBeFiltered(question))) doubt = true;
    else if (answer) return true;
  }
  return doubt ? 'unknown' : false;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function looksSame(entry: IndexEntry, stat: Stats, indexTimeMs: number): boolean {
  return stat.size % 2 ** 32 === entry.size && isMoment(entry.modified, stat.mtimeMs) && isMoment(entry.changed, stat.ctimeMs)
    && entry.modified.seconds * 1_000 + entry.modified.nanoseconds / 1e6 < indexTimeMs;
}

/** `ms` as a double is exact to a quarter of a microsecond today; nobody writes twice in one. */
function isMoment(moment: Moment, ms: number): boolean {
  return Math.abs((ms - moment.seconds * 1_000) * 1e6 - moment.nanoseconds) < 1_000;
}

async function differs(path: string, entry: IndexEntry, stat: Stats): Promise<boolean | 'unknown'> {
  try {
    if (stat.isSymbolicLink()) return blobHash(readlinkSync(path, { encoding: 'buffer' }), entry.hash.length) !== entry.hash;
    const content = await readRegular({ path, name: entry.path, exact: true }, HASHED_BYTES);
    if (blobHash(content, entry.hash.length) === entry.hash) return false;
    // Checked out with CRLF, kept with LF (core.autocrlf, eol=crlf).
    const unix = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    return unix.length === content.length || blobHash(unix, entry.hash.length) !== entry.hash;
  } catch {
    return 'unknown';
  }
}

function blobHash(content: Buffer, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function mayBeFiltered(question: DirtyQuestion): boolean {
  const attributes = question.entries.filter((entry) => /(^|\/)\.gitattributes$/.test(entry.path)).map((entry) => join(question.worktree, entry.path));
  return [...attributes, join(question.worktree, '.git/info/attributes')]
    .some((path) => /filter=|working-tree-encoding=|\bident\b/.test(readSmallFile(path, 1024 ** 2)?.toString('latin1') ?? ''));
}
