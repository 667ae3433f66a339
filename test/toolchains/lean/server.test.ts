import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { FrameReader, frame } from '../../../toolchains/language-server/framing.ts';
import { ServerError } from '../../../toolchains/language-server/peer.ts';
import { LeanServer, type FileState } from '../../../toolchains/lean/server/client.ts';
import { temporaryFolder } from '../check-context.ts';

const recording = join(import.meta.dirname, '../../../../shared/data/recorded/lean/lean4-2021-07/lsp_g.jsonl');
const disposals: (() => Promise<void>)[] = [];
afterEach(async () => { for (const dispose of disposals.splice(0)) await dispose(); });

async function serverThatPlays(conversation: string, more: Record<string, string> = {}): Promise<Tool & { readonly folder: string }> {
  const { root, dispose } = await temporaryFolder({ 'conversation.jsonl': conversation, ...more });
  disposals.push(dispose);
  const path = join(root, 'server.mjs');
  await copyFile(join(import.meta.dirname, '../../fixtures/lean/server.mjs'), path);
  await chmod(path, 0o755);
  return { id: 'lean', version: '4.0.0', path, sha256: '', fingerprint: '', embedded: false, folder: root };
}

async function started(tool: Tool & { readonly folder: string }, onChange: (state: FileState) => void = () => undefined): Promise<LeanServer> {
  const server = await LeanServer.start({ tool, cwd: tool.folder, memoryMb: 1024 }, onChange);
  if (typeof server === 'string') throw new Error(server);
  disposals.unshift(() => server.dispose());
  return server;
}

const line = (dir: string, msg: unknown): string => JSON.stringify({ dir, msg });
const HELLO = [
  line('client->server', { jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } }, initializationOptions: { editDelay: 0, hasWidgets: true } } }),
  line('server->client', { jsonrpc: '2.0', id: 1, result: {} }), line('client->server', { jsonrpc: '2.0', method: 'initialized', params: {} }),
];
const OPEN = line('client->server', { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///a.lean', languageId: 'lean4', version: 1, text: 'x' } } });

describe('the language server for one open file', () => {
  it.skipIf(!existsSync(recording))('is spoken to as in the recorded conversation (needs ../shared/data)', async () => {
    const conversation = readFileSync(recording, 'utf8');
    const text = (JSON.parse(conversation.split('\n').find((one) => one.includes('didOpen'))!) as { msg: { params: { textDocument: { text: string } } } }).msg.params.textDocument.text;
    const states: FileState[] = [];
    const server = await started(await serverThatPlays(conversation), (state) => { states.push(state); });
    server.open('file:///g.lean', text);
    expect(await server.settled()).toBe(true);
    expect(server.state.diagnostics).toEqual([{ severity: 'error', message: "expected '?', '_', '{' or tactic", range: { start: { line: 9, column: 18 }, end: { line: 9, column: 18 } } }]);
    expect(server.state.processing).toEqual([]);
    expect(states.some((state) => state.processing?.[0]?.start.line === 6)).toBe(true);
    expect(await server.goalAt({ line: 2, column: 3 })).toEqual({ goals: ['p q : Prop\nhp : p\nhq : q\n⊢ p ∧ q'], rendered: '```lean\np q : Prop\nhp : p\nhq : q\n⊢ p ∧ q\n```' });
    expect((await server.goalAt({ line: 3, column: 3 }))?.goals.length).toBe(2);
    expect(await server.hover({ line: 3, column: 3 })).toMatch(/closes the main goal/);
    expect(await server.goalAt({ line: 5, column: 1 })).toEqual({ goals: [], rendered: 'no goals' });
    expect(await server.goalAt({ line: 9, column: 18 })).toBeUndefined();
    expect(await server.termGoalAt({ line: 11, column: 31 })).toEqual({ goal: 'x : Nat\n⊢ x = x', range: { start: { line: 11, column: 30 }, end: { line: 11, column: 36 } } });
    server.change([{ range: { start: { line: 4, column: 9 }, end: { line: 4, column: 11 } }, text: 'hp' }]);
    expect(server.state).toEqual({ version: 2, diagnostics: [], processing: undefined });
    expect(await server.settled()).toBe(true);
    expect(server.state.diagnostics.map((one) => one.message.split('\n')[0])).toEqual(['type mismatch', "expected '?', '_', '{' or tactic"]);
    await server.dispose();
    expect(server.ended).toBe('the program ended with code 0');
  });
  it('drops what is said of another version or another file', async () => {
    const about = (version: number, uri = 'file:///a.lean'): string => line('server->client', { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics: [{ severity: 1, message: `of ${version} ${uri}`, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } }] } });
    const ask = line('client->server', { jsonrpc: '2.0', id: 2, method: 'textDocument/waitForDiagnostics', params: { uri: 'file:///a.lean', version: 1 } });
    const server = await started(await serverThatPlays([...HELLO, OPEN, ask, about(1), about(2), about(0), about(1, 'file:///b.lean'), line('server->client', { jsonrpc: '2.0', id: 2, result: {} })].join('\n')));
    server.open('file:///a.lean', 'x');
    await server.settled();
    expect(server.state.diagnostics.map((one) => one.message)).toEqual(['of 1 file:///a.lean']);
    server.change([{ range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }, text: 'y' }]);
    expect(server.state.diagnostics).toEqual([]);
  });
  it('ends what waits when the server dies or breaks its protocol', async () => {
    const ask = line('client->server', { jsonrpc: '2.0', id: 2, method: '$/lean/plainGoal', params: { textDocument: { uri: 'file:///a.lean' }, position: { line: 0, character: 0 } } });
    const dying = await started(await serverThatPlays([...HELLO, OPEN, ask].join('\n'), { die: '' }));
    dying.open('file:///a.lean', 'x');
    await expect(dying.goalAt({ line: 1, column: 1 })).rejects.toThrow(ServerError);
    expect(dying.ended).toBe('the program ended with code 9');
    const lying = await started(await serverThatPlays([...HELLO, OPEN, ask, JSON.stringify({ dir: 'server->client', raw: 'Content-Length: 5\r\n\r\n{"a":' })].join('\n')));
    lying.open('file:///a.lean', 'x');
    await expect(lying.goalAt({ line: 1, column: 1 })).rejects.toThrow('it broke its protocol: a message that is no JSON');
  });
  it('says why it could not be started', async () => {
    const tool = await serverThatPlays('');
    expect(await LeanServer.start({ tool: { ...tool, path: join(tool.folder, 'nothing') }, cwd: tool.folder, memoryMb: 100 }, () => undefined)).toMatch(/nothing/);
    await writeFile(join(tool.folder, 'die'), '');
    expect(await LeanServer.start({ tool, cwd: tool.folder, memoryMb: 100 }, () => undefined)).toMatch(/ended with code 9/);
  });
});

describe('framing', () => {
  it('gives the same messages however the bytes are cut', () => {
    const messages = [{ jsonrpc: '2.0' as const, id: 1, result: 'ℝ𝔸' }, { jsonrpc: '2.0' as const, method: 'x' }];
    const bytes = Buffer.concat(messages.map(frame));
    for (let size = 1; size < bytes.length; size++) {
      const reader = new FrameReader();
      const found: unknown[] = [];
      for (let at = 0; at < bytes.length; at += size) found.push(...reader.push(bytes.subarray(at, at + size)));
      expect(found).toEqual(messages);
    }
  });
});
