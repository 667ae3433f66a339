/**
 * Whether files differ from git's index, by size and times, and by content where those leave a doubt. Git's own
 * filters (line ends, large files) are not run: where one could explain the difference the answer is `unknown`.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readlinkSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import type { GitIndex, IndexEntry } from './git-index.ts';
import { readRegular, readSmallFile } from './read.ts';
import type { WalkedFile } from './walk.ts';

export interface DirtyQuestion {
  readonly worktree: string;
  readonly index: GitIndex;
  /** Those of the index that are asked about. */
  readonly entries: readonly IndexEntry[];
  /** What the walk saw of a path, if it did. */
  readonly seen: (path: string) => WalkedFile | undefined;
  /** When the index was written: an entry not older than it may have changed unseen. */
  readonly indexTimeMs: number;
  readonly signal: AbortSignal;
}

/** A copied repository has new times throughout; above this much content to compare we say that we do not know. */
const HASHED_BYTES = 512 * 1024 ** 2;
const SLICE_MS = 15;
const LINK = 0o120000;
export const SUBMODULE = 0o160000;
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
    const state: FileState | undefined = question.seen(entry.path) ?? stateOf(join(question.worktree, entry.path));
    if (state === undefined || state.link === true !== (entry.mode === LINK)) return true;
    if (looksSame(entry, state, question.indexTimeMs)) continue;
    const answer = hashed + state.bytes > HASHED_BYTES ? 'unknown' : await differs(question, entry);
    hashed += state.bytes;
    if (answer === 'unknown' || (answer && mayBeFiltered(question))) doubt = true;
    else if (answer) return true;
  }
  return doubt ? 'unknown' : false;
}

type FileState = Pick<WalkedFile, 'bytes' | 'modifiedMs' | 'changedMs'> & { readonly link?: boolean };

/** Undefined where there is no file or link. */
function stateOf(path: string): FileState | undefined {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !(stat.isFile() || stat.isSymbolicLink())) return undefined;
    return { bytes: stat.size, modifiedMs: stat.mtimeMs, changedMs: stat.ctimeMs, link: stat.isSymbolicLink() };
  } catch {
    return undefined;
  }
}

function looksSame(entry: IndexEntry, state: FileState, indexTimeMs: number): boolean {
  return state.bytes % 2 ** 32 === entry.size
    && isMoment(entry.modifiedSeconds, entry.modifiedNanoseconds, state.modifiedMs) && isMoment(entry.changedSeconds, entry.changedNanoseconds, state.changedMs)
    && entry.modifiedSeconds * 1_000 + entry.modifiedNanoseconds / 1e6 < indexTimeMs;
}

/** `ms` as a double is exact to a quarter of a microsecond today; nobody writes twice in one. */
function isMoment(seconds: number, nanoseconds: number, ms: number): boolean {
  return Math.abs((ms - seconds * 1_000) * 1e6 - nanoseconds) < 1_000;
}

async function differs({ worktree, index }: DirtyQuestion, entry: IndexEntry): Promise<boolean | 'unknown'> {
  const path = join(worktree, entry.path);
  const hash = index.hashOf(entry);
  try {
    if (entry.mode === LINK) return blobHash(readlinkSync(path, { encoding: 'buffer' }), hash.length) !== hash;
    const content = await readRegular({ path, name: entry.path, exact: true }, HASHED_BYTES);
    if (blobHash(content, hash.length) === hash) return false;
    // Checked out with CRLF, kept with LF (core.autocrlf, eol=crlf).
    const unix = Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    return unix.length === content.length || blobHash(unix, hash.length) !== hash;
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
