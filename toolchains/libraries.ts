/** The shared libraries of a program: Debian's cvc5 is a small front to libcvc5.so, whose update must void what it said. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ToolHost } from './contract.ts';
import type { HashCache } from './executables.ts';

const LISTER = '/usr/bin/ldd';
/** Decides, with the program itself, which file a library's name leads to. */
const LOADER_CACHE = '/etc/ld.so.cache';
const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** Absolute paths; [] for scripts, static programs and systems without `ldd`. Remembered by program and loader cache. */
export async function linkedLibraries(host: ToolHost, cache: HashCache, path: string, sha256: string): Promise<readonly string[]> {
  if (process.platform !== 'linux' || !existsSync(LISTER)) return [];
  const loader = existsSync(LOADER_CACHE) ? await host.hash(LOADER_CACHE) : '';
  const key = `libraries:${path}:${sha256}:${loader}`;
  const known = cache.get(key);
  if (known !== undefined) return known.split('\n').filter((line) => line !== '');
  if (!await isElf(path)) { cache.set(key, ''); return []; }
  const result = await host.capture(LISTER, [path]);
  if (result.exit.reason !== 'exited') return [];
  const text = result.stdout.content.toString('utf8');
  const libraries = [...text.matchAll(/(?:=>\s*|^\s+)(\/\S.*?) \(0x[0-9a-f]+\)$/gm)].map((match) => match[1] ?? '');
  cache.set(key, libraries.join('\n'));
  return libraries;
}

async function isElf(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try { return (await file.read(Buffer.alloc(4), 0, 4, 0)).buffer.equals(ELF); } finally { await file.close(); }
}
