/** The keys of the ledger's table. */
import type { KeyboardEvent } from 'react';
import type { Line } from '../../ledger/arrange.ts';
import { tick, toggleIn } from '../../ledger/table-view.ts';
import { copyText, selectObligation } from '../../session/inspect.ts';
import { rowsAsText } from '../../ledger/as-text.ts';
import { useSession } from '../../session/react.ts';

const PAGE = 20;

export function useTableKeys(lines: readonly Line[], active: number, activate: (at: number) => void): (event: KeyboardEvent<HTMLElement>) => void {
  const session = useSession();
  const go = (at: number): void => {
    const to = Math.max(0, Math.min(lines.length - 1, at));
    activate(to);
    const line = lines[to];
    if (line?.type === 'row') selectObligation(session, line.id);
  };
  const toggleGroup = (key: string): void => { session.update((state) => ({ ...state, view: { ...state.view, collapsed: toggleIn(state.view.collapsed, key) } })); };
  return (event) => {
    if (event.target !== event.currentTarget) return;
    const line = lines[active];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && getSelection()?.isCollapsed !== false) {
      const { table, view } = session.get();
      const wanted = view.ticked.size > 0 ? view.ticked : new Set(line?.type === 'row' ? [line.id] : []);
      void copyText(session, rowsAsText(table.rows.filter((row) => wanted.has(row.id)), view.columns), wanted.size === 1 ? 'the row' : `${wanted.size} rows`);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + PAGE, PageUp: active - PAGE, Home: 0, End: lines.length - 1 };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if (event.key === ' ' && line?.type === 'row') session.update((state) => ({ ...state, view: tick(state.view, [line.id], !state.view.ticked.has(line.id)) }));
    else if (event.key === 'Enter' && line?.type === 'row') { selectObligation(session, line.id); session.update((state) => ({ ...state, layout: { ...state.layout, inspector: true } })); }
    else if (line?.type === 'group' && (event.key === 'Enter' || event.key === ' ' || (event.key === 'ArrowLeft' && !line.collapsed) || (event.key === 'ArrowRight' && line.collapsed))) toggleGroup(line.key);
    else return;
    event.preventDefault();
  };
}
