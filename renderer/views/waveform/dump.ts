/**
 * A value change dump (IEEE 1364-2001, 18) as lists of changes, for drawing: times as the file has them, so that a clock is
 * seen to tick. Input is a stranger's: sizes are bounded, what is beyond is left out and said.
 */
export interface WaveSignal {
  /** Place in {@link Dump.signals}. */
  readonly id: number;
  /** Scopes and name, outermost first. */
  readonly path: readonly string[];
  readonly width: number;
  /** Rising; `values[i]` holds from `times[i]` on: binary digits, most significant first, with x and z. */
  readonly times: readonly number[];
  readonly values: readonly string[];
}

export interface Dump {
  readonly signals: readonly WaveSignal[];
  /** Unit of times ("1ns"); empty where the file does not say. */
  readonly unit: string;
  /** Time at which the dump ends. */
  readonly end: number;
  /** Times at which the cycles of the search begin, in order; none where the file does not say it. */
  readonly steps: readonly number[];
  /** What of the file is not in here, in words. */
  readonly left?: string;
}

export class DumpError extends Error {}

const MOST_SIGNALS = 100_000, MOST_CHANGES = 4_000_000, WIDEST = 1 << 16;

interface Growing { readonly times: number[]; readonly values: string[]; readonly width: number }

/** @throws DumpError where the text is no dump */
export function readDump(text: string): Dump {
  const words = wordsOf(text);
  const byCode = new Map<string, Growing>();
  const signals: WaveSignal[] = [];
  const scopes: string[] = [];
  // The sat command of yosys begins at -1.
  let unit = '', time = Number.MIN_SAFE_INTEGER, end = 0, changes = 0, left: string | undefined, defined = false, counter: Growing | undefined, period: number | undefined;
  const change = (code: string, value: string): void => {
    const of = byCode.get(code);
    if (!of) { if (left === undefined) throw new DumpError('a value for a signal that was not declared'); return; }
    if (++changes > MOST_CHANGES) { left ??= `only the first ${MOST_CHANGES.toLocaleString('en')} changes are shown`; return; }
    const digits = value.length >= of.width ? value.slice(-of.width) : value.padStart(of.width, /^[xz]/.test(value) ? value[0]! : '0');
    const now = time === Number.MIN_SAFE_INTEGER ? 0 : time;
    if (of.times.at(-1) === now) of.values[of.values.length - 1] = digits;
    else if (of.values.at(-1) !== digits) { of.times.push(now); of.values.push(digits); }
  };
  for (let word = words.next(); word !== undefined; word = words.next()) {
    switch (word) {
      // Of Assay's own traces; yosys-smtbmc counts its steps in a variable.
      case '$comment': period ??= periodIn(words.until('$end').join(' ')); continue;
      case '$timescale': unit = words.until('$end').join(''); continue;
      case '$scope': scopes.push(words.until('$end')[1] ?? ''); continue;
      case '$upscope': words.until('$end'); scopes.pop(); continue;
      case '$enddefinitions': words.until('$end'); defined = true; continue;
      case '$var': {
        const [type, size, code, name = ''] = words.until('$end');
        const width = Number(size);
        if (code === undefined || !Number.isInteger(width) || width < 1) throw new DumpError('a malformed declaration of a signal');
        if (signals.length >= MOST_SIGNALS || width > WIDEST) { left ??= `only ${MOST_SIGNALS.toLocaleString('en')} signals of at most ${WIDEST} bits are shown`; continue; }
        let growing = byCode.get(code);
        if (!growing) byCode.set(code, growing = { times: [], values: [], width });
        if (scopes.length === 0 && type === 'integer' && name === 'smt_step') { counter = growing; continue; }
        signals.push({ id: signals.length, path: [...scopes, name], width, times: growing.times, values: growing.values });
        continue;
      }
      case '$dumpvars': case '$dumpall': case '$dumpon': case '$dumpoff': case '$end': continue;
      default:
    }
    if (word.startsWith('$')) { words.until('$end'); continue; }
    const first = word[0]!.toLowerCase();
    if (!defined) throw new DumpError('this is no value change dump');
    if (first === '#') {
      const at = Number(word.slice(1));
      if (!Number.isFinite(at) || at < time) throw new DumpError('time goes backwards');
      time = at;
      end = Math.max(end, at);
    } else if (first === 'b') change(words.next() ?? '', word.slice(1).toLowerCase());
    else if (first === 'r' || first === 's') words.next(); // real and string values have no digits
    else if ('01xz'.includes(first)) change(word.slice(1), first);
    else throw new DumpError(`"${word.slice(0, 20)}" is no value change`);
  }
  if (!defined) throw new DumpError('this is no value change dump');
  return { signals, unit, end, steps: counter?.times ?? everyPeriod(period, end), ...(left === undefined ? {} : { left }) };
}

function periodIn(comment: string): number | undefined {
  const found = /^one step is (\d{1,6})$/.exec(comment);
  return found && Number(found[1]) > 0 ? Number(found[1]) : undefined;
}

function everyPeriod(period: number | undefined, end: number): number[] {
  return period === undefined ? [] : Array.from({ length: Math.min(Math.ceil(end / period), MOST_CHANGES) }, (_, step) => step * period);
}

function wordsOf(text: string): { next(): string | undefined; until(stop: string): string[] } {
  const word = /\S+/g;
  const next = (): string | undefined => word.exec(text)?.[0];
  return {
    next,
    until(stop) {
      const found: string[] = [];
      for (let one = next(); one !== undefined && one !== stop; one = next()) if (found.length < 64) found.push(one);
      return found;
    },
  };
}

/** Digits at a time; undefined before the first change. */
export function valueAt(signal: WaveSignal, time: number): string | undefined {
  return signal.values[indexAt(signal, time)];
}

/** Place of the last change at or before a time; -1 before the first. */
export function indexAt({ times }: WaveSignal, time: number): number {
  let low = 0, high = times.length;
  while (low < high) { const middle = (low + high) >> 1; if (times[middle]! <= time) low = middle + 1; else high = middle; }
  return low - 1;
}

/** Time of the next (+1) or previous (-1) change; undefined where there is none. */
export function edge(signal: WaveSignal, time: number, direction: 1 | -1): number | undefined {
  const at = indexAt(signal, time);
  return direction === 1 ? signal.times[at + 1] : signal.times[at] === time ? signal.times[at - 1] : signal.times[at];
}

export const nameOf = (signal: WaveSignal): string => signal.path.slice(1).join('.') || signal.path.join('.');
