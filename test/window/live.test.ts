/**
 * Typing while a language server is slow, late or wrong: nothing turns green, what is said of another text is dropped, and
 * the goals of a proof are at the cursor. A double is the engine, so that every message comes when the test says.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveView } from '../../app/contract.ts';
import { createDouble, REPOSITORY, type Double } from './double.ts';
import { CHROMIUM, startWindowHost, type OpenWindow, type WindowHost } from './page.ts';
import { openSample } from './places.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TOKEN = '00000000000000aa';
const TEXT = 'lemma Sum(n: nat)\n  ensures n >= 0\n{ }\n\nlemma Other()\n  ensures true\n{ }\n';
const LEAN = 'theorem and_swap (p q : Prop) (h : p ∧ q) : q ∧ p := by\n  constructor\n  exact h.2\n  exact h.1\n';
const screens = process.env.ASSAY_SCREENS;

function engine(file: string, text: string, goals: boolean, settings: Parameters<typeof createDouble>[0] = {}): Double {
  const double = createDouble(settings);
  const first = double.rows[0]!;
  const of = (symbol: string, line: number) => ({ ...first, id: `${file}#${symbol}`, symbol, file, toolchain: 'dafny', range: { start: { line, column: 1 }, end: { line: line + (goals ? 3 : 2), column: 4 } }, verdict: { kind: 'proved' as const }, sentence: 'Proved', assumptions: [], values: false, trace: false });
  double.rows = goals ? [of('and_swap', 1)] : [of('Sum', 1), of('Other', 5)];
  double.answers = {
    'files.tree': () => ({ files: [{ path: file, bytes: text.length, toolchains: [] }] }),
    'files.read': () => ({ path: file, sha256: '0'.repeat(64), bytes: text.length, text, truncated: false, exact: true, writable: true }),
    'files.dependents': () => ({ dependents: double.rows.map(({ id }) => id), stale: [] }),
    'ledger.marks': () => ({ sha256: '0'.repeat(64), obligations: double.rows.map((row) => ({ row, parts: [], values: [] })), diagnostics: [], assumptions: [] }),
    'live.open': () => ({ kind: 'open', token: TOKEN, abilities: { hover: true, definition: true, outline: true, counterexamples: true, goals } }),
    'live.change': () => ({}), 'live.close': () => ({}),
    'live.hover': ({ version, at }) => ({ hover: { markdown: `lemma of version ${version}, line ${at.line}` } }),
    'live.outline': () => ({ entries: ['Sum', 'Other'].map((name, at) => ({ name, kind: 'method', range: place(at * 4 + 1, 1, 10), nameRange: place(at * 4 + 1, 7, 10), children: [] })) }),
    'live.counterexamples': () => ({ states: [{ at: { line: 2, column: 3 }, text: 'assume n == 0;' }] }),
    'live.goals': ({ at }) => ({ goals: at.line === 3 ? { goals: ['case left\np q : Prop\nh : p ∧ q\n⊢ q', 'case right\np q : Prop\nh : p ∧ q\n⊢ p'], markdown: '' } : at.line === 4 ? { goals: ['case right\np q : Prop\nh : p ∧ q\n⊢ p'], markdown: '' } : { goals: [], markdown: '' } }),
  };
  return double;
}

const place = (line: number, from: number, to: number) => ({ start: { line, column: from }, end: { line, column: to } });
const said = (version: number, status: 'holds' | 'fails', more: Partial<LiveView> = {}): LiveView => ({
  file: 'a.dfy', version, phase: 'settled', assertions: [], working: [], diagnostics: status === 'fails' ? [{ severity: 'error', message: 'a postcondition could not be proved', range: place(3, 1, 2) }] : [],
  symbols: [{ name: 'Sum', nameRange: place(1, 7, 10), status }, { name: 'Other', nameRange: place(5, 7, 12), status: 'holds' }], ...more,
});
const tell = (double: Double, live: LiveView, token = TOKEN): void => { double.send([{ type: 'live', repository: REPOSITORY, token, live }]); };
const signs = (page: Page): Promise<string[]> => page.evaluate('[...document.querySelectorAll(".live-sign")].map((node) => node.dataset.status).sort()');
/** Verdicts in the margin that are green and not stale. */
const greens = (page: Page): Promise<number> => page.locator('.margin-verdict:not(.stale) .role-green').count();
const newest = (double: Double): number => Math.max(...double.asked.flatMap(({ name, input }) => (name === 'live.change' || name === 'live.open' ? [(input as { version: number }).version] : [])));

/** Monaco sets styles inline, which the window's own policy allows and the test's does not. */
const complaints = (window: OpenWindow): string[] => window.complaints.filter((text) => !text.includes('inline style'));

