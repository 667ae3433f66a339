/** What a person needs to believe and to read a trace: the VCD, the witness, and the values at the step that counts. */
import type { Output } from '../../contract.ts';
import type { Counterexample, NamedValue } from '../../verdict.ts';
import { signalsInCone, traceOf, visibleSignals } from '../aiger/trace.ts';
import type { Literal } from '../aiger/model.ts';
import type { TraceOptions } from '../design.ts';
import type { System, SystemSignal } from '../aiger/system.ts';
import { type Witness, writeWitness } from '../aiger/witness.ts';
import { writeVcd } from '../vcd/write.ts';
import { readPlace } from '../yosys/rtlil.ts';

/** Values beside a verdict; the trace holds all of them. */
const SHOWN_VALUES = 200;
const TRACE = 'trace.vcd';

export interface TraceEvidence { readonly counterexample: Counterexample; readonly outputs: readonly Output[] }

export interface TraceRequest {
  readonly system: System;
  readonly witness: Witness;
  readonly target: Literal;
  readonly step: number;
  /** Steps shown after it. */
  readonly after: number;
  readonly options: TraceOptions;
  readonly top: string;
  readonly place: (file: string, line: number) => { readonly file: string; readonly line: number };
}

export function traceEvidence({ system, witness, target, step, after, options, top, place }: TraceRequest): TraceEvidence {
  const signals = visibleSignals(system);
  const trace = traceOf(system.aig, signals, witness, step + 1 + after);
  const clocks = new Set(signals.filter((signal) => signal.attributes['replaced_by_gclk'] !== undefined).map((signal) => signal.name));
  const inCone = new Set(signalsInCone(system.aig, signals, target).map((signal) => signal.name));
  const values = trace.signals.flatMap((signal, index): NamedValue[] => {
    if (!inCone.has(signal.name)) return [];
    return [{ name: signal.name, value: formatValue(signal.values[step]!), step, ...placeOf(signals[index]!, place) }];
  });
  return {
    counterexample: { status: 'checked', values: values.slice(0, SHOWN_VALUES), failingStep: step, ...(options.vcd && { witness: TRACE }) },
    outputs: [...(options.vcd ? [output(TRACE, writeVcd(trace, { top, clocks, step: options.cycleWidth }))] : []), output('trace.aiw', writeWitness(witness))],
  };
}

/** "1", or "8'h2a" as Verilog writes it. */
export function formatValue(digits: string): string {
  return digits.length === 1 ? digits : `${digits.length}'h${BigInt(`0b${digits}`).toString(16)}`;
}

function placeOf(signal: SystemSignal, place: (file: string, line: number) => { readonly file: string; readonly line: number }): { file?: string; line?: number } {
  const found = readPlace(signal.attributes['src']?.split('|')[0] ?? '')[0];
  return found ? place(found.file, found.range.start.line) : {};
}

function output(name: string, text: string): Output {
  const content = Buffer.from(text);
  return { name, content, bytes: content.length, truncated: false };
}
