/** Which part of the time line is in sight, and where on the canvas its blocks lie. Pure. */
import type { LaneTimeline } from '../../store/lanes.ts';

export interface View { readonly from: number; readonly to: number }
export interface Block { readonly x: number; readonly width: number; readonly lane: number; readonly type: 'span' | 'running' | 'gap'; readonly index: number }

export const LANE_PIXELS = 20;
export const AXIS_PIXELS = 18;
const SHORTEST_SECONDS = 0.05;

/** The whole of what is kept. */
export function wholeView(timeline: LaneTimeline): View {
  const starts = [...timeline.running.map((job) => job.startedAt), ...(timeline.spans.length > 0 ? [timeline.spans.reduce((least, span) => Math.min(least, span.startedAt), Infinity)] : [])];
  const from = starts.length === 0 ? timeline.now - 10 : Math.min(...starts);
  return { from, to: Math.max(timeline.now, from + 1) };
}

/** @param at seconds that stay where they are; @param factor above 1 shows more */
export function zoom(view: View, at: number, factor: number): View {
  const length = Math.max(SHORTEST_SECONDS, (view.to - view.from) * factor);
  const share = (at - view.from) / (view.to - view.from);
  return { from: at - share * length, to: at + (1 - share) * length };
}

export function blocks(timeline: LaneTimeline, view: View, width: number): readonly Block[] {
  const lanes = new Map(timeline.lanes.map((lane, index) => [lane, index]));
  const scale = width / (view.to - view.from);
  const found: Block[] = [];
  const add = (lane: number | undefined, start: number, end: number, type: Block['type'], index: number): void => {
    if (lane === undefined || end < view.from || start > view.to) return;
    const x = Math.max(0, (start - view.from) * scale);
    found.push({ x, width: Math.max(1, Math.min(width, (end - view.from) * scale) - x), lane, type, index });
  };
  timeline.gaps.forEach((gap, index) => { add(lanes.get(gap.lane), gap.startedAt, gap.endedAt, 'gap', index); });
  timeline.spans.forEach((span, index) => { for (const lane of span.lanes) add(lanes.get(lane), span.startedAt, span.endedAt, 'span', index); });
  timeline.running.forEach((job, index) => { for (const lane of job.lanes) add(lanes.get(lane), job.startedAt, timeline.now, 'running', index); });
  return found;
}

/** The topmost block under a point; blocks narrower than the pointer's aim are found within two pixels. */
export function blockAt(all: readonly Block[], x: number, y: number): Block | undefined {
  const lane = Math.floor((y - AXIS_PIXELS) / LANE_PIXELS);
  return all.findLast((block) => block.lane === lane && block.type !== 'gap' && x >= block.x - 2 && x <= block.x + block.width + 2)
    ?? all.findLast((block) => block.lane === lane && x >= block.x && x <= block.x + block.width);
}

/** Round times for the axis, at least 80 pixels apart. */
export function ticks(view: View, origin: number, width: number): readonly { readonly x: number; readonly seconds: number }[] {
  const length = view.to - view.from;
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200].find((one) => (one / length) * width >= 80) ?? 21_600;
  const found = [];
  for (let at = Math.ceil((view.from - origin) / step) * step; at <= view.to - origin; at += step) found.push({ x: ((at + origin - view.from) / length) * width, seconds: Math.round(at * 1000) / 1000 });
  return found;
}
