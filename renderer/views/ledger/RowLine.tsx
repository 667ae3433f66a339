/** One obligation's line. It reads its own row, so that a batch draws only the lines that changed. */
import { memo } from 'react';
import { COLUMN_BY_ID, type ColumnId } from '../../ledger/columns.ts';
import { shortDate } from '../../ledger/format.ts';
import { tick } from '../../ledger/table-view.ts';
import { selectObligation } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { rowOf } from '../../store/rows.ts';
import { Flag, VerdictShape } from '../../verdict/VerdictShape.tsx';
import type { LedgerRow } from '../../../app/contract.ts';

interface RowLineProps { readonly id: string; readonly at: number; readonly top: number; readonly active: boolean; readonly obligation: string; readonly columns: readonly ColumnId[]; readonly activate: (at: number) => void }

export const RowLine = memo(function RowLine({ id, at, top, active, obligation, columns, activate }: RowLineProps) {
  const session = useSession();
  const row = useWindow((state) => rowOf(state.table, obligation));
  const selected = useWindow((state) => state.selection.present.obligation === obligation);
  const ticked = useWindow((state) => state.view.ticked.has(obligation));
  if (!row) return null;
  const choose = (): void => { activate(at); selectObligation(session, obligation); };
  return (
    <div id={id} role="row" aria-rowindex={at + 2} aria-selected={selected} className={`grid-row ${active ? 'active' : ''} ${row.stale !== undefined ? 'stale' : ''}`} style={{ transform: `translateY(${top}px)` }} onClick={choose} onDoubleClick={() => { session.centre?.openFile(row.file, row.range.start.line); }}>
      <div role="gridcell" className="grid-cell">
        <input type="checkbox" tabIndex={-1} aria-label={`Tick ${row.symbol}`} checked={ticked} onClick={(event) => { event.stopPropagation(); }} onChange={() => { session.update((state) => ({ ...state, view: tick(state.view, [obligation], !ticked) })); }} />
      </div>
      {columns.map((column) => <Cell key={column} row={row} column={column} />)}
    </div>
  );
});

function Cell({ row, column: id }: { readonly row: LedgerRow; readonly column: ColumnId }) {
  const column = COLUMN_BY_ID.get(id)!;
  if (id === 'verdict') return <div role="gridcell" className="grid-cell verdict-cell"><VerdictShape kind={row.verdict.kind} assumptions={row.assumptions.length} /><span>{row.verdict.kind}</span></div>;
  if (id === 'flags') return <div role="gridcell" className="grid-cell flags-cell"><Flags row={row} /></div>;
  const text = column.text(row);
  return <div role="gridcell" className={`grid-cell ${column.numeric ? 'number' : ''} ${column.code ? 'code' : ''}`} title={text}>{text}</div>;
}

function Flags({ row }: { readonly row: LedgerRow }) {
  return (
    <>
      {row.stale !== undefined && <span className="stale-word" title={row.stale}>stale</span>}
      {row.cached && <Flag name="cached" role="grey" word={row.at === undefined ? 'cached' : `cached, of ${shortDate(row.at)}`} />}
      {row.confirmed > 0 && <Flag name="confirmed" role="green" word={`confirmed by ${row.confirmed}`} />}
      {row.asExpected && <span className="muted" title="as the file expects">expected</span>}
    </>
  );
}
