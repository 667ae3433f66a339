/** The window over the real engine: `assay serve`, a real solver, a real Chromium. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from './page.ts';

const root = dirname(dirname(import.meta.dirname));

describe.skipIf(CHROMIUM === undefined)('the window over `assay serve` (needs chromium)', () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-served-'));
  let server: ChildProcess, address = '';
  beforeAll(async () => {
    server = spawn(join(root, 'assay'), ['serve'], { cwd: root, env: { ...process.env, ASSAY_HOME: home, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'] });
    address = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.stdout!.on('data', (piece: Buffer) => { said += piece.toString(); const link = /http:\/\/\S+/.exec(said)?.[0]; if (link && said.includes('\n', said.indexOf(link))) resolve(link); });
      server.on('exit', (code) => { reject(new Error(`assay serve ended with ${code}: ${said}`)); });
    });
  }, 240_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => { server.once('exit', resolve); });
    server.kill('SIGINT');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('opens the SMT samples, runs them, filters, selects, and is the same after a reload', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox', '--disable-gpu'] });
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 900 } })).newPage();
    page.setDefaultTimeout(90_000);
    await page.goto(address);
    await page.getByRole('textbox', { name: /^Path/ }).fill(join(root, 'samples/smt'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Plan of smt' }).waitFor();
    await page.keyboard.press('F5');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('refuted');
    // A click while the rows move to their new places is on none of them.
    await page.getByText(/^1 of \d+ obligations$/).waitFor();
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).getByText(/^Refuted: a model was found/).waitFor();
    await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Filter', exact: true }).inputValue()).toBe('refuted');
    await browser.close();
  }, 300_000);
});
