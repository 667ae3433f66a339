/** The installer against a server on loopback: what goes wrong with checksums, transfers, redirects, disks and archives leaves nothing that is found. */
import { createHash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install, recipeFor } from '../../../app/engine/install/install.ts';
import { withCommand } from '../../../app/engine/install/remedy.ts';
import { createToolHost } from '../../../toolchains/executables.ts';
import { InputError } from '../../../toolchains/contract.ts';
import { recipes } from '../../../toolchains/recipes.ts';
import { tar, zip } from '../repository/archive-bytes.ts';
import { ARCHIVE, cutting, PROGRAM, recipe, sending, setting, ZIPPED, type Setting } from './setting.ts';

const SHA = createHash('sha256').update(ARCHIVE).digest('hex');
let here: Setting;
beforeEach(async () => { here = await setting(); });
afterEach(() => here.dispose());

const at = (path = '/tool-1.0.tar', changes = {}) => recipe(`${here.base}${path.replace(/\.tar$/, '.tar.gz')}`, changes);
const found = (): string[] => { try { return readdirSync(join(here.home, 'tools')).filter((name) => name !== 'checksums.json'); } catch { return []; } };
async function refusal(...args: Parameters<typeof install>): Promise<string> {
  const error: unknown = await install(args[0], args[1], args[2] ?? 'here').then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

describe('what goes well', () => {
  it('fetches, checks, unpacks, and is found as a managed tool; a second version beside it', async () => {
    here.answer = sending(ARCHIVE);
    const installed = await install(at('/tool-1.0.tar', { sha256: SHA }), here.request(), 'here');
    expect(installed).toMatchObject({ tool: 'tool', version: '1.0', already: false, path: join(here.home, 'tools/tool/1.0'), checked: { by: 'published', sha256: SHA } });
    expect(readFileSync(join(installed.path, 'bin/tool'), 'utf8')).toBe(PROGRAM);
    expect(execFileSync(join(installed.path, 'bin/tool'), { encoding: 'utf8' })).toBe('tool 1.0\n');
    expect(statSync(join(installed.path, 'share/data')).mode & 0o111).toBe(0);
    expect(here.seen.some((progress) => progress.step === 'fetch' && progress.total === ARCHIVE.length && progress.secondsLeft !== undefined)).toBe(true);
    await install(at('/tool-2.0.tar', { version: '2.0' }), here.request(), 'here');
    expect(await createToolHost({ path: '', managed: join(here.home, 'tools') }).find('tool')).toEqual(['2.0', '1.0'].map((version) => join(here.home, `tools/tool/${version}/bin/tool`)));
    expect(readdirSync(join(here.home, 'downloads'))).toEqual([]);
    expect(readdirSync(join(here.home, 'unpacked'))).toEqual([]);
  });
  it('does nothing where it is there', async () => {
    here.answer = sending(ARCHIVE);
    await install(at(), here.request(), 'here');
    expect(await install(at(), here.request(), 'here')).toMatchObject({ already: true });
    expect(here.requests).toHaveLength(1);
  });
  it('takes a file from disk without a network, and checks it too', async () => {
    const file = join(here.home, 'given.zip');
    writeFileSync(file, ZIPPED);
    const one = recipe(`${here.base}/tool-1.0.zip`);
    expect(await refusal({ ...one, archives: { here: { ...one.archives!.here!, sha256: SHA } } }, here.request({ from: file }))).toContain('was published');
    expect(await install(one, here.request({ from: file }), 'here')).toMatchObject({ checked: { by: 'first use' } });
    expect(here.requests).toEqual([]);
    expect(existsSync(file)).toBe(true);
  });
  it('may run twice at once', async () => {
    here.answer = sending(ZIPPED);
    const file = join(here.home, 'given.zip');
    writeFileSync(file, ZIPPED);
    const both = await Promise.allSettled([install(recipe(`${here.base}/tool.zip`), here.request({ from: file }), 'here'), install(recipe(`${here.base}/tool.zip`), here.request(), 'here')]);
    expect(both.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled']);
    expect(found()).toEqual(['tool']);
    expect(readdirSync(join(here.home, 'tools/tool'))).toEqual(['1.0']);
  });
});

describe('two of Assay', () => {
  it('do not fetch the same file at once; a lock that a killed one left does not count', async () => {
    let answered = 0;
    here.answer = (request, response) => { answered += 1; setTimeout(() => { sending(ARCHIVE)(request, response); }, 200); };
    const both = await Promise.allSettled([install(at(), here.request(), 'here'), install(at(), here.request(), 'here')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answered).toBe(1);
    expect(String((both.find((one) => one.status === 'rejected') as PromiseRejectedResult).reason)).toContain('another Assay');
    const gone = spawnSync('true').pid;
    const [name] = here.requests.map((request) => request.url!.slice(1).replace('tool-1.0', 'tool-2.0'));
    const url = `${here.base}/${name}`;
    writeFileSync(join(here.home, 'downloads', `${createHash('sha256').update(url).digest('hex').slice(0, 12)}-${name}.lock`), String(gone));
    await install(recipe(url, { version: '2.0' }), here.request(), 'here');
    expect(readdirSync(join(here.home, 'downloads'))).toEqual([]);
  });
});

describe('checksums', () => {
  it('refuse a file that is not the published one', async () => {
    here.answer = sending(ARCHIVE);
    expect(await refusal(at('/a.tar', { sha256: '0'.repeat(64) }), here.request())).toMatch(new RegExp(`${SHA}.*was published.*not installed`));
    expect(found()).toEqual([]);
    expect(readdirSync(join(here.home, 'downloads'))).toEqual([]);
  });
  it('are recorded at the first use, said to be, and held to afterwards', async () => {
    here.answer = sending(ARCHIVE);
    expect(await install(at(), here.request(), 'here')).toMatchObject({ checked: { by: 'first use', sha256: SHA } });
    rmSync(join(here.home, 'tools/tool'), { recursive: true });
    expect(await install(at(), here.request(), 'here')).toMatchObject({ checked: { by: 'recorded' } });
    rmSync(join(here.home, 'tools/tool'), { recursive: true });
    here.answer = sending(tar([{ name: 'tool-1.0/bin/tool', content: '#!/bin/sh\necho replaced\n' }]));
    expect(await refusal(at(), here.request())).toMatch(/recorded at its first use on \d{4}-/);
    expect(found()).toEqual([]);
  });
  it('are not recorded for a file that could not be used', async () => {
    here.answer = sending(tar([{ name: 'tool-1.0/other', content: 'x' }]));
    expect(await refusal(at(), here.request())).toContain('holds no program bin/tool');
    expect(existsSync(join(here.home, 'tools/checksums.json'))).toBe(false);
    here.answer = sending(ARCHIVE);
    await install(at(), here.request(), 'here');
  });
});

describe('transfers', () => {
  it('that break off go on where they stopped, within one command', async () => {
    let count = 0;
    here.answer = (request, response) => { (count++ === 0 ? cutting(ARCHIVE, 100_000) : sending(ARCHIVE))(request, response); };
    await install(at('/a.tar', { sha256: SHA }), here.request(), 'here');
    expect(here.requests[1]?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"one"' });
  });
  it('that break off for good keep what came for the next command', async () => {
    let left = 2;
    here.answer = (request, response) => { (left-- > 0 ? cutting(ARCHIVE, left > 0 ? 50_000 : 0) : (_: unknown, r: typeof response) => { r.destroy(); })(request, response); };
    expect(await refusal(at(), here.request())).toMatch(/broke off.*goes on from there/);
    expect(found()).toEqual([]);
    here.answer = sending(ARCHIVE);
    await install(at('/tool-1.0.tar', { sha256: SHA }), here.request(), 'here');
  });
  it('start anew where the file is another by now', async () => {
    let count = 0;
    const other = Buffer.concat([ARCHIVE, Buffer.alloc(512)]);
    here.answer = (request, response) => { (count++ === 0 ? cutting(ARCHIVE, 100_000) : sending(other, '"two"'))(request, response); };
    expect(await install(at(), here.request(), 'here')).toMatchObject({ checked: { sha256: createHash('sha256').update(other).digest('hex') } });
  });
  it('that stand still end, and a cancel ends them at once', async () => {
    here.answer = (_request, response) => { response.writeHead(200, { 'content-length': 1000 }); response.write('x'); };
    expect(await refusal(at(), here.request({ stallSeconds: 0.3 }))).toMatch(/nothing came for/);
    const stop = new AbortController();
    setTimeout(() => { stop.abort(); }, 200);
    await expect(install(at(), here.request({ signal: stop.signal }), 'here')).rejects.toThrow();
    expect(found()).toEqual([]);
  });
  it('that send more than announced, nothing at all, or an error page are refused', async () => {
    here.answer = (_request, response) => { response.writeHead(503, 'Busy').end('<html>'); };
    expect(await refusal(at(), here.request())).toMatch(/answered 503 Busy.*--from FILE/);
    here.answer = (_request, response) => { response.writeHead(200).end(); };
    expect(await refusal(at(), here.request())).toMatch(/cut off|holds no program/);
    expect(found()).toEqual([]);
  });
  it('without a network say so and name the way without', async () => {
    const { port } = new URL(here.base);
    await here.dispose();
    expect(await refusal(recipe(`http://127.0.0.1:${port}/a.tar.gz`), here.request())).toMatch(/cannot be reached: ECONNREFUSED.*--from FILE/);
    here = await setting();
  });
});

describe('redirects', () => {
  it('are followed, a bounded number of times', async () => {
    let count = 0;
    here.answer = (request, response) => { if (count++ < 5) response.writeHead(302, { location: `/next${count}` }).end(); else sending(ARCHIVE)(request, response); };
    await install(at(), here.request(), 'here');
    here.answer = (_request, response) => { response.writeHead(302, { location: '/again' }).end(); };
    expect(await refusal(at('/b.tar', { version: '2.0' }), here.request())).toContain('more than 5 times');
  });
  it('do not leave https, nor go into a network or a file', async () => {
    for (const location of ['http://192.0.2.1/x.tar.gz', 'http://localhost.example.org/', 'file:///etc/passwd', 'ftp://127.0.0.1/x']) {
      here.answer = (_request, response) => { response.writeHead(301, { location }).end(); };
      expect(await refusal(at(), here.request())).toContain('which is not https');
    }
    expect(await refusal(recipe('http://example.org/x.tar.gz'), here.request())).toContain('which is not https');
  });
});

describe('archives that attack', () => {
  const outside = (): boolean => existsSync(join(here.home, 'escaped')) || existsSync(join(here.home, 'tools/escaped'));
  const attacks: Record<string, Buffer> = {
    'a name that leaves': tar([{ name: '../escaped', content: 'x' }, { name: 'bin/tool', content: PROGRAM }]),
    'an absolute name': tar([{ name: '/tmp/assay-escaped', content: 'x' }]),
    'a link': tar([{ name: 'bin', type: '2', link: '/usr/bin' }, { name: 'bin/tool', content: PROGRAM }]),
    'a hard link': tar([{ name: 'bin/tool', type: '1', link: '/etc/passwd' }]),
    'a device': tar([{ name: 'bin/tool', type: '3' }]),
    'no archive': Buffer.from('<html>please log in</html>'.repeat(40)),
    'a cut archive': ARCHIVE.subarray(0, 100_000),
  };
  for (const [name, bytes] of Object.entries(attacks)) it(`are refused whole: ${name}`, async () => {
    here.answer = sending(bytes);
    await refusal(at(), here.request());
    expect([found(), outside(), existsSync('/tmp/assay-escaped')]).toEqual([[], false, false]);
  });
  it('are refused whole: a zip with a name that leaves', async () => {
    here.answer = sending(zip([{ name: '../../escaped', content: 'x' }, { name: 'bin/tool', content: PROGRAM }]));
    await refusal(recipe(`${here.base}/a.zip`), here.request());
    expect([found(), outside()]).toEqual([[], false]);
  });
});

const canMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'assay-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0;
  if (mounted) execFileSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return mounted;
})();

describe('a folder that cannot be used', () => {
  it('is named with the remedy', async () => {
    const file = join(here.home, 'file');
    writeFileSync(file, '');
    here.answer = sending(ARCHIVE);
    expect(await refusal(at(), here.request({ home: file, tools: join(file, 'tools') }))).toMatch(/file: .*ASSAY_HOME/);
  });
});

describe('a full disk', () => {
  it.skipIf(!canMount)('is named, while fetching and while unpacking; then it works (needs root and mount)', async () => {
    const small = join(here.home, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', small]);
    const on = here.request({ home: small, tools: join(small, 'tools') });
    try {
      here.answer = sending(Buffer.concat([ARCHIVE, Buffer.alloc(600_000)]));
      expect(await refusal(at(), on)).toMatch(/disk is full.*Make room/);
      rmSync(join(small, 'downloads'), { recursive: true });
      here.answer = sending(ARCHIVE);
      expect(await refusal(at(), on)).toMatch(/disk is full.*Make room/);
      expect(existsSync(join(small, 'tools/tool'))).toBe(false);
      execFileSync('mount', ['-o', 'remount,size=4m', small]);
      await install(at(), on, 'here');
    } finally { execFileSync('umount', [small]); }
  });
});

describe('recipes', () => {
  it('are chosen by name and version', () => {
    expect(recipeFor(recipes, 'z3').version).toBe('4.13.3');
    expect(recipeFor(recipes, 'z3@4.12.1').version).toBe('4.12.1');
    expect(() => recipeFor(recipes, 'z3@1')).toThrow('z3@4.13.3, z3@4.12.1');
    expect(() => recipeFor(recipes, 'coq')).toThrow('There are: dafny, z3, verus, lean');
  });
  it('lead by https, and have whole checksums', () => {
    for (const { archives } of recipes) for (const { url, sha256, programs } of Object.values(archives ?? {})) {
      expect(new URL(url).protocol).toBe('https:');
      expect(programs.length).toBeGreaterThan(0);
      if (sha256 !== undefined) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
  it('become the one command that repairs', () => {
    const missing = { id: 'verus', why: 'no verus on PATH', remedy: 'long words' };
    expect(withCommand(missing, recipes, 'linux-x64').remedy).toBe('./assay install verus');
    expect(withCommand(missing, recipes, 'aix-ppc64').remedy).toBe('long words');
    expect(withCommand({ ...missing, id: 'yices' }, recipes, 'linux-x64').remedy).toBe('long words');
  });
});
