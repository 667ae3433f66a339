/** What each core did and does: live, zoomed by the wheel, each job to hover and to choose; idle time with its reason. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Empty } from '../../parts/Loaded.tsx';
import { useSession, useWindow } from '../../session/react.ts';
import { selectObligation } from '../../session/inspect.ts';
import { onTheme } from '../../theme/roles.ts';
import { rowOf } from '../../store/rows.ts';
import { roleOf } from '../../verdict/VerdictShape.tsx';
import { AXIS_PIXELS, blockAt, blocks, LANE_PIXELS, ticks, wholeView, zoom, type Block, type View } from './geometry.ts';
import { LaneList } from './LaneList.tsx';
import { paintLanes } from './paint.ts';
import { blockWords } from './words.ts';

export function LanesView() {
  const timeline = useWindow((state) => state.lanes);
  const table = useWindow((state) => state.table);
  const selected = useWindow((state) => state.selection.present.obligation);
  const session = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [chosenView, setView] = useState<View>();
  const [hovered, setHovered] = useState<{ readonly block: Block; readonly x: number; readonly y: number }>();
  const [theme, setTheme] = useState(0);

  const lanes = timeline?.lanes.length ?? 0;
  const view = timeline && (chosenView ?? wholeView(timeline));
  const found = useMemo(() => (timeline && view && width > 0 ? blocks(timeline, view, width) : []), [timeline, view?.from, view?.to, width]);
  const height = AXIS_PIXELS + lanes * LANE_PIXELS + 1;

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => { setWidth(Math.floor(entry!.contentRect.width)); });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, [lanes > 0]);
  useEffect(() => onTheme(() => { setTheme((count) => count + 1); }), []);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !timeline || !view || width === 0) return;
    const ratio = devicePixelRatio;
    canvas.current!.width = width * ratio;
    canvas.current!.height = height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const jobOf = (block: Block) => (block.type === 'span' ? timeline.spans[block.index] : block.type === 'running' ? timeline.running[block.index] : undefined);
    const painted = found.map((block) => {
      const job = jobOf(block);
      const row = rowOf(table, job?.obligations[0]);
      const cancelled = job && 'outcome' in job && job.outcome !== 'finished';
      return { block, role: block.type === 'running' ? 'accent' : cancelled || !row ? 'verdict-grey' : `verdict-${roleOf(row.verdict.kind)}`, selected: selected !== undefined && job?.obligations.includes(selected) === true };
    });
    paintLanes(context, { width, height }, lanes, painted, ticks(view, wholeView(timeline).from, width));
  }, [found, table, selected, width, height, lanes, theme, timeline, view?.from, view?.to]);
  // React listens to the wheel passively, and a zoom must not scroll the panel too.
  useEffect(() => {
    const element = canvas.current;
    if (!element || !view) return undefined;
    const turned = (event: WheelEvent): void => {
      event.preventDefault();
      const at = view.from + (event.offsetX / width) * (view.to - view.from);
      const by = event.shiftKey ? undefined : event.deltaY;
      setView(by === undefined ? { from: view.from + (event.deltaY / width) * (view.to - view.from), to: view.to + (event.deltaY / width) * (view.to - view.from) } : zoom(view, at, by > 0 ? 1.25 : 0.8));
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => { element.removeEventListener('wheel', turned); };
  }, [view?.from, view?.to, width]);

  if (!timeline || lanes === 0 || (timeline.spans.length === 0 && timeline.running.length === 0)) return <Empty title="Nothing has run yet"><p>While a run goes on, each core has a lane here, with a block for every job and the reason wherever it stands idle.</p></Empty>;
  const choose = (block: Block | undefined): void => {
    const job = block && (block.type === 'span' ? timeline.spans[block.index] : block.type === 'running' ? timeline.running[block.index] : undefined);
    if (job?.obligations[0] !== undefined) selectObligation(session, job.obligations[0]);
  };
  return (
    <div className="lanes">
      <div className="lanes-tools">
        <span className="number muted">{timeline.spans.length.toLocaleString('en')} jobs, {timeline.running.length} running{timeline.dropped > 0 && `, ${timeline.dropped.toLocaleString('en')} older ones are not kept`}</span>
        <span className="muted">wheel zooms, Shift and wheel moves</span>
        {chosenView && <button type="button" className="link" onClick={() => { setView(undefined); }}>Show all</button>}
      </div>
      <div className="lanes-body">
        <div className="lane-names" aria-hidden="true">{timeline.lanes.map((lane) => <div key={lane} className="lane-name">{lane}</div>)}</div>
        <div ref={box} className="lanes-canvas">
          <canvas
            ref={canvas} aria-label={`Time line of ${lanes} lanes; the list of jobs beside it says the same`} role="img" style={{ width, height }}
            onPointerMove={(event) => { const { offsetX: x, offsetY: y } = event.nativeEvent; const block = blockAt(found, x, y); setHovered(block && { block, x, y }); }}
            onPointerLeave={() => { setHovered(undefined); }} onClick={(event) => { choose(blockAt(found, event.nativeEvent.offsetX, event.nativeEvent.offsetY)); }}
          />
          {hovered && <div className="lane-tip" style={{ left: Math.min(hovered.x + 12, Math.max(0, width - 320)), top: hovered.y + 14 }}>{blockWords(hovered.block, timeline, table).map((line) => <div key={line}>{line}</div>)}</div>}
        </div>
        <LaneList timeline={timeline} />
      </div>
    </div>
  );
}
