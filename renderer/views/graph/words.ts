/** A node in words, for the list, for hovering and for assistive programs; and the verdict that a node shows. */
import { classOf, type LedgerRow, type VerdictClass, type VerdictKind } from '../../../app/contract.ts';
import { rowOf, type RowTable } from '../../store/rows.ts';
import type { DrawnNode, Graph } from './model.ts';

export interface Look { readonly kind: VerdictKind | undefined; readonly stale: boolean; readonly words: string }

/** What needs the looker most comes first: a module is as bad as the worst in it. */
const RANK: Readonly<Record<VerdictClass, number>> = { red: 0, unchecked: 1, open: 2, none: 3, green: 4 };
const rank = (row: LedgerRow): number => RANK[classOf(row.verdict.kind)];

export function lookOf(node: DrawnNode, table: RowTable): Look {
  if (node.type === 'assumption') return { kind: undefined, stale: false, words: 'taken on trust' };
  const rows = node.members.flatMap((id) => rowOf(table, id) ?? []);
  const worst = rows.reduce<LedgerRow | undefined>((found, row) => (found === undefined || rank(row) < rank(found) ? row : found), undefined);
  const stale = rows.some((row) => row.stale !== undefined);
  const kind: VerdictKind | undefined = worst?.verdict.kind;
  const words = node.type === 'module' ? `${node.members.length} obligations, the worst: ${kind ?? 'not known'}` : kind ?? 'not known';
  return { kind, stale, words: stale ? `${words}, stale` : words };
}

export function nodeWords(node: DrawnNode, graph: Graph, table: RowTable): string {
  const { words } = lookOf(node, table);
  if (node.type === 'assumption') return `${node.label}: ${words}; ${graph.supports.get(node.id)?.length ?? 0} rest on it`;
  if (node.type === 'module') return `${node.label}: ${words}`;
  const [uses, users, rests] = [graph.uses.get(node.id)?.length ?? 0, graph.usedBy.get(node.id)?.length ?? 0, graph.restsOn.get(node.id)?.size ?? 0];
  return `${node.label}: ${words}; uses ${uses}, used by ${users}, rests on ${rests}`;
}
