/** What a person chose to see of a dump: signals in an order, each with its radix; two cursors and markers. Kept by names, over runs. */
import { edge, nameOf, type Dump, type WaveSignal } from './dump.ts';
import { RADICES, type Radix } from './values.ts';
import { showing, whole, type WaveView } from './view.ts';

export interface ShownSignal { readonly name: string; readonly radix: Radix; readonly analogue: boolean }

export interface WaveState {
  readonly shown: readonly ShownSignal[];
  /** Place in `shown` of the row that keys act on. */
  readonly row: number;
  readonly view: WaveView;
  readonly cursor: number;
  /** Second cursor, for a distance. */
  readonly other?: number;
  readonly markers: readonly number[];
}

/** Signals shown at first where nothing says which matter. */
const FIRST_SHOWN = 40;

export type WaveAction =
  | { readonly type: 'view'; readonly view: WaveView }
  | { readonly type: 'cursor'; readonly time: number; readonly second: boolean }
  | { readonly type: 'edge'; readonly direction: 1 | -1 }
  | { readonly type: 'marker' }
  | { readonly type: 'row'; readonly row: number }
  | { readonly type: 'add'; readonly names: readonly string[] }
  | { readonly type: 'remove'; readonly row: number }
  | { readonly type: 'move'; readonly row: number; readonly to: number }
  | { readonly type: 'radix'; readonly row: number; readonly radix: Radix }
  | { readonly type: 'analogue'; readonly row: number };

/** @param cone names that matter to the failure, nearest first */
export function firstState(dump: Dump, cone: readonly string[], kept: unknown, failing: number | undefined): WaveState {
  const byName = namesOf(dump);
  const fitting = cone.filter((name) => byName.has(name));
  const names = fitting.length > 0 ? fitting : [...byName.keys()].slice(0, FIRST_SHOWN);
  const before = readKept(kept).filter((signal) => byName.has(signal.name));
  return { shown: before.length > 0 ? before : names.map((name) => plainly(name)), row: 0, view: whole(dump.end), cursor: failing ?? 0, markers: [] };
}

const plainly = (name: string): ShownSignal => ({ name, radix: 'hexadecimal', analogue: false });

/** The first signal of each name: a dump may name one twice. */
export function namesOf(dump: Dump): ReadonlyMap<string, WaveSignal> {
  const byName = new Map<string, WaveSignal>();
  for (const signal of dump.signals) { const name = nameOf(signal); if (!byName.has(name)) byName.set(name, signal); }
  return byName;
}

export function reduceWave(dump: Dump, state: WaveState, action: WaveAction): WaveState {
  switch (action.type) {
    case 'view': return { ...state, view: action.view };
    case 'cursor': {
      const time = Math.min(Math.max(0, action.time), dump.end);
      return action.second ? { ...state, other: time } : { ...state, cursor: time, view: showing(state.view, time, dump.end) };
    }
    case 'edge': {
      const signal = namesOf(dump).get(state.shown[state.row]?.name ?? '');
      const time = signal && edge(signal, state.cursor, action.direction);
      return time === undefined ? state : { ...state, cursor: time, view: showing(state.view, time, dump.end) };
    }
    case 'marker': return { ...state, markers: state.markers.includes(state.cursor) ? state.markers.filter((marker) => marker !== state.cursor) : [...state.markers, state.cursor].sort((a, b) => a - b) };
    case 'row': return { ...state, row: Math.min(Math.max(0, action.row), Math.max(0, state.shown.length - 1)) };
    case 'add': {
      const known = new Set(state.shown.map((signal) => signal.name));
      const added = action.names.filter((name) => !known.has(name)).map(plainly);
      return { ...state, shown: [...state.shown, ...added], row: added.length > 0 ? state.shown.length : state.shown.findIndex((signal) => signal.name === action.names[0]) };
    }
    case 'remove': {
      const shown = state.shown.filter((_, at) => at !== action.row);
      return { ...state, shown, row: Math.min(state.row, Math.max(0, shown.length - 1)) };
    }
    case 'move': {
      const shown = [...state.shown];
      const [signal] = shown.splice(action.row, 1);
      if (!signal) return state;
      const to = Math.min(Math.max(0, action.to), shown.length);
      shown.splice(to, 0, signal);
      return { ...state, shown, row: to };
    }
    case 'radix': return changed(state, action.row, (signal) => ({ ...signal, radix: action.radix }));
    case 'analogue': return changed(state, action.row, (signal) => ({ ...signal, analogue: !signal.analogue }));
  }
}

function changed(state: WaveState, row: number, change: (signal: ShownSignal) => ShownSignal): WaveState {
  return { ...state, shown: state.shown.map((signal, at) => (at === row ? change(signal) : signal)) };
}

function readKept(kept: unknown): ShownSignal[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((entry: unknown) => {
    const { name, radix, analogue } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const known = RADICES.find((one) => one === radix);
    return typeof name === 'string' && known ? [{ name, radix: known, analogue: analogue === true }] : [];
  });
}
