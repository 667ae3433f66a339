/**
 * Where HEAD is, read from the files of `.git` alone: no program is started, no configuration obeyed, every
 * file bounded. A folder that is not laid out as git does it has no commit.
 */
import { lstatSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readSmallFile } from './read.ts';

export interface GitFolder {
  /** Folder of the working tree. */
  readonly worktree: string;
  /** HEAD and index: `.git`, or what a `.git` file points to. */
  readonly own: string;
  /** Refs and objects: differs from `own` in a linked worktree. */
  readonly common: string;
}

export interface Head { readonly hash: string; readonly branch?: string }

const SMALL_BYTES = 4_096;
const PACKED_REFS_BYTES = 64 * 1024 ** 2;
/** A symbolic ref that leads further than this is a loop (git allows 5). */
const MAXIMUM_JUMPS = 5;

/** @param ascend false: only at `folder` itself (an unpacked archive lies in a folder that is not its own) */
export function findGit(folder: string, ascend: boolean): GitFolder | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = gitAt(at);
    if (found !== undefined) return found;
    if (!ascend || dirname(at) === at) return undefined;
  }
}

function gitAt(worktree: string): GitFolder | undefined {
  const path = join(worktree, '.git');
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const own = stat.isFile() ? pointed(path, worktree, /^gitdir: (.+)\n?$/) : path;
  if (own === undefined || !isFolder(own)) return undefined;
  const common = pointed(join(own, 'commondir'), own, /^(.+)\n?$/) ?? own;
  return isFolder(common) ? { worktree, own, common } : undefined;
}

function pointed(file: string, base: string, pattern: RegExp): string | undefined {
  const target = pattern.exec(readSmallFile(file, SMALL_BYTES)?.toString('utf8') ?? '')?.[1];
  if (target === undefined || target.includes('\0')) return undefined;
  return isAbsolute(target) ? target : resolve(base, target);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Undefined where there is no commit yet, or it cannot be told. */
export function readHead(git: GitFolder): Head | undefined {
  let text = readSmallFile(join(git.own, 'HEAD'), SMALL_BYTES)?.toString('utf8');
  let branch: string | undefined;
  for (let jump = 0; text !== undefined && jump < MAXIMUM_JUMPS; jump += 1) {
    const direct = hashOf(text.trim());
    if (direct !== undefined) return { hash: direct, ...(branch === undefined ? {} : { branch }) };
    const ref = /^ref: (refs\/\S+)\s*$/.exec(text)?.[1];
    if (ref === undefined || !isRefName(ref)) return undefined;
    if (jump === 0 && ref.startsWith('refs/heads/')) branch = ref.slice('refs/heads/'.length);
    text = readRef(git, ref);
  }
  return undefined;
}

function readRef(git: GitFolder, ref: string): string | undefined {
  for (const folder of new Set([git.own, git.common])) {
    const loose = readSmallFile(join(folder, ref), SMALL_BYTES);
    if (loose !== undefined) return loose.toString('utf8');
  }
  const packed = readSmallFile(join(git.common, 'packed-refs'), PACKED_REFS_BYTES)?.toString('utf8');
  if (packed === undefined) return undefined;
  const end = packed.indexOf(` ${ref}\n`);
  if (end < 0) return undefined;
  return packed.slice(packed.lastIndexOf('\n', end) + 1, end);
}

const hashOf = (text: string): string | undefined => (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined);

/** The part of git-check-ref-format(1) that keeps a name inside the folder and printable. */
function isRefName(ref: string): boolean {
  return !/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|\/\/|\/\.|@\{/u.test(ref) && !ref.endsWith('/');
}
