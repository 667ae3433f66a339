import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Project, Tool } from '../../../toolchains/contract.ts';
import type { LiveDocument } from '../../../toolchains/editor.ts';
import { editBetween } from '../../../toolchains/lean/editor/edit.ts';
import { createLeanEditor, LeanEditor } from '../../../toolchains/lean/editor/editor.ts';
import { folderTree, temporaryFolder } from '../check-context.ts';

const recording = join(import.meta.dirname, '../../../../shared/data/recorded/lean/lean4-2021-07/lsp_g.jsonl');
const project: Project = { id: 'lean:g.lean', toolchain: 'lean', root: '', name: 'g.lean', files: ['g.lean'], options: { modules: [{ file: 'g.lean', module: 'g' }], leanOptions: [], dependencies: [] }, executes: [] };

interface Message { id?: number; method?: string; params?: { textDocument?: { text?: string }; position?: { line: number } } }
interface Line { dir: string; msg: Message }

/** The recorded conversation without what the editor does not ask, and with the answers that it gets where it asks more. */
function conversationOf(lines: readonly Line[], change: (lines: readonly Line[]) => readonly Line[]): string {
  const ids = new Map<number, number>();
  return change(lines).map((line) => {
    const { id } = line.msg;
    if (id === undefined) return line;
    if (line.dir === 'client->server') ids.set(id, ids.size + 1);
    return { ...line, msg: { ...line.msg, id: ids.get(id)! } };
  }).map((line) => JSON.stringify(line)).join('\n');
}

async function editorThatPlays(conversation: string, more: Record<string, string> = {}): Promise<{ editor: LeanEditor; said: LiveDocument[]; until: (is: (live: LiveDocument) => boolean) => Promise<LiveDocument> }> {
  const { root, dispose } = await temporaryFolder({ 'conversation.jsonl': conversation, ...more });
  const path = join(root, 'server.mjs');
  await copyFile(join(import.meta.dirname, '../../fixtures/lean/server.mjs'), path);
  await chmod(path, 0o755);
  const lean: Tool = { id: 'lean', version: '4.0.0', path, sha256: '', fingerprint: '', embedded: false };
  const said: LiveDocument[] = [];
  const waiting = new Set<() => void>();
  // The recorded file lies in the root of the machine.
  const tree = { ...await folderTree(root), root: '/' };
  const editor = new LeanEditor({ tree, project, tools: [lean], trusted: true, memoryMb: 1024, limitSeconds: 10, workspace: root, onLive: (live) => { said.push(live); for (const look of waiting) look(); } }, lean);
  onTestFinished(async () => { await editor.dispose(); await dispose(); });
  return { editor, said, until: (is) => new Promise((resolve) => { const look = (): void => { const found = said.findLast(is); if (found) { waiting.delete(look); resolve(found); } }; waiting.add(look); look(); }) };
}

