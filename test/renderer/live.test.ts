/** Live states: of exactly the text in the editor, or not there; never a part of the ledger. */
import { describe, expect, it } from 'vitest';
import type { LiveView } from '../../app/contract.ts';
import { compareGoals, goalText, pauseGoals, pinGoals, unpinGoals, withGoals } from '../../renderer/store/goals.ts';
import { withLiveOpening, withLiveText, withoutLive } from '../../renderer/store/live.ts';
import { reduceEvent } from '../../renderer/store/reduce.ts';
import { withRows } from '../../renderer/store/rows.ts';
import { INITIAL_STATE, type WindowState } from '../../renderer/store/state.ts';
import { row } from './rows.ts';

const TOKEN = '00000000000000aa', OTHER = '00000000000000bb';
const start: WindowState = { ...INITIAL_STATE, plan: { state: 'ready', value: { repository: 'r' } as never }, table: withRows({ ...INITIAL_STATE.table, index: new Map() }, [row('a', { file: 'a.dfy' })]) };
const abilities = { hover: true, definition: true, outline: true, counterexamples: true, goals: false };
const open = withLiveOpening(withLiveText(start, 'a.dfy', 4), 'a.dfy', { token: TOKEN, abilities });
const holds = (version: number, more: Partial<LiveView> = {}): LiveView => ({
  file: 'a.dfy', version, phase: 'settled', assertions: [], diagnostics: [], working: [], symbols: [{ name: 'a', nameRange: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }, status: 'holds' }], ...more,
});
const hear = (state: WindowState, live: LiveView, token = TOKEN): WindowState => reduceEvent(state, { type: 'live', repository: 'r', token, live });

describe('a live state', () => {
  it('is taken for the text in view, and changes no row, no count and no verdict', () => {
    const heard = hear(open, holds(4));
    expect(heard.live['a.dfy']?.state?.phase).toBe('settled');
    expect(heard.table).toBe(open.table);
  });
  it('is gone with the key, and what comes late about the text before is dropped', () => {
    const typed = withLiveText(hear(open, holds(4)), 'a.dfy', 5);
    expect(typed.live['a.dfy']).toEqual({ version: 5, token: TOKEN, abilities });
    for (const version of [0, 3, 4, 6]) expect(hear(typed, holds(version))).toBe(typed);
    expect(hear(typed, holds(5)).live['a.dfy']?.state?.version).toBe(5);
  });
  it('of another opening, another file or another repository is dropped', () => {
    expect(hear(open, holds(4), OTHER)).toBe(open);
    expect(hear(open, holds(4, { file: 'b.dfy' }))).toBe(open);
    expect(reduceEvent(open, { type: 'live', repository: 'other', token: TOKEN, live: holds(4) })).toBe(open);
    expect(hear(withoutLive(open, 'a.dfy'), holds(4)).live).toEqual({});
  });
  it('of before the engine answered is dropped: its opening is not known', () => {
    const opening = withLiveText(start, 'a.dfy', 4);
    expect(hear(opening, holds(4))).toBe(opening);
  });
});

describe('goals', () => {
  const at = (id: number, line: number, goals: readonly string[]) => ({ id, file: 'a.lean', line, column: 1, goals: { goals: [...goals], markdown: '' } });
  it('are pinned once, compared and let go', () => {
    let state = pinGoals(pinGoals(withGoals(start, at(1, 2, ['⊢ p']))));
    expect(state.goals.pinned.map(({ line }) => line)).toEqual([2]);
    state = compareGoals(withGoals(state, at(2, 3, [])), 1);
    expect([state.goals.compared, goalText(state.goals.shown!)]).toEqual([1, 'No goals are left']);
    expect(unpinGoals(state, 1).goals).toMatchObject({ pinned: [], compared: undefined });
  });
  it('stay where they are while they are paused', () => {
    const paused = pauseGoals(withGoals(start, at(1, 2, ['⊢ p'])));
    expect(withGoals(paused, at(2, 3, []))).toBe(paused);
    expect(withGoals(pauseGoals(paused), at(2, 3, [])).goals.shown?.line).toBe(3);
  });
});
