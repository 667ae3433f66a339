/** Live answers behind the bridge: a server that lies and dies in the place of Dafny's, driven by the real client. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { BridgeEvent, LiveView } from '../../app/contract.ts';
import { Host } from '../../app/host/host.ts';
import type { Bridge } from '../../renderer/bridge/client.ts';
import type { Tool } from '../../toolchains/contract.ts';
import { dafny } from '../../toolchains/dafny/index.ts';
import { lean } from '../../toolchains/lean/index.ts';
import { valueOf, windowOn } from './window.ts';

const LIAR = join(import.meta.dirname, '../fixtures/programs/lying-dafny-server.mjs');
const tool = (id: string, path: string): Tool => ({ id, version: '4.11.0', path, sha256: id, fingerprint: id, embedded: false });
const TEXT = 'lemma Good() ensures true {}\nlemma Bad() ensures false {}\n';

async function host(files: Readonly<Record<string, string>>): Promise<{ host: Host; bridge: Bridge; events: BridgeEvent[]; id: string; path: string }> {
  const [home, path] = [await mkdtemp(join(tmpdir(), 'assay-host-')), await mkdtemp(join(tmpdir(), 'assay-repository-'))];
  for (const [name, text] of Object.entries(files)) { mkdirSync(join(path, name, '..'), { recursive: true }); writeFileSync(join(path, name), text); }
  const located = (tools: readonly Tool[]) => async () => ({ tools, missing: [] });
  const made = await Host.create({
    home, surroundings: { transport: 'web', versions: {}, canChooseFiles: false },
    toolchains: [{ ...dafny, locate: located([tool('dafny', LIAR), tool('z3', '/nonexistent/z3')]) }, { ...lean, locate: located([tool('lean', '/nonexistent/lean')]) }],
  });
  onTestFinished(async () => { await made.dispose(); await rm(home, { recursive: true, force: true }); await rm(path, { recursive: true, force: true }); });
  const window = windowOn(made);
  const { repository: id } = await valueOf(window.bridge.request('repository.open', { source: { kind: 'path', path } }));
  return { host: made, ...window, id, path };
}

const statesOf = (events: readonly BridgeEvent[], token: string): LiveView[] => events.flatMap((event) => (event.type === 'live' && event.token === token ? [event.live] : []));
function until(window: { readonly bridge: Bridge; readonly events: readonly BridgeEvent[] }, token: string, is: (live: LiveView) => boolean): Promise<LiveView> {
  return new Promise((resolve) => {
    const look = (): void => { const found = statesOf(window.events, token).findLast(is); if (found) { stop(); resolve(found); } };
    const stop = window.bridge.onBatch(look);
    look();
  });
}
async function openLive(bridge: Bridge, id: string, text: string, version = 1): Promise<string> {
  const answer = await valueOf(bridge.request('live.open', { repository: id, file: 'a.dfy', version, text }));
  if (answer.kind !== 'open') throw new Error(answer.why ?? 'no live answers');
  return answer.token;
}
const words = (live: LiveView): readonly string[] => [`${live.version} ${live.phase}`, ...live.symbols.map((symbol) => `${symbol.name} ${symbol.status}`)];

it('follows a document by its versions, and puts nothing into the ledger', async () => {
  const window = await host({ 'a.dfy': TEXT });
  const { bridge, id } = window;
  const token = await openLive(bridge, id, TEXT);
  expect(words(await until(window, token, (live) => live.phase === 'settled'))).toEqual(['1 settled', 'Good holds', 'Bad fails']);
  await valueOf(bridge.request('live.change', { token, version: 5, text: `\n${TEXT}` }));
  // An older version than the newest is nothing new.
  await valueOf(bridge.request('live.change', { token, version: 3, text: 'lemma Old() {}' }));
  const second = await until(window, token, (live) => live.version === 5 && live.phase === 'settled');
  expect(second.symbols.map((symbol) => symbol.nameRange.start.line)).toEqual([2, 3]);
  expect(await valueOf(bridge.request('live.hover', { token, version: 1, at: { line: 1, column: 1 } }))).toEqual({});
  expect(await valueOf(bridge.request('live.hover', { token, version: 5, at: { line: 1, column: 1 } }))).toEqual({ hover: { markdown: 'of 4 lines' } });
  const { rows } = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 100 }));
  expect(rows.map((row) => [row.verdict.kind, row.at])).toEqual([['not-run', undefined], ['not-run', undefined]]);
});

it('starts a server that died again, a few times, and says why it is gone', async () => {
  const window = await host({ 'a.dfy': TEXT });
  const token = await openLive(window.bridge, window.id, `// lie: dies\n${TEXT}`);
  await until(window, token, (live) => live.phase === 'gone' && live.problem?.includes('134') === true);
  await until(window, token, () => statesOf(window.events, token).filter((live) => live.phase === 'gone').length >= 2);
  await valueOf(window.bridge.request('live.change', { token, version: 2, text: TEXT }));
  expect(words(await until(window, token, (live) => live.version === 2 && live.phase === 'settled'))).toEqual(['2 settled', 'Good holds', 'Bad fails']);
});

it('asks anew when a file that it includes has changed', async () => {
  const window = await host({ 'a.dfy': 'include "b.dfy"\nlemma GoodA() {}\n', 'b.dfy': 'lemma GoodB() {}\n' });
  const text = 'include "b.dfy"\nlemma GoodA() {}\n';
  const token = await openLive(window.bridge, window.id, text);
  await until(window, token, (live) => live.phase === 'settled');
  const at = window.events.length;
  writeFileSync(join(window.path, 'b.dfy'), 'lemma GoodC() {}\n');
  await valueOf(window.bridge.request('repository.plan', { repository: window.id, again: true }));
  const again = { bridge: window.bridge, get events() { return window.events.slice(at); } };
  expect(words(await until(again, token, (live) => live.phase === 'settled'))).toEqual(['1 settled', 'GoodA holds']);
});

it('gives a file to the newest opening, and ends all with the window and with the repository', async () => {
  const window = await host({ 'a.dfy': TEXT });
  const first = await openLive(window.bridge, window.id, `// pid\n${TEXT}`);
  const state = await until(window, first, (live) => live.phase === 'settled' && live.diagnostics.length > 0);
  const pid = Number(/pid (\d+)/.exec(state.diagnostics[0]!.message)![1]);
  const other = windowOn(window.host);
  await valueOf(other.bridge.request('repository.plan', { repository: window.id, again: false }));
  const second = await openLive(other.bridge, window.id, TEXT, 9);
  expect((await until(window, first, (live) => live.phase === 'gone')).problem).toBe('the file is being edited in another place');
  await until(other, second, (live) => live.phase === 'settled');
  const third = await openLive(window.bridge, window.id, TEXT);
  await until(window, third, (live) => live.phase === 'settled');
  other.bridge.close();
  expect(await valueOf(window.bridge.request('live.outline', { token: third, version: 1 }))).toMatchObject({ entries: [{ name: 'Good' }, { name: 'Bad' }] });
  await valueOf(window.bridge.request('repository.close', { repository: window.id }));
  expect(await valueOf(window.bridge.request('live.outline', { token: third, version: 1 }))).toEqual({});
  expect(() => process.kill(pid, 0)).toThrow();
});

it('has none where code of an untrusted repository would run, and none for other files', async () => {
  const { bridge, id } = await host({ 'b.lean': 'theorem t : True := trivial\n', 'c.smt2': '(check-sat)\n' });
  expect(await valueOf(bridge.request('live.open', { repository: id, file: 'b.lean', version: 1, text: '' }))).toMatchObject({ kind: 'none', why: expect.stringMatching(/need your trust/) });
  expect(await valueOf(bridge.request('live.open', { repository: id, file: 'c.smt2', version: 1, text: '' }))).toEqual({ kind: 'none' });
});
