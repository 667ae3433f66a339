/** Installs from an archive: fetched or given, checked, unpacked under the limits of strangers' archives, put in place in one move. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { looksLikeProgram } from '../../../toolchains/process/program.ts';
import type { Recipe, RecipeArchive } from '../../../toolchains/recipe.ts';
import { unpackArchive } from '../repository/archive.ts';
import { isDiskFull, reasonOf } from '../repository/system-errors.ts';
import { checkSum, recordSum, type Checked } from './checksum.ts';
import { fetchFile } from './fetch.ts';
import { lockFile } from './lock.ts';
import { freshFolder, putInPlace } from './managed.ts';
import type { InstallRequest } from './request.ts';

export async function installArchive(request: InstallRequest, recipe: Recipe, archive: RecipeArchive): Promise<{ path: string; checked: Checked }> {
  const { home, tools, signal } = request;
  const { file, release } = await obtain(request, archive);
  try {
    request.onProgress({ step: 'check' });
    const checked = await checkSum(tools, archive.url, file, archive.sha256);
    request.onProgress({ step: 'unpack' });
    const unpacked = await unpackArchive(file, { home, signal });
    try {
      await markPrograms(unpacked.root);
      for (const program of archive.programs) await requireProgram(unpacked.root, program, file);
      const fresh = await freshFolder(tools);
      await rm(fresh, { recursive: true });
      await rename(unpacked.root, fresh);
      const path = await putInPlace(fresh, tools, { tool: recipe.id, version: recipe.version, from: request.from ?? archive.url, sha256: checked.sha256, checksum: checked.by, at: new Date().toISOString() });
      await recordSum(tools, archive.url, checked);
      return { path, checked };
    } finally { await unpacked.remove(); }
  } finally {
    await rm(file, { force: true });
    await release();
  }
}

/** A private copy in both cases: what is checked is what is unpacked. */
async function obtain(request: InstallRequest, archive: RecipeArchive): Promise<{ file: string; release: () => Promise<void> }> {
  const folder = join(request.home, 'downloads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = basename(new URL(archive.url).pathname);
  const file = join(folder, `${createHash('sha256').update(archive.url).digest('hex').slice(0, 12)}-${name}`);
  if (request.from === undefined) {
    const release = await lockFile(file);
    try {
      await fetchFile({ url: archive.url, path: file, signal: request.signal, onProgress: (progress) => { request.onProgress({ step: 'fetch', ...progress }); }, ...(request.stallSeconds === undefined ? {} : { stallSeconds: request.stallSeconds }) });
    } catch (error) { await release(); throw error; }
    return { file, release };
  }
  const ending = /(\.zip|\.tar\.gz|\.tgz)$/i.exec(name)?.[0] ?? '';
  if (!request.from.toLowerCase().endsWith(ending.toLowerCase())) throw new InputError(request.from, `is not what the recipe takes: ${name}`, `Fetch ${archive.url}`);
  const copy = join(folder, `given-${process.pid}-${name}`);
  try {
    await copyFile(request.from, copy, constants.COPYFILE_FICLONE);
  } catch (error) {
    await rm(copy, { force: true });
    throw new InputError(request.from, `cannot be read: ${reasonOf(error)}`, isDiskFull(error) ? `Make room below ${request.home}` : undefined);
  }
  return { file: copy, release: () => Promise.resolve() };
}

/** The unpacker gives no right to execute: what starts like a program gets it. */
async function markPrograms(root: string): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && looksLikeProgram(path)) await chmod(path, 0o700);
  }
}

async function requireProgram(root: string, program: string, archive: string): Promise<void> {
  const state = await lstat(join(root, program)).catch(() => undefined);
  if (!state?.isFile() || (process.platform !== 'win32' && (state.mode & 0o100) === 0)) throw new InputError(basename(archive), `holds no program ${program}`, 'Is it the archive for this platform?');
}
