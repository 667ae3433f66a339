/** The graph as a list, in words: all of it that the drawing shows, for whoever does not look at a drawing. */
import { useMemo } from 'react';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { useWindow } from '../../session/react.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';
import type { Drawn, DrawnNode, Graph } from './model.ts';
import { lookOf, nodeWords } from './words.ts';

interface GraphListProps {
  readonly graph: Graph;
  readonly drawn: Drawn;
  readonly lit: ReadonlySet<string> | undefined;
  readonly selected: string | undefined;
  readonly choose: (node: DrawnNode) => void;
}

export function GraphList({ graph, drawn, lit, selected, choose }: GraphListProps) {
  const table = useWindow((state) => state.table);
  const items = useMemo(() => drawn.nodes.filter(({ id }) => lit?.has(id) !== false), [drawn, lit]);
  const node = selected === undefined ? undefined : graph.nodes.get(selected);
  const names = (ids: Iterable<string> | undefined): string => [...ids ?? []].map((id) => graph.nodes.get(id)?.label ?? id).join(', ') || 'none';
  return (
    <div className="graph-list">
      <VirtualList label="Nodes of the graph" items={items} usualPixels={22} choose={choose}>
        {(item) => {
          const { kind } = lookOf(item, table);
          return (
            <span className={`graph-item ${item.id === selected ? 'selected' : ''}`} title={nodeWords(item, graph, table)}>
              {kind === undefined ? <span className="graph-trust role-amber" aria-hidden="true">△</span> : <VerdictShape kind={kind} />}
              <span className="code graph-label">{item.label}</span><span className="unseen">{nodeWords(item, graph, table)}</span>
            </span>
          );
        }}
      </VirtualList>
      {node && (
        <dl className="graph-facts" aria-label={`Of ${node.label}`} tabIndex={0}>
          {node.type === 'obligation' && <><dt>Uses</dt><dd>{names(graph.uses.get(node.id))}</dd><dt>Used by</dt><dd>{names(graph.usedBy.get(node.id))}</dd><dt>Rests on</dt><dd>{names(graph.restsOn.get(node.id))}</dd></>}
          {node.type === 'assumption' && <><dt>What rests on it</dt><dd>{names(graph.supports.get(node.id))}</dd></>}
        </dl>
      )}
    </div>
  );
}
