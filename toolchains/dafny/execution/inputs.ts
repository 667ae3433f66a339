/**
 * Inputs to try a callable with: first what the tool suggested, then small values. They need not be right: a run checks the
 * preconditions itself.
 */
import type { NamedValue } from '../../verdict.ts';
import type { Parameter, Type } from '../syntax/tree.ts';

/** One expression of Dafny for each parameter. */
export type Input = readonly string[];

export const MOST_INPUTS = 48;
/** Longer sequences and arrays are cut: small ones show the same. */
const LONGEST = 12;
const SMALL: Readonly<Record<string, readonly string[]>> = { int: ['0', '1', '-1', '2', '3', '-2', '7'], nat: ['0', '1', '2', '3', '7'], bool: ['false', 'true'], real: ['0.0', '1.0', '-1.5', '2.0'], char: ["'a'", "'b'", "'0'"] };

/** Undefined where a type of a parameter is none that values are made of. */
export function inputsFor(parameters: readonly Parameter[], suggested: readonly NamedValue[]): readonly Input[] | undefined {
  const facts = new Map(suggested.filter((value) => (value.step ?? 0) === 0).map((value) => [value.name, value.value]));
  const inputs: Input[] = [];
  const first = parameters.map((parameter) => suggestedValue(parameter.name, parameter.type, facts));
  if (first.every((value) => value !== undefined)) inputs.push(first);
  const choices = parameters.map((parameter) => smallValues(parameter.type));
  if (choices.some((choice) => choice.length === 0)) return undefined;
  const all = choices.reduce((product, choice) => product * choice.length, 1);
  // A step that has no divisor with the number of all combinations passes each of them once.
  let step = Math.max(1, Math.floor(all * 0.618));
  while (divisor(step, all) !== 1) step++;
  for (let count = 0, at = 0; count < all && inputs.length < MOST_INPUTS; count++, at = (at + step) % all) {
    let rest = at;
    inputs.push(choices.map((choice) => { const value = choice[rest % choice.length]!; rest = Math.floor(rest / choice.length); return value; }));
  }
  return inputs;
}

function divisor(a: number, b: number): number { return b === 0 ? a : divisor(b, a % b); }

function elementOf(type: Type): Type | undefined {
  if (type.name === 'string') return { name: 'char', args: [], text: 'char' };
  return (type.name === 'seq' || type.name === 'array' || type.name === 'set') && type.args.length === 1 ? type.args[0] : undefined;
}

/** `array` values are expressions for `new`. */
function collection(type: Type, element: Type, values: readonly string[]): string {
  if (type.name === 'array') return values.length === 0 ? `new ${element.text}[0]` : `new ${element.text}[${values.length}] [${values.join(', ')}]`;
  return type.name === 'set' ? `{${values.join(', ')}}` : `[${values.join(', ')}]`;
}

function scalars(type: Type): readonly string[] {
  if (/^bv\d+$/.test(type.name)) return ['0', '1'];
  return SMALL[type.name] ?? [];
}

function smallValues(type: Type): readonly string[] {
  const element = elementOf(type);
  if (!element) return scalars(type);
  const [a, b = a, c = b, d = c] = scalars(element);
  if (a === undefined) return [];
  const lists = [[], [a], [b!], [a, b!], [b!, a], [c!, a, b!], [a, a, b!], [d!, c!, b!, a]];
  return [...new Set(lists.map((values) => collection(type, element, values)))];
}

function suggestedValue(name: string, type: Type, facts: ReadonlyMap<string, string>): string | undefined {
  const element = elementOf(type);
  if (!element) return scalarValue(type, facts.get(name)) ?? scalars(type)[0];
  if (type.name === 'set') return undefined;
  const length = Number(facts.get(`|${name}|`) ?? facts.get(`${name}.Length`) ?? 0);
  if (!Number.isSafeInteger(length) || length < 0 || length > LONGEST) return undefined;
  const values = Array.from({ length }, (_, at) => scalarValue(element, facts.get(`${name}[${at}]`)) ?? scalars(element)[0]);
  return values.every((value) => value !== undefined) ? collection(type, element, values) : undefined;
}

const FORMS: Readonly<Record<string, RegExp>> = { int: /^-?\d+$/, nat: /^\d+$/, bool: /^(?:true|false)$/, real: /^-?\d+\.\d+$/, char: /^'(?:[^'\\]|\\['"\\0nrt]|\\U\{[\da-fA-F]+\})'$/ };

function scalarValue(type: Type, fact: string | undefined): string | undefined {
  const form = /^bv\d+$/.test(type.name) ? FORMS.nat : FORMS[type.name];
  return fact !== undefined && form?.test(fact) ? fact : undefined;
}
