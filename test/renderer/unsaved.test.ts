/** Edits that are not saved: what rests on the file is stale at once, and stays so whatever the engine says of the old file. */
import { describe, expect, it } from 'vitest';
import { reduceEvent } from '../../renderer/store/reduce.ts';
import { withRows } from '../../renderer/store/rows.ts';
import { INITIAL_STATE, type WindowState } from '../../renderer/store/state.ts';
import { withEdit, withoutEdit } from '../../renderer/store/unsaved.ts';
import { row } from './rows.ts';

const rows = [row('a', { file: 'a.dfy' }), row('b', { file: 'b.dfy' }), row('c', { file: 'c.dfy' })];
const open: WindowState = {
  ...INITIAL_STATE, table: withRows({ ...INITIAL_STATE.table, index: new Map() }, rows), rowsLoaded: { state: 'ready', value: 1 },
  plan: { state: 'ready', value: { repository: 'r' } as never },
};
const stale = (state: WindowState): (string | undefined)[] => state.table.rows.map((one) => one.stale);

describe('an unsaved edit', () => {
  it('makes its file and what rests on it stale, and an undo takes that back', () => {
    const edited = withEdit(open, 'a.dfy', ['b']);
    expect(stale(edited)).toEqual(['unsaved edits in a.dfy', 'unsaved edits in a.dfy', undefined]);
    expect(edited.table.totals.stale).toBe(2);
    expect(stale(withoutEdit(edited, 'a.dfy'))).toEqual([undefined, undefined, undefined]);
  });
  it('keeps what was stale for another reason', () => {
    const before = { ...open, table: withRows(open.table, [row('b', { file: 'b.dfy', stale: 'a tool changed' })]) };
    expect(stale(withoutEdit(withEdit(before, 'b.dfy', []), 'b.dfy'))).toEqual([undefined, 'a tool changed', undefined]);
  });
  it('is not outshone by rows of the old file that arrive late', () => {
    const edited = withEdit(open, 'a.dfy', ['b']);
    const later = reduceEvent(edited, { type: 'rows', repository: 'r', revision: 2, rows: [row('a', { file: 'a.dfy' }), row('c', { file: 'c.dfy' })] });
    expect(stale(later)).toEqual(['unsaved edits in a.dfy', 'unsaved edits in a.dfy', undefined]);
  });
  it('of two files frees what rests on the other only when both are gone', () => {
    const both = withEdit(withEdit(open, 'a.dfy', ['c']), 'b.dfy', ['c']);
    expect(stale(withoutEdit(both, 'a.dfy'))[2]).toBe('unsaved edits in b.dfy');
  });
});
