/**
 * The package for Linux as electron-builder.yml makes it, unpacked, around the Electron for tests: what is in it, its fuses as
 * the program has them, and the window driven over its debugging port, as a user without rights and inside the system's sandbox.
 * ASSAY_PACKAGE names the folder of one that is made already, to be tested instead.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApplication, root } from './application.ts';
import { endOf, startDisplay, type Display } from './display.ts';
import { ELECTRON_DIST, isElectronHere } from './programs.ts';

const ON = '1'.charCodeAt(0), OFF = '0'.charCodeAt(0);
/** By position on the wire; a fuse that this list does not know fails the test until somebody has thought about it. */
const FUSES: Readonly<Record<keyof typeof FuseV1Options, number>> = {
  RunAsNode: OFF, EnableCookieEncryption: ON, EnableNodeOptionsEnvironmentVariable: OFF, EnableNodeCliInspectArguments: OFF, EnableEmbeddedAsarIntegrityValidation: ON, OnlyLoadAppFromAsar: ON,
  LoadBrowserProcessSpecificV8Snapshot: OFF, GrantFileProtocolExtraPrivileges: OFF,
};
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
/** How a program is started as somebody without rights; as who we are, where we are that already. */
const unprivileged = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
  (isRoot ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all', '--', program, ...args]] : [program, args]);

/** Chromium's sandbox stands on them where its helper is not installed with the set-user-id bit. */
const hasUserNamespaces = process.platform === 'linux' && spawnSync(...start('unshare', ['--user', '--pid', '--fork', 'true'])).status === 0;
function start(program: string, args: readonly string[]): [string, string[]] { const [first, rest] = unprivileged(program, args); return [first, [...rest]]; }

/** @returns the folder of the unpacked program */
async function make(folder: string): Promise<string> {
  await buildApplication();
  // Without the environment of the tests: electron-builder and npm read it.
  const { NODE_ENV: _tests, ...environment } = process.env;
  const made = spawn(process.execPath, [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--linux', 'dir', '--publish', 'never', `-c.electronDist=${ELECTRON_DIST}`, '-c.electronVersion=33.2.1', `-c.directories.output=${folder}`],
    { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [made.stdout, made.stderr]) stream.on('data', (piece: Buffer) => { said += piece.toString(); });
  const code = await new Promise((resolve) => { made.on('close', resolve); });
  if (code !== 0) throw new Error(`electron-builder ended with code ${String(code)}:\n${said}`);
  return join(folder, 'linux-unpacked');
}

describe.skipIf(!isElectronHere)('the package for Linux (needs electron, Xvfb)', () => {
  let folder: string, unpacked: string, program: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-package-'));
    chmodSync(folder, 0o755);
    unpacked = process.env.ASSAY_PACKAGE ?? await make(folder);
    program = join(unpacked, 'assay');
  }, 600_000);
  afterAll(async () => { if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 3 }); }, 60_000);

  it('holds the bundle, the samples and what the bundle loads, and nothing that was only needed to make it', () => {
    const files = listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false }).map((name) => name.replaceAll('\\', '/'));
    for (const wanted of ['/package.json', '/dist/main.mjs', '/dist/preload.cjs', '/dist/window/index.html', '/dist/app/host/engine.worker.mjs', '/node_modules/libsql/index.js', '/samples/smt/midpoint.smt2']) expect(files).toContain(wanted);
    const packages = new Set(files.flatMap((name) => /^\/node_modules\/([^/]+)/.exec(name)?.[1] ?? []));
    expect([...packages].sort()).toEqual(['@libsql', '@neon-rs', '@yowasp', 'async-mutex', 'bignumber.js', 'detect-libc', 'libsql', 'tslib', 'z3-solver']);
    expect(files.filter((name) => /^\/(app|renderer|test|toolchains|docs|\.ci)(\/|$)|\.map$|\.tsx?$/.test(name))).toEqual([]);
    expect(statSync(join(unpacked, 'resources', 'app.asar')).size).toBeLessThan(40 * 1024 ** 2);
  });

  it('has every fuse of its program set', async () => {
    const { version: _version, resetAdHocDarwinSignature: _signature, ...wire } = await getCurrentFuseWire(program) as unknown as Record<string, number>;
    expect(wire).toEqual(Object.fromEntries(Object.entries(FUSES).map(([name, state]) => [FuseV1Options[name as keyof typeof FuseV1Options], state])));
  });

  it('does not run as Node, whatever the environment asks for', () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
    const tried = spawnSync(program, ['--no-sandbox', '-e', 'process.stdout.write("ran as node")'], { env: { ...environment, ELECTRON_RUN_AS_NODE: '1', ASSAY_HOME: join(folder, 'node') }, encoding: 'utf8' });
    expect(tried.stdout).not.toContain('ran as node');
    expect(tried.status).not.toBe(0);
  }, 120_000);

  describe('driven over its debugging port', () => {
    let display: Display, child: ChildProcess, browser: Browser, page: Page, home: string, said = '';
    beforeAll(async () => {
      display = await startDisplay();
      home = join(folder, 'home');
      await mkdir(home);
      if (isRoot) await chown(home, NOBODY, NOBODY);
      writeFileSync(join(folder, 'intruder.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(join(home, 'intruded'))}, '');\n`);
      const args = ['--remote-debugging-port=0', '--inspect=0', '--disable-gpu', '--disable-dev-shm-usage', ...(hasUserNamespaces ? [] : ['--no-sandbox']), join(unpacked, 'resources', 'app.asar.unpacked', 'samples', 'smt')];
      child = spawn(...start(program, args), {
        env: { PATH: process.env.PATH, HOME: home, ASSAY_HOME: join(home, 'data'), DISPLAY: display.name, NODE_OPTIONS: `--require=${join(folder, 'intruder.cjs')}` }, stdio: ['ignore', 'pipe', 'pipe'],
      });
      const address = await new Promise<string>((resolve, reject) => {
        for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece: Buffer) => { said += piece.toString(); const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]; if (found) resolve(found); });
        child.once('exit', (code) => { reject(new Error(`the program ended with code ${String(code)}: ${said}`)); });
      });
      browser = await chromium.connectOverCDP(address, { timeout: 120_000 });
      const [context] = browser.contexts();
      page = context!.pages()[0] ?? await context!.waitForEvent('page', { timeout: 120_000 });
      page.setDefaultTimeout(180_000);
    }, 300_000);
    afterAll(async () => {
      await browser?.close();
      if (child) await endOf(child);
      await display?.close();
    }, 60_000);

    it('verifies a sample: engine, store and solvers work from inside the package', async () => {
      await page.getByRole('heading', { name: 'Plan of smt' }).waitFor();
      await page.keyboard.press('F5');
      await page.getByRole('button', { name: 'Stop' }).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
      await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('refuted');
      await page.getByText(/^1 of \d+ obligations$/).waitFor();
      await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).waitFor();
      expect(page.url()).toBe('app://assay/');
    }, 480_000);

    it('obeys neither NODE_OPTIONS nor --inspect', () => {
      expect(existsSync(join(home, 'intruded'))).toBe(false);
      expect(said).not.toContain('Debugger listening');
    });

    it.skipIf(!hasUserNamespaces)('has its page in the system’s sandbox, as a user without rights (needs electron, Xvfb, user namespaces)', async () => {
      const renderer = processesUnder(child.pid!).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer'))!;
      const status = readFileSync(`/proc/${renderer}/status`, 'utf8');
      const field = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)![1]!;
      expect(field('Uid').split(/\s+/)[0]).toBe(String(isRoot ? NOBODY : process.getuid?.()));
      expect([field('Seccomp'), field('NoNewPrivs'), field('CapEff')]).toEqual(['2', '1', '0000000000000000']);
      for (const kind of ['user', 'pid', 'net']) expect(readlinkSync(`/proc/${renderer}/ns/${kind}`), kind).not.toBe(readlinkSync(`/proc/${child.pid}/ns/${kind}`));
    });
  });
});

function processesUnder(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try { return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) . /s, '').split(' ')[0])] as const]; } catch { return []; }
  });
  const under = (parent: number): number[] => parents.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...under(child)]);
  return under(pid);
}
