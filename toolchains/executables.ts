/**
 * Finds installed programs safely. Only absolute PATH entries outside the repository count (after links are
 * followed), so that a `z3` that somebody put into a repository is never started; only regular files that may
 * be executed; and a program is known by the hash of its bytes.
 */
import { createHash } from 'node:crypto';
import { createReadStream, constants, type BigIntStats } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, sep } from 'node:path';
import type { ToolHost } from './contract.ts';
import { runProcess } from './process.ts';
import { absoluteEntries, allowedEnvironment } from './process/environment.ts';

/** Kept between runs of Assay by whoever makes the host. Keys are opaque. */
export interface HashCache {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export interface ToolHostOptions {
  readonly path: string;
  /** Absolute; entries inside it are skipped. */
  readonly repositoryRoot?: string;
  /** Absolute: programs that Assay installed, as NAME/VERSION/NAME or NAME/VERSION/bin/NAME. They come after those on PATH, newest first. */
  readonly managed?: string;
  readonly hashCache?: HashCache;
}

export interface LocalToolHost extends ToolHost {
  /** The environment for every tool: the allow-list with PATH cut down to the entries that were searched. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** What a user should know: a program or folder on PATH that any user of the machine can replace. */
  readonly notes: ReadonlySet<string>;
  readonly cache: HashCache;
}

const VERSION_LIMITS = { wallSeconds: 10, memoryMb: 4096, outputBytes: 64 * 1024, floodBytes: 1024 * 1024 };
/** On Windows a program is found by its extension. */
const EXTENSIONS = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
/** A file this young may be changed again within one tick of its clock: hashed, not remembered. */
const YOUNG_NS = 2_000_000_000n;

export function createToolHost(options: ToolHostOptions): LocalToolHost {
  const cache = options.hashCache ?? memoryCache();
  const notes = new Set<string>();
  let folders: Promise<readonly string[]> | undefined;
  const searched = (): Promise<readonly string[]> => folders ??= safeFolders(options.path, options.repositoryRoot, notes);
  const environment = async (): Promise<Record<string, string>> =>
    ({ ...allowedEnvironment(), PATH: (await searched()).join(delimiter) });
  return {
    notes, cache, environment,
    async find(name) {
      if (basename(name) !== name || name === '') return [];
      const found: string[] = [];
      for (const folder of [...await searched(), ...await managedFolders(options.managed, name)]) for (const extension of EXTENSIONS) {
        const path = join(folder, name + extension);
        if (await isProgram(path, options.repositoryRoot, notes)) found.push(path);
      }
      return found;
    },
    hash: (path) => hashOf(path, cache),
    async capture(path, args) {
      return runProcess({ file: path, args, cwd: tmpdir(), env: await environment(), limits: VERSION_LIMITS });
    },
  };
}

export function memoryCache(): HashCache {
  const known = new Map<string, string>();
  return { get: (key) => known.get(key), set: (key, value) => { known.set(key, value); } };
}

async function managedFolders(managed: string | undefined, name: string): Promise<readonly string[]> {
  if (managed === undefined) return [];
  const versions = await readdir(join(managed, name)).catch(() => []);
  const newest = versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newest.flatMap((version) => [join(managed, name, version), join(managed, name, version, 'bin')]);
}

async function safeFolders(path: string, repositoryRoot: string | undefined, notes: Set<string>): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const entry of absoluteEntries(path)) {
    const real = await realpath(entry).catch(() => undefined);
    if (real === undefined || (repositoryRoot !== undefined && await isInside(real, repositoryRoot))) continue;
    const state = await stat(real).catch(() => undefined);
    if (!state?.isDirectory()) continue;
    // With the sticky bit others cannot replace what is there, only add to it: still worth a word.
    if (process.platform !== 'win32' && (state.mode & 0o002) !== 0) notes.add(`every user of this machine can write to ${entry}, which is on PATH`);
    folders.push(entry);
  }
  return folders;
}

async function isProgram(path: string, repositoryRoot: string | undefined, notes: Set<string>): Promise<boolean> {
  const state = await stat(path).catch(() => undefined);
  if (!state?.isFile()) return false;
  if (await access(path, constants.X_OK).then(() => false, () => true)) return false;
  const real = await realpath(path);
  if (repositoryRoot !== undefined && await isInside(real, repositoryRoot)) return false;
  if (process.platform !== 'win32') {
    if ((state.mode & 0o002) !== 0) notes.add(`every user of this machine can change ${path}`);
    const home = await stat(dirname(real)).catch(() => undefined);
    if (home && (home.mode & 0o002) !== 0) notes.add(`every user of this machine can replace ${real}`);
  }
  return true;
}

async function isInside(real: string, root: string): Promise<boolean> {
  const realRoot = await realpath(root).catch(() => root);
  return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}

/** Identity by size, inode and times; never believed for a file that may still change within a clock tick. */
async function hashOf(path: string, cache: HashCache): Promise<string> {
  const before = await stat(path, { bigint: true });
  const key = identity(path, before);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const sum = hash.digest('hex');
  const newest = before.mtimeNs > before.ctimeNs ? before.mtimeNs : before.ctimeNs;
  const old = BigInt(Date.now()) * 1_000_000n - newest > YOUNG_NS;
  if (old && identity(path, await stat(path, { bigint: true })) === key) cache.set(key, sum);
  return sum;
}

function identity(path: string, state: BigIntStats): string {
  return `sha256:${path}:${state.size}:${state.dev}:${state.ino}:${state.mtimeNs}:${state.ctimeNs}`;
}
