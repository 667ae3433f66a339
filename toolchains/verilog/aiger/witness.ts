/**
 * Reads a counterexample of one trace: the AIGER witness format ("1", "b0", state, inputs…, ".") and abc's
 * `write_cex -a` (state, inputs…, "# DONE"). Values x are read as 0: replaying decides whether that is right.
 */
import { InputError } from '../../contract.ts';

export interface Witness {
  /** Values of the latches at step 0. */
  readonly state: Uint8Array;
  /** Values of the inputs, by step. */
  readonly inputs: readonly Uint8Array[];
}

export interface WitnessShape { readonly latches: number; readonly inputs: number }

/** @throws InputError where the text is cut or does not fit the shape */
export function readWitness(file: string, text: string, shape: WitnessShape): Witness {
  // abc 0.23 puts the end mark behind the last line of values.
  const lines = text.replace(/([01xX])# DONE\s*$/, '$1\n# DONE').split(/\r?\n/);
  const ended = lines.some((line) => line === '# DONE' || line === '.');
  if (!ended) throw new InputError(file, 'the witness has no end mark');
  const vectors: string[] = [];
  const binary = /^[01xX]*$/;
  const header = lines[0] === '1' && /^[bjcf]\d+$/.test(lines[1] ?? '') ? 2 : 0;
  for (const line of lines.slice(header)) {
    if (line === '# DONE' || line === '.') break;
    // A system without latches has an empty first line of values, one without inputs empty steps.
    const empty = vectors.length === 0 ? shape.latches === 0 : shape.inputs === 0;
    if (line.startsWith('#') || line.startsWith('c ') || (line === '' && !empty)) continue;
    if (!binary.test(line)) throw new InputError(file, `"${line.slice(0, 40)}" is no line of values`);
    vectors.push(line);
  }
  const [state, ...inputs] = vectors;
  if (state === undefined || state.length !== shape.latches) throw new InputError(file, `the witness has ${state?.length ?? 0} latches, not ${shape.latches}`);
  if (inputs.length === 0) throw new InputError(file, 'the witness has no step');
  for (const [step, line] of inputs.entries())
    if (line.length !== shape.inputs) throw new InputError(file, `step ${step} of the witness has ${line.length} inputs, not ${shape.inputs}`);
  return { state: digits(state), inputs: inputs.map(digits) };
}

function digits(line: string): Uint8Array {
  return Uint8Array.from(line, (digit) => (digit === '1' ? 1 : 0));
}

export function writeWitness(witness: Witness): string {
  return [witness.state, ...witness.inputs].map((values) => values.join('')).join('\n') + '\n# DONE\n';
}
