/** Ways to each view of the window, for tests that go through all of them. */
import type { Page } from 'playwright-core';
import type { Double } from './double.ts';
import { proofEvent } from './proofs.ts';

export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^smt Questions/ }).click();
  await page.getByRole('heading', { name: 'Plan of samples' }).waitFor();
}

export async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByPlaceholder('Type a command').fill(title);
  await page.locator('.palette-item').filter({ has: page.locator(`span:nth-child(2):text-is("${title}")`) }).click();
}

const refuted = (double: Double): string => double.rows.find((row) => row.verdict.kind === 'refuted' && row.values)!.symbol;

/** In this order; each begins where the one before ended. */
export const VIEWS: readonly { readonly name: string; readonly show: (page: Page, double: Double) => Promise<void> }[] = [
  { name: 'start', show: async (page) => { await page.getByRole('heading', { name: 'Samples' }).waitFor(); await page.getByText('Ready:').waitFor(); } },
  { name: 'plan', show: async (page) => { await openSample(page); } },
  { name: 'ledger', show: async (page) => { await command(page, 'Ledger'); await page.getByRole('grid').waitFor(); } },
  {
    name: 'inspector', show: async (page, double) => {
      await page.getByRole('gridcell', { name: refuted(double), exact: true }).first().click();
      await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    },
  },
  { name: 'groups', show: async (page) => { await page.getByRole('combobox', { name: 'Groups' }).selectOption('toolchain'); await page.getByRole('gridcell', { name: /^dafny/ }).first().waitFor(); } },
  { name: 'lanes', show: async (page) => { await page.getByRole('combobox', { name: 'Groups' }).selectOption('none'); await page.getByRole('tab', { name: 'Lanes' }).click(); await page.getByText('wheel zooms').waitFor(); } },
  { name: 'history', show: async (page) => { await page.getByRole('tab', { name: 'History' }).click(); await page.getByRole('button', { name: 'Compare the last two' }).waitFor(); } },
  { name: 'output', show: async (page) => { await page.getByRole('button', { name: 'stdout', exact: true }).first().click(); await page.getByText('12 conflicts').waitFor(); } },
  { name: 'compare', show: async (page) => { await page.getByRole('button', { name: 'Hide the inspector' }).click(); await command(page, 'Compare runs'); await page.getByRole('button', { name: 'Compare', exact: true }).click(); await page.getByRole('heading', { name: /Newly failing/ }).waitFor(); } },
  { name: 'toolchains', show: async (page) => { await command(page, 'Show or hide the inspector'); await command(page, 'Toolchains'); await page.getByRole('heading', { name: 'Pinned versions that can be installed' }).waitFor(); } },
  { name: 'settings', show: async (page) => { await command(page, 'Settings'); await page.getByRole('heading', { name: 'Keys' }).waitFor(); } },
  { name: 'synthesis-before', show: async (page) => { await command(page, 'Synthesis'); await page.getByRole('heading', { name: 'What can be tried' }).waitFor(); } },
  { name: 'synthesis-race', show: async (page, double) => { double.send([proofEvent(double.rows, 'running')]); await page.getByText(/Searching: 0 of 3 goals/).waitFor(); } },
  { name: 'synthesis', show: async (page, double) => { double.send([proofEvent(double.rows)]); await page.getByRole('button', { name: 'Accept and write' }).waitFor(); await page.getByText('invariant total == SumOf').first().waitFor(); } },
  { name: 'assumptions', show: async (page) => { await command(page, 'Assumptions and signatures'); await page.getByRole('checkbox', { name: 'All that nobody signed' }).check(); await page.getByLabel('Text for assay.justify.toml').waitFor(); } },
  { name: 'report', show: async (page) => { await command(page, 'Report: preview and save'); await page.frameLocator('iframe').getByRole('heading', { name: 'About this report' }).waitFor(); } },
  { name: 'find', show: async (page) => { await command(page, 'Find in repository'); await page.getByRole('searchbox', { name: 'Text to find' }).fill('x'); await page.keyboard.press('Enter'); await page.getByText('30 matches').waitFor(); } },
  { name: 'legend', show: async (page) => { await page.getByRole('button', { name: 'Legend and keys', exact: true }).click(); await page.getByRole('heading', { name: 'Flags' }).waitFor(); } },
  { name: 'palette', show: async (page) => { await page.keyboard.press('Escape'); await page.keyboard.press('F1'); await page.getByPlaceholder('Type a command').waitFor(); } },
  { name: 'go-to', show: async (page) => { await page.keyboard.press('Escape'); await page.keyboard.press('Control+p'); await page.getByPlaceholder(/File name/).fill('@c'); await page.getByRole('option').first().waitFor(); } },
];
