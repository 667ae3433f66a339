/** Commit and state of the working tree, without running git: in an untrusted tree its configuration starts programs. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findGit, readHead, type GitFolder } from './git-head.ts';
import { isDirty } from './git-dirty.ts';
import { parseIndex, type GitIndex } from './git-index.ts';
import { treeOfCommit } from './git-objects.ts';
import { insideOf } from './links.ts';
import { readSmallFile } from './read.ts';
import type { Commit } from './types.ts';

export interface CommitQuestion {
  /** Root of the repository; `.git` lies there or, with `ascend`, above. */
  readonly root: string;
  readonly ascend: boolean;
  /** Files of the tree, relative to the root. */
  readonly files: readonly { readonly path: string }[];
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
  const paths = new Set(question.files.map((file) => prefix + file.path));
  const entries = read.index.entries.filter((entry) => (question.only ? paths.has(entry.path) : entry.path.startsWith(prefix)));
  const edited = await isDirty({ worktree: git.worktree, entries, indexTimeMs: read.timeMs, signal: question.signal });
  const tracked = new Set(entries.map((entry) => entry.path));
  const untracked = [...paths].filter((path) => !tracked.has(path)).length;
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
