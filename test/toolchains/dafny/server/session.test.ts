import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Tool } from '../../../../toolchains/contract.ts';
import type { ServerOptions } from '../../../../toolchains/dafny/server/process.ts';
import { DocumentReader } from '../../../../toolchains/dafny/server/reader.ts';
import { DafnySession, REPLACE_AFTER, type CheckAnswer } from '../../../../toolchains/dafny/server/session.ts';
import { hasDafny, SLOW_MS, tools } from '../tools.ts';

const LIAR = join(import.meta.dirname, '../../../fixtures/programs/lying-dafny-server.mjs');
const RECORDING = join(import.meta.dirname, '../../../../../shared/data/recorded/dafny-4.11/server-session.jsonl');
const sessions: DafnySession[] = [];
afterEach(async () => { await Promise.all(sessions.splice(0).map((session) => session.dispose())); });

const tool = (id: string, path: string): Tool => ({ id, version: '4.11.0', path, sha256: '', fingerprint: '', embedded: false });
function liar(): DafnySession {
  const session = new DafnySession({ dafny: tool('dafny', LIAR), solver: tool('z3', '/nonexistent/z3'), limitSeconds: 5, memoryMb: 1024 });
  sessions.push(session);
  return session;
}
function live(more: Partial<ServerOptions> = {}): DafnySession {
  const session = new DafnySession({ dafny: tools.find((one) => one.id === 'dafny')!, solver: tools.find((one) => one.id === 'z3')!, limitSeconds: 20, memoryMb: 3000, ...more });
  sessions.push(session);
  return session;
}
const words = ({ end, symbols }: CheckAnswer): readonly string[] => [end, ...symbols.map((one) => `${one.name} ${one.state}${one.limit ? ` (${one.limit})` : ''}`)];
/** Sixteen pigeons in fifteen holes: what a solver without counting needs minutes for, and what it does not give up, as it does arithmetic. */
const PIGEONS = ((): string => {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  const sits = (pigeon: number, hole: number): string => `p${pigeon}_${hole}`;
  const names = numbers(16).flatMap((pigeon) => numbers(15).map((hole) => `${sits(pigeon, hole)}: bool`));
  const somewhere = numbers(16).map((pigeon) => `requires ${numbers(15).map((hole) => sits(pigeon, hole)).join(' || ')}`);
  const alone = numbers(15).flatMap((hole) => numbers(16).flatMap((one) => numbers(one).map((other) => `requires !${sits(one, hole)} || !${sits(other, hole)}`)));
  return `lemma Pigeons(${names.join(', ')})\n${[...somewhere, ...alone].join('\n')}\nensures false { }\n`;
})();
const TEXT = 'lemma Good() ensures true {}\nlemma Bad() ensures false {}\n';

