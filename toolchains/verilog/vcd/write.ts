/**
 * Writes a trace as a value change dump (IEEE 1364-2001, section 18). Scopes come from the dots of the
 * names; a name that the format cannot hold is written with the offending characters replaced.
 */
import type { Trace, TraceSignal } from '../design.ts';

/** Time units of one step where nothing else is asked: viewers draw steps of 1 too narrow. The file says it, since a clock changes within a step. */
const USUAL_STEP = 10;

export interface VcdOptions {
  readonly top: string;
  /** Signals that are drawn as a clock: rising at the start of each step. */
  readonly clocks?: ReadonlySet<string>;
  /** Time units of one step, even. */
  readonly step?: number;
}

interface Scope { readonly scopes: Map<string, Scope>; readonly signals: [string, string, TraceSignal][] }

export function writeVcd(trace: Trace, options: VcdOptions): string {
  const width = options.step ?? USUAL_STEP;
  const root: Scope = { scopes: new Map(), signals: [] };
  const coded = trace.signals.map((signal, index): [string, TraceSignal] => [codeOf(index), signal]);
  for (const [code, signal] of coded) {
    const parts = splitName(signal.name);
    const own = parts.pop()!;
    let scope = root;
    for (const part of parts) {
      let inner = scope.scopes.get(part);
      if (!inner) scope.scopes.set(part, (inner = { scopes: new Map(), signals: [] }));
      scope = inner;
    }
    scope.signals.push([code, own, signal]);
  }
  const lines = ['$version Assay $end', `$comment one step is ${width} $end`, '$timescale 1 ns $end'];
  declare(options.top, root, lines);
  lines.push('$enddefinitions $end');
  const clock = (signal: TraceSignal): boolean => signal.width === 1 && (options.clocks?.has(signal.name) ?? false);
  for (let step = 0; step < trace.steps; step++) {
    lines.push(`#${step * width}`);
    for (const [code, signal] of coded) {
      if (clock(signal)) { lines.push(`1${code}`); continue; }
      const value = signal.values[step] ?? 'x'.repeat(signal.width);
      if (step === 0 || value !== signal.values[step - 1]) lines.push(signal.width === 1 ? `${value}${code}` : `b${value} ${code}`);
    }
    const falling = coded.filter(([, signal]) => clock(signal));
    if (falling.length > 0) { lines.push(`#${step * width + width / 2}`); for (const [code] of falling) lines.push(`0${code}`); }
  }
  lines.push(`#${trace.steps * width}`);
  return `${lines.join('\n')}\n`;
}

function declare(name: string, scope: Scope, lines: string[]): void {
  lines.push(`$scope module ${safe(name)} $end`);
  for (const [code, own, signal] of scope.signals)
    lines.push(`$var wire ${signal.width} ${code} ${safe(own)}${signal.width > 1 ? ` [${signal.width - 1}:0]` : ''} $end`);
  for (const [inner, content] of scope.scopes) declare(inner, content, lines);
  lines.push('$upscope $end');
}

/** Dots part scopes, but an escaped identifier (which starts with a backslash) runs to the next blank or the end. */
export function splitName(name: string): string[] {
  const parts: string[] = [];
  let rest = name;
  while (rest !== '') {
    const end = rest.startsWith('\\') ? rest.search(/\s/) : rest.indexOf('.');
    if (end < 0) { parts.push(rest); break; }
    parts.push(rest.slice(0, end));
    rest = rest.slice(end + 1).replace(/^\./, '');
  }
  return parts.length > 0 ? parts.map((part) => (part === '' ? '_' : part)) : ['_'];
}

function safe(name: string): string {
  const cleaned = name.replace(/[^\x21-\x7e]/g, '_');
  return cleaned === '' ? '_' : cleaned.startsWith('$') ? `\\${cleaned}` : cleaned;
}

/** Printable codes, shortest first: "!", "\"", …, "~", "!!", … */
function codeOf(index: number): string {
  let code = '';
  for (let rest = index; ; rest = Math.floor(rest / 94) - 1) {
    code = String.fromCharCode(33 + (rest % 94)) + code;
    if (rest < 94) return code;
  }
}
