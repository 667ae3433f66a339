/** The application in a real Electron (fetch.mjs) under an Xvfb of its own, on the real engine and a data folder that goes afterwards. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

export const root = join(import.meta.dirname, '..', '..');
const PROGRAM = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(homedir(), '.assay-electron-33', 'dist'), 'electron');
const XVFB = '/usr/bin/Xvfb';

export const isHere = process.platform === 'linux' && existsSync(XVFB) && existsSync(PROGRAM) && hasLibraries();

function hasLibraries(): boolean {
  try { return !execFileSync('ldd', [PROGRAM], { encoding: 'utf8' }).includes('not found'); } catch { return false; }
}

export interface Opened { readonly page: Page; readonly app: ElectronApplication; /** What the page's console said as errors, and what it threw. */ readonly errors: string[]; close(): Promise<void> }

export async function openApplication(paths: readonly string[]): Promise<Opened> {
  const home = await mkdtemp(join(tmpdir(), 'assay-electron-'));
  const display = await startDisplay();
  const app = await _electron.launch({
    // Root has no sandbox, and containers often have none for others.
    executablePath: PROGRAM, cwd: root, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', root, ...paths], timeout: 120_000,
    env: { ...process.env as Record<string, string>, ASSAY_HOME: home, DISPLAY: display.name },
  });
  const page = await app.firstWindow({ timeout: 120_000 });
  page.setDefaultTimeout(90_000);
  const errors: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => { errors.push(error.message); });
  return {
    page, app, errors,
    async close() {
      await app.close();
      await display.close();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function startDisplay(): Promise<{ name: string; close(): Promise<void> }> {
  const child = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '2000x1400x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]!.once('data', (chunk: Buffer) => { resolve(chunk.toString('utf8').trim()); });
    child.once('exit', (code) => { reject(new Error(`Xvfb ended with code ${code}`)); });
  });
  return { name: `:${number}`, close: () => endOf(child) };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill('SIGTERM');
  await ended;
}
