/** What a person does, in a real Electron: open, run on real solvers, read, stop, lose the engine, come back. */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApplication, openApplication, processesOf, root, type OpenApplication } from './application.ts';
import { isElectronHere } from './programs.ts';

const PROVED = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (and (> x 3) (< x 2)))\n(check-sat)\n';

/** No solver decides it while somebody waits. */
function pigeons(holes: number): string {
  const at = (pigeon: number, hole: number): string => `p${pigeon}_${hole}`;
  const each = [...Array(holes).keys()], all = [...Array(holes + 1).keys()];
  return ['(set-logic QF_UF)', ...all.flatMap((pigeon) => each.map((hole) => `(declare-const ${at(pigeon, hole)} Bool)`)),
    ...all.map((pigeon) => `(assert (or ${each.map((hole) => at(pigeon, hole)).join(' ')}))`),
    ...each.flatMap((hole) => all.flatMap((one) => all.slice(one + 1).map((other) => `(assert (or (not ${at(one, hole)}) (not ${at(other, hole)})))`))), '(check-sat)\n'].join('\n');
}

function childrenOf(pid: number): number[] {
  const rows = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try { return [{ pid: Number(name), parent: Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) . /s, '').split(' ')[0]) }]; } catch { return []; }
  });
  const under = (parent: number): number[] => rows.filter((row) => row.parent === parent).flatMap((row) => [row.pid, ...under(row.pid)]);
  return under(pid);
}

function lives(pid: number): boolean {
  try { return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); } catch { return false; }
}

async function open(page: Page, path: string, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Start' }).click();
  await page.getByRole('textbox', { name: /^Path/ }).fill(path);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Plan of ${name}` }).waitFor();
}

async function runToEnd(page: Page): Promise<void> {
  await page.keyboard.press('F5');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
}

const verdictOf = (page: Page, file: string) => page.getByRole('row').filter({ hasText: file }).getByRole('gridcell').nth(1);
const filter = (page: Page) => page.getByRole('searchbox', { name: 'Filter', exact: true });

describe.skipIf(!isElectronHere)('the window in Electron (needs electron, Xvfb, z3)', () => {
  let opened: OpenApplication, folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-slow-'));
    mkdirSync(join(folder, 'slow'));
    writeFileSync(join(folder, 'slow', 'a.smt2'), PROVED);
    writeFileSync(join(folder, 'slow', 'pigeons.smt2'), pigeons(24));
    await buildApplication();
    opened = await openApplication();
  }, 480_000);
  afterAll(async () => { await opened?.close(); await rm(folder, { recursive: true, force: true }); }, 60_000);

  it('opens the samples, runs them on a real solver, and shows a refutation with its evidence', async () => {
    const { page, errors } = opened;
    await open(page, join(root, 'samples/smt'), 'smt');
    await runToEnd(page);
    await filter(page).fill('refuted');
    // A click while the rows move to their new places is on none of them.
    await page.getByText(/^1 of \d+ obligations$/).waitFor();
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText(/^Refuted: a model was found/).waitFor();
    await inspector.getByRole('heading', { name: 'Evidence' }).waitFor();
    await inspector.getByText(/\/usr\/(local\/)?bin\/(z3|cvc5)/).first().waitFor();
    expect(errors).toEqual([]);
  }, 480_000);

  it('passes an item of the menu on to the window', async () => {
    await opened.app.evaluate(({ Menu, BrowserWindow }) => {
      const item = Menu.getApplicationMenu()!.items.flatMap((menu) => menu.submenu?.items ?? []).find(({ label }) => label === 'Settings')!;
      const [window] = BrowserWindow.getAllWindows();
      item.click(item, window, window!.webContents);
    });
    const time = opened.page.getByLabel(/^Time for each obligation/);
    // So that it is the user who ends the long runs below.
    await time.fill('36000');
    await time.press('Tab');
  }, 120_000);

  it('stops a run at once; what was finished stays, and what was not is no verdict', async () => {
    const { page } = opened;
    await open(page, join(folder, 'slow'), 'slow');
    await page.keyboard.press('F5');
    await page.getByRole('progressbar', { name: 'Obligations decided' }).waitFor();
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(await verdictOf(page, 'a.smt2').innerText()).toContain('proved');
    expect(await verdictOf(page, 'pigeons.smt2').innerText()).toMatch(/cancelled|not run/);
  }, 480_000);

  it('says that the engine died, starts another, keeps what was finished and leaves no solver behind', async () => {
    const { page, app } = opened;
    await page.keyboard.press('F5');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    const [engine] = await processesOf(app, 'Assay engine');
    await expect.poll(() => childrenOf(engine!).some((pid) => /z3|cvc5/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))), { timeout: 60_000 }).toBe(true);
    const solvers = childrenOf(engine!);
    process.kill(engine!, 'SIGKILL');
    await page.getByText(/engine was started again/i).first().waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await expect.poll(() => solvers.filter(lives), { timeout: 60_000 }).toEqual([]);
    const [next] = await processesOf(app, 'Assay engine');
    expect(next).not.toBe(engine);
    expect(await verdictOf(page, 'a.smt2').innerText()).toContain('proved');
    expect(await verdictOf(page, 'pigeons.smt2').innerText()).not.toContain('proved');
    // The repository is open in the new engine too: it runs again, and stops.
    await page.keyboard.press('F5');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  }, 480_000);

  it('comes back after it was quit with what was open, its ledger, its filter and its tabs', async () => {
    const { page } = opened;
    await filter(page).fill('proved');
    await page.getByText(/^1 of 2 obligations$/).waitFor();
    // Written a moment after it changed.
    await page.waitForTimeout(1_000);
    await opened.quit();
    opened = await openApplication({ home: opened.home });
    await opened.page.getByRole('gridcell', { name: 'a.smt2', exact: true }).waitFor();
    expect(await filter(opened.page).inputValue()).toBe('proved');
    expect(await verdictOf(opened.page, 'a.smt2').innerText()).toContain('proved');
    await opened.page.getByRole('tab', { name: 'Settings' }).waitFor();
  }, 480_000);
});

describe.skipIf(!isElectronHere)('the embedded engines in Electron, where no solver is installed (needs electron, Xvfb)', () => {
  let opened: OpenApplication, folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-bare-'));
    for (const name of ['midpoint.smt2', 'midpoint-naive.smt2']) copyFileSync(join(root, 'samples/smt', name), join(folder, name));
    await buildApplication();
    opened = await openApplication({ paths: [folder], environment: { PATH: '/nowhere' } });
  }, 480_000);
  afterAll(async () => { await opened?.close(); await rm(folder, { recursive: true, force: true }); }, 60_000);

  it('open what the program was started with, and verify it in utility processes of their own', async () => {
    const { page, app, errors } = opened;
    await page.getByRole('heading', { name: /^Plan of / }).waitFor();
    await page.keyboard.press('F5');
    await expect.poll(() => processesOf(app, 'Assay program').then((found) => found.length), { timeout: 120_000 }).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(await verdictOf(page, 'midpoint.smt2').innerText()).toContain('proved');
    expect(await verdictOf(page, 'midpoint-naive.smt2').innerText()).toContain('refuted');
    expect(errors).toEqual([]);
  }, 480_000);
});
