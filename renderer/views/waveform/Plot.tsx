/** The canvas of the waves: the wheel zooms at the pointer, Shift and the wheel moves, a click sets the cursor, Shift and a click the other. */
import { useEffect, useRef, useState } from 'react';
import { onTheme } from '../../theme/roles.ts';
import type { Dump, WaveSignal } from './dump.ts';
import { paintWaves } from './paint.ts';
import type { WaveAction, WaveState } from './state.ts';
import { AXIS_PIXELS, moved, ROW_PIXELS, timeOf, zoomed } from './view.ts';

interface PlotProps {
  readonly dump: Dump;
  readonly byName: ReadonlyMap<string, WaveSignal>;
  readonly state: WaveState;
  readonly act: (action: WaveAction) => void;
  readonly failing: { readonly from: number; readonly to: number } | undefined;
  readonly scroll: { readonly top: number; readonly height: number };
  /** Of all rows. */
  readonly height: number;
}

/** A click this near to a change means the change. */
const SNAP_PIXELS = 6;

export function Plot({ dump, byName, state, act, failing, scroll, height: rowsHeight }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [theme, setTheme] = useState(0);
  const height = Math.max(60, Math.min(scroll.height, AXIS_PIXELS + rowsHeight));
  const latest = useRef({ state, width });
  latest.current = { state, width };

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => { setWidth(Math.floor(entry!.contentRect.width)); });
    observer.observe(box.current!);
    return () => { observer.disconnect(); };
  }, []);
  useEffect(() => onTheme(() => { setTheme((count) => count + 1); }), []);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const ratio = devicePixelRatio;
    canvas.current!.width = width * ratio;
    canvas.current!.height = height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const first = Math.floor(scroll.top / ROW_PIXELS);
    const rows = state.shown.slice(first, first + Math.ceil(height / ROW_PIXELS) + 1).map((shown, index) => {
      const row = first + index;
      return { shown, signal: byName.get(shown.name), y: AXIS_PIXELS + row * ROW_PIXELS - scroll.top, active: row === state.row };
    });
    paintWaves(context, { width, height }, dump, state, rows, failing);
  }, [dump, byName, state, width, height, scroll.top, failing, theme]);
  // React listens to the wheel passively, and a zoom must not scroll the rows too.
  useEffect(() => {
    const element = canvas.current!;
    const turned = (event: WheelEvent): void => {
      const { state: { view }, width: wide } = latest.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.altKey || wide === 0) return; // Alt and the wheel scroll the rows
      event.preventDefault();
      if (sideways !== 0) act({ type: 'view', view: moved(view, (sideways / wide) * (view.to - view.from), dump.end) });
      else act({ type: 'view', view: zoomed(view, timeOf(view, wide, event.offsetX), event.deltaY > 0 ? 1.25 : 0.8, dump.end) });
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => { element.removeEventListener('wheel', turned); };
  }, [dump, act]);

  const clicked = (event: React.PointerEvent): void => {
    if (event.button !== 0) return;
    const { offsetX, offsetY } = event.nativeEvent;
    const row = Math.floor((offsetY - AXIS_PIXELS + scroll.top) / ROW_PIXELS);
    const signal = row >= 0 && row < state.shown.length ? byName.get(state.shown[row]!.name) : undefined;
    if (signal && offsetY > AXIS_PIXELS) act({ type: 'row', row });
    act({ type: 'cursor', time: snapped(signal, timeOf(state.view, width, offsetX), (SNAP_PIXELS / width) * (state.view.to - state.view.from)), second: event.shiftKey });
  };
  return (
    <div ref={box} className="wave-plot">
      <canvas ref={canvas} className="wave-canvas" style={{ width, height }} role="img" aria-label="Waves of the signals on the screen; their values at the cursor stand beside their names" onPointerDown={clicked} />
    </div>
  );
}

/** The nearest change within reach, else a whole unit of time. */
function snapped(signal: WaveSignal | undefined, time: number, reach: number): number {
  const near = signal?.times.reduce<number | undefined>((best, at) => (Math.abs(at - time) <= reach && (best === undefined || Math.abs(at - time) < Math.abs(best - time)) ? at : best), undefined);
  return near ?? Math.round(time);
}
