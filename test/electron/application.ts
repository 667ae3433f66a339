/** The application in a real Electron (fetch.mjs) under an Xvfb of its own, on the real engine and a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { buildAll, isOutOfDate } from '../../app/build.mjs';
import { buildWindow, isWindowOutOfDate } from '../../app/build-window.mjs';
import { startDisplay } from './display.ts';
import { ELECTRON } from './programs.ts';

export const root = join(import.meta.dirname, '..', '..');

export interface OpenApplication {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** What the page's console said as errors, and what it threw. */
  readonly errors: string[];
  /** Ends the application as a user does, keeps its data folder; a next one may be started on it. */
  quit(): Promise<void>;
  /** Ends what is left and removes the data folder. */
  close(): Promise<void>;
}

export async function buildApplication(): Promise<void> {
  if (isOutOfDate()) await buildAll();
  if (isWindowOutOfDate()) await buildWindow();
}

export interface OpenOptions {
  readonly paths?: readonly string[];
  /** Of an application that has quit, to be opened again. */
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function openApplication({ paths = [], home: kept, environment: given = {} }: OpenOptions = {}): Promise<OpenApplication> {
  const home = kept ?? await mkdtemp(join(tmpdir(), 'assay-electron-'));
  const display = await startDisplay();
  const { NODE_ENV: _tests, ...environment } = process.env as Record<string, string>;
  const app = await _electron.launch({
    // Root has no sandbox, and containers often have none for others: the test of the sandbox itself is in packaged.long.test.ts.
    executablePath: ELECTRON, cwd: root, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', root, ...paths], timeout: 120_000,
    env: { ...environment, ...given, ASSAY_HOME: home, DISPLAY: display.name },
  });
  const page = await app.firstWindow({ timeout: 120_000 });
  page.setDefaultTimeout(180_000);
  const errors: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('pageerror', (error) => { errors.push(error.message); });
  let ended = false;
  const quit = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await app.close();
    await display.close();
  };
  return { app, page, home, errors, quit, async close() { await quit(); await rm(home, { recursive: true, force: true, maxRetries: 3 }); } };
}

/** Every process of this kind, by its number. */
export async function processesOf(app: ElectronApplication, name: string): Promise<number[]> {
  return app.evaluate(({ app: electron }, wanted) => electron.getAppMetrics().filter((metric) => metric.name === wanted).map((metric) => metric.pid), name);
}
