import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { createDafnyEditor } from '../../../toolchains/dafny/editor/editor.ts';
import { recogniseDafny } from '../../../toolchains/dafny/recognise.ts';
import type { Editor, LiveDocument } from '../../../toolchains/editor.ts';
import { folderTree, temporaryFolder } from '../check-context.ts';
import { hasDafny, SLOW_MS, tools } from './tools.ts';

const LIAR = join(import.meta.dirname, '../../fixtures/programs/lying-dafny-server.mjs');
const tool = (id: string, path: string): Tool => ({ id, version: '4.11.0', path, sha256: '', fingerprint: '', embedded: false });
const LIARS = [tool('dafny', LIAR), tool('z3', '/nonexistent/z3')];

interface Opened { readonly editor: Editor; readonly said: LiveDocument[]; readonly workspace: string; until(is: (live: LiveDocument) => boolean): Promise<LiveDocument> }

async function opened(files: Readonly<Record<string, string>>, found: readonly Tool[] = LIARS): Promise<Opened> {
  const { root, dispose } = await temporaryFolder(files);
  const workspace = await mkdtemp(join(tmpdir(), 'assay-editor-'));
  const tree = await folderTree(root);
  const [project] = (await recogniseDafny(tree)).projects;
  const said: LiveDocument[] = [];
  const waiting = new Set<() => void>();
  const editor = await createDafnyEditor({
    tree, project: project!, tools: found, trusted: false, memoryMb: 3000, limitSeconds: 10, workspace, onLive: (live) => { said.push(live); for (const look of waiting) look(); },
  });
  if (typeof editor === 'string') throw new Error(editor);
  onTestFinished(async () => { await editor.dispose(); await dispose(); await rm(workspace, { recursive: true, force: true }); });
  return {
    editor, said, workspace,
    until: (is) => new Promise((resolve) => {
      const look = (): void => { const found = said.findLast(is); if (found) { waiting.delete(look); resolve(found); } };
      waiting.add(look);
      look();
    }),
  };
}
const words = (live: LiveDocument): readonly string[] => [live.phase, ...live.symbols.map((symbol) => `${symbol.name} ${symbol.status}`)];
const TEXT = 'lemma Good() ensures true {}\nlemma Bad() ensures false {}\n';
const settled = (version: number) => (live: LiveDocument): boolean => live.version === version && !['starting', 'reading', 'checking'].includes(live.phase);

describe('the editor of a server that lies', () => {
  it('tells of each symbol as it is found, and forgets all with the next key', async () => {
    const { editor, said, until } = await opened({ 'a.dfy': TEXT });
    editor.open({ file: 'a.dfy', version: 1, text: TEXT });
    const first = await until(settled(1));
    expect(words(first)).toEqual(['settled', 'Good holds', 'Bad fails']);
    expect(first.diagnostics).toMatchObject([{ severity: 'error', range: { start: { line: 2, column: 7 } } }]);
    expect(await editor.hover({ file: 'a.dfy', version: 1, at: { line: 1, column: 8 } })).toEqual({ markdown: 'of 3 lines' });
    expect(await editor.counterexamples({ file: 'a.dfy', version: 1 })).toBeUndefined();
    const at = said.length;
    editor.change({ file: 'a.dfy', version: 2, text: `// more\n${TEXT}` });
    expect(said.slice(at).map(words)).toEqual([['reading']]);
    expect(await editor.hover({ file: 'a.dfy', version: 1, at: { line: 1, column: 8 } })).toBeUndefined();
    expect(await editor.hover({ file: 'a.dfy', version: 2, at: { line: 1, column: 8 } })).toBeUndefined();
    expect(words(await until(settled(2)))).toEqual(['settled', 'Good holds', 'Bad fails']);
    // The server spoke of the first text once more in the midst of the second (see the program): nobody heard it.
    expect(said.slice(at).every((live) => live.version === 2)).toBe(true);
    expect((await editor.outline({ file: 'a.dfy', version: 2 }))?.map((entry) => [entry.name, entry.range.start.line])).toEqual([['Good', 2], ['Bad', 3]]);
  });
  it.each([
    ['other-version', ['settled']], ['before-resolution', ['settled', 'Good holds', 'Bad fails']], ['not-in-the-text', ['refused']], ['another-word', ['refused']], ['unknown-status', ['refused']],
    ['empty-first', ['settled', 'Good holds', 'Bad fails']], ['leaves-out-the-bad', ['settled', 'Good holds']],
  ])('%s', async (lie, expected) => {
    const { editor, said, until } = await opened({ 'a.dfy': '' });
    editor.open({ file: 'a.dfy', version: 1, text: `// lie: ${lie}\n${TEXT}` });
    expect(words(await until(settled(1)))).toEqual(expected);
    expect(said.flatMap((live) => live.symbols).filter((symbol) => symbol.name === 'Bad' && symbol.status === 'holds')).toEqual([]);
  });
  it.each(['dies', 'half-a-message', 'garbage'])('%s: it is gone with a reason, and there again with the next text', async (lie) => {
    const { editor, until } = await opened({ 'a.dfy': '' });
    editor.open({ file: 'a.dfy', version: 1, text: `// lie: ${lie}\n${TEXT}` });
    const gone = await until((live) => live.phase === 'gone');
    expect([gone.problem, gone.symbols]).toEqual([expect.stringMatching(/^Dafny’s server: /), []]);
    editor.change({ file: 'a.dfy', version: 2, text: TEXT });
    expect(words(await until(settled(2)))).toEqual(['settled', 'Good holds', 'Bad fails']);
  });
  it('says nothing more of a text that was closed, and leaves no process and no copy', async () => {
    const { editor, said, until, workspace } = await opened({ 'a.dfy': 'include "b.dfy"\n', 'b.dfy': TEXT });
    const text = `// pid\ninclude "b.dfy"\n${TEXT}`;
    editor.open({ file: 'a.dfy', version: 1, text });
    const live = await until((one) => one.diagnostics.length > 0 && one.phase === 'settled');
    const pid = Number(/pid (\d+)/.exec(live.diagnostics[0]!.message)![1]);
    expect(await readdir(workspace)).toHaveLength(1);
    const at = said.length;
    editor.close('a.dfy');
    editor.change({ file: 'a.dfy', version: 2, text });
    await editor.dispose();
    expect(said.slice(at)).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow();
  });
  it('has no editor where a tool is missing, and says which', async () => {
    const request = { tree: await folderTree(tmpdirEmpty), project: { id: 'dafny:a.dfy', toolchain: 'dafny', root: '', name: 'a', files: ['a.dfy'], options: {}, executes: [] }, trusted: false, memoryMb: 100, limitSeconds: 1, workspace: '/nonexistent', onLive: () => undefined };
    expect(await createDafnyEditor({ ...request, tools: [] })).toBe('no dafny 4 on PATH');
    expect(await createDafnyEditor({ ...request, tools: [LIARS[0]!] })).toBe('Dafny has no solver: no z3 on PATH');
  });
});
const tmpdirEmpty = await mkdtemp(join(tmpdir(), 'assay-empty-'));

