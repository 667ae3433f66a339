/** A group's head: its name and count; a click opens or closes it. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { Line } from '../../ledger/arrange.ts';
import { toggleIn } from '../../ledger/table-view.ts';
import { useSession } from '../../session/react.ts';

interface GroupLineProps { readonly id: string; readonly at: number; readonly top: number; readonly active: boolean; readonly line: Extract<Line, { type: 'group' }>; readonly columns: number; readonly activate: (at: number) => void }

export function GroupLine({ id, at, top, active, line, columns, activate }: GroupLineProps) {
  const session = useSession();
  const toggle = (): void => { activate(at); session.update((state) => ({ ...state, view: { ...state.view, collapsed: toggleIn(state.view.collapsed, line.key) } })); };
  return (
    <div id={id} role="row" aria-rowindex={at + 2} className={`grid-row grid-group ${active ? 'active' : ''}`} style={{ transform: `translateY(${top}px)` }} onClick={toggle}>
      <div role="gridcell" aria-colspan={columns} className="grid-group-cell">{line.collapsed ? <ChevronRight size={14} aria-hidden="true" /> : <ChevronDown size={14} aria-hidden="true" />}<span className="ellipsis">{line.key}</span><span className="number muted">{line.count.toLocaleString('en')}</span><span className="unseen">{line.collapsed ? 'closed' : 'open'}</span></div>
    </div>
  );
}
