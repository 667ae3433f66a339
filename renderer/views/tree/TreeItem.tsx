import { ChevronDown, ChevronRight } from 'lucide-react';
import { useSession, useWindow } from '../../session/react.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';
import { worstOf, type TreeLine } from './build-tree.ts';

interface TreeItemProps { readonly id: string; readonly line: TreeLine; readonly top: number; readonly active: boolean; readonly toggle: () => void; readonly choose: () => void }

export function TreeItem({ id, line, top, active, toggle, choose }: TreeItemProps) {
  const { node } = line;
  const session = useSession();
  const rows = useWindow((state) => state.table.rows);
  const selected = useWindow((state) => node.type === 'obligation' && rows[node.places[0]!]?.id === state.selection.present.obligation);
  const worst = worstOf(rows, node.places);
  const isParent = node.children.length > 0;
  return (
    <div
      id={id} role="treeitem" aria-level={line.level} aria-posinset={line.position} aria-setsize={line.siblings} aria-selected={selected} {...(isParent ? { 'aria-expanded': line.open } : {})}
      className={`tree-item ${active ? 'active' : ''} ${worst.stale ? 'stale' : ''}`} style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (line.level - 1) * 14 }} title={`${node.label}: ${worst.kind}`} onClick={() => { if (isParent) toggle(); choose(); }}
      onDoubleClick={() => { const row = node.type === 'obligation' || node.type === 'file' ? rows[node.places[0]!] : undefined; if (row) session.centre?.openFile(row.file, node.type === 'file' ? undefined : row.range.start.line); }}
    >
      <span className="tree-arrow" aria-hidden="true">{isParent && (line.open ? <ChevronDown size={14} /> : <ChevronRight size={14} />)}</span>
      <VerdictShape kind={worst.kind} assumptions={worst.assumptions} />
      <span className="unseen">{worst.kind}</span>
      <span className="code ellipsis tree-label">{node.label}</span>
      <span className="muted ellipsis tree-beside">{isParent && <span className="number">{node.places.length} </span>}{node.beside}</span>
    </div>
  );
}
