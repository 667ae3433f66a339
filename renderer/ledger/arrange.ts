/**
 * Which lines the ledger shows, in which order. Pure. A line is a group's head or an obligation, by id, so that a
 * frozen order (pointer or focus on the table) can be kept while what the rows say goes on changing.
 */
import type { LedgerRow } from '../../app/contract.ts';
import type { RowTable } from '../store/rows.ts';
import { COLUMN_BY_ID } from './columns.ts';
import type { Filter } from './filter.ts';
import type { GroupBy, TableView } from './table-view.ts';

export type Line =
  | { readonly type: 'row'; readonly id: string }
  | { readonly type: 'group'; readonly key: string; readonly count: number; readonly collapsed: boolean };

export interface Arranged {
  readonly lines: readonly Line[];
  /** Obligations that the filter lets through, in order, also those of collapsed groups. */
  readonly ids: readonly string[];
}

type Order = Pick<TableView, 'sort' | 'group' | 'collapsed'>;

export function arrange(table: RowTable, filter: Filter, order: Order): Arranged {
  const shown = filter.empty ? table.rows : table.rows.filter(filter.matches);
  const sorted = inOrder(shown, order.sort);
  if (order.group === 'none') return { lines: sorted.map((row) => ({ type: 'row', id: row.id })), ids: sorted.map((row) => row.id) };
  const groups = new Map<string, string[]>();
  for (const row of sorted) {
    const key = groupKey(row, order.group);
    const group = groups.get(key);
    if (group) group.push(row.id); else groups.set(key, [row.id]);
  }
  const collapsed = new Set(order.collapsed);
  const lines: Line[] = [];
  for (const [key, ids] of groups) {
    lines.push({ type: 'group', key, count: ids.length, collapsed: collapsed.has(key) });
    if (!collapsed.has(key)) for (const id of ids) lines.push({ type: 'row', id });
  }
  return { lines, ids: [...groups.values()].flat() };
}

export function groupKey(row: LedgerRow, group: GroupBy): string {
  switch (group) {
    case 'project': return row.project;
    case 'file': return row.file;
    case 'toolchain': return row.toolchain;
    case 'verdict': return row.verdict.kind;
    case 'none': return '';
  }
}

/** Stable: equal keys keep the order of the files. */
function inOrder(rows: readonly LedgerRow[], sort: TableView['sort']): readonly LedgerRow[] {
  const column = sort && COLUMN_BY_ID.get(sort.column);
  if (!sort || !column) return rows;
  const keys = rows.map((row) => column.sort(row));
  const places = rows.map((_, index) => index);
  const sign = sort.descending ? -1 : 1;
  places.sort((a, b) => { const [x, y] = [keys[a]!, keys[b]!]; return x < y ? -sign : x > y ? sign : a - b; });
  return places.map((place) => rows[place]!);
}
