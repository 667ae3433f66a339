/** Paints the graph on a canvas in the theme's roles: only what is in sight, and no words where they could not be read. */
import type { VerdictKind } from '../../../app/contract.ts';
import { VERDICT_SHAPES } from '../../../toolchains/verdict-shapes.ts';
import { role } from '../../theme/roles.ts';
import type { Camera, Size } from './camera.ts';
import { NODE_HEIGHT, type Layout, type Placed } from './placed.ts';
import type { DrawnEdge } from './model.ts';
import type { Look } from './words.ts';

export interface Painting {
  readonly layout: Layout;
  readonly edges: readonly DrawnEdge[];
  readonly look: (node: Placed) => Look;
  readonly selected: string | undefined;
  /** Others are drawn faintly; undefined: all alike. */
  readonly lit: ReadonlySet<string> | undefined;
}

/** Smaller than this scale a node is a coloured block. */
const READABLE = 0.42;
const paths = new Map<string, Path2D>();
const pathOf = (text: string): Path2D => { let path = paths.get(text); if (!path) paths.set(text, path = new Path2D(text)); return path; };

export function paintGraph(context: CanvasRenderingContext2D, size: Size, camera: Camera, { layout, edges, look, selected, lit }: Painting): void {
  const colours = new Map<string, string>();
  const colour = (name: string): string => { let found = colours.get(name); if (found === undefined) colours.set(name, found = role(name)); return found; };
  const { scale } = camera;
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  context.setTransform(ratio * scale, 0, 0, ratio * scale, -camera.x * scale * ratio, -camera.y * scale * ratio);
  const byId = new Map(layout.nodes.map((node) => [node.id, node]));
  const right = camera.x + size.width / scale, bottom = camera.y + size.height / scale;
  paintEdges();
  for (const node of layout.nodes) if (node.x < right && node.x + node.width > camera.x && node.y < bottom && node.y + NODE_HEIGHT > camera.y) paintNode(node);

  function paintEdges(): void {
    const lines = new Map<string, Path2D>();
    for (const { from, to, type } of edges) {
      const [a, b] = [byId.get(from), byId.get(to)];
      if (!a || !b || Math.max(a.x, b.x) + 300 < camera.x || Math.min(a.x, b.x) > right || Math.max(a.y, b.y) + NODE_HEIGHT < camera.y || Math.min(a.y, b.y) > bottom) continue;
      const near = selected !== undefined && (from === selected || to === selected);
      const key = near ? 'near' : lit && !(lit.has(from) && lit.has(to)) ? `faint ${type}` : type;
      const line = lines.get(key) ?? new Path2D();
      lines.set(key, line);
      const [x, y, u, v] = [a.x + a.width, a.y + NODE_HEIGHT / 2, b.x, b.y + NODE_HEIGHT / 2];
      const bend = Math.max(24, Math.abs(u - x) / 2);
      line.moveTo(x, y);
      line.bezierCurveTo(x + bend, y, u - bend, v, u, v);
      line.moveTo(u - 6, v - 3); line.lineTo(u, v); line.lineTo(u - 6, v + 3);
    }
    for (const [key, line] of lines) {
      context.globalAlpha = key.startsWith('faint') ? 0.2 : 1;
      context.strokeStyle = colour(key === 'near' ? 'focus' : key.endsWith('rests-on') ? 'verdict-amber' : 'line-strong');
      context.setLineDash(key.endsWith('rests-on') ? [4, 3] : []);
      context.lineWidth = (key === 'near' ? 1.8 : 1) / Math.max(0.5, Math.min(1, scale));
      context.stroke(line);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  function paintNode(node: Placed): void {
    const { kind, stale } = look(node);
    const tint = node.type === 'assumption' ? 'verdict-amber' : kind === undefined ? 'verdict-grey' : `verdict-${VERDICT_SHAPES[kind].role}`;
    context.globalAlpha = lit && !lit.has(node.id) ? 0.3 : 1;
    context.beginPath();
    context.roundRect(node.x, node.y, node.width, NODE_HEIGHT, node.type === 'assumption' ? 12 : 4);
    context.fillStyle = scale < READABLE ? colour(tint) : colour(node.id === selected ? 'surface-selected' : node.type === 'module' ? 'surface-sunken' : 'surface-raised');
    context.fill();
    context.strokeStyle = colour(node.id === selected ? 'focus' : node.type === 'assumption' ? 'verdict-amber' : 'line-strong');
    context.lineWidth = node.id === selected ? 2 / Math.min(1, scale) : 1;
    context.setLineDash(stale ? [3, 2] : []);
    context.stroke();
    context.setLineDash([]);
    if (scale >= READABLE) {
      paintShape(node, kind, stale);
      context.fillStyle = colour('text');
      context.font = `12px ${role('font-code')}`;
      context.textBaseline = 'middle';
      context.fillText(cut(node.type === 'module' ? `${node.label} ${node.members.length}` : node.label, node.width - 32), node.x + 26, node.y + NODE_HEIGHT / 2 + 0.5);
    }
    context.globalAlpha = 1;
  }

  function paintShape(node: Placed, kind: VerdictKind | undefined, stale: boolean): void {
    context.save();
    context.translate(node.x + 6, node.y + 5);
    context.scale(14 / 16, 14 / 16);
    if (stale) context.globalAlpha *= 0.5;
    context.lineWidth = 1.5;
    if (node.type === 'assumption') { context.strokeStyle = colour('verdict-amber'); context.stroke(pathOf('M8 2L14 14H2zM8 6.5v3.5M8 12h.01')); }
    else if (kind !== undefined) {
      const shape = VERDICT_SHAPES[kind];
      context.fillStyle = context.strokeStyle = colour(`verdict-${shape.role}`);
      if (shape.solid !== undefined) context.fill(pathOf(shape.solid));
      if (shape.line !== undefined) { context.setLineDash(shape.dotted ? [1.6, 2.4] : []); context.stroke(pathOf(shape.line)); context.setLineDash([]); }
      if (shape.edge !== undefined) { context.strokeStyle = colour('verdict-red'); context.stroke(pathOf(shape.edge)); }
      if (shape.cut !== undefined) { context.strokeStyle = colour('surface'); context.lineWidth = 1.75; context.stroke(pathOf(shape.cut)); }
    }
    context.restore();
  }

  /** 7.25 pixels a letter of the code font at 12 pixels: measuring 2,000 labels each frame is too slow. */
  function cut(text: string, pixels: number): string {
    const letters = Math.floor(pixels / 7.25);
    return text.length <= letters ? text : `…${text.slice(Math.max(0, text.length - letters + 1))}`;
  }
}
