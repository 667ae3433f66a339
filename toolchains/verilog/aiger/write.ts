/** Writes binary AIGER; variables are renumbered to inputs, latches, gates, as that format wants them. */
import type { Aig, Literal } from './model.ts';

export function writeAiger(aig: Aig): Buffer {
  const renumbered = new Uint32Array(aig.maximumVariable + 1);
  let used = 0;
  for (const variable of aig.inputs) renumbered[variable] = ++used;
  for (const latch of aig.latches) renumbered[latch.variable] = ++used;
  for (const variable of aig.ands.variable) renumbered[variable] = ++used;
  const literal = (old: Literal): Literal => 2 * renumbered[old >>> 1]! + (old & 1);
  const counts = [used, aig.inputs.length, aig.latches.length, aig.outputs.length, aig.ands.variable.length];
  // Readers that know only version 1.0 take a header of five counts.
  if (aig.bads.length > 0 || aig.constraints.length > 0) counts.push(aig.bads.length, aig.constraints.length);
  const lines = [`aig ${counts.join(' ')}`];
  for (const latch of aig.latches) {
    const reset = latch.reset === 'free' ? literal(2 * latch.variable) : latch.reset;
    lines.push(reset === 0 ? `${literal(latch.next)}` : `${literal(latch.next)} ${reset}`);
  }
  for (const root of [...aig.outputs, ...aig.bads, ...aig.constraints]) lines.push(`${literal(root)}`);
  const head = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  const gates = new Uint8Array(aig.ands.variable.length * 10);
  let at = 0;
  const delta = (value: number): void => {
    for (; value >= 0x80; value = Math.floor(value / 128)) gates[at++] = (value & 0x7f) | 0x80;
    gates[at++] = value;
  };
  for (let gate = 0; gate < aig.ands.variable.length; gate++) {
    const own = 2 * renumbered[aig.ands.variable[gate]!]!;
    const a = literal(aig.ands.left[gate]!);
    const b = literal(aig.ands.right[gate]!);
    delta(own - Math.max(a, b));
    delta(Math.abs(a - b));
  }
  return Buffer.concat([head, gates.subarray(0, at)]);
}
