/** How the user looks at the ledger: filter, columns, order, groups, what is ticked. Kept per repository. */
import { COLUMN_BY_ID, type ColumnId } from './columns.ts';

export type GroupBy = 'none' | 'project' | 'file' | 'toolchain' | 'verdict';
export interface SavedFilter { readonly name: string; readonly filter: string }

export interface TableView {
  readonly filter: string;
  /** Filters before this one, newest last: the undo of a filter. */
  readonly earlierFilters: readonly string[];
  readonly saved: readonly SavedFilter[];
  readonly columns: readonly ColumnId[];
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
  /** Without one: by file and place. */
  readonly sort?: { readonly column: ColumnId; readonly descending: boolean };
  readonly group: GroupBy;
  readonly collapsed: readonly string[];
  /** Ids that are ticked for an action on many. */
  readonly ticked: ReadonlySet<string>;
}

export const INITIAL_TABLE_VIEW: TableView = {
  filter: '', earlierFilters: [], saved: [], columns: ['verdict', 'symbol', 'sentence', 'file', 'line', 'time', 'assumptions', 'flags'], widths: {}, group: 'none', collapsed: [], ticked: new Set(),
};

const KEPT_FILTERS = 30;

export function setFilter(view: TableView, filter: string): TableView {
  if (filter === view.filter) return view;
  return { ...view, filter, earlierFilters: [...view.earlierFilters, view.filter].slice(-KEPT_FILTERS) };
}

export function undoFilter(view: TableView): TableView {
  const earlier = view.earlierFilters.at(-1);
  return earlier === undefined ? view : { ...view, filter: earlier, earlierFilters: view.earlierFilters.slice(0, -1) };
}

/** Ascending, descending, and back to the order of the files. */
export function toggleSort(view: TableView, column: ColumnId): TableView {
  if (view.sort?.column !== column) return { ...view, sort: { column, descending: false } };
  return view.sort.descending ? { ...view, sort: undefined } : { ...view, sort: { column, descending: true } };
}

export function toggleColumn(view: TableView, column: ColumnId): TableView {
  const shown = view.columns.includes(column);
  if (shown && view.columns.length === 1) return view;
  const all = [...COLUMN_BY_ID.keys()];
  return { ...view, columns: all.filter((id) => (id === column ? !shown : view.columns.includes(id))) };
}

export function toggleIn<Value>(values: readonly Value[], value: Value): readonly Value[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

export function tick(view: TableView, ids: Iterable<string>, on: boolean): TableView {
  const ticked = new Set(view.ticked);
  for (const id of ids) if (on) ticked.add(id); else ticked.delete(id);
  return { ...view, ticked };
}

/** What is written down of it. */
export type KeptTableView = Omit<TableView, 'ticked' | 'earlierFilters'>;

export function keep({ ticked: _ticked, earlierFilters: _earlier, ...kept }: TableView): KeptTableView {
  return kept;
}

export function readTableView(value: unknown): TableView {
  if (typeof value !== 'object' || value === null) return INITIAL_TABLE_VIEW;
  const kept = value as Partial<Record<keyof KeptTableView, unknown>>;
  const isColumn = (id: unknown): id is ColumnId => COLUMN_BY_ID.has(id as ColumnId);
  const list = (of: unknown): readonly unknown[] => (Array.isArray(of) ? of : []);
  const columns = list(kept.columns).filter(isColumn);
  const sort = kept.sort as TableView['sort'];
  return {
    ...INITIAL_TABLE_VIEW,
    filter: typeof kept.filter === 'string' ? kept.filter : '',
    saved: list(kept.saved).filter((one): one is SavedFilter => typeof (one as SavedFilter | null)?.name === 'string' && typeof (one as SavedFilter).filter === 'string'),
    columns: columns.length > 0 ? columns : INITIAL_TABLE_VIEW.columns,
    widths: readWidths(kept.widths),
    ...(isColumn(sort?.column) ? { sort: { column: sort.column, descending: sort.descending === true } } : {}),
    group: (['project', 'file', 'toolchain', 'verdict'] as const).find((group) => group === kept.group) ?? 'none',
    collapsed: list(kept.collapsed).filter((one): one is string => typeof one === 'string'),
  };
}

function readWidths(value: unknown): TableView['widths'] {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([id, width]) => COLUMN_BY_ID.has(id as ColumnId) && typeof width === 'number' && width >= 32 && width <= 2000));
}
