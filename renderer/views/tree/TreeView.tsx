/** The tree of obligations, virtualised. The focus stays on the tree and the active line is named; arrows walk and open. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Empty } from '../../parts/Loaded.tsx';
import { selectObligation, selectPlace } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { buildTree, visibleLines, type TreeLine } from './build-tree.ts';
import { TreeItem } from './TreeItem.tsx';
import { treeMove } from './tree-keys.ts';
import { useRowPixels } from '../../theme/text-size.ts';

const ROW_PIXELS = 20;
const itemId = (at: number): string => `tree-item-${at}`;

export function TreeView() {
  const session = useSession();
  const structure = useWindow((state) => state.table.structure);
  const index = useWindow((state) => state.table.index);
  const selected = useWindow((state) => state.selection.present.obligation);
  const nodes = useMemo(() => buildTree(session.get().table.rows), [session, structure, index]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => visibleLines(nodes, toggled), [nodes, toggled]);
  const [at, setAt] = useState(0);
  const active = Math.min(at, lines.length - 1);
  const root = useRef<HTMLDivElement>(null);
  const rowPixels = useRowPixels(ROW_PIXELS);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => root.current, estimateSize: () => rowPixels, overscan: 10 });
  useEffect(() => { virtual.measure(); }, [virtual, rowPixels]);

  const toggle = (key: string): void => { setToggled((before) => { const after = new Set(before); if (!after.delete(key)) after.add(key); return after; }); };
  const choose = (line: TreeLine): void => {
    const row = session.get().table.rows[line.node.places[0]!];
    if (line.node.type === 'obligation' && row) selectObligation(session, row.id);
    else if (line.node.type === 'file' && row) selectPlace(session, { file: row.file });
  };
  useEffect(() => {
    const found = lines.findIndex((line) => line.node.key === `obligation ${selected ?? ''}`);
    if (found >= 0) { setAt(found); virtual.scrollToIndex(found); }
    // Only when the selection changes: opening a file must not move the view.
  }, [selected]);

  if (lines.length === 0) return <Empty title="No obligations yet"><p>They are listed here by project, file and symbol once a repository is open.</p></Empty>;
  return (
    <div
      ref={root} className="tree" role="tree" tabIndex={0} aria-label="Obligations by project and file" aria-activedescendant={itemId(active)} data-first-focus
      onKeyDown={(event) => {
        const move = treeMove(event.key, lines, active);
        if (!move) return;
        event.preventDefault();
        if (move.toggle !== undefined) toggle(move.toggle);
        if (move.to !== undefined) { setAt(move.to); virtual.scrollToIndex(move.to); choose(lines[move.to]!); }
        if (move.open) { const row = session.get().table.rows[lines[active]!.node.places[0]!]; if (row) session.centre?.openFile(row.file, row.range.start.line); }
      }}
    >
      <div role="presentation" className="tree-inner" style={{ height: virtual.getTotalSize(), '--row': `${rowPixels}px` } as React.CSSProperties}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]!;
          return <TreeItem key={line.node.key} id={itemId(item.index)} line={line} top={item.start} active={item.index === active} toggle={() => { setAt(item.index); toggle(line.node.key); }} choose={() => { setAt(item.index); choose(line); }} />;
        })}
      </div>
    </div>
  );
}
