/** A long list of lines of one height, of which those in sight are drawn. Arrows move; Enter or a click chooses. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useRowPixels } from '../theme/text-size.ts';

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  /** Height of a line at the usual size of text. */
  readonly usualPixels?: number;
  readonly choose: (item: Item) => void;
  readonly children: (item: Item) => ReactNode;
}

export function VirtualList<Item>({ label, items, usualPixels = 20, choose, children }: VirtualListProps<Item>) {
  const rowPixels = useRowPixels(usualPixels);
  const root = useRef<HTMLDivElement>(null);
  const name = useId();
  const [at, setAt] = useState(0);
  const active = Math.min(at, items.length - 1);
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => root.current, estimateSize: () => rowPixels, overscan: 10 });
  useEffect(() => { virtual.measure(); }, [virtual, rowPixels]);
  return (
    <div
      ref={root} className="list-box" role="listbox" tabIndex={0} aria-label={label} aria-activedescendant={items.length > 0 ? `${name}-${active}` : undefined}
      onKeyDown={(event) => {
        const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 20, PageUp: active - 20, Home: 0, End: items.length - 1 }[event.key];
        if (to !== undefined) { event.preventDefault(); const next = Math.max(0, Math.min(items.length - 1, to)); setAt(next); virtual.scrollToIndex(next); }
        else if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); const item = items[active]; if (item !== undefined) choose(item); }
      }}
    >
      <div role="presentation" className="list-box-inner" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((line) => {
          const item = items[line.index]!;
          return (
            <div key={line.index} id={`${name}-${line.index}`} role="option" aria-selected={line.index === active} aria-posinset={line.index + 1} aria-setsize={items.length} className={`list-line ${line.index === active ? 'active' : ''}`} style={{ transform: `translateY(${line.start}px)`, height: rowPixels }} onClick={() => { setAt(line.index); choose(item); }}>
              {children(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
