/** Places of nodes, found by ELK beside the window's thread: layers from who uses to what is used. The library is large and loaded with the first graph. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Drawn } from './model.ts';
import { NARROWEST, NODE_HEIGHT, widthOf, type Layout } from './placed.ts';

const OPTIONS = {
  'elk.algorithm': 'layered', 'elk.direction': 'RIGHT', 'elk.layered.spacing.nodeNodeBetweenLayers': '56', 'elk.spacing.nodeNode': '10', 'elk.spacing.componentComponent': '24',
  'elk.separateConnectedComponents': 'true', 'elk.aspectRatio': '1.6', 'elk.edgeRouting': 'POLYLINE', 'elk.layered.thoroughness': '3', 'elk.layered.nodePlacement.strategy': 'SIMPLE',
  'elk.layered.compaction.postCompaction.strategy': 'NONE',
};

/** Rejects where it cannot be placed; nothing where the signal fired meanwhile. */
export async function layOut(drawn: Drawn, signal: AbortSignal): Promise<Layout | undefined> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([import('elkjs/lib/elk-api.js'), import('elkjs/lib/elk-worker.min.js?worker')]);
  if (signal.aborted) return undefined;
  let worker: Worker | undefined;
  const elk = new Elk({ workerFactory: () => (worker = new ElkWorker()) });
  // ELK takes names of its own: ids of a stranger's repository are data.
  const names = new Map(drawn.nodes.map(({ id }, index) => [id, `n${index}`]));
  try {
    const ended = new Promise<undefined>((resolve) => { signal.addEventListener('abort', () => { resolve(undefined); }, { once: true }); });
    const answer: ElkNode | undefined = await Promise.race([ended, elk.layout({
      id: 'graph', layoutOptions: OPTIONS, children: drawn.nodes.map((node) => ({ id: names.get(node.id)!, width: widthOf(node), height: NODE_HEIGHT })),
      edges: drawn.edges.map(({ from, to }, index) => ({ id: `e${index}`, sources: [names.get(from)!], targets: [names.get(to)!] })),
    })]);
    if (!answer) return undefined;
    return { nodes: (answer.children ?? []).map((child, index) => ({ ...drawn.nodes[index]!, x: child.x ?? 0, y: child.y ?? 0, width: child.width ?? NARROWEST })), width: answer.width ?? 0, height: answer.height ?? 0 };
  } finally {
    worker?.terminate();
  }
}