describe('a server that lies', () => {
  const told = async (lie: string, wallSeconds = 5): Promise<CheckAnswer> => liar().check({ text: `// lie: ${lie}\n${TEXT}`, wallSeconds });

  it('is believed where it is honest', async () => {
    const answer = await liar().check({ text: TEXT, wallSeconds: 5 });
    expect(words(answer)).toEqual(['finished', 'Good correct', 'Bad error']);
    expect(answer.diagnostics).toMatchObject([{ severity: 'error', range: { start: { line: 2, column: 7 } } }]);
    const said = answer.traffic.toString('utf8').trim().split('\n').map((line) => (JSON.parse(line) as { from: string; method: string }));
    expect(said[0]).toMatchObject({ from: 'client', method: 'textDocument/didOpen' });
    expect(said.at(-1)).toMatchObject({ from: 'client', method: 'textDocument/didClose' });
  });
  it.each(['one-unfinished', 'silent'])('%s: not finished, and no symbol has an answer', async (lie) => {
    expect(words(await told(lie, 0.5))).toEqual(['wall']);
  });
  it.each(['not-in-the-text', 'another-word', 'unknown-status', 'dies', 'half-a-message', 'garbage'])('%s: it died', async (lie) => {
    const answer = await told(lie);
    expect(words(answer)).toEqual(['died']);
    expect(answer.reason).not.toBe('');
  });
  it('floods: it is ended', { timeout: 240_000 }, async () => {
    const answer = await told('floods', 200);
    expect(answer).toMatchObject({ end: 'died', symbols: [], reason: 'it would not stop talking' });
  });
  it.each(['before-resolution', 'empty-first'])('%s: only what comes after counts', async (lie) => {
    expect(words(await told(lie))).toEqual(['finished', 'Good correct', 'Bad error']);
  });
  it.each(['names-nothing', 'other-version'])('%s: finished, without any symbol', async (lie) => { expect(words(await told(lie))).toEqual(['finished']); });
  it('late words about another text are not heard, and a deaf server is replaced', { timeout: 30_000 }, async () => {
    const session = liar();
    const pid = async (): Promise<string> => (await session.check({ text: '// pid\nlemma Good() {}\n', wallSeconds: 5 })).diagnostics[0]!.message;
    const first = await pid();
    expect(words(await session.check({ text: `// lie: silent\n${TEXT}`, wallSeconds: 0.2 }))).toEqual(['wall']);
    expect(words(await session.check({ text: 'lemma Bad() ensures false {}\n', wallSeconds: 5 }))).toEqual(['finished', 'Bad error']);
    expect(await pid()).toBe(first);
    expect(words(await session.check({ text: `// lie: deaf\n${TEXT}`, wallSeconds: 0.2 }))).toEqual(['wall']);
    expect(await pid()).not.toBe(first);
  });
  it('is replaced after many texts', { timeout: 60_000 }, async () => {
    const session = liar();
    const pids = new Set((await Promise.all(Array.from({ length: REPLACE_AFTER + 1 }, () => session.check({ text: '// pid\nlemma Good() {}\n', wallSeconds: 20 })))).map((one) => one.diagnostics[0]!.message));
    expect(pids.size).toBe(2);
  });
  it('cancelling answers at once, running or waiting; the next check is answered', async () => {
    const session = liar();
    await session.warm();
    const [first, second] = [new AbortController(), new AbortController()];
    const running = session.check({ text: `// lie: silent\n${TEXT}`, wallSeconds: 20, signal: first.signal });
    const waiting = session.check({ text: TEXT, wallSeconds: 20, signal: second.signal });
    const next = session.check({ text: TEXT, wallSeconds: 20 });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const since = performance.now();
    second.abort();
    expect(words(await waiting)).toEqual(['cancelled']);
    first.abort();
    expect(words(await running)).toEqual(['cancelled']);
    expect(performance.now() - since).toBeLessThan(100);
    expect(words(await next)).toEqual(['finished', 'Good correct', 'Bad error']);
  });
  it('says why it could not be started, and refuses what it must not read', async () => {
    const session = new DafnySession({ dafny: tool('dafny', '/nonexistent/dafny'), solver: tool('z3', '/nonexistent/z3'), limitSeconds: 5, memoryMb: 100 });
    expect(await session.check({ text: TEXT, wallSeconds: 5 })).toMatchObject({ end: 'not-started', symbols: [] });
    expect(await liar().check({ text: `/* */ include "/etc/passwd"\n${TEXT}`, wallSeconds: 5 })).toMatchObject({ end: 'refused', symbols: [] });
  });
});

describe.skipIf(!existsSync(RECORDING))('the recorded session (needs ../shared/data)', () => {
  it('is read version by version', () => {
    const entries = readFileSync(RECORDING, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { from: string; message: { method?: string; params?: unknown } }));
    const text = (entries.find((one) => one.message.method === 'textDocument/didOpen')!.message.params as { textDocument: { text: string } }).textDocument.text;
    const lines = text.split('\n');
    lines[24] = `  while i < n invariant 0 <= i <= n && s == i * (i + 1) / 2${lines[24]!.slice(13)}`;
    const told = [text, lines.join('\n'), 'method M( {'].map((one, at) => {
      const reader = new DocumentReader('file:///work%2Dfolder/mixed.dfy', at + 1, one);
      const ends: string[] = [];
      for (const { from, message } of entries) if (from === 'server' && message.method && reader.hear(message.method, message.params) && reader.end) ends.push(`${reader.end.kind} ${(reader.symbols ?? []).map((symbol) => `${symbol.name} ${symbol.state}`).join(', ')}`);
      return ends;
    });
    expect(told).toEqual([
      ['finished Sorted correct, Search correct, Sum error, Trusted correct, Assumed correct, Skipped correct, Foreign correct, F error'],
      ['finished Sorted correct, Search correct, Sum correct, Trusted correct, Assumed correct, Skipped correct, Foreign correct, F error'],
      ['refused '],
    ]);
  });
});

