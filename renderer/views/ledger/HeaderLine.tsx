/** Column heads: a click sorts, the edge is dragged to another width, the box ticks all. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { PointerEvent } from 'react';
import { COLUMN_BY_ID, type ColumnId } from '../../ledger/columns.ts';
import { tick, toggleSort } from '../../ledger/table-view.ts';
import { useSession, useWindow } from '../../session/react.ts';

export function HeaderLine({ columns, ids }: { readonly columns: readonly ColumnId[]; readonly ids: readonly string[] }) {
  const session = useSession();
  const sort = useWindow((state) => state.view.sort);
  const ticked = useWindow((state) => state.view.ticked);
  const all = ids.length > 0 && ticked.size >= ids.length && ids.every((id) => ticked.has(id));
  return (
    <div className="grid-header" role="row" aria-rowindex={1}>
      <div role="columnheader" className="grid-cell"><input type="checkbox" aria-label="Tick all that the filter lets through" checked={all} onChange={() => { session.update((state) => ({ ...state, view: tick(state.view, ids, !all) })); }} /></div>
      {columns.map((id) => {
        const column = COLUMN_BY_ID.get(id)!;
        const sorted = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined;
        return (
          <div key={id} role="columnheader" className={`grid-cell ${column.numeric ? 'number' : ''}`} aria-sort={sorted ?? 'none'}>
            <button type="button" className="grid-head" tabIndex={-1} onClick={() => { session.update((state) => ({ ...state, view: toggleSort(state.view, id) })); }}>{column.title}{sorted !== undefined && (sorted === 'descending' ? <ArrowDown size={12} aria-hidden="true" /> : <ArrowUp size={12} aria-hidden="true" />)}</button>
            <Edge id={id} />
          </div>
        );
      })}
    </div>
  );
}

function Edge({ id }: { readonly id: ColumnId }) {
  const session = useSession();
  const setWidth = (width: number | undefined): void => { session.update((state) => ({ ...state, view: { ...state.view, widths: { ...state.view.widths, [id]: width } } })); };
  const start = (event: PointerEvent<HTMLSpanElement>): void => {
    const edge = event.currentTarget;
    const first = edge.parentElement!.getBoundingClientRect().width - event.clientX;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (moved) => { setWidth(Math.max(40, Math.round(first + moved.clientX))); };
    edge.onpointerup = () => { edge.onpointermove = null; };
  };
  return <span className="grid-edge" aria-hidden="true" onPointerDown={start} onDoubleClick={() => { setWidth(undefined); }} />;
}
