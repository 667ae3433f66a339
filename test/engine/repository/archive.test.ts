import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, type ArchiveLimits } from '../../../app/engine/repository/archive-limits.ts';
import { unpackArchive } from '../../../app/engine/repository/archive.ts';
import { InputError } from '../../../toolchains/contract.ts';
import { pax, tar, zip, type TarEntry, type ZipEntry } from './archive-bytes.ts';
import { open, paths, scratch } from './scratch.ts';

/** Opens the bytes under that name, and says what came of it and what was left under the home folder. */
async function attempt(name: string, bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<{ error: unknown; left: string[] }> {
  const folder = scratch({ [name]: bytes });
  const home = join(folder, 'home');
  let error: unknown;
  try {
    const unpacked = await unpackArchive(join(folder, name), { home, signal: new AbortController().signal, limits: { ...ARCHIVE_LIMITS, ...limits } });
    await unpacked.remove();
  } catch (caught) {
    error = caught;
  }
  return { error, left: existsSync(join(home, 'unpacked')) ? readdirSync(join(home, 'unpacked')) : [] };
}

async function expectRefusal(name: string, bytes: Buffer, words: RegExp, limits: Partial<ArchiveLimits> = {}): Promise<void> {
  const { error, left } = await attempt(name, bytes, limits);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(words);
  expect((error as InputError).file).toMatch(new RegExp(`${name.replaceAll('.', '\\.')}$`));
  expect(left).toEqual([]);
}

const files = [{ name: 'p/a.smt2', content: '(check-sat)\r\n' }, { name: 'p/b/c.v', content: 'module m;' }];

describe.each([
  ['a.zip', zip(files)], ['a.ZIP', zip(files.map((file) => ({ ...file, method: 0 })))],
  ['a.tar', tar(files)], ['a.tar.gz', gzipSync(tar(files))], ['a.tgz', gzipSync(tar([{ name: './', type: '5' }, { name: './p/', type: '5' }, ...files]))],
])('a good archive %s', (name, bytes) => {
  it('is unpacked privately, its only folder entered, and removed on dispose', async () => {
    const folder = scratch({ [name]: bytes });
    const home = join(folder, 'home');
    const repository = await open(join(folder, name), { home });
    expect(repository).toMatchObject({ kind: 'archive', origin: join(folder, name), empty: false, uncovered: [] });
    expect(paths(repository)).toEqual(['a.smt2', 'b/c.v']);
    expect(repository.notices).toEqual(["The root is the archive's only folder, p"]);
    expect((await repository.tree.read('a.smt2')).toString()).toBe('(check-sat)\r\n');
    const [unpacked] = readdirSync(join(home, 'unpacked'));
    expect(lstatSync(join(home, 'unpacked', unpacked!)).mode & 0o777).toBe(0o700);
    expect(statSync(join(repository.root, 'a.smt2')).mode & 0o777).toBe(0o600);
    await repository.dispose();
    await repository.dispose();
    expect(readdirSync(join(home, 'unpacked'))).toEqual([]);
  });

  it('is refused when cut off at any block', async () => {
    for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 37))) {
      const { error, left } = await attempt(name, bytes.subarray(0, length));
      expect(error, `cut at ${length} of ${bytes.length}`).toBeInstanceOf(InputError);
      expect(left).toEqual([]);
    }
  });

  it('is refused or read whole, but never half, when a byte is changed', async () => {
    for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 41))) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 0x55;
      const { error, left } = await attempt(name, changed);
      if (error !== undefined) expect(error, `byte ${at}`).toBeInstanceOf(InputError);
      expect(left).toEqual([]);
    }
  });
});

