/**
 * A BTOR2 witness as a run of the gates: inputs and states are found by the name that both models have from the design.
 * What has no counterpart there is 0; replaying the run decides whether that is right.
 */
import type { Literal } from '../../aiger/model.ts';
import type { System } from '../../aiger/system.ts';
import type { Witness } from '../../aiger/witness.ts';
import type { BtorModel } from './model.ts';

/** @param lines as `BtorAnswer` has them @param steps of the run */
export function witnessOfBtor(lines: readonly string[], model: BtorModel, system: System, steps: number): Witness {
  const bitsOf = new Map(system.signals.map(signal => [signal.name, signal.bits]));
  const inputAt = new Map(system.aig.inputs.map((variable, index) => [variable, index]));
  const latchAt = new Map(system.aig.latches.map((latch, index) => [latch.variable, index]));
  const state = new Uint8Array(system.aig.latches.length);
  const inputs = Array.from({ length: steps }, () => new Uint8Array(system.aig.inputs.length));
  const put = (literal: Literal | undefined, digit: string | undefined, step: number): void => {
    if (literal === undefined || digit === undefined) return;
    const value = (digit === '1' ? 1 : 0) ^ (literal & 1);
    const input = inputAt.get(literal >>> 1), latch = latchAt.get(literal >>> 1);
    if (input !== undefined) inputs[step]![input] = value;
    else if (latch !== undefined && step === 0) state[latch] = value;
  };
  const digit = (digits: string | undefined, bit: number): string | undefined => digits?.[digits.length - 1 - bit];
  for (const [step, frame] of framesOf(lines, steps).entries()) {
    for (const signal of model.signals) {
      const literals = bitsOf.get(signal.name);
      for (const [at, { from, index, bit }] of signal.bits.entries()) put(literals?.[at], digit(frame[from].get(index), bit), step);
    }
    for (const [index, address, digits] of frame.cells) {
      const literals = bitsOf.get(`${model.arrays.get(index) ?? ''}[${address}]`) ?? [];
      for (const [at, literal] of literals.entries()) put(literal, digit(digits, at), step);
    }
  }
  return { state, inputs };
}

/** Digits by index, most significant first. */
interface Frame { readonly input: Map<number, string>; readonly state: Map<number, string>; readonly cells: [index: number, address: number, digits: string][] }

function framesOf(lines: readonly string[], steps: number): readonly Frame[] {
  const frames = Array.from({ length: steps }, (): Frame => ({ input: new Map(), state: new Map(), cells: [] }));
  let current: Frame | undefined;
  let part: 'input' | 'state' = 'input';
  for (const line of lines) {
    const head = /^([#@])(\d+)$/.exec(line);
    if (head) { part = head[1] === '#' ? 'state' : 'input'; current = frames[Number(head[2])]; continue; }
    const value = /^(\d+) (?:\[([01]+)\] )?([01xX]+)/.exec(line);
    if (!value || !current) continue;
    if (value[2] === undefined) current[part].set(Number(value[1]), value[3]!);
    else current.cells.push([Number(value[1]), parseInt(value[2], 2), value[3]!]);
  }
  return frames;
}
