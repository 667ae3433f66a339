/** Where the looker is: a place in the graph and a scale. Pure. */
import { NODE_HEIGHT, type Layout, type Placed } from './placed.ts';

export interface Camera { readonly x: number; readonly y: number; readonly scale: number }
export interface Size { readonly width: number; readonly height: number }

const SMALLEST = 0.02, LARGEST = 2.5, MARGIN = 24;

export function fit(layout: Layout, size: Size): Camera {
  const scale = Math.max(SMALLEST, Math.min(1, (size.width - 2 * MARGIN) / Math.max(1, layout.width), (size.height - 2 * MARGIN) / Math.max(1, layout.height)));
  return { scale, x: layout.width / 2 - size.width / 2 / scale, y: layout.height / 2 - size.height / 2 / scale };
}

/** Keeps the place under the pointer where it is. */
export function zoomAt(camera: Camera, x: number, y: number, factor: number): Camera {
  const scale = Math.max(SMALLEST, Math.min(LARGEST, camera.scale * factor));
  return { scale, x: camera.x + x / camera.scale - x / scale, y: camera.y + y / camera.scale - y / scale };
}

export function moved(camera: Camera, byX: number, byY: number): Camera { return { ...camera, x: camera.x - byX / camera.scale, y: camera.y - byY / camera.scale }; }

/** Brings a node into sight, large enough to read, and moves no more than it must. */
export function showing(camera: Camera, node: Placed, size: Size): Camera {
  const scale = Math.max(camera.scale, 0.6);
  const [left, top] = [(node.x - camera.x) * scale, (node.y - camera.y) * scale];
  if (scale === camera.scale && left >= MARGIN && top >= MARGIN && left + node.width * scale <= size.width - MARGIN && top + NODE_HEIGHT * scale <= size.height - MARGIN) return camera;
  return { scale, x: node.x + node.width / 2 - size.width / 2 / scale, y: node.y + NODE_HEIGHT / 2 - size.height / 2 / scale };
}

export function nodeAt(layout: Layout, camera: Camera, x: number, y: number): Placed | undefined {
  const [at, down] = [camera.x + x / camera.scale, camera.y + y / camera.scale];
  return layout.nodes.find((node) => at >= node.x && at <= node.x + node.width && down >= node.y && down <= node.y + NODE_HEIGHT);
}

/** The nearest node in a direction, for the arrow keys. */
export function nextTo(layout: Layout, from: Placed | undefined, key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'): Placed | undefined {
  if (!from) return layout.nodes[0];
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number];
  let best: Placed | undefined, least = Infinity;
  for (const node of layout.nodes) {
    if (node.id === from.id) continue;
    const [x, y] = [node.x + node.width / 2 - from.x - from.width / 2, node.y - from.y];
    const along = x * dx + y * dy;
    if (along <= 0) continue;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = along + 3 * across;
    if (cost < least) { least = cost; best = node; }
  }
  return best;
}
