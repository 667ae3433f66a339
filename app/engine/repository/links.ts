/** Where a link of the tree leads. Only regular files and folders inside the tree are followed. */
import { realpathSync, statSync } from 'node:fs';
import { printable } from './printable.ts';
import { reasonOf } from './system-errors.ts';

export type LinkTarget =
  | { readonly kind: 'file' | 'folder'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string };

/** @param root absolute, without links; @param path relative to it */
export function resolveLink(root: string, path: string): LinkTarget {
  try {
    const real = realpathSync.native(`${root}/${path}`);
    const inside = insideOf(root, real);
    if (inside === undefined) return { kind: 'refused', why: 'link leaves the repository: not followed' };
    const stat = statSync(real);
    if (stat.isFile()) return { kind: 'file', path: inside };
    if (stat.isDirectory()) return { kind: 'folder', path: inside };
    return { kind: 'refused', why: `link to ${printable(inside)}, which is not a regular file: never opened` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'refused', why: 'link to nothing' };
    if (code === 'ELOOP') return { kind: 'refused', why: 'link that leads back to itself' };
    return { kind: 'refused', why: `link cannot be followed: ${reasonOf(error)}` };
  }
}

/** Path of `absolute` relative to `root` ("" for the root itself), undefined where it is not inside. Both without links. */
export function insideOf(root: string, absolute: string): string | undefined {
  if (absolute === root) return '';
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return absolute.startsWith(prefix) ? absolute.slice(prefix.length) : undefined;
}
