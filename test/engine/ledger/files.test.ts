import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unitKey } from '../../../app/engine/ledger/cache.ts';
import { ABSENT } from '../../../app/engine/ledger/files.ts';
import { openStore } from '../../../app/engine/ledger/store.ts';
import type { Store } from '../../../app/engine/ledger/store.ts';

let home: string;
let root: string;
let store: Store;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'assay-files-'));
  mkdirSync(root = join(home, 'repository'));
  store = openStore(join(home, 'store'));
});
afterEach(() => { store.close(); rmSync(home, { recursive: true, force: true }); });

const sha = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hashOf = async (path: string): Promise<string | undefined> => (await store.files.hashFiles(root, [path]))[0]?.sha256;
const remembered = (): string[] => {
  const database = new Database(join(home, 'store', 'ledger.db'));
  try { return (database.prepare('SELECT path FROM files').all([]) as { path: string }[]).map((row) => row.path); } finally { database.close(); }
};
const OLD = 2200; // milliseconds until a file may be believed

it('hashes in order, by name, whatever there is', async () => {
  writeFileSync(join(root, 'a b\n"c".smt2'), 'one');
  writeFileSync(join(root, 'large'), Buffer.alloc(3_000_000, 7));
  mkdirSync(join(root, 'folder'));
  symlinkSync('a b\n"c".smt2', join(root, 'link'));
  symlinkSync('loop', join(root, 'loop'));
  writeFileSync(join(home, 'outside'), 'two');
  const found = await store.files.hashFiles(root, ['large', 'none', 'a b\n"c".smt2', 'folder', 'link', 'loop', 'none/below', join(home, 'outside'), 'a\0b']);
  expect(found.map((file) => file.sha256)).toEqual([
    sha(Buffer.alloc(3_000_000, 7)), ABSENT, sha('one'), 'no-file', sha('one'), 'unreadable:ELOOP', ABSENT, sha('two'), expect.stringMatching(/^unreadable:/),
  ]);
  expect(found[7]?.path).toBe(join(home, 'outside'));
});

it.skipIf(process.platform === 'win32')('does not hang on a pipe', async () => {
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(await hashOf('pipe')).toBe('no-file');
});

it('remembers a file that is old enough, and believes its stamp', async () => {
  writeFileSync(join(root, 'a'), 'one');
  await hashOf('a');
  expect(remembered()).toEqual([]); // younger than 2 s
  await sleep(OLD);
  expect(await hashOf('a')).toBe(sha('one'));
  expect(remembered()).toEqual([join(root, 'a')]);
  const database = new Database(join(home, 'store', 'ledger.db'));
  database.exec(`UPDATE files SET sha256 = 'from the store'`);
  database.close();
  expect(await hashOf('a')).toBe('from the store');
});

it('sees a file that was written again within the clock\'s grain', async () => {
  for (let round = 0; round < 20; round++) {
    writeFileSync(join(root, 'a'), `text ${round % 10}`);
    expect(await hashOf('a')).toBe(sha(`text ${round % 10}`));
  }
});

it('sees a replacement of equal size and mtime (by inode and ctime)', async () => {
  const path = join(root, 'a');
  writeFileSync(path, 'one');
  const then = new Date(1_790_000_000_000);
  utimesSync(path, then, then);
  await sleep(OLD);
  await hashOf('a');
  expect(remembered()).toHaveLength(1);
  writeFileSync(path, 'two'); // the same inode: only ctime differs
  utimesSync(path, then, then);
  expect(statSync(path).mtimeMs).toBe(then.getTime());
  expect(await hashOf('a')).toBe(sha('two'));
  writeFileSync(join(root, 'b'), 'six');
  utimesSync(join(root, 'b'), then, then);
  renameSync(join(root, 'b'), path);
  expect(await hashOf('a')).toBe(sha('six'));
});

it('does not remember a file whose times lie in the future', async () => {
  writeFileSync(join(root, 'a'), 'one');
  await sleep(OLD);
  const ahead = new Date(Date.now() + 3_600_000);
  utimesSync(join(root, 'a'), ahead, ahead);
  await hashOf('a');
  expect(remembered()).toEqual([]);
});

it('changes the key where an include changes, and where a name that was looked for appears', async () => {
  writeFileSync(join(root, 'main.v'), '`include "part.v"');
  writeFileSync(join(root, 'part.v'), 'one');
  const key = async (): Promise<string> => unitKey({
    toolchain: 'verilog', revision: 1, unit: 'verilog:main.v', options: {}, environment: {}, platform: 'linux-x64', limits: {},
    inputs: await store.files.hashFiles(root, ['main.v', 'part.v', 'include/part.v']),
  });
  const before = await key();
  expect(await key()).toBe(before);
  writeFileSync(join(root, 'part.v'), 'two');
  const changed = await key();
  expect(changed).not.toBe(before);
  mkdirSync(join(root, 'include'));
  writeFileSync(join(root, 'include/part.v'), 'two');
  expect(await key()).not.toBe(changed);
});

it('is given up by its signal', async () => {
  const paths = Array.from({ length: 3000 }, (_, index) => `file${index}`);
  for (const path of paths) writeFileSync(join(root, path), path);
  const stop = new AbortController();
  const hashing = store.files.hashFiles(root, paths, stop.signal);
  stop.abort(new Error('enough'));
  await expect(hashing).rejects.toThrow('enough');
});
