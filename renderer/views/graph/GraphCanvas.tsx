/** The drawing: moved by dragging and by keys, zoomed by the wheel at the pointer; arrows go from node to node. */
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useWindow } from '../../session/react.ts';
import { onTheme } from '../../theme/roles.ts';
import { fit, moved, nextTo, nodeAt, showing, zoomAt, type Camera } from './camera.ts';
import type { DrawnEdge, DrawnNode, Graph } from './model.ts';
import { paintGraph } from './paint.ts';
import type { Layout, Placed } from './placed.ts';
import { useSize } from './use-size.ts';
import { lookOf, nodeWords, type Look } from './words.ts';

interface GraphCanvasProps {
  readonly layout: Layout;
  readonly edges: readonly DrawnEdge[];
  readonly graph: Graph;
  readonly selected: string | undefined;
  readonly lit: ReadonlySet<string> | undefined;
  readonly choose: (node: DrawnNode) => void;
  /** Enter or a double click: around it, what rests on it, into it. */
  readonly open: (node: DrawnNode) => void;
}

const ZOOM = 1.25, DRAGGED_FROM = 4;

export function GraphCanvas({ layout, edges, graph, selected, lit, choose, open }: GraphCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const table = useWindow((state) => state.table);
  const [camera, setCamera] = useState<Camera>();
  const [hovered, setHovered] = useState<{ readonly node: Placed; readonly x: number; readonly y: number }>();
  const [theme, setTheme] = useState(0);
  const drag = useRef<{ x: number; y: number; moved: number }>(undefined);
  const looks = useMemo(() => new Map<string, Look>(), [table, layout]);
  const look = useCallback((node: Placed): Look => { let found = looks.get(node.id); if (!found) looks.set(node.id, found = lookOf(node, table)); return found; }, [looks, table]);
  const current = layout.nodes.find(({ id }) => id === selected);
  const view = camera ?? (size ? fit(layout, size) : undefined);

  useEffect(() => { setCamera(undefined); }, [layout]);
  useEffect(() => onTheme(() => { setTheme((count) => count + 1); }), []);
  // What is selected elsewhere comes into sight.
  useEffect(() => {
    if (current && size) setCamera((before) => { const from = before ?? fit(layout, size); const to = showing(from, current, size); return to === from ? before : to; });
  }, [current?.id, layout, size]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !size || !view) return undefined;
    const frame = requestAnimationFrame(() => {
      canvas.current!.width = size.width * devicePixelRatio;
      canvas.current!.height = size.height * devicePixelRatio;
      paintGraph(context, size, view, { layout, edges, look, selected, lit });
    });
    return () => { cancelAnimationFrame(frame); };
  }, [layout, edges, look, selected, lit, view?.x, view?.y, view?.scale, size, theme]);
  // React listens to the wheel passively, and a zoom must not scroll the panel too.
  useEffect(() => {
    const element = canvas.current;
    if (!element || !size) return undefined;
    const turned = (event: WheelEvent): void => {
      event.preventDefault();
      setCamera((before) => zoomAt(before ?? fit(layout, size), event.offsetX, event.offsetY, event.deltaY > 0 ? 1 / ZOOM : ZOOM));
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => { element.removeEventListener('wheel', turned); };
  }, [layout, size]);

  const pressed = (event: KeyboardEvent): void => {
    if (!size || !view || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown') { const next = nextTo(layout, current, key); if (next) choose(next); }
    else if (key === '+' || key === '-') setCamera(zoomAt(view, size.width / 2, size.height / 2, key === '+' ? ZOOM : 1 / ZOOM));
    else if (key === '0') setCamera(undefined);
    else if ((key === 'Enter' || key === ' ') && current) open(current);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box} className="graph-canvas">
      <canvas
        ref={canvas} role="application" tabIndex={0} aria-label="Graph: arrows go to the next node, Enter shows what is around it, plus and minus zoom, 0 fits all. The list beside it says the same in words." style={{ width: size?.width ?? 0, height: size?.height ?? 0 }}
        onKeyDown={pressed}
        onPointerDown={(event) => { drag.current = { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY, moved: 0 }; event.currentTarget.setPointerCapture(event.pointerId); }}
        onPointerMove={({ nativeEvent: { offsetX: x, offsetY: y } }) => {
          if (!view) return;
          if (drag.current) {
            const { x: fromX, y: fromY } = drag.current;
            drag.current = { x, y, moved: drag.current.moved + Math.abs(x - fromX) + Math.abs(y - fromY) };
            if (drag.current.moved >= DRAGGED_FROM) setCamera(moved(view, x - fromX, y - fromY));
          } else { const node = nodeAt(layout, view, x, y); setHovered(node && { node, x, y }); }
        }}
        onPointerUp={({ nativeEvent: { offsetX, offsetY } }) => {
          const dragged = (drag.current?.moved ?? 0) >= DRAGGED_FROM;
          drag.current = undefined;
          const node = view && !dragged ? nodeAt(layout, view, offsetX, offsetY) : undefined;
          if (node) choose(node);
        }}
        onPointerLeave={() => { setHovered(undefined); }}
        onDoubleClick={({ nativeEvent: { offsetX, offsetY } }) => { const node = view && nodeAt(layout, view, offsetX, offsetY); if (node) open(node); }}
      />
      {hovered && size && <div className="lane-tip" style={{ left: Math.min(hovered.x + 12, Math.max(0, size.width - 320)), top: hovered.y + 14 }}>{nodeWords(hovered.node, graph, table)}</div>}
      <p className="unseen" aria-live="polite">{current ? nodeWords(current, graph, table) : ''}</p>
      <button type="button" className="button graph-fit" onClick={() => { setCamera(undefined); }}>Fit</button>
    </div>
  );
}
