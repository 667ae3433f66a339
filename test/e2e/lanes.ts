/**
 * The two lanes in which the window is driven: a real Electron under Xvfb, and Debian's Chromium on `assay serve`. Both show
 * the built window on the real engine, with a data folder of its own that is gone afterwards.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright-core';

export const root = join(import.meta.dirname, '..', '..');
export const ELECTRON = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(homedir(), '.assay-electron-33', 'dist');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export type LaneName = 'electron' | 'browser';

/** What the lane cannot do without, in the words of "(needs …)", and whether it is there. */
export const LANES: readonly { readonly name: LaneName; readonly needs: string; readonly isHere: boolean }[] = [
  { name: 'browser', needs: 'chromium', isHere: CHROMIUM !== undefined },
  { name: 'electron', needs: 'electron, Xvfb', isHere: existsSync(join(ELECTRON, 'electron')) && existsSync('/usr/bin/Xvfb') },
];

export interface OpenLane {
  readonly page: Page;
  readonly home: string;
  /** In the Electron lane. */
  readonly app?: ElectronApplication;
  /** What the page's console said as errors, and what it threw. */
  readonly errors: string[];
  close(): Promise<void>;
}

export interface LaneOptions { readonly home?: string; readonly width?: number; readonly height?: number; readonly args?: readonly string[] }

export async function openLane(name: LaneName, options: LaneOptions = {}): Promise<OpenLane> {
  const home = options.home ?? await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  const opened = name === 'electron' ? await openElectron(home, options) : await openBrowser(home, options);
  const errors: string[] = [];
  opened.page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  opened.page.on('pageerror', (error) => { errors.push(error.message); });
  return {
    ...opened, home, errors,
    async close() {
      await opened.close();
      if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

type Opened = Pick<OpenLane, 'page' | 'app' | 'close'>;

async function openBrowser(home: string, { width = 1440, height = 900 }: LaneOptions): Promise<Opened> {
  const server = await startServe(home);
  const browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const page = await (await browser.newContext({ viewport: { width, height } })).newPage();
  await page.goto(server.link);
  return { page, async close() { await browser.close(); await server.close(); } };
}

export interface Serving { readonly link: string; readonly child: ChildProcess; close(): Promise<void> }

/** `assay serve` as a user starts it, from the built command. */
export async function startServe(home: string, args: readonly string[] = []): Promise<Serving> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.cjs'), 'serve', ...args], { env: { ...process.env, ASSAY_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => { reject(new Error(`assay serve ended with code ${code}: ${said}`)); });
  });
  return { link, child, close: () => endOf(child, 'SIGINT') };
}

async function openElectron(home: string, { width = 1440, height = 900, args = [] }: LaneOptions): Promise<Opened> {
  const display = await startDisplay();
  const app = await _electron.launch({
    executablePath: join(ELECTRON, 'electron'), cwd: root, args: ['--no-sandbox', '--disable-dev-shm-usage', root, ...args],
    env: { ...process.env as Record<string, string>, ASSAY_HOME: home, DISPLAY: display.name },
  });
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, size) => { BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height); }, { width, height });
  return { page, app, async close() { await app.close(); await display.close(); } };
}

/** A screen of its own for each application. */
async function startDisplay(): Promise<{ name: string; close(): Promise<void> }> {
  const child = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '2000x1400x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]!.once('data', (chunk: Buffer) => { resolve(chunk.toString('utf8').trim()); });
    child.once('exit', (code) => { reject(new Error(`Xvfb ended with code ${code}`)); });
  });
  return { name: `:${number}`, close: () => endOf(child, 'SIGTERM') };
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill(signal);
  await ended;
}
