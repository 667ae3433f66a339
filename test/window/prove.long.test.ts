/** A missing invariant from the editor to the ledger: the real engine, the real Dafny, a real Chromium over `assay serve`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAFNY_PATH, hasDafny } from '../toolchains/dafny/tools.ts';
import { CHROMIUM } from './page.ts';

const root = dirname(dirname(import.meta.dirname));
const OPEN = `method Twice(n: nat) returns (s: int)
  ensures s == 2 * n
{
  s := 0;
  var i := 0;
  while i < n
  {
    s := s + 2;
    i := i + 1;
  }
}
`;
/** How a verdict on the page looks: its role, and whether it says that it is stale. Run in the page. */
const WATCH = `window.looks = []; const look = () => {
  for (const item of document.querySelectorAll('.checked li')) {
    const one = [...item.querySelector('svg').classList].find((name) => name.startsWith('role-')) + (item.textContent.includes('stale') ? ' stale' : '');
    if (window.looks.at(-1) !== one) window.looks.push(one);
  }
}; new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`;

describe.skipIf(CHROMIUM === undefined || !hasDafny)('proving from the window (needs chromium, dafny, z3)', () => {
  const home = mkdtempSync(join(tmpdir(), 'assay-proving-')), folder = mkdtempSync(join(tmpdir(), 'assay-twice-'));
  let server: ChildProcess, address = '';
  beforeAll(async () => {
    mkdirSync(home, { recursive: true });
    // However slow the machine: the calls decide, and the solver's own count.
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ wallSeconds: 1_500, firstRunDone: true }));
    writeFileSync(join(folder, 'twice.dfy'), OPEN);
    server = spawn(join(root, 'assay'), ['serve'], { cwd: root, env: { ...process.env, PATH: DAFNY_PATH, ASSAY_HOME: home, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'] });
    address = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.stdout!.on('data', (piece: Buffer) => { said += piece.toString(); const link = /http:\/\/\S+/.exec(said)?.[0]; if (link && said.includes('\n', said.indexOf(link))) resolve(link); });
      server.on('exit', (code) => { reject(new Error(`assay serve ended with ${code}: ${said}`)); });
    });
  }, 400_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => { server.once('exit', resolve); });
    server.kill('SIGINT');
    await ended;
    for (const one of [home, folder]) rmSync(one, { recursive: true, force: true });
  }, 30_000);

  it('Alt+P in the editor, the difference, accept, and green only by the run of what was written; then undo', async () => {
    const file = join(folder, 'twice.dfy');
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox', '--disable-gpu'] });
    const page = await (await browser.newContext({ viewport: { width: 1600, height: 900 } })).newPage();
    page.setDefaultTimeout(300_000);
    await page.goto(address);
    await page.getByRole('textbox', { name: /^Path/ }).fill(folder);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Plan of/ }).waitFor();
    await page.getByRole('button', { name: 'Synthesis', exact: true }).click();
    await page.getByRole('combobox', { name: 'Time' }).selectOption('3600');
    await page.getByRole('spinbutton', { name: 'Verifier calls' }).fill('80');
    await page.keyboard.press('Control+p');
    await page.getByPlaceholder(/File name/).fill('twice.dfy');
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'var i' }).click();
    await page.keyboard.press('Alt+p');
    const accept = page.getByRole('button', { name: 'Accept and write' });
    await accept.waitFor();
    await page.getByRole('region', { name: 'Difference' }).getByText(/invariant/).first().waitFor();
    await page.getByText('Ended: 1 of 1 goal found').waitFor();
    expect(readFileSync(file, 'utf8')).toBe(OPEN);
    const marks = async (): Promise<string> => (await page.getByRole('group', { name: /^Verdicts/ }).innerText()).replace(/\s+/g, ' ');
    expect(await marks()).toMatch(/1 not shown/);

    await page.evaluate(WATCH);
    await accept.click();
    await page.getByRole('list', { name: /ledger’s word/ }).waitFor();
    await page.waitForFunction('window.looks.at(-1) === "role-green"');
    const looks = await page.evaluate('window.looks') as string[];
    expect(looks.filter((look) => look === 'role-green')).toHaveLength(1);
    expect(looks[0]).toBe('role-red stale');
    const written = readFileSync(file, 'utf8');
    expect(written.split('\n').filter((line) => !/^\s*invariant /.test(line)).join('\n')).toBe(OPEN);

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Taken back: the file is as it was').waitFor();
    expect(readFileSync(file, 'utf8')).toBe(OPEN);
    await page.getByRole('group', { name: /^Verdicts/ }).getByRole('button', { name: /not shown/ }).waitFor();
    await browser.close();
  }, 900_000);
});