describe('the editor of Lean’s server', () => {
  it.skipIf(!existsSync(recording))('speaks as in the recorded conversation: states, goals, hover (needs ../shared/data)', async () => {
    const lines = readFileSync(recording, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
    const text = lines.find(({ msg }) => msg.method === 'textDocument/didOpen')!.msg.params!.textDocument!.text!;
    const conversation = conversationOf(lines, (all) => all.flatMap((line): Line[] => {
      // Where no tactic state is, the editor asks for the expected type at the same place.
      if (line.msg.method === '$/lean/plainGoal' && line.msg.params?.position?.line === 8) return [{ ...line, msg: { ...line.msg, params: { ...line.msg.params, position: { line: 10, character: 30 } } as never } }];
      // The edit in its shortest form.
      if (line.msg.method === 'textDocument/didChange') {
        const { textDocument, contentChanges: [{ range }] } = line.msg.params as unknown as { textDocument: object; contentChanges: [{ range: { start: { line: number; character: number }; end: object } }] };
        return [{ ...line, msg: { ...line.msg, params: { textDocument, contentChanges: [{ range: { ...range, start: { ...range.start, character: range.start.character + 1 } }, text: 'p' }] } as never } }];
      }
      return [line];
    }));
    const { editor, said, until } = await editorThatPlays(conversation);
    editor.open({ file: 'g.lean', version: 1, text });
    const first = await until((live) => live.phase === 'settled');
    expect(first.diagnostics.map((one) => one.message)).toEqual(["expected '?', '_', '{' or tactic"]);
    expect(new Set(said.map((live) => live.phase))).toEqual(new Set(['starting', 'checking', 'settled']));
    expect(first.symbols.map((symbol) => symbol.status)).toContain('holds');
    expect(first.symbols[0]).toMatchObject({ name: 'foo', status: 'holds', nameRange: { start: { line: 1, column: 9 } } });
    const at = (line: number, column: number) => ({ file: 'g.lean', version: 1, at: { line, column } });
    expect(await editor.goals(at(2, 3))).toMatchObject({ goals: ['p q : Prop\nhp : p\nhq : q\n⊢ p ∧ q'] });
    expect((await editor.goals(at(3, 3)))?.goals).toHaveLength(2);
    expect((await editor.hover(at(3, 3)))?.markdown).toMatch(/closes the main goal/);
    expect((await editor.goals(at(5, 1)))?.goals).toEqual([]);
    expect(await editor.goals(at(11, 31))).toEqual({ goals: [], markdown: '', expected: 'x : Nat\n⊢ x = x' });
    // The same edit as recorded, given as a whole text.
    const line = text.split('\n')[3]!;
    const after = text.split('\n').map((one, index) => (index === 3 ? `${line.slice(0, 8)}hp${line.slice(10)}` : one)).join('\n');
    editor.change({ file: 'g.lean', version: 7, text: after });
    expect(await editor.goals(at(2, 3))).toBeUndefined();
    const second = await until((live) => live.version === 7 && live.phase === 'settled');
    expect(second.diagnostics.map((one) => one.message.split('\n')[0])).toEqual(['type mismatch', "expected '?', '_', '{' or tactic"]);
    expect(second.symbols[0]).toMatchObject({ name: 'foo', status: 'fails' });
  });
  it('says that its server is gone, and why', async () => {
    const { editor, until } = await editorThatPlays('', { die: '' });
    editor.open({ file: 'g.lean', version: 1, text: 'x' });
    expect((await until((live) => live.phase === 'gone')).problem).toMatch(/ended with code 9/);
  });
  it('runs no code of a repository without trust, or without a sandbox', async () => {
    const { root, dispose } = await temporaryFolder({ 'ran.sh': '#!/bin/sh\ntouch "$0.sprung"\n' });
    onTestFinished(dispose);
    await writeFile(join(root, 'g.lean'), '');
    const request = { tree: await folderTree(root), project, tools: [{ id: 'lean', version: '4.0.0', path: join(root, 'ran.sh'), sha256: '', fingerprint: '', embedded: false }], memoryMb: 100, limitSeconds: 1, workspace: root, onLive: () => undefined };
    expect(await createLeanEditor({ ...request, trusted: false, sandbox: { readOnly: [], writable: [] } })).toMatch(/need your trust/);
    expect(await createLeanEditor({ ...request, trusted: true })).toMatch(/no sandbox/);
    expect(existsSync(join(root, 'ran.sh.sprung'))).toBe(false);
  });
});

it('gives the one change between two texts, never through a character', () => {
  const changed = (before: string, after: string): string => {
    const { range, text } = editBetween(before, after);
    const lines = before.split('\n');
    const offset = ({ line, column }: { line: number; column: number }): number => lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    const [from, to] = [offset(range.start), offset(range.end)];
    expect(before.slice(0, from) + text + before.slice(to)).toBe(after);
    return text;
  };
  expect(changed('a\nb\nc', 'a\nB\nc')).toBe('B');
  expect(changed('aaa', 'aaaa')).toBe('a');
  expect(changed('', 'x')).toBe('x');
  expect(changed('x', '')).toBe('');
  expect(changed('x𝔸y', 'x𝔹y')).toBe('𝔹');
  expect(changed('a\r\nb', 'a\nb')).toBe('\n');
});