describe.skipIf(!hasDafny)('dafny server (needs dafny, z3)', { timeout: SLOW_MS }, () => {
  it('tells of each symbol, of errors by place, of limits, and of texts that do not resolve', async () => {
    // What has an answer gets the time for it on a loaded machine; what has none gets little.
    const session = live({ limitSeconds: 30, boogie: ['/subsumption:0'], contradictions: true });
    const wallSeconds = 60;
    const plain = await session.check({ text: 'method Bad(x: int) ensures x > 0 { assert x > 1; }\nlemma Good(x: int) requires x > 3 ensures x > 2 { }\nclass C { constructor () ensures false { } }\n', wallSeconds });
    expect(words(plain)).toEqual(['finished', 'Bad error', 'Good correct', 'constructor error']);
    expect(plain.diagnostics.filter((one) => one.severity === 'error').map(({ message, range, notes }) => `${range!.start.line}:${range!.start.column} ${message}${(notes ?? []).map((note) => ` (${note.file ?? ''}${note.range!.start.line}:${note.range!.start.column})`).join('')}`).sort()).toEqual([
      '1:34 a postcondition could not be proved on this return path (1:30)', '1:36 assertion might not hold', '3:40 a postcondition could not be proved on this return path (3:34)',
    ]);
    const contradictory = await session.check({ text: 'method M(x: int) requires x > 0 requires x < 0 ensures 1 == 2 { }\n', wallSeconds });
    expect(words(contradictory)).toEqual(['finished', 'M correct']);
    expect(contradictory.diagnostics.map((one) => one.message)).toContain('ensures clause proved using contradictory assumptions');
    expect(words(await live({ limitSeconds: 2 }).check({ text: PIGEONS, wallSeconds }))).toEqual(['finished', 'Pigeons error (time)']);
    expect(words(await live({ resource: 100_000 }).check({ text: PIGEONS, wallSeconds }))).toEqual(['finished', 'Pigeons error (resource)']);
    expect(await session.check({ text: 'method M( {', wallSeconds })).toMatchObject({ end: 'refused', reason: 'closeparen expected', symbols: [] });
    expect(await session.check({ text: 'method M() { var b: bool := 3; }', wallSeconds })).toMatchObject({ end: 'refused', symbols: [] });
    expect(words(await session.check({ text: '// nothing\n', wallSeconds }))).toEqual(['finished']);
    expect((await session.check({ text: 'method M(x: int) {\n' + Array.from({ length: 9 }, (_, at) => `  if x == ${at} { assert false; }\n`).join('') + '}\n', wallSeconds })).diagnostics.filter((one) => one.severity === 'error').length).toBe(9);
  });
  it('a cancelled check leaves no solver at work', async () => {
    const session = live({ limitSeconds: 60 });
    await session.warm();
    const controller = new AbortController();
    const running = session.check({ text: PIGEONS, wallSeconds: 60, signal: controller.signal });
    await new Promise((resolve) => { setTimeout(resolve, 3000); });
    const since = performance.now();
    controller.abort();
    expect((await running).end).toBe('cancelled');
    expect(performance.now() - since).toBeLessThan(100);
    expect(words(await session.check({ text: 'lemma Good() ensures 1 + 1 == 2 {}\n', wallSeconds: 30 }))).toEqual(['finished', 'Good correct']);
  });
});
