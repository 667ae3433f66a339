/** The window in a real Electron on a real solver, and that its page can do nothing but speak the contract. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANES, openLane, root, type OpenLane } from './lanes.ts';

const lane = LANES.find((one) => one.name === 'electron')!;

describe.skipIf(!lane.isHere)('the window in Electron (needs electron, Xvfb)', () => {
  let window: OpenLane;
  beforeAll(async () => { window = await openLane('electron'); window.page.setDefaultTimeout(60_000); }, 120_000);
  afterAll(async () => { await window?.close(); }, 60_000);

  it('opens a folder, runs it on the embedded solver, and shows a verdict with its evidence', async () => {
    const { page, errors } = window;
    await page.getByRole('textbox', { name: /^Path/ }).fill(join(root, 'samples/smt'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Plan of smt' }).waitFor();
    await page.keyboard.press('F5');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill('refuted');
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).getByText(/^Refuted: a model was found/).waitFor();
    expect(errors).toEqual([]);
  }, 180_000);

  it('sets every preference of the window to the safe side', async () => {
    const preferences = await window.app!.evaluate(({ BrowserWindow }) => (BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences());
    expect(preferences).toMatchObject({
      contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false,
      experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false,
    });
  });

  it('shows the page nothing of Node and of Electron but three functions', async () => {
    const seen = await window.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', '__dirname'].filter((name) => name in globalThis), bridge: Object.keys(window.assayBridge as object).sort(), origin: window.origin, isolated: Object.isFrozen(window.assayBridge) || true,
    }));
    expect(seen).toMatchObject({ node: [], bridge: ['listen', 'pathOf', 'send'], origin: 'app://assay' });
  });

  it('runs no code that its files do not hold', async () => {
    const policy = await window.page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const ran = await window.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      let evaluated = false;
      try { (0, eval)('globalThis.injected = true'); evaluated = true; } catch { /* as it should */ }
      return { evaluated, injected: 'injected' in globalThis };
    });
    expect(ran).toEqual({ evaluated: false, injected: false });
  });

  it('goes nowhere, opens nothing, asks nothing of the network', async () => {
    const { page, app } = window;
    const before = page.url();
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    await page.evaluate(() => { location.href = 'https://example.com/'; });
    await page.waitForTimeout(300);
    expect(page.url()).toBe(before);
    expect(await app!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused'))).toBe('refused');
    expect(await page.evaluate(() => fetch('app://assay/../../package.json').then((answer) => answer.status))).toBe(404);
    expect(await page.evaluate(() => fetch('app://elsewhere/index.html').then((answer) => answer.status, () => 404))).toBe(404);
  });

  it('grants no device and no place', async () => {
    const states = await window.page.evaluate(async () => Promise.all(['geolocation', 'camera', 'microphone'].map(async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state)));
    expect(states).toEqual(['denied', 'denied', 'denied']);
  });

  it('says that the engine died, starts it again, and has kept what was finished', async () => {
    const { page, app } = window;
    const pid = await app!.evaluate(({ app: electron }) => electron.getAppMetrics().find((metric) => metric.name === 'Assay engine')?.pid);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid!, 'SIGKILL');
    await page.getByText(/engine was started again/i).first().waitFor();
    const next = await app!.evaluate(({ app: electron }) => electron.getAppMetrics().find((metric) => metric.name === 'Assay engine')?.pid);
    expect(next).not.toBe(pid);
    await page.getByRole('gridcell', { name: 'midpoint-naive.smt2' }).waitFor();
  }, 120_000);
});
