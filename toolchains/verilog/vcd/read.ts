/**
 * Reads a value change dump as a {@link Trace}. Input is untrusted: it may be taken in chunks, every size is
 * bounded, names are kept as text and never used as keys of plain objects.
 */
import { InputError } from '../../contract.ts';
import type { Trace } from '../design.ts';
import { VcdTokens } from './tokens.ts';

export interface VcdBounds {
  readonly signals: number;
  /** Of one signal. */
  readonly width: number;
  readonly steps: number;
  /** Digits of all values that are kept. */
  readonly digits: number;
}

export const VCD_BOUNDS: VcdBounds = { signals: 100_000, width: 1 << 16, steps: 100_000, digits: 1 << 28 };

export interface VcdOptions {
  /** For messages. */
  readonly file?: string;
  /** Time of one step. Default: 10 for smtbmc's traces (which count in `smt_step`), else every time at which something changes is a step. */
  readonly period?: number;
  /** Outer scopes that are left out of the names. Default 1: the top module's. */
  readonly skipScopes?: number;
  readonly bounds?: Partial<VcdBounds>;
}

/** A dump that is in memory. @throws InputError */
export function readVcd(content: string | Uint8Array, options: VcdOptions = {}): Trace {
  const reader = new VcdReader(options);
  const tokens = new VcdTokens(options.file ?? TRACE);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  for (const token of tokens.push(bytes)) reader.take(token);
  for (const token of tokens.end()) reader.take(token);
  return reader.finish();
}

/** A dump that arrives in chunks. @throws InputError */
export async function readVcdStream(chunks: AsyncIterable<Uint8Array>, options: VcdOptions = {}): Promise<Trace> {
  const reader = new VcdReader(options);
  const tokens = new VcdTokens(options.file ?? TRACE);
  for await (const chunk of chunks) for (const token of tokens.push(chunk)) reader.take(token);
  for (const token of tokens.end()) reader.take(token);
  return reader.finish();
}

const TRACE = 'trace.vcd';
/** yosys-smtbmc writes a step every 10 units, with the falling clock between. */
const SMTBMC_PERIOD = 10;
/** Words that are kept of one section; all that are read stand at its start. */
const SECTION_WORDS = 64;
const DEEPEST_SCOPE = 1000;

interface Variable { readonly name: string; readonly width: number; readonly shown: boolean; readonly values: string[]; current: string }

class VcdReader {
  private readonly bounds: VcdBounds;
  private readonly variables: Variable[] = [];
  private readonly byCode = new Map<string, Variable[]>();
  private readonly scopes: string[] = [];
  private period: number | undefined;
  private fromSmtbmc = false;
  private section: string[] | undefined;
  private pending: string | undefined;
  private defined = false;
  private time = 0;
  private steps = 0;
  private changed = false;
  private digits = 0;

  constructor(private readonly options: VcdOptions) {
    this.bounds = { ...VCD_BOUNDS, ...options.bounds };
    this.period = options.period;
  }

  take(token: string): void {
    if (this.section) {
      if (token === '$end') { this.endSection(this.section); this.section = undefined; } else if (this.section.length < SECTION_WORDS) this.section.push(token);
      return;
    }
    if (this.pending !== undefined) { this.change(token, this.pending); this.pending = undefined; return; }
    if (token.startsWith('$')) {
      // These only frame changes; the changes in them are read as everywhere.
      if (!['$dumpvars', '$dumpall', '$dumpon', '$dumpoff', '$end'].includes(token)) this.section = [token];
      return;
    }
    if (!this.defined) throw this.problem(`"${token.slice(0, 20)}" stands before $enddefinitions`);
    const first = token[0]!;
    if (first === '#') this.advance(token);
    else if (/^[01xXzZ]$/.test(first)) this.change(token.slice(1), first.toLowerCase());
    else if (/^[bB][01xXzZ]+$/.test(token)) this.pending = token.slice(1).toLowerCase();
    // Real and string values have no digits to show.
    else if (/^[rRsS]/.test(token)) this.pending = 'x';
    else throw this.problem(`"${token.slice(0, 20)}" is no value change`);
  }

