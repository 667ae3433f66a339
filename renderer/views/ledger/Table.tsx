/**
 * The virtualised table. The focus stays on the grid and the active row is named to assistive programs; arrows move it,
 * and with it the selection everywhere. Space ticks, Left and Right close and open groups.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type FocusEvent } from 'react';
import type { Arranged } from '../../ledger/arrange.ts';
import { COLUMN_BY_ID } from '../../ledger/columns.ts';
import { useWindow } from '../../session/react.ts';
import { GroupLine } from './GroupLine.tsx';
import { HeaderLine } from './HeaderLine.tsx';
import { RowLine } from './RowLine.tsx';
import { useTableKeys } from './use-table-keys.ts';
import { useRowPixels } from '../../theme/text-size.ts';

export const ROW_PIXELS = 22;
const HEADER_PIXELS = 24;
export const lineId = (at: number): string => `ledger-line-${at}`;

export function Table({ arranged, hold }: { readonly arranged: Arranged; readonly hold: (held: boolean) => void }) {
  const grid = useRef<HTMLDivElement>(null);
  const columns = useWindow((state) => state.view.columns);
  const widths = useWindow((state) => state.view.widths);
  const selected = useWindow((state) => state.selection.present.obligation);
  const { lines } = arranged;
  const [active, setActive] = useState(0);
  const rowPixels = useRowPixels(ROW_PIXELS), headerPixels = useRowPixels(HEADER_PIXELS);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => grid.current, estimateSize: () => rowPixels, overscan: 12, scrollPaddingStart: headerPixels });
  useEffect(() => { virtual.measure(); }, [virtual, rowPixels]);
  const keys = useTableKeys(lines, Math.min(active, lines.length - 1), (at) => { setActive(at); virtual.scrollToIndex(at); });

  // A selection made elsewhere is shown here.
  useEffect(() => {
    if (selected === undefined) return;
    const current = lines[active];
    if (current?.type === 'row' && current.id === selected) return;
    const at = lines.findIndex((line) => line.type === 'row' && line.id === selected);
    if (at >= 0) { setActive(at); virtual.scrollToIndex(at); }
    // Only when the selection changes: rows that move must not move the view.
  }, [selected]);

  const template = ['28px', ...columns.map((id) => { const column = COLUMN_BY_ID.get(id)!; const width = widths[id]; return width !== undefined ? `${width}px` : column.grow ? `minmax(${Math.min(column.width, 120)}px, ${column.grow}fr)` : `${column.width}px`; })].join(' ');
  const minimum = 28 + columns.reduce((sum, id) => { const column = COLUMN_BY_ID.get(id)!; return sum + (widths[id] ?? (column.grow ? Math.min(column.width, 120) : column.width)); }, 0);
  const leftBy = (event: FocusEvent<HTMLDivElement>): void => { if (!event.currentTarget.contains(event.relatedTarget)) hold(false); };
  return (
    <div
      ref={grid} className="grid" role="grid" tabIndex={0} aria-label="Obligations" aria-rowcount={lines.length + 1} aria-colcount={columns.length + 1} aria-multiselectable="true" aria-activedescendant={lines.length > 0 ? lineId(Math.min(active, lines.length - 1)) : undefined}
      onKeyDown={keys} onPointerEnter={() => { hold(true); }} onPointerLeave={(event) => { if (!event.currentTarget.contains(document.activeElement)) hold(false); }} onFocus={() => { hold(true); }} onBlur={leftBy}
    >
      <div className="grid-inner" role="presentation" style={{ height: virtual.getTotalSize() + headerPixels, minWidth: minimum, '--columns': template, '--row': `${rowPixels}px`, '--header': `${headerPixels}px` } as React.CSSProperties}>
        <HeaderLine columns={columns} ids={arranged.ids} />
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]!;
          const place = { id: lineId(item.index), at: item.index, top: item.start + headerPixels, active: item.index === active };
          return line.type === 'group'
            ? <GroupLine key={`group ${line.key}`} {...place} line={line} columns={columns.length + 1} activate={setActive} />
            : <RowLine key={line.id} {...place} obligation={line.id} columns={columns} activate={setActive} />;
        })}
      </div>
    </div>
  );
}
