/** The shell around the window: a real Electron runs a sample through the engine's own process, and its page can do no more than it may. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAll, isOutOfDate } from '../../app/build.mjs';
import { buildWindow, isWindowOutOfDate } from '../../app/build-window.mjs';
import { isHere, openApplication, root, type Opened } from './application.ts';

describe.skipIf(!isHere)('the window in Electron (needs electron, Xvfb)', () => {
  let opened: Opened | undefined;
  beforeAll(async () => {
    if (isOutOfDate()) await buildAll();
    if (isWindowOutOfDate()) await buildWindow();
    opened = await openApplication([join(root, 'samples/smt')]);
  }, 240_000);
  afterAll(async () => { await opened?.close(); }, 60_000);

  it('opens the path it was started with, runs it, and shows a refutation', async () => {
    const { page, errors } = opened!;
    await page.getByRole('heading', { name: 'Plan of smt' }).waitFor();
    await page.keyboard.press('F5');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('refuted');
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).getByText(/^Refuted: a model was found/).waitFor();
    expect(errors).toEqual([]);
  }, 240_000);

  it('passes an item of the menu on to the window', async () => {
    await opened!.app.evaluate(({ Menu, BrowserWindow }) => {
      const item = Menu.getApplicationMenu()!.items.flatMap((menu) => menu.submenu?.items ?? []).find(({ label }) => label === 'Settings')!;
      const [window] = BrowserWindow.getAllWindows();
      item.click(item, window, window!.webContents);
    });
    await opened!.page.getByRole('heading', { name: 'Keys' }).waitFor();
  }, 120_000);

  it('gives the page the bridge alone, and no way out', async () => {
    const { app, page } = opened!;
    expect(await page.evaluate('[Object.keys(window.assayBridge).sort(), typeof require, typeof process, window.open("https://example.org") === null]'))
      .toEqual([['listen', 'pathOf', 'send'], 'undefined', 'undefined', true]);
    expect(await page.evaluate('fetch("https://example.org").then(() => "reached", () => "refused")')).toBe('refused');
    expect(await page.evaluate('fetch("/../../package.json").then((answer) => answer.status)')).toBe(404);
    await page.evaluate('location.href = "https://example.org/"');
    await page.waitForTimeout(1_000);
    expect(page.url()).toMatch(/^app:\/\/assay\//);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  }, 120_000);
});