describe('tar entries that are refused', () => {
  const ok: TarEntry = { name: 'ok.v', content: 'x' };
  const cases: readonly [string, readonly TarEntry[], RegExp][] = [
    ['a link', [ok, { name: 'l', type: '2', link: '/etc/passwd' }], /entry "l" is a link/],
    ['a hard link', [ok, { name: 'h', type: '1', link: 'ok.v' }], /entry "h" is a link/],
    ['a device', [{ name: 'zero', type: '3' }], /entry "zero" is a device or pipe/],
    ['a pipe', [{ name: 'p', type: '6' }], /is a device or pipe/],
    ['an absolute name', [{ name: '/etc/x' }], /has an absolute name/],
    ['a name with ..', [{ name: 'a/../../x' }], /entry "a\/..\/..\/x" leaves the archive/],
    ['a drive letter', [{ name: 'C:x' }], /drive letter/],
    ['a backslash', [{ name: 'a\\b' }], /backslash/],
    ['a NUL in an extended name', [pax('path', 'a\0b'), ok], /NUL/],
    ['an absolute extended name', [pax('path', '/root/x'), ok], /absolute/],
    ['a name that is not UTF-8', [{ name: Buffer.from([0x61, 0xff]) }], /not UTF-8/],
    ['names that collide by case', [{ name: 'a/X.v' }, { name: 'A/y.v' }], /entry "A\/y.v" differs from "a" by case/],
    ['names that collide by Unicode form', [{ name: 'caf\u00e9' }, { name: 'cafe\u0301' }], /Unicode form/],
    ['the same name twice', [ok, { ...ok, content: 'other' }], /entry "ok.v" is there twice/],
    ['the same name spelled twice', [{ name: 'a/b' }, { name: 'a//./b' }], /is there twice/],
    ['a file below a file', [ok, { name: 'ok.v/below' }], /lies below a file/],
    ['a file where a folder is', [{ name: 'd/x' }, { name: 'd' }], /both a folder and a file/],
    ['a sparse file', [pax('GNU.sparse.major', '1'), ok], /sparse/],
    ['an unknown kind', [{ name: 'x', type: 'Z' }], /of a kind that is not read/],
    ['escape sequences in the name', [{ name: '\x1b[2J/../x' }], /entry "\\x1b\[2J\/\.\.\/x"/],
    ['a claimed size beyond the end', [{ name: 'big', content: 'x', size: 0o7777777777 }], /cut off/],
    ['a file without a name', [{ name: '.' }], /has no name/],
  ];
  it.each(cases)('%s', async (_what, entries, words) => {
    await expectRefusal('a.tar', tar(entries), words);
    await expectRefusal('a.tar.gz', gzipSync(tar(entries)), words);
  });

  it('a missing end mark', () => expectRefusal('a.tar', tar([ok], false), /end mark is missing/));
});

describe('zip entries that are refused', () => {
  const ok: ZipEntry = { name: 'ok.v', content: 'x' };
  const cases: readonly [string, readonly ZipEntry[], RegExp][] = [
    ['a link', [ok, { name: 'l', content: '/etc/passwd', mode: 0o120777 }], /entry "l" is a link/],
    ['a device', [{ name: 'd', mode: 0o020666 }], /is a device/],
    ['an absolute name', [{ name: '/etc/x' }], /absolute/],
    ['a name with ..', [{ name: '../x' }], /leaves the archive/],
    ['a drive letter', [{ name: 'c:/x' }], /drive letter/],
    ['a backslash', [{ name: '..\\x' }], /backslash/],
    ['a NUL', [{ name: 'a.v\0.png' }], /NUL/],
    ['a name that is not UTF-8', [{ name: Buffer.from([0xff, 0xfe]) }], /not UTF-8/],
    ['names that collide by case', [ok, { name: 'OK.v' }], /by case/],
    ['the same name twice', [ok, ok], /twice/],
    ['encryption', [{ ...ok, flags: 0x801 }], /entry "ok.v" is encrypted/],
    ['an unread method', [{ ...ok, method: 12 }], /method 12/],
    ['a wrong checksum', [{ ...ok, crc: 1 }], /entry "ok.v" does not match its checksum/],
    ['a size that is too small', [{ name: 'a', content: 'x'.repeat(100), size: 10 }], /entry "a" cannot be unpacked/],
    ['a size that is too large', [{ name: 'a', content: 'x', size: 10 }], /entry "a" cannot be unpacked/],
    ['another name in the local header', [{ ...ok, localName: 'no.v' }], /another name/],
    ['entries that share their bytes', [{ name: 'a', content: 'x' }, { name: 'b', content: 'x', sharesWith: 0 }], /shares its bytes/],
    ['a folder with content', [{ name: 'f/', content: 'x' }], /folder with content/],
  ];
  it.each(cases)('%s', (_what, entries, words) => expectRefusal('a.zip', zip(entries), words));

  it('more entries than its directory holds', () => expectRefusal('a.zip', zip([ok], 2), /damaged/));
});

