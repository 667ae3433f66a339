/** Reads the one flat module of yosys' `write_json` (bits are numbers; "0", "1", "x", "z" are constants). */
import { InputError } from '../../contract.ts';

export type Bit = number | '0' | '1' | 'x' | 'z';

export interface NetlistCell {
  readonly name: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly connections: Readonly<Record<string, readonly Bit[]>>;
}

export interface NetlistPort { readonly name: string; readonly direction: 'input' | 'output' | 'inout'; readonly bits: readonly Bit[] }

export interface NetlistWire {
  readonly name: string;
  readonly hidden: boolean;
  readonly bits: readonly Bit[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Netlist {
  readonly module: string;
  readonly ports: readonly NetlistPort[];
  readonly cells: readonly NetlistCell[];
  readonly wires: readonly NetlistWire[];
}

type Raw = Record<string, unknown>;

/** @param module the module to take; where absent, there must be exactly one that is no library cell */
export function readNetlist(file: string, text: string, module?: string): Netlist {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new InputError(file, 'the netlist is no complete JSON');
  }
  const modules = record(record(document)?.['modules']);
  if (!modules) throw new InputError(file, 'the netlist has no modules');
  const all = Object.keys(modules).filter((name) => module === undefined || name === module);
  // yosys marks a module without contents as a black box too: alone, it is the one that is meant.
  const blackBox = (name: string): boolean => /^0*1$/.test(String(record(record(modules[name])?.['attributes'])?.['blackbox'] ?? ''));
  const names = all.length === 1 ? all : all.filter((name) => !blackBox(name));
  if (names.length !== 1) throw new InputError(file, `the netlist has ${names.length} modules where one is meant`);
  const raw = record(modules[names[0]!]);
  if (!raw) throw new InputError(file, 'the module is malformed');
  const entries = (key: string): [string, Raw][] => Object.entries(record(raw[key]) ?? {}).map(([name, value]) => {
    const entry = record(value);
    if (!entry) throw new InputError(file, `${key} ${name} is malformed`);
    return [name, entry];
  });
  return {
    module: names[0]!,
    ports: entries('ports').map(([name, port]) => {
      const direction = port['direction'];
      if (direction !== 'input' && direction !== 'output' && direction !== 'inout') throw new InputError(file, `port ${name} has no direction`);
      return { name, direction, bits: bitsOf(file, name, port['bits']) };
    }),
    cells: entries('cells').map(([name, cell]) => {
      if (typeof cell['type'] !== 'string') throw new InputError(file, `cell ${name} has no type`);
      return {
        name, type: cell['type'], attributes: strings(cell['attributes']), parameters: strings(cell['parameters']),
        connections: Object.fromEntries(Object.entries(record(cell['connections']) ?? {}).map(([port, bits]) => [port, bitsOf(file, `${name}.${port}`, bits)])),
      };
    }),
    wires: entries('netnames').map(([name, wire]) => ({ name, hidden: wire['hide_name'] === 1, bits: bitsOf(file, name, wire['bits']), attributes: strings(wire['attributes']) })),
  };
}

function record(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined;
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(record(value) ?? {}).map(([key, text]) => [key, String(text)]));
}

function bitsOf(file: string, name: string, value: unknown): readonly Bit[] {
  if (!Array.isArray(value)) throw new InputError(file, `${name} has no bits`);
  for (const bit of value as unknown[])
    if (!(typeof bit === 'number' ? Number.isSafeInteger(bit) && bit >= 0 : bit === '0' || bit === '1' || bit === 'x' || bit === 'z'))
      throw new InputError(file, `${name} has the bit ${JSON.stringify(bit)}`);
  return value as Bit[];
}
