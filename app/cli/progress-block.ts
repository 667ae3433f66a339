/** What the live block says: one line of numbers, then what runs now. Pure, so that it can be tested. */
import { classOf, VERDICT_KINDS, type VerdictKind } from '../../toolchains/verdict.ts';
import { SUMMARY_WORDS } from '../contract/verdict-words.ts';
import { printable } from '../engine/repository/printable.ts';
import { cut, duration, widthOf } from './layout.ts';
import { glyph, paint, roleOf, shape, type Style } from './style.ts';

export interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly counts: ReadonlyMap<VerdictKind, number>;
  readonly running: readonly { readonly label: string; readonly seconds: number }[];
  readonly queued: number;
  readonly elapsedSeconds: number;
  readonly timeLeftSeconds?: number;
}

const BAR_COLUMNS = 20;
/** A core a line, as long as the block stays a block. */
const MAXIMUM_LANES = 8;

/** No line is wider than the terminal: a broken line could not be taken back. */
export function progressBlock(state: ProgressState, style: Style): string[] {
  const width = Math.max(1, (Number.isFinite(style.width) ? style.width : 80) - 1);
  const columns = Math.min(BAR_COLUMNS, Math.floor(width / 2));
  const ellipsis = glyph(style, 'ellipsis');
  const filled = state.total === 0 ? 0 : Math.floor((state.done / state.total) * columns);
  const bar = glyph(style, 'bar').repeat(filled) + (style.unicode ? '░' : '.').repeat(columns - filled);
  const left = state.timeLeftSeconds === undefined ? '' : `, about ${wholeSeconds(state.timeLeftSeconds)} left`;
  const numbers = ` ${state.done}/${state.total}  ${duration(state.elapsedSeconds)}${left}`;
  const lines = [`${paint(style, dominantRole(state), bar)}${cut(numbers, width - columns, ellipsis)}`];
  const counts = countsLine(state, style, width);
  if (counts !== '') lines.push(counts);
  for (const job of state.running.slice(0, MAXIMUM_LANES)) lines.push(cut(`  ${printable(job.label)}  ${duration(job.seconds)}`, width, ellipsis));
  const more = state.running.length - MAXIMUM_LANES;
  const waiting = [...(more > 0 ? [`${more} more running`] : []), ...(state.queued > 0 ? [`${state.queued} waiting`] : [])];
  if (waiting.length > 0) lines.push(paint(style, 'grey', cut(`  ${waiting.join(', ')}`, width, ellipsis)));
  return lines;
}

/** A guess has no tenths. */
function wholeSeconds(seconds: number): string {
  return seconds < 59.5 ? `${Math.max(1, Math.round(seconds))} s` : duration(seconds);
}

function countsLine(state: ProgressState, style: Style, width: number): string {
  let line = '';
  let used = 0;
  for (const kind of VERDICT_KINDS) {
    const count = state.counts.get(kind) ?? 0;
    if (count === 0) continue;
    const words = `${count} ${SUMMARY_WORDS[kind]}`;
    used += widthOf(words) + 4;
    if (used > width) break;
    line += `  ${shape(style, { kind })} ${paint(style, roleOf(kind), words)}`;
  }
  return line;
}

function dominantRole(state: ProgressState): 'red' | 'green' | 'amber' {
  const kinds = [...state.counts].filter(([, count]) => count > 0).map(([kind]) => classOf(kind));
  return kinds.includes('red') ? 'red' : kinds.some((kind) => kind === 'open' || kind === 'unchecked') ? 'amber' : 'green';
}
