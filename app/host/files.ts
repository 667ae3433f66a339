/** Reading and saving files of an open repository. Nothing outside it is read or written, whatever a path says. */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, constants, fsyncSync, lstatSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError, type TreeFile } from '../../toolchains/contract.ts';
import type { FileContent, WriteResult } from '../contract.ts';
import { insideOf } from '../engine/repository/links.ts';
import { printable } from '../engine/repository/printable.ts';
import { reasonOf } from '../engine/repository/system-errors.ts';
import type { OpenedRepository } from '../engine/repository/types.ts';
import { refuse } from './refusal.ts';

/** What an editor takes whole; of larger files the beginning is shown. */
const WHOLE_BYTES = 50 * 1024 * 1024;
const SHOWN_BYTES = 1024 * 1024;

export async function readFileOf(repository: OpenedRepository, path: string): Promise<FileContent> {
  if (!repository.tree.has(path)) throw new InputError(printable(path), 'is not a file of the repository', 'Open the repository again if it is new');
  const bytes = sizeOf(repository.tree.files, path) ?? 0;
  if (bytes > WHOLE_BYTES) return contentOf(path, await beginning(repository, path), bytes, true, false);
  const content = await repository.tree.read(path, WHOLE_BYTES * 2);
  return contentOf(path, content, content.length, false, repository.kind !== 'archive');
}

function contentOf(path: string, content: Buffer, bytes: number, truncated: boolean, canWrite: boolean): FileContent {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
  const exact = !truncated && !content.includes(0) && Buffer.from(text, 'utf8').equals(content);
  return { path, sha256: hashOf(content), bytes, text, truncated, exact, writable: canWrite && exact };
}

async function beginning(repository: OpenedRepository, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await repository.tree.stream(path)) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= SHOWN_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, SHOWN_BYTES);
}

/** In one move, over a regular file of the repository that still has the content `base`. */
export async function writeFileOf(repository: OpenedRepository, path: string, text: string, base: string): Promise<WriteResult> {
  if (repository.kind === 'archive') refuse('input', 'Files of an archive cannot be saved', 'Unpack it and open the folder');
  if (!repository.tree.has(path)) throw new InputError(printable(path), 'is not a file of the repository', 'Files are saved where they were opened');
  const target = targetOf(repository.root, path);
  if (target === undefined) return { kind: 'conflict' };
  const now = await readFileOf(repository, path).catch(() => undefined);
  if (now?.sha256 !== base) return { kind: 'conflict', ...(now ? { now } : {}) };
  if (!now.writable) refuse('input', `${printable(path)} is not plain UTF-8 text: saving it would change what was not edited`);
  const content = Buffer.from(text, 'utf8');
  const fresh = join(dirname(target), `.assay-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const mode = lstatSync(target).mode & 0o777;
    const descriptor = openSync(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
    try {
      for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
      fsyncSync(descriptor);
    } finally { closeSync(descriptor); }
    chmodSync(fresh, mode);
    // Between reading and here somebody may have been quicker.
    if (hashOf(readFileSync(target)) !== base) {
      rmSync(fresh, { force: true });
      return { kind: 'conflict', now: await readFileOf(repository, path) };
    }
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new InputError(printable(path), `cannot be saved: ${reasonOf(error)}`, 'The text is still in the editor');
  }
  return { kind: 'written', sha256: hashOf(content) };
}

/** A new file at the root of the repository; one that is there already is a conflict, whatever it is. */
export function createFileOf(repository: OpenedRepository, name: string, text: string): WriteResult {
  if (repository.kind !== 'folder') refuse('input', `${name} belongs to the root of a repository, and this is not one`, 'Open the folder');
  const target = join(repository.root, name);
  let descriptor: number;
  try { descriptor = openSync(target, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o644); } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { kind: 'conflict' };
    throw new InputError(name, `cannot be made: ${reasonOf(error)}`, 'Check the permissions of the folder and the free space');
  }
  const content = Buffer.from(text, 'utf8');
  try {
    for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(target, { force: true });
    throw new InputError(name, `cannot be written: ${reasonOf(error)}`, 'Make room, and try again');
  } finally { closeSync(descriptor); }
  return { kind: 'written', sha256: hashOf(content) };
}

/** The file itself, links followed; undefined where it is gone. @throws where it is not inside the repository any more */
function targetOf(root: string, path: string): string | undefined {
  let real: string;
  try { real = realpathSync.native(join(root, path)); } catch { return undefined; }
  if (insideOf(root, real) === undefined || !lstatSync(real).isFile()) throw new InputError(printable(path), 'leads out of the repository', 'It is not saved');
  return real;
}

export function hashOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function sizeOf(files: readonly TreeFile[], path: string): number | undefined {
  return files.find((file) => file.path === path)?.bytes;
}
