/** The engine behind the bridge, driven by the real client: what a window asks from opening to the evidence. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ended, openWindow, valueOf, windowOn } from './window.ts';

const PROVED = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (and (> x 3) (< x 2)))\n(check-sat)\n';
const REFUTED = '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (> x 41))\n(check-sat)\n';

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-repository-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

it('opens a folder, runs it, and shows verdicts with their evidence', async () => {
  const window = await openWindow();
  const { bridge, events } = window;
  const path = await repository({ 'a.smt2': PROVED, 'b.smt2': REFUTED });
  const plan = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  expect(plan).toMatchObject({ kind: 'folder', obligations: 2, known: 0, trust: { granted: false, possible: true } });
  const { repository: id } = plan;
  const before = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 100 }));
  expect(before.rows.map((row) => [row.file, row.verdict.kind])).toEqual([['a.smt2', 'not-run'], ['b.smt2', 'not-run']]);

  const end = ended(window);
  const started = await valueOf(bridge.request('run.start', { repository: id, selection: {}, options: { effort: 1 } }));
  expect(started).toMatchObject({ state: 'running', total: 2 });
  expect(await end).toMatchObject({ run: started.run, state: 'finished', counts: { proved: 1, refuted: 1 } });

  const { rows } = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 100 }));
  expect(rows.map((row) => row.verdict.kind)).toEqual(['proved', 'refuted']);
  expect(rows.every((row) => row.stale === undefined)).toBe(true);
  const streamed = events.flatMap((event) => (event.type === 'rows' ? event.rows : []));
  expect(new Set(streamed.map((row) => row.id))).toEqual(new Set(rows.map((row) => row.id)));

  const detail = await valueOf(bridge.request('ledger.detail', { repository: id, obligation: rows[1]!.id }));
  expect(detail.obligation.evidence?.reproduce).toContain('b.smt2');
  expect(detail.obligation.verdict.counterexample?.values.length).toBeGreaterThan(0);
  expect(detail.history).toHaveLength(1);
  const output = detail.obligation.evidence!.outputs[0]!;
  const read = await valueOf(bridge.request('output.read', { sha256: output.sha256, offset: 0, length: 1000 }));
  expect(Buffer.from(read.base64, 'base64').length).toBe(Math.min(1000, read.total));
  const { runs } = await valueOf(bridge.request('run.list', { repository: id }));
  expect(runs.map((run) => [run.run, run.outcome])).toEqual([[started.run, 'finished']]);
});

it('says of what an edit made stale that it is, in every window, until a run has looked again', async () => {
  const window = await openWindow();
  const { bridge } = window;
  const path = await repository({ 'a.smt2': PROVED, 'b.smt2': REFUTED });
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  const first = ended(window);
  await valueOf(bridge.request('run.start', { repository: id, selection: {}, options: {} }));
  await first;
  const other = windowOn(window.host);
  await valueOf(other.bridge.request('repository.open', { source: { kind: 'path', path } }));

  const file = await valueOf(bridge.request('files.read', { repository: id, path: 'a.smt2' }));
  expect(file).toMatchObject({ text: PROVED, exact: true, writable: true });
  const clean = await valueOf(bridge.request('files.dependents', { repository: id, path: 'a.smt2', sha256: file.sha256 }));
  expect(clean).toMatchObject({ stale: [], dependents: [expect.stringContaining('a.smt2')] });
  const dirty = await valueOf(bridge.request('files.dependents', { repository: id, path: 'a.smt2', sha256: '0'.repeat(64) }));
  expect(dirty.stale).toEqual(dirty.dependents);

  const weaker = PROVED.replace('(< x 2)', '(< x 9)');
  const heard = new Promise<void>((resolve) => { other.bridge.on('rows', ({ rows }) => { if (rows.some((row) => row.file === 'a.smt2' && row.stale !== undefined)) resolve(); }); });
  expect(await valueOf(bridge.request('files.write', { repository: id, path: 'a.smt2', text: weaker, base: file.sha256 }))).toMatchObject({ kind: 'written' });
  await heard;
  expect(await valueOf(bridge.request('files.write', { repository: id, path: 'a.smt2', text: 'x', base: file.sha256 }))).toMatchObject({ kind: 'conflict', now: { text: weaker } });
  expect(readFileSync(join(path, 'a.smt2'), 'utf8')).toBe(weaker);

  await valueOf(bridge.request('repository.plan', { repository: id, again: true }));
  const stale = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 10 }));
  expect(stale.rows[0]).toMatchObject({ verdict: { kind: 'proved' }, stale: 'a.smt2 has changed since' });
  expect(stale.rows[1]!.stale).toBeUndefined();
  const second = ended(window);
  await valueOf(bridge.request('run.start', { repository: id, selection: { files: ['a.smt2'] }, options: {} }));
  expect(await second).toMatchObject({ total: 1, changes: { newlyFailing: 1 } });
  const after = await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 10 }));
  expect(after.rows[0]).toMatchObject({ verdict: { kind: 'refuted' } });
  expect(after.rows[0]!.stale).toBeUndefined();
});

it('knows after a restart what was known, current and stale apart', async () => {
  const home = await mkdtemp(join(tmpdir(), 'assay-host-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const path = await repository({ 'a.smt2': PROVED, 'b.smt2': REFUTED });
  const one = await openWindow(home);
  const { repository: id } = await valueOf(one.bridge.request('repository.open', { source: { kind: 'path', path } }));
  const end = ended(one);
  await valueOf(one.bridge.request('run.start', { repository: id, selection: {}, options: {} }));
  await end;
  await one.host.dispose();
  writeFileSync(join(path, 'a.smt2'), PROVED.replace('(> x 3)', '(> x 5)'));
  const two = await openWindow(home);
  const plan = await valueOf(two.bridge.request('repository.open', { source: { kind: 'path', path } }));
  expect(plan).toMatchObject({ repository: id, known: 1 });
  const { rows } = await valueOf(two.bridge.request('ledger.rows', { repository: id, from: 0, count: 10 }));
  expect(rows.map((row) => [row.verdict.kind, row.stale])).toEqual([['proved', 'a.smt2 has changed since'], ['refuted', undefined]]);
  expect((await valueOf(two.bridge.request('repository.recent', {}))).repositories.map((entry) => entry.path)).toEqual([plan.origin]);
});

it('sees changes from outside, refuses what is not the repository\'s, and finds text', async () => {
  const { bridge } = await openWindow();
  const path = await repository({ 'a.smt2': PROVED, 'sub/c.smt2': REFUTED });
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  const changed = new Promise<string[]>((resolve) => { bridge.on('files-changed', ({ paths }) => { resolve(paths); }); });
  const planned = new Promise<void>((resolve) => { bridge.on('plan', () => { resolve(); }); });
  writeFileSync(join(path, 'sub', 'd.smt2'), PROVED);
  expect(await changed).toEqual(['sub/d.smt2']);
  await planned;
  expect((await valueOf(bridge.request('files.tree', { repository: id }))).files.map((file) => file.path)).toEqual(['a.smt2', 'sub/c.smt2', 'sub/d.smt2']);
  for (const outside of ['../x', '/etc/passwd', 'sub/../../x', 'a.smt2/../../../etc/passwd']) {
    const read = await bridge.request('files.read', { repository: id, path: outside });
    expect(read).toMatchObject({ ok: false, problem: { kind: 'input' } });
    const write = await bridge.request('files.write', { repository: id, path: outside, text: 'x', base: '0'.repeat(64) });
    expect(write).toMatchObject({ ok: false, problem: { kind: 'input' } });
  }
  const query = { text: 'X\\s+4', regularExpression: true, matchCase: false, wholeWord: false, include: ['sub/**'], limit: 10 };
  expect(await valueOf(bridge.request('files.find', { repository: id, query }))).toMatchObject({ matches: [{ file: 'sub/c.smt2', line: 3, column: 12, length: 3 }], files: 1, searched: 2, more: false });
  expect(await bridge.request('files.find', { repository: id, query: { ...query, text: '(' } })).toMatchObject({ ok: false, problem: { kind: 'input' } });
});
