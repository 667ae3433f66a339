/**
 * The graph of obligations, as an outline finds it without running anything: who uses whom, and where a specification
 * stands. It orders, draws and explains; no verdict is made from it. Files that do not parse keep what was read of them.
 */
import type { Obligation, Range } from './contract.ts';

export interface GraphNode {
  /** Ids of obligations that it uses directly (calls, names, instantiates). Callers are the reverse. Absent where it is not known. */
  readonly uses?: readonly string[];
  /** `exact`: those and no others. `names`: by the names in its text, so more than it uses and never less of what the outline knows. */
  readonly usesScope?: 'exact' | 'names';
  /** Signature and contract, without body or proof; absent where the obligation is its own specification. */
  readonly specification?: Range;
}

/** Of one project; beyond it every name is used everywhere, and a graph says nothing. */
const MOST_EDGES = 200_000;

/** Adds the edges, all or none: a graph with some of them missing would be read as one without. */
export function withUses<T extends Obligation>(obligations: readonly T[], usesScope: 'exact' | 'names', usesOf: (obligation: T) => readonly string[]): T[] {
  let edges = 0;
  const used: string[][] = [];
  for (const obligation of obligations) {
    const uses = [...new Set(usesOf(obligation))].filter((id) => id !== obligation.id).sort();
    edges += uses.length;
    if (edges > MOST_EDGES) return [...obligations];
    used.push(uses);
  }
  return obligations.map((obligation, index) => ({ ...obligation, uses: used[index]!, usesScope }));
}

/** The obligations that are reached without passing through another: what gets no verdict of its own is passed through. */
export function nearest<K>(start: K, edges: ReadonlyMap<K, Iterable<K>>, idOf: (key: K) => string | undefined): string[] {
  const found = new Set<string>();
  const passed = new Set([start]);
  for (const key of passed) for (const next of edges.get(key) ?? []) {
    const id = idOf(next);
    if (id === undefined) passed.add(next); else if (next !== start) found.add(id);
  }
  return [...found];
}

/** Who uses it: ids by the id that is used. */
export function usersOf(obligations: readonly Obligation[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { id, uses } of obligations) for (const used of uses ?? []) { const known = users.get(used); if (known) known.push(id); else users.set(used, [id]); }
  return users;
}
