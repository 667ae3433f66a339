/**
 * What unsaved edits make stale. The engine knows files, not buffers: until a saved file was read again, every verdict that
 * rests on it is shown as stale here, whatever the engine says of the file on the disk.
 */
import type { LedgerRow } from '../../app/contract.ts';
import { rowOf, withRows, type RowTable } from './rows.ts';
import type { WindowState } from './state.ts';

/** By file: the ids that rest on it. */
export type Unsaved = Readonly<Record<string, readonly string[]>>;

const WORDS = 'unsaved edits in ';

/** The row as the engine gave it, or stale with the file that is being edited. */
export function overlaid(row: LedgerRow, unsaved: Unsaved): LedgerRow {
  for (const file of Object.keys(unsaved)) if (row.file === file || unsaved[file]!.includes(row.id)) return { ...row, stale: `${WORDS}${file}` };
  return row;
}

/** Marks at once. @param dependents ids that rest on the file, as far as known; obligations in the file itself always do */
export function withEdit(state: WindowState, file: string, dependents: readonly string[]): WindowState {
  const unsaved = { ...state.unsaved, [file]: dependents };
  const ids = new Set(dependents);
  const marked = state.table.rows.filter((row) => row.stale === undefined && (row.file === file || ids.has(row.id))).map((row) => overlaid(row, unsaved));
  return { ...state, unsaved, table: withRows(state.table, marked) };
}

/** The buffer is what the verdicts are about again (an edit was undone): what was marked for this file alone is as it was. */
export function withoutEdit(state: WindowState, file: string): WindowState {
  if (!(file in state.unsaved)) return state;
  const { [file]: _gone, ...unsaved } = state.unsaved;
  const freed = state.table.rows.filter((row) => row.stale === `${WORDS}${file}`).map((row) => { const { stale: _stale, ...fresh } = row; return overlaid(fresh, unsaved); });
  return { ...state, unsaved, table: withRows(state.table, freed) };
}

/** Rows that arrive while something is unsaved. */
export function overlaidRows(rows: readonly LedgerRow[], unsaved: Unsaved): readonly LedgerRow[] {
  return Object.keys(unsaved).length === 0 ? rows : rows.map((row) => overlaid(row, unsaved));
}

export const isUnsaved = (table: RowTable, id: string): boolean => rowOf(table, id)?.stale?.startsWith(WORDS) === true;
