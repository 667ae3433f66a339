/** The columns that the ledger can show: what each says of a row, as text, and by what it sorts. */
import { VERDICT_KINDS, type LedgerRow } from '../../app/contract.ts';
import { duration, memory, shortDate } from './format.ts';

export type ColumnId = 'verdict' | 'symbol' | 'file' | 'line' | 'sentence' | 'kind' | 'toolchain' | 'project' | 'task' | 'time' | 'memory' | 'assumptions' | 'flags' | 'by' | 'at';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Pixels at first; the user's width replaces it. `grow` shares what is left. */
  readonly width: number;
  readonly grow?: number;
  readonly numeric?: boolean;
  readonly code?: boolean;
  readonly text: (row: LedgerRow) => string;
  readonly sort: (row: LedgerRow) => string | number;
}

const rank = new Map(VERDICT_KINDS.map((kind, index) => [kind, index]));
const flagWords = (row: LedgerRow): string =>
  [row.stale !== undefined && 'stale', row.cached && 'cached', row.confirmed > 0 && 'confirmed', row.asExpected && 'as expected'].filter((word) => word !== false).join(', ');

export const COLUMNS: readonly Column[] = [
  { id: 'verdict', title: 'Verdict', width: 148, text: (row) => row.verdict.kind, sort: (row) => rank.get(row.verdict.kind) ?? 0 },
  { id: 'symbol', title: 'Obligation', width: 200, grow: 2, code: true, text: (row) => row.symbol, sort: (row) => row.symbol },
  { id: 'sentence', title: 'In words', width: 240, grow: 3, text: (row) => row.sentence, sort: (row) => row.sentence },
  { id: 'file', title: 'File', width: 180, grow: 2, code: true, text: (row) => row.file, sort: (row) => row.file },
  { id: 'line', title: 'Line', width: 48, numeric: true, text: (row) => String(row.range.start.line), sort: (row) => row.range.start.line },
  { id: 'time', title: 'Time', width: 68, numeric: true, text: (row) => (row.at === undefined ? '' : duration(row.seconds)), sort: (row) => row.seconds },
  { id: 'memory', title: 'Memory', width: 76, numeric: true, text: (row) => (row.memoryMb > 0 ? memory(row.memoryMb) : ''), sort: (row) => row.memoryMb },
  { id: 'assumptions', title: 'Rests on', width: 80, numeric: true, text: (row) => (row.assumptions.length === 0 ? '' : `${row.assumptionScope === 'project' ? '≤ ' : ''}${row.assumptions.length}`), sort: (row) => row.assumptions.length },
  { id: 'flags', title: 'Flags', width: 84, text: flagWords, sort: flagWords },
  { id: 'kind', title: 'Kind', width: 84, text: (row) => row.kind, sort: (row) => row.kind },
  { id: 'toolchain', title: 'Tool', width: 72, text: (row) => row.toolchain, sort: (row) => row.toolchain },
  { id: 'by', title: 'Decided by', width: 160, text: (row) => row.by ?? '', sort: (row) => row.by ?? '' },
  { id: 'project', title: 'Project', width: 160, code: true, text: (row) => row.project, sort: (row) => row.project },
  { id: 'task', title: 'Task', width: 80, text: (row) => row.task ?? '', sort: (row) => row.task ?? '' },
  { id: 'at', title: 'Evidence of', width: 132, numeric: true, text: (row) => (row.at === undefined ? '' : shortDate(row.at)), sort: (row) => row.at ?? '' },
];

export const COLUMN_BY_ID: ReadonlyMap<ColumnId, Column> = new Map(COLUMNS.map((column) => [column.id, column]));
