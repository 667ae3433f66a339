/** Commit and state of the working tree, without running git: in an untrusted tree its configuration starts programs. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeFile } from '../../../toolchains/contract.ts';
import { findGit, readHead, type GitFolder } from './git-head.ts';
import { isDirty, SUBMODULE } from './git-dirty.ts';
import { parseIndex, type GitIndex } from './git-index.ts';
import { treeOfCommit } from './git-objects.ts';
import { insideOf } from './links.ts';
import { readSmallFile } from './read.ts';
import type { Commit } from './types.ts';
import type { WalkedFile } from './walk.ts';

export interface CommitQuestion {
  /** Root of the repository; `.git` lies there or, with `ascend`, above. */
  readonly root: string;
  readonly ascend: boolean;
  /** Files of the tree, relative to the root. */
  readonly files: readonly (TreeFile | WalkedFile)[];
  /** True: only these files are looked at (a single file was asked for). */
  readonly only: boolean;
  readonly signal: AbortSignal;
}

/** A million files with long names. */
const INDEX_BYTES = 256 * 1024 ** 2;

export async function readCommit(question: CommitQuestion): Promise<Commit | undefined> {
  const git = findGit(question.root, question.ascend);
  const head = git && readHead(git);
  if (git === undefined || head === undefined) return undefined;
  const read = readIndex(git, head.hash.length === 64 ? 32 : 20);
  const inside = insideOf(git.worktree, question.root);
  if (read === undefined || inside === undefined) return { ...head, dirty: 'unknown' };
  const prefix = inside === '' ? '' : `${inside}/`;
  const files = new Map(question.files.map((file) => [prefix + file.path, file]));
  const { index } = read;
  const entries = index.entries.filter((entry) => (question.only ? files.has(entry.path) : entry.path.startsWith(prefix)));
  const edited = await isDirty({
    worktree: git.worktree, index, entries, indexTimeMs: read.timeMs, signal: question.signal,
    seen: (path) => { const file = files.get(path); return file && 'modifiedMs' in file ? file : undefined; },
  });
  // A path in conflict has several entries, one after the other.
  const tracked = entries.filter((entry, at) => entry.mode !== SUBMODULE && files.has(entry.path) && entries[at - 1]?.path !== entry.path).length;
  const untracked = files.size - tracked;
  // A file asked for alone that git does not hold is certainly not the commit's.
  if (edited === true || (question.only && untracked > 0)) return { ...head, dirty: true, untracked };
  return { ...head, dirty: edited === 'unknown' ? edited : isStaged(git, head.hash, read.index), untracked };
}

function readIndex(git: GitFolder, hashBytes: 20 | 32): { readonly index: GitIndex; readonly timeMs: number } | undefined {
  const path = join(git.own, 'index');
  try {
    const timeMs = statSync(path).mtimeMs;
    const data = readSmallFile(path, INDEX_BYTES);
    return data && { index: parseIndex(data, hashBytes), timeMs };
  } catch {
    return undefined; // absent, or of a form that we do not read
  }
}

/** Whether the index differs from the commit. */
function isStaged(git: GitFolder, commit: string, index: GitIndex): boolean | 'unknown' {
  if (index.tree === undefined) return 'unknown';
  const tree = treeOfCommit(git.common, commit);
  return tree === undefined ? 'unknown' : tree !== index.tree;
}
