/** Filter by typing, saved filters, grouping, columns, and what can be done with the ticked rows. */
import { useEffect, useRef, useState } from 'react';
import { Undo2 } from 'lucide-react';
import type { FilterProblem } from '../../ledger/filter.ts';
import { setFilter, undoFilter, type GroupBy } from '../../ledger/table-view.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { SavedFilters } from './SavedFilters.tsx';
import { TickedActions } from './TickedActions.tsx';

const GROUPS: readonly (readonly [GroupBy, string])[] = [['none', 'no groups'], ['project', 'by project'], ['file', 'by file'], ['toolchain', 'by tool'], ['verdict', 'by verdict']];
/** After the last key, so that a word half typed filters nothing. */
const SETTLE_MILLISECONDS = 150;

export function FilterBar({ problems }: { readonly problems: readonly FilterProblem[] }) {
  const session = useSession();
  const filter = useWindow((state) => state.view.filter);
  const group = useWindow((state) => state.view.group);
  const canUndo = useWindow((state) => state.view.earlierFilters.length > 0);
  const [typed, setTyped] = useState(filter);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // A filter from elsewhere (undo, the strip) ends what was being typed.
  useEffect(() => { clearTimeout(timer.current); setTyped(filter); }, [filter]);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { session.update((state) => ({ ...state, view: setFilter(state.view, text) })); }, SETTLE_MILLISECONDS);
  };
  return (
    <div className="filter-bar" role="search" aria-label="Filter the ledger">
      <input
        type="search" className="field code filter-field" value={typed} onChange={(event) => { type(event.target.value); }} spellCheck={false} aria-label="Filter" aria-describedby="filter-problems" data-first-focus
        placeholder="failed tool:dafny time>5s file:src assumption:any" aria-invalid={problems.length > 0}
      />
      <button type="button" className="icon-button" aria-label="Undo the last filter" title="Undo the last filter (Alt+Backspace)" disabled={!canUndo} onClick={() => { session.update((state) => ({ ...state, view: undoFilter(state.view) })); }}><Undo2 size={14} aria-hidden="true" /></button>
      <SavedFilters />
      <select className="field" aria-label="Groups" value={group} onChange={(event) => { const chosen = event.target.value as GroupBy; session.update((state) => ({ ...state, view: { ...state.view, group: chosen, collapsed: [] } })); }}>
        {GROUPS.map(([id, words]) => <option key={id} value={id}>{words}</option>)}
      </select>
      <ColumnMenu />
      <TickedActions />
      <span id="filter-problems" className="filter-problems role-amber" role="status">{problems.map((problem) => problem.message).join('. ')}</span>
    </div>
  );
}
