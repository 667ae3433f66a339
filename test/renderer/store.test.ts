/** The window's state: events in, the next state out. */
import { describe, expect, it } from 'vitest';
import type { BridgeEvent, PlanView, ProofGoal } from '../../app/contract.ts';
import { arrange } from '../../renderer/ledger/arrange.ts';
import { parseFilter } from '../../renderer/ledger/filter.ts';
import { INITIAL_TABLE_VIEW, keep, readTableView, setFilter, toggleColumn, toggleSort, undoFilter } from '../../renderer/ledger/table-view.ts';
import { withLanes } from '../../renderer/store/lanes.ts';
import { INITIAL_LAYOUT, readLayout } from '../../renderer/store/layout.ts';
import { addNotice, dismissNotice, restoreNotice } from '../../renderer/store/notices.ts';
import { reduceEvents } from '../../renderer/store/reduce.ts';
import { emptyTable, rowOf, totalsOf, withRows } from '../../renderer/store/rows.ts';
import { back, forward, NOTHING_SELECTED, select } from '../../renderer/store/selection.ts';
import { INITIAL_STATE, type WindowState } from '../../renderer/store/state.ts';
import { row } from './rows.ts';

const REPOSITORY = '0123456789abcdef';
const open: WindowState = { ...INITIAL_STATE, plan: { state: 'ready', value: { repository: REPOSITORY } as PlanView }, rowsLoaded: { state: 'ready', value: 1 } };
const rowsEvent = (revision: number, ...rows: ReturnType<typeof row>[]): BridgeEvent => ({ type: 'rows', repository: REPOSITORY, revision, rows });

