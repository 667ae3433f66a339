/** Obligations and what they use and rest on: drawn, and beside it the same as a list. The one selection is in both. */
import { useEffect, useMemo, useState } from 'react';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { loadGraph } from '../../session/graph.ts';
import { selectObligation } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';
import type { GraphView as GraphAnswer } from '../../../app/contract.ts';
import { GraphCanvas } from './GraphCanvas.tsx';
import { GraphList } from './GraphList.tsx';
import { GraphTools } from './GraphTools.tsx';
import { Graph, type DrawnNode, type Scope } from './model.ts';
import { useLayout } from './use-layout.ts';

export function GraphView() {
  const session = useSession();
  const revision = useWindow((state) => valueOf(state.plan)?.revision);
  const graph = useWindow((state) => state.graph);
  useEffect(() => { if (revision !== undefined) void loadGraph(session); }, [session, revision]);
  if (revision === undefined) return <Empty title="No repository is open"><p>Open one: its obligations are drawn here with what they use and what they rest on.</p></Empty>;
  return (
    <Loaded of={graph} what="the graph" again={() => { void loadGraph(session); }}>
      {(view) => (view.nodes.length === 0
        ? <Empty title="There is nothing to draw"><p>No obligation was found in this repository. The plan says which files no tool covers.</p></Empty>
        : <Shown view={view} />)}
    </Loaded>
  );
}

function Shown({ view }: { readonly view: GraphAnswer }) {
  const session = useSession();
  const graph = useMemo(() => new Graph(view), [view]);
  const [scope, setScope] = useState<Scope>({ kind: 'all' });
  const [byModule, setByModule] = useState<boolean>();
  const [query, setQuery] = useState('');
  /** A module or an assumption; an obligation is everybody's selection. */
  const [own, setOwn] = useState<string>();
  const selection = useWindow((state) => state.selection.present.obligation);
  const grouped = byModule ?? graph.isLarge;
  const drawn = useMemo(() => graph.draw(scope, grouped), [graph, scope, grouped]);
  const layout = useLayout(drawn);
  const chosen = own ?? selection;
  const selected = grouped && scope.kind === 'all' && chosen !== undefined ? graph.nodes.get(chosen)?.module ?? chosen : chosen;
  const lit = useMemo(() => {
    const words = query.trim().toLowerCase();
    return words === '' ? undefined : new Set(drawn.nodes.filter(({ label, module }) => `${label} ${module}`.toLowerCase().includes(words)).map(({ id }) => id));
  }, [drawn, query]);

  const choose = (node: DrawnNode): void => {
    if (node.type === 'obligation') { setOwn(undefined); selectObligation(session, node.id); } else setOwn(node.id);
  };
  const open = (node: DrawnNode): void => {
    choose(node);
    if (node.type === 'assumption') setScope({ kind: 'rests-on', id: node.id });
    else if (node.type === 'module') { setByModule(false); setOwn(undefined); setQuery(node.label); } else setScope({ kind: 'near', id: node.id });
  };
  return (
    <div className="graph">
      <GraphTools graph={graph} drawn={drawn} scope={scope} setScope={setScope} grouped={grouped} group={setByModule} query={query} search={setQuery} {...(chosen === undefined ? {} : { chosen })} found={lit?.size} />
      <div className="graph-body">
        <GraphList graph={graph} drawn={drawn} lit={lit} choose={choose} selected={selected} />
        {layout.state === 'ready' && <GraphCanvas layout={layout.value} edges={drawn.edges} graph={graph} selected={selected} lit={lit} choose={choose} open={open} />}
        {layout.state === 'loading' && <p className="empty waiting graph-canvas" role="status">Laying out {drawn.nodes.length.toLocaleString('en')} nodes; the list beside it is complete already…</p>}
        {layout.state === 'failed' && <p className="empty graph-canvas" role="alert">The graph could not be laid out: {layout.problem.message}. The list beside it says the same.</p>}
      </div>
    </div>
  );
}