describe('limits', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, content: 'x'.repeat(1_000) }));
  it.each([['a.zip', zip(many)], ['a.tar.gz', gzipSync(tar(many))]])('of %s', async (name, bytes) => {
    await expectRefusal(name, bytes, /entries/, { entries: 19 });
    await expectRefusal(name, bytes, /makes the whole larger than the 10000 bytes allowed/, { totalBytes: 10_000 });
    await expectRefusal(name, bytes, /entry "0" is larger than the 999 bytes allowed/, { fileBytes: 999 });
    await expectRefusal(name, bytes, /more than 2 times as large as the archive/, { ratio: 2, ratioFromBytes: 5_000 });
    expect((await attempt(name, bytes)).error).toBeUndefined();
  });
  it('of depth and names', async () => {
    const deep = { name: `${'d/'.repeat(64)}x` };
    await expectRefusal('a.zip', zip([deep]), /deeper than the 64 folders/);
    await expectRefusal('a.tar', tar([pax('path', deep.name), { name: 'x' }]), /deeper than the 64 folders/);
    await expectRefusal('a.zip', zip([{ name: 'n'.repeat(256) }]), /part longer than 255 bytes/);
    await expectRefusal('a.zip', zip([{ name: `${'n'.repeat(200)}/`.repeat(6) }]), /longer than 1024 bytes/);
  });
  it('of endless headers', async () => {
    const headers = Array.from({ length: 100 }, () => pax('comment', 'x'.repeat(900)));
    await expectRefusal('a.tar.gz', gzipSync(tar([...headers, { name: 'x' }])), /is larger than the 10 bytes allowed/, { totalBytes: 10, entries: 10 });
  });
});

describe('what is no archive, or not read', () => {
  it.each([
    ['a.zip', 'not a zip at all', /not a zip archive/], ['a.zip', '', /cut off/], ['a.tar', 'garbage'.repeat(200), /not a tar archive/],
    ['a.tar.gz', '\x1f\x8b garbage', /damaged|cut off/], ['a.tar.xz', 'x', /of a kind that is not read.*Unpack it/], ['a.7z', 'x', /of a kind that is not read/],
  ])('%s (%j)', (name, content, words) => expectRefusal(name, Buffer.from(content, 'latin1'), words));

  it('an archive inside an archive stays packed', async () => {
    const folder = scratch({ 'a.zip': zip([{ name: 'inner.zip', content: zip([{ name: 'x', content: 'y' }]), method: 0 }, { name: 'b.v' }]) });
    expect(paths(await open(join(folder, 'a.zip')))).toEqual(['b.v', 'inner.zip']);
  });
});

it('names an unwritable home folder and the remedy', async () => {
  const folder = scratch({ 'a.zip': zip(files), home: 'a file' });
  await expect(open(join(folder, 'a.zip'), { home: join(folder, 'home') })).rejects.toThrow(/cannot be used for unpacking.*ASSAY_HOME/);
});

it('ends at once when cancelled, and leaves nothing', async () => {
  const folder = scratch({ 'a.tar': tar(files), 'a.zip': zip(files) });
  for (const name of ['a.tar', 'a.zip']) {
    await expect(unpackArchive(join(folder, name), { home: join(folder, 'home'), signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(readdirSync(join(folder, 'home/unpacked'))).toEqual([]);
  }
});

it('removes what a killed process left, and nothing of a running one', async () => {
  const folder = scratch({ 'a.zip': zip(files) });
  const unpacked = join(folder, 'home/unpacked');
  const gone = spawnSync('true').pid;
  const host = hostname().replaceAll(/[^A-Za-z0-9-]/g, '_');
  const names = {
    dead: `${host}.${gone}.12345.0123456789ab`, reused: `${host}.${process.pid}.1.0123456789ab`,
    foreign: `another-machine.${gone}.1.0123456789ab`, other: 'kept-by-somebody',
  };
  for (const name of Object.values(names)) {
    mkdirSync(join(unpacked, name), { recursive: true });
    writeFileSync(join(unpacked, name, 'x'), '');
  }
  const first = await open(join(folder, 'a.zip'), { home: join(folder, 'home') });
  const second = await open(join(folder, 'a.zip'), { home: join(folder, 'home') });
  const left = readdirSync(unpacked);
  expect(left).toEqual(expect.arrayContaining([names.foreign, names.other]));
  expect(left).not.toContain(names.dead);
  expect(left).not.toContain(names.reused);
  expect(existsSync(first.root)).toBe(true);
  expect(existsSync(second.root)).toBe(true);
});