describe('rows', () => {
  it('are put in once and replaced by id, with totals that stay right', () => {
    let table = withRows(emptyTable(), [row('a'), row('b')]);
    const before = table;
    table = withRows(table, [row('a', { verdict: { kind: 'proved' }, assumptions: ['axiom'], cached: true }), row('c', { verdict: { kind: 'failed' }, stale: 'edited' })]);
    expect(table.rows.map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(table.totals).toEqual({ kinds: { 'not-run': 1, proved: 1, failed: 1 }, stale: 1, cached: 1, assuming: 1 });
    expect(table.totals).toEqual(totalsOf(table.rows));
    expect(rowOf(before, 'a')?.verdict.kind).toBe('not-run');
    expect(rowOf(before, 'c')).toBeUndefined();
  });
  it('keep the structure number where only verdicts changed', () => {
    const table = withRows(emptyTable(), [row('a')]);
    expect(withRows(table, [row('a', { verdict: { kind: 'proved' } })]).structure).toBe(table.structure);
    expect(withRows(table, [row('b')]).structure).toBe(table.structure + 1);
  });
  it('of two tables do not mix', () => {
    const one = withRows(emptyTable(), [row('a'), row('b')]);
    const other = withRows({ ...emptyTable(), index: one.index }, [row('x'), row('y')]);
    expect(withRows(other, [row('b')]).rows.map((entry) => entry.id)).toEqual(['x', 'y', 'b']);
  });
  it('of 10,000 obligations stream in batches well below a frame each', () => {
    let table = withRows(emptyTable(), Array.from({ length: 10_000 }, (_, index) => row(`o${index}`)));
    const times: number[] = [];
    for (let batch = 0; batch < 100; batch++) {
      const started = performance.now();
      table = withRows(table, Array.from({ length: 100 }, (_, index) => row(`o${batch * 100 + index}`, { verdict: { kind: 'proved' } })));
      times.push(performance.now() - started);
    }
    expect(table.totals.kinds).toEqual({ 'not-run': 0, proved: 10_000 });
    expect(times.sort((a, b) => a - b)[50]).toBeLessThan(16);
  });
});

describe('events', () => {
  it('of other repositories change nothing', () => {
    expect(reduceEvents(open, [{ ...rowsEvent(2, row('a')), repository: 'ffffffffffffffff' } as BridgeEvent])).toBe(open);
  });
  it('raise the revision, and never lower it', () => {
    const state = reduceEvents(open, [rowsEvent(5, row('a')), rowsEvent(3, row('b'))]);
    expect(state.rowsLoaded).toEqual({ state: 'ready', value: 5 });
    expect(state.table.rows).toHaveLength(2);
  });
  it('end a run with its progress, and a crash ends it too', () => {
    const running = reduceEvents(open, [
      { type: 'run', repository: REPOSITORY, run: { run: 'r1', state: 'running', startedAt: '', total: 2, counts: {} } },
      { type: 'progress', repository: REPOSITORY, total: 2, done: 1, cached: 0, elapsedSeconds: 1 },
    ]);
    expect(running.progress).toEqual({ total: 2, done: 1, cached: 0, elapsedSeconds: 1 });
    expect(reduceEvents(running, [{ type: 'run', repository: REPOSITORY, run: { run: 'r1', state: 'finished', startedAt: '', total: 2, counts: {} } }]).progress).toBeUndefined();
    const crashed = reduceEvents(running, [{ type: 'engine', state: 'crashed', message: 'the engine ended (signal 9)' }]);
    expect([crashed.run, crashed.progress, crashed.engine.state, crashed.notices.at(-1)?.severity]).toEqual([undefined, undefined, 'crashed', 'error']);
    expect(crashed.table).toBe(running.table);
  });
  it('give a state that can be written down', () => {
    const state = reduceEvents(open, [rowsEvent(2, row('a')), { type: 'notice', severity: 'info', message: 'hello' }]);
    const { table, view, ...rest } = state;
    expect(JSON.parse(JSON.stringify({ ...rest, rows: table.rows, view: keep(view) }))).toMatchObject({ notices: [{ message: 'hello' }], rows: [{ id: 'a' }] });
  });
});

describe('a search for proofs', () => {
  const goal = (obligation: string, state: ProofGoal['state'] = 'waiting'): ProofGoal => ({ obligation, symbol: obligation, file: 'a.dfy', range: { start: { line: 1, column: 1 }, end: { line: 2, column: 1 } }, toolchain: 'dafny', before: 'failed', state, passes: 0, strategies: [], strongest: [], open: [], notes: [] });
  const event = (proof: string, ...goals: ProofGoal[]): BridgeEvent => ({
    type: 'proof', repository: REPOSITORY, goals,
    proof: { proof, state: 'running', step: 'search', startedAt: '', budget: { wallSeconds: 60 }, spent: { seconds: 1, calls: 1 }, goals: 2, already: 0, found: 0, candidates: [], refused: [] },
  });
  it('keeps its goals in their places while they change, and none of the search before', () => {
    const state = reduceEvents(open, [event('p1', goal('a'), goal('b')), event('p1', goal('b', 'searching'), goal('c')), event('p1')]);
    expect(state.race?.goals.map((one) => [one.obligation, one.state])).toEqual([['a', 'waiting'], ['b', 'searching'], ['c', 'waiting']]);
    expect(reduceEvents(state, [event('p2', goal('x'))]).race?.goals.map((one) => one.obligation)).toEqual(['x']);
    expect(reduceEvents(state, [{ type: 'engine', state: 'crashed', message: 'gone' }]).race).toBeUndefined();
  });
});

describe('the ledger’s lines', () => {
  const table = withRows(emptyTable(), [row('a', { file: 'y', seconds: 3 }), row('b', { file: 'x', seconds: 1, verdict: { kind: 'failed' } }), row('c', { file: 'y', seconds: 2 })]);
  const all = parseFilter('');
  it('stand in the order of the files without a sort, and stably with one', () => {
    expect(arrange(table, all, INITIAL_TABLE_VIEW).ids).toEqual(['a', 'b', 'c']);
    const byTime = toggleSort(INITIAL_TABLE_VIEW, 'time');
    expect(arrange(table, all, byTime).ids).toEqual(['b', 'c', 'a']);
    expect(arrange(table, all, toggleSort(byTime, 'time')).ids).toEqual(['a', 'c', 'b']);
    expect(toggleSort(toggleSort(byTime, 'time'), 'time').sort).toBeUndefined();
  });
  it('are grouped, and a closed group shows its head alone', () => {
    const lines = arrange(table, all, { ...INITIAL_TABLE_VIEW, group: 'file', collapsed: ['y'] }).lines;
    expect(lines).toEqual([{ type: 'group', key: 'y', count: 2, collapsed: true }, { type: 'group', key: 'x', count: 1, collapsed: false }, { type: 'row', id: 'b' }]);
  });
  it('are kept over sessions, and nonsense is not', () => {
    const view = { ...setFilter(toggleColumn(INITIAL_TABLE_VIEW, 'memory'), 'failed'), saved: [{ name: 'mine', filter: 'red' }], group: 'file' as const };
    expect(readTableView(JSON.parse(JSON.stringify(keep(view))))).toEqual({ ...view, earlierFilters: [] });
    expect(readTableView({ columns: ['nonsense'], sort: { column: 'x' }, group: 7, saved: [null, { name: 1 }], widths: { verdict: -1 } })).toEqual(INITIAL_TABLE_VIEW);
    expect(undoFilter(view).filter).toBe('');
  });
});

describe('selection', () => {
  it('walks back and forth, and a new choice ends what lay ahead', () => {
    let history = select(select(select(NOTHING_SELECTED, { obligation: 'a' }), { obligation: 'b' }), { obligation: 'b' });
    expect(history.past).toEqual([{ obligation: 'a' }]);
    history = back(history);
    expect(history.present.obligation).toBe('a');
    expect(forward(history).present.obligation).toBe('b');
    expect(select(history, { obligation: 'c' }).future).toEqual([]);
    expect(back(back(history))).toEqual(back(history));
  });
});

describe('notices, layout and lanes', () => {
  it('count what is said twice, and a dismissed one comes back', () => {
    let notices = addNotice(addNotice([], { severity: 'info', message: 'a' }), { severity: 'info', message: 'a' });
    expect(notices).toMatchObject([{ count: 2, dismissed: false }]);
    notices = dismissNotice(notices, 1);
    expect(restoreNotice(notices, 1)[0]?.dismissed).toBe(false);
  });
  it('read back a layout, and anything else as the first one', () => {
    expect(readLayout(JSON.parse(JSON.stringify({ ...INITIAL_LAYOUT, side: false, sizes: { outer: { side: 20, rest: 80 } } })))).toMatchObject({ side: false, sizes: { outer: { side: 20 } } });
    expect(readLayout({ side: 'yes', sizes: { outer: { side: 'wide' } }, bottomTab: 'x' })).toMatchObject(INITIAL_LAYOUT);
  });
  it('merge the time line, in the order of the lanes’ numbers', () => {
    const span = (lane: string) => ({ lanes: [lane], label: 'z3', obligations: [], startedAt: 0, endedAt: 1, outcome: 'finished' as const });
    const timeline = withLanes(withLanes(undefined, { type: 'lanes', now: 1, running: [], ended: [span('core 10')], gaps: [] }), { type: 'lanes', now: 2, running: [], ended: [span('core 2')], gaps: [] });
    expect([timeline.lanes, timeline.spans.length, timeline.now]).toEqual([['core 2', 'core 10'], 2, 2]);
  });
});
