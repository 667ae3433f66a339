/**
 * Two designs side by side with common inputs: one system whose targets are "this output differs now". Built
 * from the gates of both by us, so that what is asked of an engine does not depend on it.
 */
import { AigBuilder } from '../aiger/builder.ts';
import { coneOf } from '../aiger/cone.ts';
import { FALSE, type Aig, type Latch, type Literal, negate, TRUE } from '../aiger/model.ts';
import type { System, SystemSignal } from '../aiger/system.ts';

export interface MiterOutput { readonly name: string; readonly differs: Literal; readonly gold: readonly Literal[]; readonly gate: readonly Literal[] }

export interface Miter {
  readonly aig: Aig;
  readonly inputs: readonly { readonly name: string; readonly bits: readonly Literal[] }[];
  readonly outputs: readonly MiterOutput[];
  /** Signals of both, as "gold.…" and "gate.…", and the common inputs. */
  readonly signals: readonly SystemSignal[];
  /** Register bits without an initial value that an output can depend on, by name. */
  readonly free: { readonly gold: readonly string[]; readonly gate: readonly string[]; readonly paired: number };
  /** Undefined values (x, undriven nets) that an output can depend on: each is free in every step. */
  readonly undefinedValues: { readonly gold: number; readonly gate: number };
}

export interface MiterOptions {
  /**
   * `free`: registers without an initial value start with anything, each by itself. `matched`: those of the same
   * name start with the same value. `settled`: matched, the others start with 0, and undefined values are 0
   * (never a claim; tells whether a difference needs something undefined).
   */
  readonly initial: 'free' | 'matched' | 'settled';
}

export function miterOf(gold: System, gate: System, options: MiterOptions): Miter {
  const builder = new AigBuilder();
  const inputs = new Map<string, readonly Literal[]>(gold.inputs.map(({ name, bits }) => [name, bits.map(() => builder.input())]));
  const settled = options.initial === 'settled';
  const names = { gold: freeNames(gold), gate: freeNames(gate) };
  const common = new Set([...names.gold.values()].filter((name) => new Set(names.gate.values()).has(name)));
  const left = copyInto(builder, gold, inputs, settled, names.gold, common);
  const right = copyInto(builder, gate, inputs, settled, names.gate, common);
  const outputs = gold.outputs.map(({ name, bits }): MiterOutput => {
    const gateBits = gate.outputs.find((output) => output.name === name)!.bits.map(right.copy);
    const goldBits = bits.map(left.copy);
    return { name, gold: goldBits, gate: gateBits, differs: builder.any(goldBits.map((bit, index) => builder.exclusiveOr(bit, gateBits[index]!))) };
  });
  const constraints = options.initial === 'free' ? [] : equalAtStart(builder, left.free, right.free, common);
  const aig = builder.finish({ constraints });
  const { inside } = coneOf(aig, outputs.flatMap(({ gold: goldBits, gate: gateBits }) => [...goldBits, ...gateBits]));
  const counts = (literal: Literal): boolean => literal > 1 && inside[literal >>> 1] !== 0;
  return {
    aig,
    inputs: [...inputs].map(([name, bits]) => ({ name, bits })),
    outputs,
    signals: [
      ...[...inputs].map(([name, bits]): SystemSignal => ({ name, hidden: false, bits, attributes: {} })),
      ...prefixed('gold', gold, left.copy), ...prefixed('gate', gate, right.copy),
    ],
    free: { gold: shown(gold, names.gold, left, counts), gate: shown(gate, names.gate, right, counts), paired: common.size },
    undefinedValues: { gold: left.undefinedValues.filter(counts).length, gate: right.undefinedValues.filter(counts).length },
  };
}

/** Names of the register bits that start free, by latch: the first named signal that shows the bit. */
function freeNames(system: System): Map<number, string> {
  const names = new Map<number, string>();
  const latchOf = new Map(system.freeState.map(({ latch, literal }) => [literal, latch]));
  for (const signal of system.signals) {
    if (signal.hidden || signal.name.startsWith('_witness_.')) continue;
    for (const [index, literal] of signal.bits.entries()) {
      const latch = latchOf.get(literal);
      if (latch !== undefined && !names.has(latch)) names.set(latch, signal.bits.length === 1 ? signal.name : `${signal.name}[${index}]`);
    }
  }
  return names;
}

function shown(system: System, names: ReadonlyMap<number, string>, copied: Copied, counts: (literal: Literal) => boolean): readonly string[] {
  return system.freeState.flatMap(({ latch, literal }) => (counts(copied.copy(literal)) ? [names.get(latch) ?? 'an unnamed register'] : []));
}

interface Copied { readonly copy: (literal: Literal) => Literal; readonly free: ReadonlyMap<string, Literal>; readonly undefinedValues: readonly Literal[] }

function copyInto(builder: AigBuilder, system: System, inputs: ReadonlyMap<string, readonly Literal[]>, settled: boolean, names: ReadonlyMap<number, string>, common: ReadonlySet<string>): Copied {
  const { aig } = system;
  const copies = new Int32Array(aig.maximumVariable + 1).fill(-1);
  copies[0] = FALSE;
  for (const port of system.inputs) for (const [index, literal] of port.bits.entries()) copies[literal >>> 1] = inputs.get(port.name)![index]! ^ (literal & 1);
  const undefinedValues: Literal[] = [];
  for (const variable of aig.inputs) {
    if (copies[variable]! >= 0) continue;
    copies[variable] = settled ? FALSE : builder.input();
    undefinedValues.push(copies[variable]!);
  }
  const free = new Map<string, Literal>();
  const states = aig.latches.map((latch, index) => {
    const name = names.get(index);
    const paired = name !== undefined && common.has(name);
    const reset: Latch['reset'] = latch.reset === 'free' && settled && !paired ? 0 : latch.reset;
    const state = builder.latch(reset);
    if (paired && latch.reset === 'free') free.set(name, state);
    copies[latch.variable] = state;
    return state;
  });
  const copy = (literal: Literal): Literal => copies[literal >>> 1]! ^ (literal & 1);
  for (let gate = 0; gate < aig.ands.variable.length; gate++)
    copies[aig.ands.variable[gate]!] = builder.and(copy(aig.ands.left[gate]!), copy(aig.ands.right[gate]!));
  for (const [index, latch] of aig.latches.entries()) builder.setNext(states[index]!, copy(latch.next));
  return { copy, free, undefinedValues };
}

/** One constraint: in step 0 the registers of the same name agree. It binds no later step, so runs always exist. */
function equalAtStart(builder: AigBuilder, gold: ReadonlyMap<string, Literal>, gate: ReadonlyMap<string, Literal>, common: ReadonlySet<string>): readonly Literal[] {
  if (common.size === 0) return [];
  const started = builder.latch(0);
  builder.setNext(started, TRUE);
  const equal = builder.all([...common].map((name) => negate(builder.exclusiveOr(gold.get(name)!, gate.get(name)!))));
  return [builder.or(started, equal)];
}

function prefixed(side: string, system: System, copy: (literal: Literal) => Literal): SystemSignal[] {
  const inputs = new Set(system.inputs.map(({ name }) => name));
  return system.signals
    .filter((signal) => !signal.hidden && signal.bits.length > 0 && !signal.name.startsWith('_witness_.') && !inputs.has(signal.name))
    .map((signal) => ({ ...signal, name: `${side}.${signal.name}`, bits: signal.bits.map(copy) }));
}
