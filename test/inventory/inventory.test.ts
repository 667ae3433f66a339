/** The assumption inventory of every language, through the toolchain as the engine uses it: exactly these findings, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Toolchain } from '../../toolchains/contract.ts';
import { toolchains } from '../../toolchains/registry.ts';
import { outlined } from '../toolchains/outlined.ts';
import { readSnippets, type Snippet } from './snippets.ts';

const folder = join(import.meta.dirname, 'snippets');
/** By language: name of the one file of a snippet, and files that stand beside it. */
const LANGUAGES: Readonly<Record<string, { readonly main: string; readonly beside?: Readonly<Record<string, string>> }>> = {
  dafny: { main: 'a.dfy' }, verus: { main: 'a.rs' }, lean: { main: 'a.lean', beside: { 'lean-toolchain': 'leanprover/lean4:v4.20.0\n' } }, verilog: { main: 'a.sv' }, smt: { main: 'a.smt2' }, why3: { main: 'a.mlw' },
};

async function findingsOf(toolchain: Toolchain, { files }: Snippet, { main, beside = {} }: (typeof LANGUAGES)[string]): Promise<string[]> {
  const { projects, outlines } = await outlined(toolchain, { ...files, ...beside });
  expect(projects.length, 'projects').toBeGreaterThan(0);
  const order = Object.keys(files);
  const found = [...new Map(outlines.flatMap((outline) => outline.assumptions).map((one) => [one.id, one])).values()];
  found.sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column);
  return found.map(({ kind, file, range: { start }, symbol, text }) => `${kind} ${file === main ? '' : `${file}:`}${start.line}:${start.column} ${symbol ?? '-'} | ${text}`);
}

const suites = readdirSync(folder).sort().map((name) => {
  const language = name.replace(/\.txt$/, '');
  return { language, snippets: readSnippets(readFileSync(join(folder, name), 'utf8'), LANGUAGES[language]!.main) };
});

for (const { language, snippets } of suites) {
  const toolchain = toolchains.find((one) => one.id === language)!;
  describe(`what is taken on trust in ${toolchain.name}`, () => {
    it.each(snippets)('$what', async (snippet) => { expect(await findingsOf(toolchain, snippet, LANGUAGES[language]!)).toEqual(snippet.findings); });
  });
}

it('the suite is large enough, and no snippet is there twice', () => {
  const all = suites.flatMap(({ language, snippets }) => snippets.map((one) => `${language}: ${one.what}`));
  expect(all.length).toBeGreaterThanOrEqual(80);
  expect(suites.length).toBeGreaterThanOrEqual(5);
  expect(new Set(all).size).toBe(all.length);
  for (const { language, snippets } of suites) expect(snippets.filter((one) => one.findings.length === 0).length, `snippets of ${language} that take nothing on trust`).toBeGreaterThanOrEqual(3);
});