/** By keys: without inline styles all lines lie over each other. */
async function goTo(page: Page, line: number): Promise<void> {
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('Control+Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('ArrowDown');
}

async function openFile(window: OpenWindow, file: string): Promise<void> {
  const { page } = window;
  page.setDefaultTimeout(90_000);
  await openSample(page);
  await page.keyboard.press('Control+p');
  await page.getByPlaceholder(/File name/).fill(file);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor .view-lines').first().waitFor();
}

describe.skipIf(CHROMIUM === undefined)('live answers in the window (needs chromium)', () => {
  let host: WindowHost;
  beforeAll(async () => { host = await startWindowHost(); }, 180_000);
  afterAll(async () => { await host.close(); });

  it('while the server is slow nothing turns green; late, wrong and foreign messages are dropped', async () => {
    const double = engine('a.dfy', TEXT, false);
    const window = await host.open(double);
    const { page } = window;
    await openFile(window, 'a.dfy');
    await page.waitForFunction('document.querySelectorAll(".margin-verdict").length === 2');
    expect(await greens(page)).toBe(2);
    await page.getByText('The ledger knows this very text').waitFor();
    const first = newest(double);
    await page.locator('.view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// ', { delay: 20 });
    await page.waitForFunction('document.querySelectorAll(".margin-verdict.stale").length === 2');
    expect([await greens(page), await signs(page)]).toEqual([0, []]);
    await page.getByText('Live: reading the text').waitFor();
    while (newest(double) === first) await page.waitForTimeout(50);
    const now = newest(double);
    // The server is late: of the text before, of one to come, of another opening.
    for (const version of [first, now - 1, now + 1]) tell(double, said(version, 'holds'));
    tell(double, said(now, 'holds'), '00000000000000bb');
    tell(double, said(now, 'holds', { file: 'b.dfy' }));
    await page.waitForTimeout(300);
    expect([await greens(page), await signs(page)]).toEqual([0, []]);
    tell(double, said(now, 'fails'));
    await page.waitForFunction('document.querySelectorAll(".live-sign").length === 2');
    expect([await greens(page), await signs(page)]).toEqual([0, ['fails', 'holds']]);
    await page.getByText('Live: 1 fail, 1 hold so far (not in the ledger)').waitFor();
    // Hollow: nothing of a live sign is filled, and none has the green of a verdict.
    expect(await page.locator('.live-sign .shape-solid, .live-sign .role-green').count()).toBe(0);
    if (screens !== undefined) { mkdirSync(screens, { recursive: true }); await page.screenshot({ path: join(screens, 'live-light-1280.png') }); }
    // The key takes the words away at once, and what holds was only of the text before.
    await page.keyboard.type('x');
    await page.waitForFunction('[...document.querySelectorAll(".live-sign")].every((node) => node.dataset.status === "waiting")');
    tell(double, said(now, 'holds'));
    await page.waitForTimeout(200);
    expect(await signs(page)).toEqual(['waiting', 'waiting']);
    expect(double.rows.every((row) => row.verdict.kind === 'proved')).toBe(true);
    expect(complaints(window)).toEqual([]);
    await window.close();
  }, 300_000);

  it('answers hover, outline and values for the text as it stands', async () => {
    const double = engine('a.dfy', TEXT, false);
    const window = await host.open(double);
    const { page } = window;
    await openFile(window, 'a.dfy');
    await page.locator('.view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Alt+v');
    await page.getByText('n == 0 (suggested)').waitFor();
    await page.locator('.view-line').nth(4).locator('span span').nth(1).hover();
    await page.getByText(/lemma of version \d+, line 5/).first().waitFor();
    await page.keyboard.press('Alt+o');
    await page.getByRole('option', { name: /Other/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type(' ');
    await page.getByText('n == 0 (suggested)').waitFor({ state: 'detached' });
    await window.close();
  }, 300_000);

  it.each(['light', 'dark'] as const)('shows the goals at the cursor: pinned, paused, compared (%s)', async (theme) => {
    const double = engine('a.lean', LEAN, true, { theme });
    const window = await host.open(double);
    const { page } = window;
    await openFile(window, 'a.lean');
    await goTo(page, 3);
    const goals = page.getByRole('region', { name: 'Goals of line 3' });
    await goals.getByText('case left').waitFor();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await goTo(page, 4);
    await page.getByRole('region', { name: 'Goals of line 4' }).waitFor();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.locator('.goal-removed').first().waitFor();
    if (screens !== undefined) { mkdirSync(screens, { recursive: true }); await page.screenshot({ path: join(screens, `goals-${theme}-1280.png`) }); }
    const { violations } = await page.evaluate(`${AXE}; axe.run(document.querySelector('.inspector'), { resultTypes: ['violations'] })`) as { violations: { id: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await goTo(page, 3);
    await page.waitForTimeout(400);
    expect(await page.getByRole('region', { name: 'Goals of line 4' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Follow the cursor' }).click();
    await goals.waitFor();
    expect(complaints(window)).toEqual([]);
    await window.close();
  }, 300_000);
});