  finish(): Trace {
    if (this.section) throw this.problem('the file ends inside a section');
    if (!this.defined) throw this.problem('the file ends before $enddefinitions');
    if (this.pending !== undefined) throw this.problem('the file ends inside a value change');
    // smtbmc closes the last step with the clock of one that it does not show.
    if (this.changed && !this.fromSmtbmc) this.keepStep();
    const shown = this.variables.filter(({ shown: visible, name }) => visible && !(this.fromSmtbmc && name.startsWith('_witness_.')));
    return { steps: this.steps, signals: shown.map(({ name, width, values }) => ({ name, width, values })) };
  }

  private endSection(section: readonly string[]): void {
    switch (section[0]) {
      case '$enddefinitions': this.defined = true; break;
      case '$scope': this.scopes.push(section[2] ?? ''); if (this.scopes.length > DEEPEST_SCOPE) throw this.problem('scopes are nested too deep'); break;
      case '$upscope': this.scopes.pop(); break;
      case '$var': this.declare(section); break;
    }
  }

  private declare(section: readonly string[]): void {
    if (this.defined) throw this.problem('a variable is declared behind $enddefinitions');
    const [, type, size, code, name] = section;
    if (type === undefined || size === undefined || code === undefined || name === undefined || !/^\d{1,9}$/.test(size)) throw this.problem('a malformed $var');
    const width = Number(size);
    if (width === 0 || width > this.bounds.width) throw this.problem(`a signal of ${size} bits is not between 1 and ${this.bounds.width}`);
    if (this.variables.length >= this.bounds.signals) throw this.problem(`more than ${this.bounds.signals} signals`);
    const counter = this.scopes.length === 0 && type === 'integer' && name === 'smt_step';
    if (counter) { this.fromSmtbmc = true; this.period ??= SMTBMC_PERIOD; }
    const variable: Variable = {
      name: [...this.scopes.slice(this.options.skipScopes ?? 1), name].join('.'), width, shown: !counter && type !== 'event', values: [], current: 'x'.repeat(width),
    };
    this.variables.push(variable);
    const same = this.byCode.get(code);
    if (same && same[0]!.width !== width) throw this.problem('one code stands for signals of two widths');
    if (same) same.push(variable); else this.byCode.set(code, [variable]);
  }

  private change(code: string, value: string): void {
    const variables = this.byCode.get(code);
    if (!variables) throw this.problem('a value for a signal that was not declared');
    const { width } = variables[0]!;
    if (value.length > width && /[^0]/.test(value.slice(0, value.length - width))) throw this.problem('a value is wider than its signal');
    // A shorter value is extended with 0, or with x and z by themselves (IEEE 1364-2001, 18.2.1).
    const left = value.startsWith('x') || value.startsWith('z') ? value[0]! : '0';
    const full = value.length > width ? value.slice(-width) : value.padStart(width, left);
    for (const variable of variables) variable.current = full;
    this.changed = true;
  }

  private advance(token: string): void {
    if (!/^#\d{1,15}$/.test(token)) throw this.problem(`"${token.slice(0, 20)}" is no time`);
    const time = Number(token.slice(1));
    if (time < this.time) throw this.problem('time goes backwards');
    const { period } = this;
    if (period === undefined) { if (time > this.time && this.changed) this.keepStep(); }
    // Nothing changes between the steps that are passed over here, or it changes inside one of them.
    else for (let step = Math.floor(this.time / period); step < Math.floor(time / period); step++) this.keepStep();
    this.time = time;
  }

  private keepStep(): void {
    if (this.steps >= this.bounds.steps) throw this.problem(`more than ${this.bounds.steps} steps`);
    for (const variable of this.variables) {
      this.digits += variable.width;
      if (this.digits > this.bounds.digits) throw this.problem('the trace is larger than what is kept');
      variable.values.push(variable.current);
    }
    this.steps++;
    this.changed = false;
  }

  private problem(text: string): InputError {
    return new InputError(this.options.file ?? TRACE, text);
  }
}
