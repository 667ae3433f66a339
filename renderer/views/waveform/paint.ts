/** Paints the rows in sight: bits as lines, buses as boxes with their value, unknown values hatched, the failing cycle behind all. */
import { role } from '../../theme/roles.ts';
import { indexAt, type Dump, type WaveSignal } from './dump.ts';
import type { ShownSignal, WaveState } from './state.ts';
import { height as levelOf, shown as textOf } from './values.ts';
import { axis, AXIS_PIXELS, ROW_PIXELS, xOf, type WaveView } from './view.ts';

export interface PaintedRow { readonly signal: WaveSignal | undefined; readonly shown: ShownSignal; readonly y: number; readonly active: boolean }

interface Brush { readonly context: CanvasRenderingContext2D; readonly width: number; readonly view: WaveView; readonly colour: (name: string) => string }

const TOP = 5, BOTTOM = ROW_PIXELS - 5, MIDDLE = ROW_PIXELS / 2;
/** Pixels of a letter of the canvas's 11 px code font. */
const LETTER = 6.7;
/** Room of the word `fails` on the axis. */
const FAILS_PIXELS = 44;

export function paintWaves(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }, dump: Dump, state: WaveState, rows: readonly PaintedRow[], failing: { readonly from: number; readonly to: number } | undefined): void {
  const colours = new Map<string, string>();
  const colour = (name: string): string => { let found = colours.get(name); if (found === undefined) colours.set(name, found = role(name)); return found; };
  const brush: Brush = { context, width: size.width, view: state.view, colour };
  context.clearRect(0, 0, size.width, size.height);
  context.font = `11px ${role('font-code')}`;
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  if (failing) {
    const left = xOf(state.view, size.width, failing.from), right = xOf(state.view, size.width, failing.to);
    context.globalAlpha = 0.14;
    context.fillStyle = colour('verdict-red');
    context.fillRect(left, 0, Math.max(2, right - left), size.height);
    context.globalAlpha = 1;
    context.fillText('fails', left + 3, AXIS_PIXELS / 2);
  }
  paintAxis(brush, size.height, failing && xOf(state.view, size.width, failing.from));
  for (const row of rows) {
    if (row.active) { context.fillStyle = colour('surface-selected'); context.globalAlpha = 0.5; context.fillRect(0, row.y, size.width, ROW_PIXELS); context.globalAlpha = 1; }
    if (!row.signal) continue;
    if (row.shown.analogue && row.signal.width > 1) paintAnalogue(brush, row.signal, row.shown, row.y);
    else paintRow(brush, row.signal, row.shown, row.y, dump.end);
  }
  for (const marker of state.markers) paintLine(brush, marker, size.height, 'verdict-violet', [2, 3]);
  if (state.other !== undefined) paintLine(brush, state.other, size.height, 'verdict-blue', [5, 3]);
  paintLine(brush, state.cursor, size.height, 'accent', []);
}

/** @param taken where a word stands on the axis already */
function paintAxis({ context, width, view, colour }: Brush, height: number, taken: number | undefined): void {
  for (const time of axis(view, width)) {
    const x = Math.round(xOf(view, width, time)) + 0.5;
    context.strokeStyle = colour('line');
    context.beginPath(); context.moveTo(x, AXIS_PIXELS); context.lineTo(x, height); context.stroke();
    if (taken !== undefined && Math.abs(x - taken) < FAILS_PIXELS) continue;
    context.fillStyle = colour('text-muted');
    context.fillText(time.toLocaleString('en'), x + 3, AXIS_PIXELS / 2);
  }
}

function paintLine({ context, width, view, colour }: Brush, time: number, height: number, name: string, dashes: number[]): void {
  const x = Math.round(xOf(view, width, time)) + 0.5;
  context.strokeStyle = colour(name);
  context.setLineDash(dashes);
  context.beginPath(); context.moveTo(x, 0); context.lineTo(x, height); context.stroke();
  context.setLineDash([]);
}

/** Of many changes on one pixel one is drawn: the work is bounded by the width, not by the dump. */
function paintRow(brush: Brush, signal: WaveSignal, shown: ShownSignal, y: number, end: number): void {
  const { context, width, view, colour } = brush;
  let lastX = -Infinity;
  for (let at = Math.max(0, indexAt(signal, view.from)); at < signal.times.length && signal.times[at]! <= view.to; at++) {
    const left = Math.max(-2, xOf(view, width, signal.times[at]!)), right = Math.min(width + 2, xOf(view, width, signal.times[at + 1] ?? Math.max(end, view.to)));
    if (right - lastX < 1) continue;
    lastX = right;
    const digits = signal.values[at]!;
    const unknown = /[xz]/.test(digits);
    context.strokeStyle = context.fillStyle = colour(unknown ? 'verdict-red' : 'verdict-green');
    if (unknown) { context.globalAlpha = 0.18; context.fillRect(left, y + TOP, right - left, BOTTOM - TOP); context.globalAlpha = 1; }
    if (signal.width === 1) {
      const level = unknown ? y + MIDDLE : digits === '1' ? y + TOP : y + BOTTOM;
      context.beginPath();
      if (left > 0) { context.moveTo(left + 0.5, y + TOP); context.lineTo(left + 0.5, y + BOTTOM); }
      context.moveTo(left, Math.round(level) + 0.5); context.lineTo(right, Math.round(level) + 0.5);
      context.stroke();
      continue;
    }
    const slope = Math.min(3, (right - left) / 2);
    context.beginPath();
    context.moveTo(left, y + MIDDLE); context.lineTo(left + slope, y + TOP); context.lineTo(right - slope, y + TOP); context.lineTo(right, y + MIDDLE);
    context.lineTo(right - slope, y + BOTTOM); context.lineTo(left + slope, y + BOTTOM); context.closePath();
    context.stroke();
    const room = Math.floor((right - Math.max(left, 0) - 8) / LETTER);
    if (room < 1) continue;
    const text = textOf(digits, shown.radix);
    context.fillStyle = colour('text');
    context.fillText(text.length <= room ? text : room > 1 ? `${text.slice(0, room - 1)}…` : '…', Math.max(left, 0) + 5, y + MIDDLE);
  }
}

function paintAnalogue({ context, width, view, colour }: Brush, signal: WaveSignal, shown: ShownSignal, y: number): void {
  const levels = signal.values.map((digits) => levelOf(digits, shown.radix));
  const known = levels.filter((level) => level !== undefined);
  const low = known.reduce((least, level) => Math.min(least, level), Infinity), high = known.reduce((most, level) => Math.max(most, level), -Infinity);
  const yOf = (level: number): number => y + BOTTOM - ((level - low) / Math.max(high - low, 1)) * (BOTTOM - TOP);
  context.strokeStyle = colour('verdict-green');
  context.beginPath();
  let open = false;
  for (let at = Math.max(0, indexAt(signal, view.from)); at < signal.times.length && signal.times[at]! <= view.to; at++) {
    const level = levels[at];
    if (level === undefined) { open = false; continue; }
    const left = xOf(view, width, signal.times[at]!), right = xOf(view, width, signal.times[at + 1] ?? view.to);
    if (open) context.lineTo(left, yOf(level)); else context.moveTo(left, yOf(level));
    context.lineTo(right, yOf(level));
    open = true;
  }
  context.stroke();
}
