/** Searches for proofs behind the bridge: nothing is written before it was accepted, and nothing is green before a run of what was written. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ProofState } from '../../app/contract.ts';
import { DAFNY_PATH, hasDafny } from '../toolchains/dafny/tools.ts';
import { ended, openWindow, valueOf, type TestWindow } from './window.ts';

process.env.PATH = DAFNY_PATH;

/** Needs `invariant 0 <= i <= n` and `invariant s == 2 * i`. */
const OPEN = `method Twice(n: nat) returns (s: int)
  ensures s == 2 * n
{
  s := 0;
  var i := 0;
  while i < n
  {
    s := s + 2;
    i := i + 1;
  }
}
`;
/** No invariant helps: it is wrong, and a run shows it. */
const WRONG = OPEN.replace('s == 2 * n', 's == 3 * n + 1');
/** True, and no invariant alone shows it: what is added first and last must be exchanged, which needs a lemma. */
const HARD = `function Downwards(n: nat, sum: nat): nat { if n == 0 then sum else Downwards(n - 1, sum + n * n * n) }
method Upwards(n: nat) returns (s: nat)
  ensures s == Downwards(n, 0)
{
  s := 0;
  var i := 0;
  while i < n
  {
    i := i + 1;
    s := s + i * i * i;
  }
}
`;
/** Calls and the solver's own count decide, not the clock. */
const BUDGET = { wallSeconds: 3_000, calls: 80 };

/** However slow the machine: no wall decides anything here. */
async function patientWindow(): Promise<TestWindow> {
  const window = await openWindow();
  await valueOf(window.bridge.request('settings.set', { wallSeconds: 1_500 }));
  return window;
}

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-prove-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) { mkdirSync(join(folder, name, '..'), { recursive: true }); writeFileSync(join(folder, name), text); }
  return folder;
}

function searched({ bridge }: Pick<TestWindow, 'bridge'>): Promise<ProofState> {
  return new Promise((resolve) => { const stop = bridge.on('proof', ({ proof }) => { if (proof.state === 'running' || proof.state === 'cancelling') return; stop(); resolve(proof); }); });
}

it.skipIf(!hasDafny)('finds a missing invariant, shows it before it is written, writes only over what was proved, and takes it back (needs dafny, z3)', async () => {
  const window = await patientWindow();
  const { bridge, events } = window;
  const path = await repository({ 'twice.dfy': OPEN });
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  const found = searched(window);
  await valueOf(bridge.request('prove.start', { repository: id, selection: {}, budget: BUDGET }));
  expect(await bridge.request('prove.start', { repository: id, selection: {}, budget: BUDGET })).toMatchObject({ ok: false, problem: { kind: 'busy' } });
  const proof = await found;
  expect(proof).toMatchObject({ state: 'finished', goals: 1, found: 1, candidates: [{ id: '1', files: ['twice.dfy'], fate: 'offered' }] });
  const { goals } = await valueOf(bridge.request('prove.read', { repository: id }));
  expect(goals).toMatchObject([{ symbol: 'Twice', state: 'found', before: 'failed' }]);
  expect(goals[0]!.strategies.some((one) => one.used > 0)).toBe(true);
  const passes = events.flatMap((event) => (event.type === 'proof' ? event.goals : [])).filter((goal) => goal.state === 'searching' && goal.passes > 0);
  expect(passes.length).toBeGreaterThan(0);

  const texts = await valueOf(bridge.request('prove.candidate', { repository: id, candidate: '1' }));
  expect(texts.patch).toMatch(/^\+ +invariant /m);
  expect(texts.patch).not.toMatch(/^-(?!-- )/m);
  expect(readFileSync(join(path, 'twice.dfy'), 'utf8')).toBe(OPEN);
  const rows = async () => (await valueOf(bridge.request('ledger.rows', { repository: id, from: 0, count: 10 }))).rows.map((row) => [row.verdict.kind, row.stale !== undefined]);
  expect(await rows()).toEqual([['failed', false]]);

  // Somebody else was quicker: nothing is written.
  writeFileSync(join(path, 'twice.dfy'), `${OPEN}// mine\n`);
  expect(await valueOf(bridge.request('prove.accept', { repository: id, candidate: '1' }))).toEqual({ kind: 'conflict', path: 'twice.dfy' });
  expect(readFileSync(join(path, 'twice.dfy'), 'utf8')).toBe(`${OPEN}// mine\n`);
  writeFileSync(join(path, 'twice.dfy'), OPEN);

  expect(await valueOf(bridge.request('prove.accept', { repository: id, candidate: '1' }))).toMatchObject({ kind: 'written' });
  expect(readFileSync(join(path, 'twice.dfy'), 'utf8')).toBe(texts.files[0]!.after);
  expect(await bridge.request('prove.accept', { repository: id, candidate: '1' })).toMatchObject({ ok: false, problem: { message: 'This proof is written' } });
  const streamed = events.flatMap((event) => (event.type === 'rows' ? event.rows : []));
  expect(streamed.filter((row) => row.verdict.kind === 'proved')).toEqual([]);
  expect((await rows())[0]![0]).toBe('failed');
  const end = ended(window);
  await valueOf(bridge.request('run.start', { repository: id, selection: { files: ['twice.dfy'] }, options: {} }));
  await end;
  expect(await rows()).toEqual([['proved', false]]);

  expect(await valueOf(bridge.request('prove.undo', { repository: id, candidate: '1' }))).toMatchObject({ kind: 'written' });
  expect(readFileSync(join(path, 'twice.dfy'), 'utf8')).toBe(OPEN);
  await valueOf(bridge.request('repository.plan', { repository: id, again: true }));
  expect(await rows()).not.toEqual([['proved', false]]);
}, 600_000);

