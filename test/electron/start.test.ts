/** `npm start`: the window in Electron where that can be, and else words and the same window on loopback behind a link that is good once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildApplication, root } from './application.ts';
import { endOf, startDisplay } from './display.ts';
import { ELECTRON_DIST, isElectronHere } from './programs.ts';

const LINK = /(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)\s/;
let home: string;
beforeAll(async () => { await buildApplication(); home = await mkdtemp(join(tmpdir(), 'assay-start-')); }, 600_000);
afterAll(async () => { await rm(home, { recursive: true, force: true, maxRetries: 3 }); });

/** Started as by `npm start -- ARGS`; ended after the test. Settles with all that it had said when it said this. */
async function startUntil(wanted: RegExp, environment: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<{ said: string; child: ChildProcess }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ELECTRON_OVERRIDE_DIST_PATH: _dist, NODE_ENV: _tests, ...rest } = process.env;
  const child = spawn(process.execPath, [join(root, 'app', 'start-window.mjs'), ...args], { env: { ...rest, INIT_CWD: tmpdir(), ASSAY_HOME: home, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => endOf(child));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { said += piece.toString(); if (wanted.test(said)) resolve(); });
    child.once('exit', (code) => { reject(new Error(`it ended with code ${String(code)}: ${said}`)); });
  });
  return { said, child };
}

describe('npm start', () => {
  it('says that there is no display, and serves the window on loopback behind a link that is good once', async () => {
    const { said } = await startUntil(LINK, {}, ['some/where']);
    expect(said).toContain('there is no display here; the window is served for a browser instead; open there: ' + join(tmpdir(), 'some/where'));
    const link = LINK.exec(said)![1]!;
    const first = await fetch(link, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    const page = await fetch(new URL('/', link), { headers: { cookie } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="window">')]);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(403);
    expect((await fetch(new URL('/', link))).status).toBe(403);
  }, 240_000);

  it('says that Electron cannot be started, and serves', async () => {
    const { said } = await startUntil(LINK, { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: join(home, 'nowhere') }, ['--no-sandbox']);
    expect(said).toMatch(/Electron could not be started \(.*ENOENT.*\); the window is served for a browser instead/);
  }, 240_000);

  it.skipIf(!isElectronHere)('says that Electron ended, where its display is none, and serves (needs electron)', async () => {
    const { said } = await startUntil(LINK, { DISPLAY: ':4711', ELECTRON_OVERRIDE_DIST_PATH: ELECTRON_DIST }, ['--no-sandbox']);
    expect(said).toMatch(/Electron ended (with code \d+|by SIG[A-Z]+) before it showed a window; the window is served/);
  }, 240_000);

  it.skipIf(process.getuid?.() !== 0)('starts no Electron as root, which has no sandbox, and serves (needs root)', async () => {
    const { said } = await startUntil(LINK, { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: ELECTRON_DIST });
    expect(said).toContain('Electron has no sandbox for root');
  }, 240_000);

  it.skipIf(!isElectronHere)('opens the window in Electron where there is a display (needs electron, Xvfb)', async () => {
    const display = await startDisplay();
    onTestFinished(() => display.close());
    const { said } = await startUntil(/DevTools listening on ws:/, { DISPLAY: display.name, ELECTRON_OVERRIDE_DIST_PATH: ELECTRON_DIST }, ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0']);
    expect(said).not.toContain('served');
  }, 240_000);
});
