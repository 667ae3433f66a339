/** What a key does in a tree, after the usual pattern for trees. Pure. */
import type { TreeLine } from './build-tree.ts';

export interface TreeMove { readonly to?: number; readonly toggle?: string; readonly open?: boolean }
const PAGE = 20;

export function treeMove(key: string, lines: readonly TreeLine[], active: number): TreeMove | undefined {
  const line = lines[active];
  if (!line) return undefined;
  const within = (at: number): TreeMove => ({ to: Math.max(0, Math.min(lines.length - 1, at)) });
  const isParent = line.node.children.length > 0;
  switch (key) {
    case 'ArrowDown': return within(active + 1);
    case 'ArrowUp': return within(active - 1);
    case 'PageDown': return within(active + PAGE);
    case 'PageUp': return within(active - PAGE);
    case 'Home': return within(0);
    case 'End': return within(lines.length - 1);
    case 'ArrowRight': return isParent && !line.open ? { toggle: line.node.key } : isParent ? within(active + 1) : undefined;
    case 'ArrowLeft': return line.open ? { toggle: line.node.key } : { to: Math.max(0, lines.findLastIndex((other, at) => at < active && other.level < line.level)) };
    case 'Enter': return { to: active, open: true };
    case ' ': return isParent ? { toggle: line.node.key } : { to: active };
    default: return undefined;
  }
}
