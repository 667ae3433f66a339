/** What opening a repository gives: the tree that toolchains see, and all that had to be left out, each with its reason. */
import type { Readable } from 'node:stream';
import type { RepositoryTree, Uncovered } from '../../../toolchains/contract.ts';

/** The tree of an opened repository; `stream` is for files too large for one buffer. */
export interface OpenedTree extends RepositoryTree {
  stream(path: string): Promise<Readable>;
}

export interface Commit {
  /** 40 or 64 hexadecimal digits. */
  readonly hash: string;
  /** Absent where HEAD is detached. */
  readonly branch?: string;
  /** True: a file differs from the commit. `unknown`: it cannot be told without running git. Of a single file: of it and what it names. */
  readonly dirty: boolean | 'unknown';
  /** Files of the tree that the index does not hold (ignored ones included): they are not part of the commit. */
  readonly untracked?: number;
}

export interface OpenedRepository {
  readonly tree: OpenedTree;
  /** Absolute path of the root, without links. */
  readonly root: string;
  /** What the user named, as an absolute path; differs from `root` for files and archives. */
  readonly origin: string;
  readonly kind: 'folder' | 'file' | 'archive';
  /** Where a file was asked for: its path in the tree. Only obligations of projects that touch it are asked. */
  readonly selected?: readonly string[];
  /** No file at all (besides what is left out). */
  readonly empty: boolean;
  readonly commit?: Commit;
  /** One sentence each, safe to print. */
  readonly notices: readonly string[];
  readonly uncovered: readonly Uncovered[];
  /** Removes what opening made (an unpacked archive). May be called twice. */
  dispose(): Promise<void>;
}

/** Files that a file names, relative to its folder: the toolchains' `references` together. */
export type References = (path: string, content: Buffer) => readonly string[];

export interface OpenOptions {
  readonly references: References;
  /** Assay's own folder (ASSAY_HOME): archives are unpacked under it, and it is never part of a repository. */
  readonly home: string;
  readonly signal: AbortSignal;
}
