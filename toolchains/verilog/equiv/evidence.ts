/** A distinguishing trace for people: inputs of every step, what differs at the end, and all signals as a VCD. */
import type { Output } from '../../contract.ts';
import type { Counterexample, NamedValue } from '../../verdict.ts';
import { traceOf } from '../aiger/trace.ts';
import { type Witness, writeWitness } from '../aiger/witness.ts';
import { formatValue } from '../embedded/evidence.ts';
import { writeVcd } from '../vcd/write.ts';
import type { Miter } from './miter.ts';

export interface TraceEvidence { readonly counterexample: Counterexample; readonly outputs: readonly Output[] }

const TRACE = 'trace.vcd';
/** Values beside the verdict; the trace holds all. */
const SHOWN_VALUES = 400;

/** The witness was replayed on the miter, so both designs do exactly this. */
export function counterexampleOf(miter: Miter, witness: Witness, step: number): TraceEvidence {
  const trace = traceOf(miter.aig, miter.signals, witness, step + 1);
  const inputs = new Set(miter.inputs.map(({ name }) => name));
  const differing = miter.outputs.flatMap((output) => [`gold.${output.name}`, `gate.${output.name}`]);
  const byName = new Map(trace.signals.map((signal) => [signal.name, signal]));
  const last: NamedValue[] = [];
  for (let index = 0; index < differing.length; index += 2) {
    const [gold, gate] = [differing[index]!, differing[index + 1]!].map((name) => byName.get(name)?.values[step]);
    if (gold === undefined || gate === undefined || gold === gate) continue;
    last.push({ name: differing[index]!, value: formatValue(gold), step }, { name: differing[index + 1]!, value: formatValue(gate), step });
  }
  const given = trace.signals.filter((signal) => inputs.has(signal.name)).flatMap((signal) => signal.values.map((value, at): NamedValue => ({ name: signal.name, value: formatValue(value), step: at })));
  given.sort((one, other) => one.step! - other.step!);
  return {
    counterexample: { status: 'checked', values: [...last, ...given].slice(0, SHOWN_VALUES), failingStep: step, witness: TRACE },
    outputs: [file(TRACE, writeVcd(trace, { top: 'equivalence' })), file('trace.aiw', writeWitness(witness))],
  };
}

function file(name: string, text: string): Output {
  const content = Buffer.from(text);
  return { name, content, bytes: content.length, truncated: false };
}
