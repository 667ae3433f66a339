/** Opens what the user named: a folder, a file or an archive. Nothing of it is executed, changed or followed outside. */
import { realpathSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, type Uncovered } from '../../../toolchains/contract.ts';
import { isArchiveName, unpackArchive } from './archive.ts';
import { enclose } from './enclosing.ts';
import { readCommit } from './git.ts';
import { insideOf } from './links.ts';
import { printable } from './printable.ts';
import { isVersionControl, type SkippedFolder } from './skipped.ts';
import { reasonOf } from './system-errors.ts';
import { fileTree, folderTree } from './tree.ts';
import type { OpenedRepository, OpenOptions } from './types.ts';
import { walk, type Walked } from './walk.ts';

/** @throws InputError where the path cannot be opened at all */
export async function openRepository(path: string, options: OpenOptions): Promise<OpenedRepository> {
  const { origin, stat } = find(path);
  if (stat.isDirectory()) return openFolder(origin, options);
  if (!stat.isFile()) throw new InputError(printable(path), 'is neither a folder nor a regular file');
  return isArchiveName(origin) ? openArchive(origin, options) : openFile(origin, options);
}

function find(path: string): { readonly origin: string; readonly stat: Stats } {
  if (path === '' || path.includes('\0')) throw new InputError(JSON.stringify(path), 'is not a path');
  try {
    const origin = realpathSync.native(resolve(path));
    return { origin, stat: statSync(origin) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new InputError(printable(path), 'there is no such file or folder', 'Check the path');
    if (code === 'ELOOP') throw new InputError(printable(path), 'is a link that leads back to itself');
    throw new InputError(printable(path), `cannot be opened: ${reasonOf(error)}`, 'Check its permissions');
  }
}

async function openFolder(root: string, options: OpenOptions): Promise<OpenedRepository> {
  const walked = await walk(root, { signal: options.signal, except: [resolve(options.home)] });
  return {
    tree: folderTree(root, walked), root, origin: root, kind: 'folder',
    empty: walked.files.length === 0,
    commit: await readCommit({ root, ascend: true, files: walked.files, only: false, signal: options.signal }),
    notices: noticesOf(walked), uncovered: uncoveredOf(walked),
    dispose: async () => {},
  };
}

async function openArchive(archive: string, options: OpenOptions): Promise<OpenedRepository> {
  const unpacked = await unpackArchive(archive, options);
  try {
    const walked = await walk(unpacked.root, { signal: options.signal });
    const entered = unpacked.entered === undefined ? [] : [`The root is the archive's only folder, ${printable(unpacked.entered)}`];
    return {
      tree: folderTree(unpacked.root, walked), root: unpacked.root, origin: archive, kind: 'archive',
      empty: walked.files.length === 0,
      commit: await readCommit({ root: unpacked.root, ascend: false, files: walked.files, only: false, signal: options.signal }),
      notices: [...entered, ...noticesOf(walked)], uncovered: uncoveredOf(walked),
      dispose: unpacked.remove,
    };
  } catch (error) {
    await unpacked.remove();
    throw error;
  }
}

async function openFile(file: string, options: OpenOptions): Promise<OpenedRepository> {
  const { root, files, outside } = await enclose(file, options.references, options.signal);
  return {
    tree: fileTree(root, files), root, origin: file, kind: 'file',
    selected: [insideOf(root, file)!],
    empty: false,
    commit: await readCommit({ root, ascend: false, files, only: true, signal: options.signal }),
    notices: outside.map((path) => `${printable(path)} is named but lies outside the repository ${printable(root)}`),
    uncovered: [],
    dispose: async () => {},
  };
}

function uncoveredOf(walked: Walked): Uncovered[] {
  const folders = walked.skipped.filter((folder) => !isVersionControl(folder));
  return [...walked.uncovered, ...folders.map((folder) => ({ file: folder.path, why: `${folder.why}: not looked into` }))];
}

function noticesOf(walked: Walked): string[] {
  const notices: string[] = [];
  const reasons = new Map<string, SkippedFolder[]>();
  for (const folder of walked.skipped) {
    if (isVersionControl(folder)) continue;
    const same = reasons.get(folder.why);
    if (same) same.push(folder);
    else reasons.set(folder.why, [folder]);
  }
  for (const [why, folders] of reasons) {
    const more = folders.length > 1 ? ` and ${folders.length - 1} more` : '';
    notices.push(`Not looked into: ${printable(folders[0]!.path)}${more} (${why})`);
  }
  if (walked.aliases.size > 0) {
    notices.push(`${walked.aliases.size} ${walked.aliases.size === 1 ? 'link leads' : 'links lead'} to files or folders of the repository, which are listed once, under their own name`);
  }
  return notices;
}
