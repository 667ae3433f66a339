/** Values as a person writes them, for messages; the contents of arrays as they are now. */
import { ArrayObject, DataValue, Instance, MapValue, MultisetValue, SetValue, type Value } from './values.ts';

const LONGEST = 60;

export function showValue(value: Value): string {
  const text = shown(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function shown(value: Value): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${list(value as readonly Value[])}]`;
  if (value instanceof SetValue) return `{${list([...value.items.values()])}}`;
  if (value instanceof MultisetValue) return `multiset{${list([...value.items.values()].flatMap((one) => Array.from({ length: one.count }, () => one.value)))}}`;
  if (value instanceof MapValue) return `map[${[...value.items.values()].map(([key, to]) => `${shown(key)} := ${shown(to)}`).join(', ')}]`;
  if (value instanceof DataValue) return value.constructorName === '()' ? `(${list(value.fields)})` : `${value.constructorName}(${list(value.fields)})`;
  if (value instanceof ArrayObject) return `[${list(value.elements)}]`;
  return value instanceof Instance ? value.type : 'a function';
}

function list(values: readonly Value[]): string { return values.map(shown).join(', '); }
