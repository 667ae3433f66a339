/** What of the machine a program in the sandbox may see: system folders, itself, what its PATH names; never the user's home. */
import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, sep } from 'node:path';
import type { SandboxRequest } from '../../process.ts';

/** Programs and libraries; on merged systems most are links into /usr. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store', '/run/current-system'];
/** Of /etc only what the loader and the choice of programs need: no accounts, keys or host names. */
const SETTINGS = ['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives', '/etc/localtime'];

/** Where the folder around a program's `bin` keeps what it loads (releases of Lean, Rust, yosys). */
const PARTS = ['lib', 'lib32', 'lib64', 'libexec', 'share', 'include', 'etc', 'py3bin'];

export interface Shown {
  readonly path: string;
  /** Where the path is a link: what it says, taken over as it is. */
  readonly link?: string;
}

export function systemFolders(): Shown[] {
  return [...SYSTEM, ...SETTINGS].flatMap((path): Shown[] => {
    const state = lstatSync(path, { throwIfNoEntry: false });
    if (!state) return [];
    return state.isSymbolicLink() && !path.startsWith('/etc/') ? [{ path, link: readlinkSync(path) }] : [{ path }];
  });
}

/** Folders that a program needs to run: its own, what it loads from beside `bin`, and those on its PATH. */
export function programFolders(file: string, path: string): string[] {
  const folders = new Set<string>();
  const show = (folder: string): void => { if (!isTooWide(folder) && !isOfSystem(folder) && isFolder(folder)) folders.add(folder); };
  for (const place of new Set([file, realpathOf(file)])) {
    const folder = dirname(place);
    show(folder);
    if (isTooWide(folder)) folders.add(place);
    for (const part of partsBeside(folder)) show(part);
  }
  for (const entry of path.split(delimiter)) if (isAbsolute(entry)) show(entry);
  return [...folders];
}

/** Beside `bin`: not in a hidden folder of the home, which may hold keys too (~/.local/share). */
function partsBeside(folder: string): string[] {
  const around = dirname(folder), name = basename(around);
  if (basename(folder) === 'shims' && name === '.pyenv') return [around];
  if (basename(folder) !== 'bin' || (name.startsWith('.') && isTooWide(dirname(around)))) return [];
  return PARTS.map((part) => join(around, part));
}

/** The user's home, whatever holds it, and the root: showing that would show everything. */
export function isTooWide(folder: string): boolean {
  return [homedir(), realpathOf(homedir())].some((home) => isWithin(home, folder));
}

function isOfSystem(folder: string): boolean {
  return SYSTEM.some((system) => isWithin(folder, system));
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isFolder(path: string): boolean { return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true; }

function realpathOf(path: string): string {
  try { return realpathSync(path); } catch { return path; }
}

/** For code of a repository: its folder read-only, unless the user's home lies in it, and private folders to write in. */
export function repositorySandbox(root: string, writable: readonly string[]): SandboxRequest {
  return { readOnly: isTooWide(root) ? [] : [root], writable: [...writable] };
}
