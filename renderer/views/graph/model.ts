/**
 * What of the graph is shown: all of it, or by module where it is too large to read, or only what is near the selection or
 * rests on one assumption. Pure.
 *
 * An obligation's assumptions are all that it rests on, however far. Drawn is only where an assumption enters: the edge
 * of one whose used obligations do not rest on it already. Along the uses everything else can be followed.
 */
import type { GraphView } from '../../../app/contract.ts';

export interface DrawnNode {
  readonly id: string;
  readonly label: string;
  readonly module: string;
  readonly type: 'obligation' | 'assumption' | 'module';
  /** Of a module: the obligations in it. */
  readonly members: readonly string[];
}
export interface DrawnEdge { readonly from: string; readonly to: string; readonly type: 'call' | 'import' | 'rests-on' }
export interface Drawn { readonly nodes: readonly DrawnNode[]; readonly edges: readonly DrawnEdge[] }

export type Scope = { readonly kind: 'all' } | { readonly kind: 'near'; readonly id: string } | { readonly kind: 'rests-on'; readonly id: string };
/** More are drawn by module: nobody reads them one by one. */
export const NODES_AT_MOST = 2_000, EDGES_AT_MOST = 12_000;

/** The graph with its edges found by either end: made once for each answer of the engine. */
export class Graph {
  readonly nodes = new Map<string, DrawnNode>();
  readonly uses = new Map<string, string[]>();
  readonly usedBy = new Map<string, string[]>();
  /** By obligation, all; and by assumption. */
  readonly restsOn = new Map<string, Set<string>>();
  readonly supports = new Map<string, string[]>();
  readonly modules: GraphView['modules'];
  /** By obligation: assumptions that reach it through none that it uses. */
  readonly #entries = new Map<string, string[]>();

  constructor(readonly view: GraphView) {
    this.modules = view.modules;
    for (const node of view.nodes) this.nodes.set(node.id, { ...node, members: node.type === 'obligation' ? [node.id] : [] });
    for (const { from, to, type } of view.edges) {
      if (type === 'uses') { add(this.uses, from, to); add(this.usedBy, to, from); } else {
        (this.restsOn.get(from) ?? this.restsOn.set(from, new Set()).get(from)!).add(to);
        add(this.supports, to, from);
      }
    }
    for (const [assumption, resting] of this.supports) {
      const entered = resting.filter((id) => !(this.uses.get(id) ?? []).some((used) => used !== id && this.restsOn.get(used)?.has(assumption)));
      // Those that use each other in a ring have no first.
      for (const id of entered.length > 0 ? entered : resting) add(this.#entries, id, assumption);
    }
  }

  get isLarge(): boolean { return this.nodes.size > NODES_AT_MOST || this.view.edges.length > EDGES_AT_MOST; }

  near(id: string): ReadonlySet<string> {
    return new Set([id, ...this.uses.get(id) ?? [], ...this.usedBy.get(id) ?? [], ...this.restsOn.get(id) ?? [], ...this.supports.get(id) ?? []]);
  }

  draw(scope: Scope, byModule: boolean): Drawn {
    if (scope.kind === 'all' && byModule) return this.#byModule();
    const shown = scope.kind === 'near' ? this.near(scope.id) : scope.kind === 'rests-on' ? new Set([scope.id, ...this.supports.get(scope.id) ?? []]) : undefined;
    const isShown = (id: string): boolean => this.nodes.has(id) && shown?.has(id) !== false;
    const nodes = [...this.nodes.values()].filter(({ id }) => isShown(id)).slice(0, NODES_AT_MOST);
    const kept = new Set(nodes.map(({ id }) => id));
    const edges: DrawnEdge[] = [];
    for (const { id } of nodes) {
      for (const to of this.uses.get(id) ?? []) if (kept.has(to) && to !== id) edges.push({ from: id, to, type: 'call' });
      for (const to of this.#entries.get(id) ?? []) if (kept.has(to)) edges.push({ from: id, to, type: 'rests-on' });
    }
    return { nodes, edges: edges.slice(0, EDGES_AT_MOST) };
  }

  #byModule(): Drawn {
    const members = new Map<string, string[]>();
    for (const node of this.nodes.values()) if (node.type === 'obligation') add(members, node.module, node.id);
    const nodes = this.modules.map(({ id, label }): DrawnNode => ({ id, label, module: id, type: 'module', members: members.get(id) ?? [] }));
    const edges = new Map<string, DrawnEdge>();
    for (const [from, used] of this.uses) for (const to of used) {
      const [a, b] = [this.nodes.get(from)?.module, this.nodes.get(to)?.module];
      if (a !== undefined && b !== undefined && a !== b) edges.set(`${a}\n${b}`, { from: a, to: b, type: 'import' });
    }
    const kept = nodes.slice(0, NODES_AT_MOST);
    const ids = new Set(kept.map(({ id }) => id));
    return { nodes: kept, edges: [...edges.values()].filter(({ from, to }) => ids.has(from) && ids.has(to)).slice(0, EDGES_AT_MOST) };
  }
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value); else map.set(key, [value]);
}
