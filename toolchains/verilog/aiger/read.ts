/**
 * Reads AIGER, ASCII ("aag") and binary ("aig"), version 1.9: inputs, latches with resets, outputs, bad
 * states, constraints, symbols. Justice and fairness are refused by name (no engine here uses them).
 * Every count is checked against the bytes that are there before anything of that size is made.
 */
import { InputError } from '../../contract.ts';
import { AigerCursor } from './cursor.ts';
import { type Aig, type AndGates, type Latch, type Literal, MAXIMUM_VARIABLES } from './model.ts';
import { sortGates } from './order.ts';

const MAXIMUM_BINARY_INPUTS = 1 << 22;

interface Header {
  readonly binary: boolean;
  readonly maximum: number; readonly inputs: number; readonly latches: number; readonly outputs: number; readonly ands: number;
  readonly bads: number; readonly constraints: number;
}

export function readAiger(file: string, content: Uint8Array): Aig {
  const cursor = new AigerCursor(file, content);
  const header = readHeader(file, cursor, content.length);
  const inputs: number[] = [];
  const latches: Latch[] = [];
  const defined = new Uint8Array(header.maximum + 1);
  defined[0] = 1;
  const define = (literal: Literal, what: string): number => {
    const variable = literal >>> 1;
    if ((literal & 1) !== 0 || variable === 0 || variable > header.maximum) throw new InputError(file, `${what} defines the literal ${literal}`);
    if (defined[variable] !== 0) throw new InputError(file, `variable ${variable} is defined twice`);
    defined[variable] = 1;
    return variable;
  };
  for (let index = 0; index < header.inputs; index++)
    inputs.push(define(header.binary ? 2 * (index + 1) : cursor.numbersOfLine(1, 1)[0]!, `input ${index}`));
  for (let index = 0; index < header.latches; index++) {
    const fields = header.binary ? cursor.numbersOfLine(1, 2) : cursor.numbersOfLine(2, 3);
    const own = header.binary ? 2 * (header.inputs + index + 1) : fields.shift()!;
    const variable = define(own, `latch ${index}`);
    latches.push({ variable, next: fields[0]!, reset: resetOf(file, fields[1] ?? 0, own) });
  }
  const list = (count: number): Literal[] => Array.from({ length: count }, () => cursor.numbersOfLine(1, 1)[0]!);
  const outputs = list(header.outputs);
  const bads = list(header.bads);
  const constraints = list(header.constraints);
  const ands = header.binary ? readBinaryGates(file, cursor, header, define) : readTextGates(cursor, header, define);
  const symbols = readSymbols(cursor, header);
  const check = (literal: Literal): void => {
    const variable = literal >>> 1;
    if (variable > header.maximum || defined[variable] === 0) throw new InputError(file, `literal ${literal} is used and never defined`);
  };
  for (const latch of latches) check(latch.next);
  for (const literal of [...outputs, ...bads, ...constraints]) check(literal);
  for (let gate = 0; gate < ands.variable.length; gate++) { check(ands.left[gate]!); check(ands.right[gate]!); }
  const ordered = header.binary ? ands : sortGates(ands, header.maximum);
  if (!ordered) throw new InputError(file, 'the gates form a cycle');
  return { maximumVariable: header.maximum, inputs, latches, ands: ordered, outputs, bads, constraints, symbols };
}

function readHeader(file: string, cursor: AigerCursor, bytes: number): Header {
  const line = cursor.line();
  const fields = line.split(' ');
  const magic = fields[0];
  if (magic !== 'aag' && magic !== 'aig') throw new InputError(file, 'no AIGER file: it begins with neither "aag" nor "aig"');
  const numbers = fields.slice(1).map((field) => (/^\d{1,9}$/.test(field) ? Number(field) : Number.NaN));
  if (numbers.length < 5 || numbers.length > 9 || numbers.some(Number.isNaN)) throw new InputError(file, 'the AIGER header is malformed');
  const [maximum = 0, inputs = 0, latches = 0, outputs = 0, ands = 0, bads = 0, constraints = 0, justice = 0, fairness = 0] = numbers;
  if (justice > 0 || fairness > 0) throw new InputError(file, 'justice and fairness properties are not supported');
  if (maximum > MAXIMUM_VARIABLES) throw new InputError(file, `${maximum} variables are more than the ${MAXIMUM_VARIABLES} that are read`);
  const binary = magic === 'aig';
  // Every listed thing takes at least two bytes (a digit and a line end, or two deltas); binary inputs take none.
  if ((binary ? 0 : inputs) * 2 + (latches + outputs + ands + bads + constraints) * 2 > bytes) throw new InputError(file, 'the AIGER header promises more than the file holds');
  if (inputs + latches + ands > maximum) throw new InputError(file, 'the AIGER header has more definitions than variables');
  if (binary && inputs + latches + ands !== maximum) throw new InputError(file, 'the counts of the binary AIGER header do not add up');
  // Sizes of the arrays are bound by the file, but for binary inputs, which take no bytes.
  if (binary && inputs > MAXIMUM_BINARY_INPUTS) throw new InputError(file, `${inputs} inputs are more than the ${MAXIMUM_BINARY_INPUTS} that are read`);
  if (!binary && maximum > bytes * 8) throw new InputError(file, 'the AIGER header promises more variables than the file can define');
  return { binary, maximum, inputs, latches, outputs, ands, bads, constraints };
}

function resetOf(file: string, value: number, own: Literal): Latch['reset'] {
  if (value === 0 || value === 1) return value;
  if (value === own) return 'free';
  throw new InputError(file, `a latch has the reset value ${value}`);
}

type Define = (literal: Literal, what: string) => number;

function readTextGates(cursor: AigerCursor, header: Header, define: Define): AndGates {
  const gates = emptyGates(header.ands);
  for (let index = 0; index < header.ands; index++) {
    const [own, left, right] = cursor.numbersOfLine(3, 3);
    gates.variable[index] = define(own!, `gate ${index}`);
    gates.left[index] = left!;
    gates.right[index] = right!;
  }
  return gates;
}

function readBinaryGates(file: string, cursor: AigerCursor, header: Header, define: Define): AndGates {
  const gates = emptyGates(header.ands);
  for (let index = 0; index < header.ands; index++) {
    const own = 2 * (header.inputs + header.latches + index + 1);
    const left = own - cursor.delta();
    const right = left - cursor.delta();
    if (left >= own || right < 0) throw new InputError(file, `gate ${index} refers forward`);
    gates.variable[index] = define(own, `gate ${index}`);
    gates.left[index] = left;
    gates.right[index] = right;
  }
  return gates;
}

function emptyGates(count: number): AndGates {
  return { variable: new Uint32Array(count), left: new Uint32Array(count), right: new Uint32Array(count) };
}

function readSymbols(cursor: AigerCursor, header: Header): Map<string, string> {
  const counts: Record<string, number> = { i: header.inputs, l: header.latches, o: header.outputs, b: header.bads, c: header.constraints };
  const symbols = new Map<string, string>();
  while (!cursor.atEnd()) {
    const line = cursor.line();
    if (line === 'c') break;
    const match = /^([ilobc])(\d{1,9}) (.+)$/s.exec(line);
    if (!match) throw cursor.problem(`"${line.slice(0, 40)}" is no symbol`);
    if (Number(match[2]) >= counts[match[1]!]!) throw cursor.problem(`a symbol for ${match[1]}${match[2]}, which is not there`);
    symbols.set(`${match[1]}${Number(match[2])}`, match[3]!);
  }
  return symbols;
}