describe.skipIf(!hasDafny)('the editor of the real server (needs dafny, z3)', () => {
  it('follows a text, obeys no dfyconfig.toml, and answers questions about it', { timeout: SLOW_MS }, async () => {
    const { root, dispose } = await temporaryFolder({});
    onTestFinished(dispose);
    const trap = join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch ${root}/sprung\n`, { mode: 0o755 });
    const helper = 'lemma Helper(x: int)\n  ensures x * x >= 0\n{ }\n';
    const text = 'include "helper.dfy"\nmethod Double(x: int) returns (y: int)\n  ensures y > x\n{\n  Helper(x);\n  y := 2 * x;\n}\n';
    const { editor, until } = await opened({ 'main.dfy': text, 'helper.dfy': helper, 'dfyconfig.toml': `includes = ["**/*.dfy"]\n[options]\nsolver-path = "${trap}"\n` }, tools);
    editor.open({ file: 'main.dfy', version: 3, text });
    const failing = await until(settled(3));
    expect(words(failing)).toEqual(['settled', 'Double fails']);
    expect(failing.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([{ range: { start: { line: 4 } }, notes: [{ range: { start: { line: 3 } } }] }]);
    // It tells of lines after the symbols.
    await until((live) => live.version === 3 && live.assertions.some(({ range, status }) => status === 'fails' && range.start.line === 4));
    const on = { file: 'main.dfy', version: 3, at: { line: 5, column: 4 } };
    expect((await editor.hover(on))?.markdown).toContain('lemma Helper(x: int)');
    expect(await editor.definition(on)).toMatchObject([{ file: 'helper.dfy', range: { start: { line: 1, column: 7 } } }]);
    expect((await editor.outline(on))?.map((entry) => entry.name)).toEqual(['Double']);
    const states = await editor.counterexamples(on);
    expect(states?.length).toBeGreaterThan(0);
    expect(states!.map((state) => state.text).join(' ')).toMatch(/\bx\b/);
    editor.change({ file: 'main.dfy', version: 8, text: text.replace('2 * x', 'x + 1') });
    expect(words(await until(settled(8)))).toEqual(['settled', 'Double holds']);
    editor.change({ file: 'main.dfy', version: 9, text: text.replace('y > x', 'y > ') });
    expect(words(await until(settled(9)))).toEqual(['refused']);
    expect(existsSync(join(root, 'sprung'))).toBe(false);
  });
});
