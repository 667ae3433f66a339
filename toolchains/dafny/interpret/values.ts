/**
 * Values of the executable subset, as the interpreter has them. Integers are JavaScript numbers: a run that leaves the safe
 * range is given up as undecided. A character is a string of one code unit, a sequence an array that nobody writes to.
 */
import type { Expression, Variable } from '../syntax/tree.ts';

export type Value = number | boolean | string | null | readonly Value[] | SetValue | MultisetValue | MapValue | DataValue | ArrayObject | Instance | Closure;

export class SetValue {
  constructor(readonly items: ReadonlyMap<string, Value>) {}
  static of(values: Iterable<Value>): SetValue { const items = new Map<string, Value>(); for (const value of values) items.set(keyOf(value), value); return new SetValue(items); }
}
export class MultisetValue {
  readonly size: number;
  constructor(readonly items: ReadonlyMap<string, { readonly value: Value; readonly count: number }>) { let size = 0; for (const { count } of items.values()) size += count; this.size = size; }
  static of(values: Iterable<Value>): MultisetValue {
    const items = new Map<string, { value: Value; count: number }>();
    for (const value of values) { const key = keyOf(value); items.set(key, { value, count: (items.get(key)?.count ?? 0) + 1 }); }
    return new MultisetValue(items);
  }
}
export class MapValue { constructor(readonly items: ReadonlyMap<string, readonly [Value, Value]>) {} }
/** A value of a datatype, or a tuple (constructor "()"). */
export class DataValue {
  constructor(readonly constructorName: string, readonly fields: readonly Value[], readonly names: readonly (string | undefined)[]) {}
}
let identities = 0;
/** `array<T>`, `array2<T>`: elements row by row. */
export class ArrayObject {
  readonly identity = ++identities;
  constructor(public elements: readonly Value[], readonly sizes: readonly number[]) {}
}
export class Instance {
  readonly identity = ++identities;
  constructor(readonly type: string, public fields: ReadonlyMap<string, Value>) {}
}
export class Closure { constructor(readonly variables: readonly Variable[], readonly body: Expression, readonly scope: ReadonlyMap<string, Value>) {} }

/** What a program that runs into this has: an index out of range, a division by zero, a precondition that does not hold. */
export class Failure extends Error {}
/** What the interpreter cannot say: a construct it does not know, too many steps, too large a number. */
export class Undecided extends Error {}

/** Equal values, and only they, have the same text. */
export function keyOf(value: Value): string {
  switch (typeof value) {
    case 'number': return String(value);
    case 'boolean': return value ? 'T' : 'F';
    case 'string': return `'${value}`;
    default: break;
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) { let text = '['; for (const one of value as readonly Value[]) text += `${keyOf(one)},`; return `${text}]`; }
  if (value instanceof SetValue) return `{${[...value.items.keys()].sort().join(',')}}`;
  if (value instanceof MultisetValue) return `m{${[...value.items].map(([key, { count }]) => `${key}*${count}`).sort().join(',')}}`;
  if (value instanceof MapValue) return `{${[...value.items].map(([key, [, to]]) => `${key}:=${keyOf(to)}`).sort().join(',')}}m`;
  if (value instanceof DataValue) return `${value.constructorName}(${value.fields.map(keyOf).join(',')})`;
  if (value instanceof Closure) throw new Undecided('equality of functions');
  return `#${(value as ArrayObject | Instance).identity}`;
}

export function sameValue(one: Value, other: Value): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  return keyOf(one) === keyOf(other);
}

export function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Undecided('a large number');
  return value;
}

/** Division and remainder of Dafny: the remainder is never negative. */
export function divide(one: number, other: number): number {
  if (other === 0) throw new Failure('division by zero');
  return safe((one - modulo(one, other)) / other);
}
export function modulo(one: number, other: number): number {
  if (other === 0) throw new Failure('division by zero');
  const rest = one % Math.abs(other);
  return rest < 0 ? rest + Math.abs(other) : rest + 0;
}
