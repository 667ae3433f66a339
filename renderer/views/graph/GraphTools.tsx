/** What is drawn, and a search in it. */
import type { Drawn, Graph, Scope } from './model.ts';

interface GraphToolsProps {
  readonly graph: Graph;
  readonly drawn: Drawn;
  readonly scope: Scope;
  readonly setScope: (scope: Scope) => void;
  readonly grouped: boolean;
  readonly group: (grouped: boolean) => void;
  readonly query: string;
  readonly search: (query: string) => void;
  readonly chosen?: string;
  readonly found: number | undefined;
}

export function GraphTools({ graph, drawn, scope, setScope, grouped, group, query, search, chosen, found }: GraphToolsProps) {
  const node = chosen === undefined ? undefined : graph.nodes.get(chosen);
  const { unknown } = graph.view;
  const scoped = scope.kind === 'all' ? undefined : graph.nodes.get(scope.id)?.label ?? scope.id;
  return (
    <div className="graph-tools">
      <input type="search" className="field" aria-label="Find in the graph" placeholder="Find in the graph" value={query} onChange={(event) => { search(event.target.value); }} />
      {found !== undefined && <span className="muted number" role="status">{found.toLocaleString('en')} found</span>}
      {scope.kind === 'all'
        ? <label className="check"><input type="checkbox" checked={grouped} onChange={(event) => { group(event.target.checked); }} /> By module</label>
        : <button type="button" className="button" onClick={() => { setScope({ kind: 'all' }); }}>Show all</button>}
      <button type="button" className="button" disabled={node?.type !== 'obligation'} aria-pressed={scope.kind === 'near'} title="The selected one with what it uses and what uses it" onClick={() => { if (node) setScope({ kind: 'near', id: node.id }); }}>Neighbours</button>
      <Trusted graph={graph} {...(scope.kind === 'rests-on' ? { shown: scope.id } : {})} setScope={setScope} />
      <span className="muted number graph-count">
        {scoped !== undefined && <>{scope.kind === 'near' ? 'around ' : 'rests on '}<span className="code">{scoped}</span>: </>}
        {drawn.nodes.length.toLocaleString('en')} nodes, {drawn.edges.length.toLocaleString('en')} edges
        {grouped && scope.kind === 'all' && graph.isLarge && ', by module: there are too many to read one by one'}
      </span>
      {unknown.length > 0 && <span className="muted">No edges are known of: {unknown.join(', ')}</span>}
    </div>
  );
}

/** From an assumption to all that rests on it. */
function Trusted({ graph, shown, setScope }: { readonly graph: Graph; readonly shown?: string; readonly setScope: (scope: Scope) => void }) {
  const assumptions = graph.view.nodes.filter(({ type }) => type === 'assumption');
  if (assumptions.length === 0) return null;
  return (
    <select className="field" aria-label="What rests on an assumption" value={shown ?? ''} onChange={(event) => { setScope(event.target.value === '' ? { kind: 'all' } : { kind: 'rests-on', id: event.target.value }); }}>
      <option value="">What rests on…</option>
      {assumptions.slice(0, 500).map(({ id, label, module }) => <option key={id} value={id}>{label} in {graph.modules.find((one) => one.id === module)?.label ?? module} ({graph.supports.get(id)?.length ?? 0})</option>)}
    </select>
  );
}
