/** Writes accepted texts over the user's files: each whole or not at all, and only where it still is what the search read. */
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InputError } from '../../../toolchains/contract.ts';
import { reasonOf } from '../repository/system-errors.ts';

export type ApplyAnswer = { readonly kind: 'written'; readonly paths: readonly string[] } | { readonly kind: 'refused'; readonly path: string; readonly why: string; readonly remedy: string };

/** @param base bytes as they were read; nothing is written where one file cannot be */
export function applyTexts(root: string, base: ReadonlyMap<string, Buffer>, texts: ReadonlyMap<string, string>): ApplyAnswer {
  for (const path of texts.keys()) {
    const problem = obstacle(join(root, path), base.get(path));
    if (problem) return { kind: 'refused', path, ...problem };
  }
  const written: string[] = [];
  for (const [path, text] of texts) {
    const target = join(root, path), fresh = `${target}.${process.pid}.assay`;
    try {
      writeFileSync(fresh, text, { flag: 'wx' });
      chmodSync(fresh, lstatSync(target).mode & 0o7777);
      // Once more, as late as can be.
      const problem = obstacle(target, base.get(path));
      if (problem) { rmSync(fresh, { force: true }); return { kind: 'refused', path, ...problem }; }
      renameSync(fresh, target);
      written.push(path);
    } catch (error) {
      rmSync(fresh, { force: true });
      return { kind: 'refused', path, why: `cannot be written: ${reasonOf(error as InputError)}`, remedy: 'Check the folder, its permissions and the free space; --diff FILE leaves the proof as a patch' };
    }
  }
  return { kind: 'written', paths: written };
}

function obstacle(target: string, base: Buffer | undefined): { why: string; remedy: string } | undefined {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (!stat) return { why: 'is no longer there', remedy: 'Run the command again' };
  if (stat.isSymbolicLink()) return { why: 'is a symbolic link, and what it leads to is not written through it', remedy: 'Name the file itself' };
  if (!stat.isFile()) return { why: 'is not a regular file', remedy: 'Name the file itself' };
  if (stat.nlink > 1) return { why: 'has other names (hard links), which would keep the old text', remedy: 'Use --diff FILE and apply the patch' };
  try { accessSync(target, constants.W_OK); } catch { return { why: 'may not be written', remedy: 'Change its permissions, or use --diff FILE' }; }
  if ((stat.mode & 0o222) === 0) return { why: 'is read-only', remedy: 'Change its permissions, or use --diff FILE' };
  if (!base || hash(readFileSync(target)) !== hash(base)) return { why: 'changed while its proof was searched', remedy: 'Run the command again' };
  return undefined;
}

function hash(bytes: Buffer): string { return createHash('sha256').update(bytes).digest('hex'); }
