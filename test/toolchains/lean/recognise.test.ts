import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lean } from '../../../toolchains/lean/index.ts';
import { utf16Column } from '../../../toolchains/lean/messages.ts';
import { readModule } from '../../../toolchains/lean/source/declarations.ts';
import { createToolHost, memoryCache } from '../../../toolchains/executables.ts';
import { checkFolder, folderTree, temporaryFolder, toolsOf } from '../check-context.ts';

const disposals: (() => Promise<void>)[] = [];
afterEach(async () => { for (const dispose of disposals.splice(0)) await dispose(); });

async function tree(files: Record<string, string>) {
  const { root, dispose } = await temporaryFolder(files);
  disposals.push(dispose);
  return folderTree(root);
}

describe('Lean projects of a tree', () => {
  it('are packages with their modules, and loose files with what they import', async () => {
    const { projects, claimed } = await lean.recognise(await tree({
      'p/lakefile.toml': 'name = "p"\n[[lean_lib]]\nname = "P"\nsrcDir = "src"\n[[require]]\nname = "mathlib"\nscope = "leanprover-community"\n', 'p/lean-toolchain': 'leanprover/lean4:v4.31.0\n', 'p/src/P/A.lean': '',
      'p/lake-manifest.json': '{}', 'q/lakefile.lean': 'import Lake\nopen Lake DSL\npackage q where\n  srcDir := "code"\n  leanOptions := #[⟨`autoImplicit, false⟩]\nrequire mathlib from git "x"\n', 'q/code/Q.lean': '', 'q/lean-toolchain': 'someone/fork:v1\n',
      'loose/Top.lean': 'import Part.One', 'loose/Part/One.lean': '', 'alone.lean': '', 'README.md': '',
    }));
    expect(projects.map((one) => [one.id, (one.options.modules as readonly { module: string }[]).map((module) => module.module)])).toEqual([
      ['lean:q/lakefile.lean', ['Q']], ['lean:p/lakefile.toml', ['P.A']], ['lean:alone.lean', ['alone']], ['lean:loose/Part/One.lean', ['Part.One', 'Top']],
    ]);
    expect(projects.map((one) => one.executes.map((execution) => `${execution.file}: ${execution.what}`))).toEqual([
      ['q/code/Q.lean: Lean elaborates it, which can run any code in it', 'q/lakefile.lean: describes the package by a program, which Lake runs', 'q/lean-toolchain: names a toolchain of unknown origin: someone/fork:v1'],
      ['p/src/P/A.lean: Lean elaborates it, which can run any code in it'], ['alone.lean: Lean elaborates it, which can run any code in it'],
      ['loose/Part/One.lean: Lean elaborates it and 1 more, which can run any code in them'],
    ]);
    expect(projects[0]!.options).toMatchObject({ leanOptions: ['autoImplicit=false'], dependencies: ['mathlib'], pin: 'someone/fork:v1' });
    expect(projects[1]!.options).toMatchObject({ dependencies: ['mathlib'], pin: 'leanprover/lean4:v4.31.0' });
    expect(claimed).toContain('p/lake-manifest.json');
  });
  it('that cannot be read are malformed, and code is never run without trust', async () => {
    const { root, dispose } = await temporaryFolder({ 'lakefile.toml': 'name = ', 'A.lean': 'theorem t : True := trivial' });
    disposals.push(dispose);
    const checked = await checkFolder(lean, root, { tools: [] });
    expect(checked.results[0]!.verdict).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(/^lakefile.toml: is not TOML/) as string });
    expect(checked.outlines[0]!.units.every((unit) => unit.executesCode)).toBe(true);
  });
  it('are tool-missing with the remedy where there is no lean', async () => {
    const { root, dispose } = await temporaryFolder({ 'A.lean': 'theorem t : True := trivial' });
    disposals.push(dispose);
    const checked = await checkFolder(lean, root, { tools: [] });
    expect(checked.results.map((one) => one.verdict)).toEqual([{ kind: 'tool-missing', reason: 'no lean 4 on PATH', remedy: expect.stringMatching(/elan/) as string }]);
  });
  it('rest on what their declarations name, through imports too', async () => {
    const { root, dispose } = await temporaryFolder({
      'Base.lean': 'axiom ax : False\ntheorem open_ : 1 = 2 := sorry\ntheorem clean : True := trivial\n', 'Top.lean': 'import Base\ntheorem uses : 1 = 2 := open_\ntheorem free : True := clean\ntheorem deep : 1 = 2 := uses\n',
    });
    disposals.push(dispose);
    const { outlines } = await checkFolder(lean, root, { tools: [] });
    expect(outlines[0]!.obligations.map((one) => `${one.symbol} ${one.assumptions.map((id) => id.split(':')[2]).join()}`)).toEqual(['ax axiom', 'open_ sorry', 'clean ', 'uses sorry', 'free ', 'deep sorry']);
  });
});

