/**
 * Starts the command line, which the build leaves as CommonJS chunks, each compiled from V8's code cache where one is
 * kept: compiling anew is a good part of a run that finds everything unchanged. (Node's own `enableCompileCache` begins
 * with 22.1.)
 *
 * A cache stands beside its chunk, in a folder that carries the hash of all chunks, so that a cache of other code is never
 * looked at; V8 refuses one of another V8, of other flags, or damaged. It is trusted as the chunks are.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Name of the folder of chunks; the build puts it in. */
declare const ASSAY_CHUNKS: string;
const folder = join(__dirname, ASSAY_CHUNKS);
const cacheSuffix = `.${process.arch}-${process.versions.v8}.cache`;

/** The command whose functions are worth keeping compiled: the one that people and editors run again and again. */
const KEPT_FOR = 'verify';

const elsewhere = createRequire(join(folder, 'cli.cjs'));
const loaded = new Map<string, { readonly exports: unknown }>();
const uncached: { readonly path: string; readonly script: Script }[] = [];

load('cli.cjs');
// At the end of a whole run, so that what ran is in it, compiled.
if (process.argv[2] === KEPT_FOR) process.once('exit', () => { for (const { path, script } of uncached) keepCache(path + cacheSuffix, script); });

/** Chunks lie side by side and name each other "./NAME.cjs". */
function load(name: string): unknown {
  const known = loaded.get(name);
  if (known) return known.exports;
  const path = join(folder, name);
  const chunk = { exports: {} };
  loaded.set(name, chunk);
  const cachedData = readCache(path + cacheSuffix);
  const script = new Script(Module.wrap(readFileSync(path, 'latin1')), { filename: path, ...(cachedData ? { cachedData } : {}) });
  if (!cachedData || script.cachedDataRejected) uncached.push({ path, script });
  const run = script.runInThisContext() as (...scope: unknown[]) => void;
  run.call(chunk.exports, chunk.exports, requireFrom, chunk, path, folder);
  return chunk.exports;
}

function requireFrom(name: string): unknown {
  return name.startsWith('./') ? load(name.slice(2)) : elsewhere(name);
}

function readCache(path: string): Buffer | undefined {
  try { return readFileSync(path); } catch { return undefined; }
}

/** An installation that is not ours to write in goes without. */
function keepCache(path: string, script: Script): void {
  const fresh = `${path}.${process.pid}.new`;
  try {
    writeFileSync(fresh, script.createCachedData());
    renameSync(fresh, path);
  } catch {
    rmSync(fresh, { force: true });
  }
}
