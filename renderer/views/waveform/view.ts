/** What part of the dump is on the canvas, and how a person moves in it. Times in the dump's unit, places in pixels. */
export interface WaveView { readonly from: number; readonly to: number }

export const ROW_PIXELS = 24, AXIS_PIXELS = 22;
/** Closer than one unit of time nothing changes. */
const NARROWEST = 2;

export function whole(end: number): WaveView {
  const room = Math.max(end * 0.02, 0.5);
  return { from: -room, to: Math.max(end, 1) + room };
}

export const xOf = (view: WaveView, width: number, time: number): number => ((time - view.from) / (view.to - view.from)) * width;
export const timeOf = (view: WaveView, width: number, x: number): number => view.from + (x / width) * (view.to - view.from);

/** @param by above 1 shows more */
export function zoomed(view: WaveView, at: number, by: number, end: number): WaveView {
  const all = whole(end);
  const length = Math.min(all.to - all.from, Math.max(NARROWEST, (view.to - view.from) * by));
  const share = (at - view.from) / (view.to - view.from);
  return within({ from: at - share * length, to: at + (1 - share) * length }, end);
}

export function moved(view: WaveView, by: number, end: number): WaveView { return within({ from: view.from + by, to: view.to + by }, end); }

/** So that a time is in sight: as it is, or with the time in the middle. */
export function showing(view: WaveView, time: number, end: number): WaveView {
  if (time >= view.from && time <= view.to) return view;
  const half = (view.to - view.from) / 2;
  return within({ from: time - half, to: time + half }, end);
}

function within(view: WaveView, end: number): WaveView {
  const all = whole(end);
  const length = Math.min(view.to - view.from, all.to - all.from);
  const from = Math.min(Math.max(view.from, all.from), all.to - length);
  return { from, to: from + length };
}

/** Times of the axis: round numbers, some 90 pixels apart. */
export function axis(view: WaveView, width: number): number[] {
  const wanted = (view.to - view.from) / Math.max(1, width / 90);
  const power = 10 ** Math.floor(Math.log10(Math.max(wanted, 1e-9)));
  const step = Math.max(1, [1, 2, 5, 10].map((digit) => digit * power).find((size) => size >= wanted) ?? wanted);
  const times: number[] = [];
  for (let time = Math.max(0, Math.ceil(view.from / step) * step); time <= view.to; time += step) times.push(time);
  return times;
}
