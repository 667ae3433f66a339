/** Proving, signing and reporting in a real Chromium over the double: what is asked of the engine, by keys and buttons, and what is shown meanwhile. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDouble, REPOSITORY, type Double } from './double.ts';
import { CHROMIUM, startWindowHost, type WindowHost } from './page.ts';
import { command, openSample } from './places.ts';
import { proofEvent } from './proofs.ts';

const asked = (double: Double, ...names: string[]): unknown[] => double.asked.filter(({ name }) => names.includes(name)).map(({ name, input }) => [name, input]);

describe.skipIf(CHROMIUM === undefined)('proofs, signatures and reports in the window (needs chromium)', () => {
  let host: WindowHost;
  beforeAll(async () => { host = await startWindowHost(); }, 600_000);
  afterAll(async () => { await host.close(); });

  it('searches with Alt+P within the budget, writes only by Accept, has it checked, and takes it back by a command', async () => {
    const double = createDouble();
    const { page, complaints, close } = await host.open(double);
    await openSample(page);
    const failing = double.rows.find((row) => row.toolchain === 'dafny' && row.verdict.kind === 'failed')!;
    await command(page, 'Synthesis');
    await page.getByRole('combobox', { name: 'Time' }).selectOption('300');
    await page.getByRole('spinbutton', { name: 'Verifier calls' }).fill('40');
    await command(page, 'Ledger');
    await page.getByRole('searchbox', { name: 'Filter', exact: true }).fill(failing.symbol);
    await page.getByRole('gridcell', { name: failing.symbol, exact: true }).first().click();
    await page.keyboard.press('Alt+p');
    await page.getByRole('button', { name: 'Stop the search' }).waitFor();
    expect(asked(double, 'prove.start')).toEqual([['prove.start', { repository: REPOSITORY, selection: { ids: [failing.id] }, budget: { wallSeconds: 300, calls: 40 } }]]);
    double.send([proofEvent(double.rows, 'running')]);
    await page.getByText('before the guard and a clean run').waitFor();
    expect(await page.getByRole('button', { name: 'Accept and write' }).count()).toBe(0);

    const event = proofEvent(double.rows);
    double.send([event]);
    const accept = page.getByRole('button', { name: 'Accept and write' });
    await accept.waitFor();
    await page.getByRole('region', { name: 'Difference' }).getByText('invariant total == SumOf').waitFor();
    expect(asked(double, 'prove.accept', 'run.start')).toEqual([]);
    await accept.focus();
    await page.keyboard.press('Enter');
    const proved = double.rows.find((row) => row.id === event.goals[0]!.obligation)!;
    const stale = { ...proved, verdict: { kind: 'failed' as const }, sentence: 'Not shown', stale: 'dafny/sum.dfy has changed since' };
    double.send([{ type: 'rows', repository: REPOSITORY, revision: 2, rows: [stale] }, proofEvent(double.rows, 'finished', 'written')]);
    const word = page.getByRole('list', { name: /ledger’s word/ });
    await word.getByText('stale', { exact: true }).waitFor();
    expect(await word.locator('.role-green').count()).toBe(0);
    expect(asked(double, 'prove.accept', 'run.start')).toEqual([['prove.accept', { repository: REPOSITORY, candidate: '1' }], ['run.start', { repository: REPOSITORY, selection: { files: ['dafny/sum.dfy'] }, options: {} }]]);
    double.send([{ type: 'rows', repository: REPOSITORY, revision: 3, rows: [{ ...proved, verdict: { kind: 'proved' as const }, sentence: 'Proved' }] }]);
    await word.locator('.role-green').waitFor();
    await command(page, 'Undo the last accepted proof');
    await expect.poll(() => asked(double, 'prove.undo'), { timeout: 60_000 }).toEqual([['prove.undo', { repository: REPOSITORY, candidate: '1' }]]);
    expect(complaints).toEqual([]);
    await close();
  }, 400_000);

  it('says where a toolchain has no strategies, and leaves its obligations out of the search', async () => {
    const double = createDouble();
    const { page, close } = await host.open(double);
    await openSample(page);
    await command(page, 'Ledger');
    await page.getByRole('button', { name: 'Prove all that fail' }).click();
    await page.getByText(/are not searched: .*has no strategies/).waitFor();
    const [[, input]] = asked(double, 'prove.start') as [[string, { selection: { ids: string[] } }]];
    const chosen = double.rows.filter((row) => input.selection.ids.includes(row.id));
    expect(chosen.length).toBeGreaterThan(0);
    expect([...new Set(chosen.map((row) => row.toolchain))]).toEqual(['dafny']);
    await close();
  }, 400_000);

  it('signs what is ticked once reviewer and reason are there, and saves a report', async () => {
    const double = createDouble();
    const { page, complaints, close } = await host.open(double);
    await openSample(page);
    await command(page, 'Assumptions and signatures');
    await page.getByText('signed', { exact: true }).first().waitFor();
    await page.getByRole('checkbox', { name: 'All that nobody signed' }).check();
    const append = page.getByRole('button', { name: 'Append to assay.justify.toml' });
    await page.getByLabel('Text for assay.justify.toml').getByText('[[assumption]]').waitFor();
    expect(await append.isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Reviewer' }).fill('R. Viewer');
    await page.getByRole('textbox', { name: 'Reason' }).fill('It is known');
    await append.click();
    const ids = double.ledger.assumptions.slice(1).map((one) => one.id);
    await expect.poll(() => asked(double, 'justify.append'), { timeout: 60_000 }).toEqual([['justify.append', { repository: REPOSITORY, subjects: ids, reviewer: 'R. Viewer', reason: 'It is known' }]]);

    await command(page, 'Report: preview and save');
    const frame = page.frameLocator('iframe[title="Preview of the report"]');
    await frame.getByRole('heading', { name: 'About this report' }).waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await frame.locator('script').count()).toBe(0);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save HTML' }).click()]);
    expect(download.suggestedFilename()).toBe('samples-report.html');
    expect(readFileSync(await download.path(), 'utf8')).toContain('id="ledger"');
    expect(complaints).toEqual([]);
    await close();
  }, 400_000);
});
