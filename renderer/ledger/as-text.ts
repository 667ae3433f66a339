/** Rows as text with tabs between, as spreadsheets take them. */
import type { LedgerRow } from '../../app/contract.ts';
import { COLUMN_BY_ID, type ColumnId } from './columns.ts';

/** A cell that a spreadsheet would take for a formula is kept from being one: names are a stranger's. */
const cell = (text: string): string => { const flat = text.replace(/[\t\r\n]+/g, ' '); return /^[=+\-@]/.test(flat) ? `'${flat}` : flat; };

export function rowsAsText(rows: readonly LedgerRow[], columns: readonly ColumnId[]): string {
  const shown = columns.map((id) => COLUMN_BY_ID.get(id)).filter((column) => column !== undefined);
  return [shown.map((column) => column.title), ...rows.map((row) => shown.map((column) => cell(column.text(row))))].map((line) => line.join('\t')).join('\n');
}
