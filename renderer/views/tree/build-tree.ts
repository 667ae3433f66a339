/**
 * Project, file, symbol: the structure of the ledger as a tree. Pure, and made anew only when rows were added. A project
 * of one file shows the file at once, so that many small files are not hidden behind as many projects.
 */
import { classOf, type LedgerRow, type VerdictKind } from '../../../app/contract.ts';

export interface TreeNode {
  readonly key: string;
  readonly type: 'project' | 'file' | 'obligation';
  readonly label: string;
  readonly beside: string;
  /** Rows by place in the table. */
  readonly places: readonly number[];
  readonly children: readonly TreeNode[];
}

export interface TreeLine { readonly node: TreeNode; readonly level: number; readonly position: number; readonly siblings: number; readonly open: boolean }

export function buildTree(rows: readonly LedgerRow[]): readonly TreeNode[] {
  const projects = new Map<string, Map<string, number[]>>();
  rows.forEach((row, place) => {
    let files = projects.get(row.project);
    if (!files) projects.set(row.project, files = new Map());
    const places = files.get(row.file);
    if (places) places.push(place); else files.set(row.file, [place]);
  });
  return [...projects].map(([project, files]) => {
    const toolchain = rows[[...files.values()][0]![0]!]!.toolchain;
    const nodes = [...files].map(([file, places]): TreeNode => ({
      key: `file ${project} ${file}`, type: 'file', label: files.size === 1 ? file : file.slice(file.lastIndexOf('/') + 1), beside: files.size === 1 ? toolchain : file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '', places,
      children: places.map((place) => ({ key: `obligation ${rows[place]!.id}`, type: 'obligation', label: rows[place]!.symbol, beside: rows[place]!.task ?? '', places: [place], children: [] })),
    }));
    return nodes.length === 1 ? nodes[0]! : { key: `project ${project}`, type: 'project', label: project.slice(project.indexOf(':') + 1) || project, beside: toolchain, places: nodes.flatMap((node) => node.places), children: nodes };
  });
}

/** @param toggled keys that are not as they are at first: projects open, files closed */
export function visibleLines(nodes: readonly TreeNode[], toggled: ReadonlySet<string>, level = 1): TreeLine[] {
  return nodes.flatMap((node, index) => {
    const open = node.children.length > 0 && (node.type === 'project') !== toggled.has(node.key);
    const line: TreeLine = { node, level, position: index + 1, siblings: nodes.length, open };
    return open ? [line, ...visibleLines(node.children, toggled, level + 1)] : [line];
  });
}

const CLASS_WEIGHT = { red: 5, unchecked: 4, open: 3, green: 2, none: 1 } as const;

/** What a node is drawn as: the worst under it. "Not run" alone outweighs only what is proved. */
export function worstOf(rows: readonly LedgerRow[], places: readonly number[]): { readonly kind: VerdictKind; readonly assumptions: number; readonly stale: boolean } {
  let kind: VerdictKind = 'nothing-to-prove', weight = 0, assumptions = 0, stale = false;
  for (const place of places) {
    const row = rows[place]!;
    const own = row.verdict.kind === 'not-run' ? 2.5 : row.verdict.kind === 'bounded' ? 2.2 : CLASS_WEIGHT[classOf(row.verdict.kind)];
    if (own > weight) { weight = own; kind = row.verdict.kind; }
    assumptions += row.assumptions.length;
    stale ||= row.stale !== undefined;
  }
  return { kind, assumptions, stale };
}