describe('installations', () => {
  it('of recorded Lean 4.0 are found and unfit; elan stands for the toolchains that it has', async () => {
    const program = (version: string): string => `#!/bin/sh\necho '${version}'\n`;
    const { root, dispose } = await temporaryFolder({
      'old/lean': program('Lean (version 4.0.0, Release)'), 'home/.elan/bin/elan': program('elan 4.1.2'), 'home/.elan/bin/lean': program('never asked'),
      'home/.elan/toolchains/leanprover--lean4---v4.31.0/bin/lean': program('Lean (version 4.31.0, x86_64-unknown-linux-gnu, commit abc, Release)'),
      'home/.elan/toolchains/leanprover--lean4---v4.33.0-rc2/bin/lean': program('Lean (version 4.33.0-rc2, x86_64-unknown-linux-gnu, commit abc, Release)'),
    });
    disposals.push(dispose);
    const names = ['old/lean', 'home/.elan/bin/elan', 'home/.elan/bin/lean', 'home/.elan/toolchains/leanprover--lean4---v4.31.0/bin/lean', 'home/.elan/toolchains/leanprover--lean4---v4.33.0-rc2/bin/lean'];
    for (const name of names) await chmod(join(root, name), 0o755);
    const { tools, missing } = await lean.locate(createToolHost({ path: `${root}/old:${root}/home/.elan/bin`, hashCache: memoryCache() }));
    expect(tools.map((tool) => `${tool.version} ${tool.unfit ?? ''}`)).toEqual(['4.0.0 4.0.0 is older than 4.12', '4.33.0-rc2 ', '4.31.0 ']);
    expect(missing.map((one) => one.id)).toEqual(['leanchecker']);
  });
});

const kimina = join(import.meta.dirname, '../../../../shared/data/recorded/lean/kimina/tests/match');
describe('recorded answers of Lean to whole files', () => {
  it.skipIf(!existsSync(kimina))('point into declarations that the outline knows (needs ../shared/data)', () => {
    interface Answer { results: { response: { messages?: { severity: string; pos: { line: number; column: number }; data: string }[] } | null }[] }
    let warnings = 0;
    for (const name of readdirSync(join(kimina, 'input'))) {
      const text = readFileSync(join(kimina, 'input', name), 'utf8');
      const module = readModule(text);
      expect(module.declarations.filter((one) => one.kind === 'theorem' || one.kind === 'example' || one.kind === 'def').length, name).toBeGreaterThan(0);
      const answer = JSON.parse(readFileSync(join(kimina, 'output', name.replace(/lean$/, 'json')), 'utf8')) as Answer;
      const lines = text.split('\n');
      // That server takes the imports away and counts from the first line of the rest.
      const header = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('import '));
      for (const { severity, pos, data } of answer.results[0]?.response?.messages ?? []) {
        const start = lines.slice(0, header + pos.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + utf16Column(lines[header + pos.line - 1] ?? '', pos.column);
        const owner = module.declarations.find(({ command }) => module.tokens[command.from]!.start <= start && start <= module.tokens[command.to]!.end);
        const named = /^`?([\w.₀']+)`? has been deprecated/.exec(data)?.[1];
        if (severity !== 'warning' || named === undefined) continue;
        warnings++;
        expect(owner, `${name}: ${data}`).toBeDefined();
        expect(text.slice(start, start + 40), name).toContain(named.split('.').at(-1)!);
      }
    }
    expect(warnings).toBeGreaterThan(5);
  });
});

const installed = await toolsOf(lean);
const live = installed.find((tool) => tool.id === 'lean');
describe('the samples', () => {
  it.skipIf(!live)('give the verdicts that they must (needs lean)', async () => {
    const { results, obligations } = await checkFolder(lean, join(import.meta.dirname, '../../../samples/lean'), { tools: installed, trusted: true });
    const kinds = Object.fromEntries(results.map((one) => [obligations.find((obligation) => obligation.id === one.obligation)!.symbol, one.verdict.kind]));
    expect(kinds).toEqual({
      isPrime: 'proved', large_prime: 'proved', 'Stack.Stack': 'proved', 'Stack.push': 'proved', 'Stack.pop': 'proved', 'Stack.pop_push': 'proved', 'Stack.length_push': 'proved', 'example 1 of proved': 'proved',
      double: 'proved', note: 'proved', double_zero: 'proved', double_eq: 'unknown', double_comm: 'unknown',
    });
  }, 300_000);
});
