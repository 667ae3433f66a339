/**
 * Finds installed programs safely. Only absolute PATH entries outside the repository count (after links are
 * followed), so that a `z3` that somebody put into a repository is never started; only regular files that may
 * be executed; and a program is known by the hash of its bytes.
 */
import { createHash } from 'node:crypto';
import { accessSync, createReadStream, constants, readdirSync, realpathSync, statSync, type BigIntStats, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  /** Absolute: programs that Assay installed, as TOOL/VERSION/NAME or TOOL/VERSION/bin/NAME. They come after those on PATH, newest first. */
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

const VERSION_LIMITS = { wallSeconds: 30, memoryMb: 4096, outputBytes: 64 * 1024, floodBytes: 1024 * 1024 };
/** On Windows a program is found by its extension. */
const EXTENSIONS = process.platform === 'win32' ? ['.exe', '.cmd', '.bat', ''] : [''];
/** A file this young may be changed again within one tick of its clock: hashed, not remembered. */
const YOUNG_NS = 2_000_000_000n;

export function createToolHost(options: ToolHostOptions): LocalToolHost {
  const cache = options.hashCache ?? memoryCache();
  const notes = new Set<string>();
  let folders: readonly string[] | undefined;
  const searched = (): readonly string[] => folders ??= safeFolders(options.path, options.repositoryRoot, notes);
  const environment = async (): Promise<Record<string, string>> =>
    ({ ...allowedEnvironment(), PATH: searched().join(delimiter) });
  return {
    notes, cache, environment,
    async find(name) {
      if (basename(name) !== name || name === '') return [];
      const found: string[] = [];
      for (const folder of [...searched(), ...managedFolders(options.managed, name)]) for (const extension of EXTENSIONS) {
        const path = join(folder, name + extension);
        if (isProgram(path, options.repositoryRoot, notes)) found.push(path);
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

function managedFolders(managed: string | undefined, name: string): readonly string[] {
  if (managed === undefined) return [];
  // A program that is no tool by itself (cargo-verus, lake) comes with another. Hidden folders are no tools.
  const tools = namesIn(join(managed, name)).length > 0 ? [name] : namesIn(managed).filter((tool) => !tool.startsWith('.'));
  return tools.flatMap((tool) => namesIn(join(managed, tool)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((version) => [join(managed, tool, version), join(managed, tool, version, 'bin')]));
}

function safeFolders(path: string, repositoryRoot: string | undefined, notes: Set<string>): readonly string[] {
  const folders: string[] = [];
  for (const entry of absoluteEntries(path)) {
    const real = realPathOf(entry);
    if (real === undefined || (repositoryRoot !== undefined && isInside(real, repositoryRoot))) continue;
    const state = stateOf(real);
    if (!state?.isDirectory()) continue;
    // With the sticky bit others cannot replace what is there, only add to it: still worth a word.
    if (process.platform !== 'win32' && (state.mode & 0o002) !== 0) notes.add(`every user of this machine can write to ${entry}, which is on PATH`);
    folders.push(entry);
  }
  return folders;
}

function isProgram(path: string, repositoryRoot: string | undefined, notes: Set<string>): boolean {
  const state = stateOf(path);
  if (!state?.isFile()) return false;
  try { accessSync(path, constants.X_OK); } catch { return false; }
  const real = realPathOf(path);
  if (real === undefined || (repositoryRoot !== undefined && isInside(real, repositoryRoot))) return false;
  if (process.platform !== 'win32') {
    if ((state.mode & 0o002) !== 0) notes.add(`every user of this machine can change ${path}`);
    const home = stateOf(dirname(real));
    if (home && (home.mode & 0o002) !== 0) notes.add(`every user of this machine can replace ${real}`);
  }
  return true;
}

function isInside(real: string, root: string): boolean {
  const realRoot = realPathOf(root) ?? root;
  return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}

// Synchronous: a hundred names on PATH are looked at in less time than one turn through the thread pool takes.
function stateOf(path: string): Stats | undefined {
  try { return statSync(path, { throwIfNoEntry: false }); } catch { return undefined; }
}

function realPathOf(path: string): string | undefined {
  try { return realpathSync.native(path); } catch { return undefined; }
}

function namesIn(folder: string): string[] {
  try { return readdirSync(folder); } catch { return []; }
}

/** Identity by size, inode and times; never believed for a file that may still change within a clock tick. */
async function hashOf(path: string, cache: HashCache): Promise<string> {
  const before = statSync(path, { bigint: true });
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
