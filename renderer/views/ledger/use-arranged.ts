/**
 * The ledger's lines as they are shown. They are arranged anew when rows arrive, unless the pointer or the focus is on
 * them: then every row keeps its place, and only what it says changes. Where arranging is slow it is done more rarely,
 * so that it never takes more than a twentieth of the time.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { arrange, type Arranged } from '../../ledger/arrange.ts';
import type { Filter } from '../../ledger/filter.ts';
import { useWindow } from '../../session/react.ts';
import type { RowTable } from '../../store/rows.ts';

const SHARE = 20;

export interface ShownLines { readonly arranged: Arranged; readonly frozen: boolean; readonly hold: (held: boolean) => void }

export function useArranged(table: RowTable, filter: Filter): ShownLines {
  const sort = useWindow((state) => state.view.sort);
  const group = useWindow((state) => state.view.group);
  const collapsed = useWindow((state) => state.view.collapsed);
  const [held, hold] = useState(false);
  const look = useMemo(() => ({ filter, sort, group, collapsed }), [filter, sort, group, collapsed]);
  const kept = useRef<{ look: object; table: RowTable; arranged: Arranged; cost: number; at: number } | undefined>(undefined);
  const [, again] = useState(0);

  const before = kept.current;
  const wait = before ? before.cost * SHARE - (performance.now() - before.at) : 0;
  const sameLook = before?.look === look && before.table.index === table.index;
  const frozen = sameLook && held && before.table !== table;
  const postponed = sameLook && !frozen && before.table !== table && wait > 0;
  if (!before || (!frozen && !postponed && !(sameLook && before.table === table))) {
    const started = performance.now();
    const arranged = arrange(table, filter, look);
    kept.current = { look, table, arranged, cost: performance.now() - started, at: performance.now() };
  }
  useEffect(() => {
    if (!postponed) return undefined;
    const timer = setTimeout(() => { again((count) => count + 1); }, wait);
    return () => { clearTimeout(timer); };
  }, [postponed, wait]);
  return { arranged: kept.current!.arranged, frozen, hold };
}
