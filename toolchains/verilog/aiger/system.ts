/**
 * A flat netlist of gates, `$ff` and formal cells as a transition system with names: what becomes an
 * {@link Aig}, which properties it has, and which literals every named signal is.
 *
 * Everything undefined is free: an x, an undriven bit and an `$anyseq` may be anything in every step, a
 * register without an initial value may start with anything. So a proof holds for every way to define it.
 */
import { InputError } from '../../contract.ts';
import { AigBuilder } from './builder.ts';
import type { Aig, Literal } from './model.ts';
import type { Bit, Netlist, NetlistCell } from './netlist.ts';
import { FALSE, negate, TRUE } from './model.ts';

export interface SystemProperty {
  readonly kind: 'assert' | 'assume' | 'cover' | 'live' | 'fair';
  /** Name of its cell. */
  readonly cell: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** True where the property is looked at. */
  readonly enabled: Literal;
  /** An assert fails, a cover is reached, where this is true; an assume is satisfied where it is true. */
  readonly target: Literal;
}

export interface SystemSignal {
  readonly name: string;
  readonly hidden: boolean;
  /** Least significant first. */
  readonly bits: readonly Literal[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface System {
  /** Its constraints are the assumes; it has neither outputs nor bads. */
  readonly aig: Aig;
  readonly properties: readonly SystemProperty[];
  readonly signals: readonly SystemSignal[];
  readonly inputs: readonly { readonly name: string; readonly bits: readonly Literal[] }[];
  readonly outputs: readonly { readonly name: string; readonly bits: readonly Literal[] }[];
  /** Register bits that start with any value: the signal and bit that show it, where one does. */
  readonly freeState: readonly { readonly latch: number; readonly literal: Literal }[];
}

type Gate = (builder: AigBuilder, operand: (port: string) => Literal) => Literal;

const GATES: Readonly<Record<string, Gate>> = {
  $_BUF_: (_, at) => at('A'),
  $_NOT_: (_, at) => negate(at('A')),
  $_AND_: (to, at) => to.and(at('A'), at('B')),
  $_NAND_: (to, at) => negate(to.and(at('A'), at('B'))),
  $_OR_: (to, at) => to.or(at('A'), at('B')),
  $_NOR_: (to, at) => negate(to.or(at('A'), at('B'))),
  $_XOR_: (to, at) => to.exclusiveOr(at('A'), at('B')),
  $_XNOR_: (to, at) => negate(to.exclusiveOr(at('A'), at('B'))),
  $_ANDNOT_: (to, at) => to.and(at('A'), negate(at('B'))),
  $_ORNOT_: (to, at) => to.or(at('A'), negate(at('B'))),
  $_MUX_: (to, at) => to.choose(at('S'), at('B'), at('A')),
  $_NMUX_: (to, at) => negate(to.choose(at('S'), at('B'), at('A'))),
};

const PROPERTY_KINDS: Readonly<Record<string, SystemProperty['kind']>> = { $assert: 'assert', $assume: 'assume', $cover: 'cover', $live: 'live', $fair: 'fair' };
/** Cells that say nothing about values. */
const SILENT = new Set(['$scopeinfo', '$print', '$meminit']);

export function systemOf(file: string, netlist: Netlist): System {
  const builder = new AigBuilder();
  const literals = new Map<number, Literal>([]);
  const drivers = new Map<number, NetlistCell>();
  const initial = initialValues(file, netlist);
  const registers: { cell: NetlistCell; states: Literal[] }[] = [];
  const freeState: { latch: number; literal: Literal }[] = [];
  const properties: NetlistCell[] = [];
  let latches = 0;

  const define = (bit: Bit | undefined, literal: Literal): void => {
    if (typeof bit !== 'number') return;
    if (literals.has(bit) || drivers.has(bit)) throw new InputError(file, `net ${bit} has two drivers`);
    literals.set(bit, literal);
  };
  for (const port of netlist.ports)
    if (port.direction !== 'output') for (const bit of port.bits) if (typeof bit === 'number' && !literals.has(bit)) define(bit, builder.input());
  for (const cell of netlist.cells) {
    if (GATES[cell.type]) {
      const output = cell.connections['Y']?.[0];
      if (typeof output === 'number') {
        if (drivers.has(output) || literals.has(output)) throw new InputError(file, `net ${output} has two drivers`);
        drivers.set(output, cell);
      }
    } else if (cell.type === '$_FF_' || cell.type === '$ff' || cell.type === '$anyinit') {
      const states = (cell.connections['Q'] ?? []).map((bit) => {
        const reset = cell.type === '$anyinit' || typeof bit !== 'number' ? 'free' : (initial.get(bit) ?? 'free');
        const state = builder.latch(reset);
        if (reset === 'free') freeState.push({ latch: latches, literal: state });
        latches++;
        define(bit, state);
        return state;
      });
      registers.push({ cell, states });
    } else if (cell.type === '$anyseq') {
      for (const bit of cell.connections['Y'] ?? []) define(bit, builder.input());
    } else if (cell.type === '$anyconst') {
      for (const bit of cell.connections['Y'] ?? []) { define(bit, builder.latch('free')); latches++; }
    } else if (cell.type === '$initstate') {
      const state = builder.latch(1);
      latches++;
      builder.setNext(state, FALSE);
      for (const bit of cell.connections['Y'] ?? []) define(bit, state);
    } else if (PROPERTY_KINDS[cell.type]) properties.push(cell);
    else if (!SILENT.has(cell.type)) throw new InputError(file, `the cell ${cell.name} of type ${cell.type}${placeOf(cell)} has no meaning here`);
  }

  const literalOf = (bit: Bit): Literal => {
    if (bit === '0') return FALSE;
    if (bit === '1') return TRUE;
    // Each use of an x is its own free value: more behaviours, never fewer.
    if (bit === 'x' || bit === 'z') return builder.input();
    return resolve(file, builder, bit, literals, drivers, literalOf);
  };
  const one = (cell: NetlistCell, port: string): Literal => {
    const bits = cell.connections[port];
    if (bits?.length !== 1) throw new InputError(file, `port ${port} of the cell ${cell.name} has ${bits?.length ?? 0} bits, not one`);
    return literalOf(bits[0]!);
  };
  for (const { cell, states } of registers) {
    const next = cell.connections['D'] ?? [];
    if (next.length !== states.length) throw new InputError(file, `register ${cell.name} has ${next.length} inputs and ${states.length} outputs`);
    for (const [index, state] of states.entries()) builder.setNext(state, literalOf(next[index]!));
  }
  const found = properties.map((cell): SystemProperty => {
    const kind = PROPERTY_KINDS[cell.type]!;
    const value = one(cell, 'A');
    const enabled = one(cell, 'EN');
    const target = kind === 'assert' ? builder.and(enabled, negate(value)) : kind === 'assume' ? negate(builder.and(enabled, negate(value))) : builder.and(enabled, value);
    return { kind, cell: cell.name, attributes: cell.attributes, enabled, target };
  });
  const signals = netlist.wires.map((wire): SystemSignal => ({ name: wire.name, hidden: wire.hidden, bits: wire.bits.map(literalOf), attributes: wire.attributes }));
  const portsOf = (output: boolean) => netlist.ports.filter((port) => (port.direction === 'output') === output).map((port) => ({ name: port.name, bits: port.bits.map(literalOf) }));
  const inputs = portsOf(false);
  const outputs = portsOf(true);
  const constraints = found.flatMap((property) => (property.kind === 'assume' ? [property.target] : []));
  return { aig: builder.finish({ constraints }), properties: found, signals, inputs, outputs, freeState };
}

/** The literal of a net; gates on the way are built, operands first, without recursion (netlists are deep). */
function resolve(file: string, builder: AigBuilder, root: number, literals: Map<number, Literal>, drivers: Map<number, NetlistCell>, constant: (bit: Bit) => Literal): Literal {
  const known = literals.get(root);
  if (known !== undefined) return known;
  const path = new Set<number>();
  const stack = [root];
  while (stack.length > 0) {
    const bit = stack[stack.length - 1]!;
    if (literals.has(bit)) { stack.pop(); continue; }
    const cell = drivers.get(bit);
    if (!cell) { literals.set(bit, builder.input()); stack.pop(); continue; }
    const operands = Object.entries(cell.connections).filter(([port]) => port !== 'Y').map(([, bits]) => bits[0]);
    const waiting = operands.filter((operand): operand is number => typeof operand === 'number' && !literals.has(operand));
    if (waiting.length > 0) {
      if (path.has(bit)) throw new InputError(file, `the logic has a loop through the cell ${cell.name}${placeOf(cell)}`, 'Break the loop with a register');
      path.add(bit);
      stack.push(...waiting);
      continue;
    }
    path.delete(bit);
    literals.set(bit, GATES[cell.type]!(builder, (port) => {
      const operand = cell.connections[port]?.[0];
      if (operand === undefined) throw new InputError(file, `the cell ${cell.name} has no port ${port}`);
      return typeof operand === 'number' ? literals.get(operand)! : constant(operand);
    }));
    stack.pop();
  }
  return literals.get(root)!;
}

/** Initial values that wires name, by net; a net with two different ones is an error. */
function initialValues(file: string, netlist: Netlist): Map<number, 0 | 1> {
  const values = new Map<number, 0 | 1>();
  for (const wire of netlist.wires) {
    const init = wire.attributes['init'];
    if (init === undefined) continue;
    for (const [index, bit] of wire.bits.entries()) {
      const digit = init[init.length - 1 - index];
      if (typeof bit !== 'number' || (digit !== '0' && digit !== '1')) continue;
      const value = digit === '1' ? 1 : 0;
      if (values.has(bit) && values.get(bit) !== value) throw new InputError(file, `${wire.name} has two initial values`);
      values.set(bit, value);
    }
  }
  return values;
}

function placeOf(cell: NetlistCell): string {
  return cell.attributes['src'] ? ` (${cell.attributes['src'].split('|').at(-1)})` : '';
}
