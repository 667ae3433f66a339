/** A repository is its folder and that folder's identity on the disk: another one put in its place is another repository. */
import { realpathSync, statSync } from 'node:fs';

export interface FolderIdentity {
  /** Absolute, without links. */
  readonly root: string;
  /** Device, inode and time of birth. */
  readonly identity: string;
}

export function identify(root: string): FolderIdentity | undefined {
  try {
    const real = realpathSync(root);
    const state = statSync(real, { bigint: true });
    return state.isDirectory() ? { root: real, identity: `${state.dev}:${state.ino}:${state.birthtimeNs}` } : undefined;
  } catch { return undefined; }
}