it.skipIf(!hasDafny)('searches nothing for what a run refutes, and shows the run (needs dafny, z3)', async () => {
  const window = await patientWindow();
  const { bridge } = window;
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path: await repository({ 'wrong.dfy': WRONG }) } }));
  const end = searched(window);
  await valueOf(bridge.request('prove.start', { repository: id, selection: {}, budget: BUDGET }));
  expect(await end).toMatchObject({ state: 'finished', found: 0, candidates: [] });
  const { goals } = await valueOf(bridge.request('prove.read', { repository: id }));
  expect(goals).toMatchObject([{ state: 'untried', passes: 0 }]);
  expect(goals[0]!.why).toBe('a run of the compiled program shows it: no proof was searched');
  expect(goals[0]!.notes.join('\n')).toMatch(/runs broke the specification/);
}, 600_000);

it.skipIf(!hasDafny)('says what was learned of what it cannot prove, and ends at once when it is stopped (needs dafny, z3)', async () => {
  const window = await patientWindow();
  const { bridge } = window;
  const { repository: id } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path: await repository({ 'hard.dfy': HARD }) } }));
  const first = searched(window);
  await valueOf(bridge.request('prove.start', { repository: id, selection: {}, budget: { wallSeconds: 3_000, calls: 4 } }));
  expect(await first).toMatchObject({ state: 'finished', found: 0, candidates: [] });
  const { goals } = await valueOf(bridge.request('prove.read', { repository: id }));
  expect(goals).toMatchObject([{ state: 'not-found' }]);
  expect(goals[0]!.passes).toBeGreaterThan(0);
  expect(goals[0]!.notes.join('\n')).toMatch(/candidates held in all states/);

  const searching = new Promise<void>((resolve) => { const stop = bridge.on('proof', ({ goals: changed }) => { if (changed.some((goal) => goal.passes > 0)) { stop(); resolve(); } }); });
  await valueOf(bridge.request('prove.start', { repository: id, selection: {}, budget: BUDGET }));
  await searching;
  const second = searched(window);
  const began = performance.now();
  await valueOf(bridge.request('prove.cancel', { repository: id }));
  const answered = performance.now() - began;
  expect(await second).toMatchObject({ state: 'cancelled', found: 0 });
  console.log(`a search was stopped: answered after ${Math.round(answered)} ms, complete after ${Math.round(performance.now() - began)} ms`);
  expect((await valueOf(bridge.request('prove.read', { repository: id }))).goals).toMatchObject([{ state: 'not-found', why: 'the search was stopped' }]);
}, 600_000);

it('says of a toolchain without strategies that it has none', async () => {
  const window = await openWindow();
  const { bridge } = window;
  const path = await repository({ 'a.smt2': '(set-logic QF_LIA)\n(declare-const x Int)\n(assert (> x 41))\n(check-sat)\n' });
  const { repository: id, toolchains } = await valueOf(bridge.request('repository.open', { source: { kind: 'path', path } }));
  expect(toolchains.find((one) => one.toolchain === 'smt')?.strategies).toEqual([]);
  const end = searched(window);
  await valueOf(bridge.request('prove.start', { repository: id, selection: {}, budget: { wallSeconds: 600 } }));
  expect(await end).toMatchObject({ state: 'finished', goals: 1, found: 0 });
  expect((await valueOf(bridge.request('prove.read', { repository: id }))).goals).toMatchObject([{ state: 'untried', why: 'SMT-LIB has no strategies' }]);
  expect(await bridge.request('prove.accept', { repository: id, candidate: '1' })).toMatchObject({ ok: false, problem: { kind: 'input' } });
}, 600_000);
