/** What an evaluation needs of the program: callables, constructors and constants by name; a budget of steps; results of pure functions. */
import type { Syntax } from '../syntax/program.ts';
import type { Callable, Constructor, Expression, Field, NamedType } from '../syntax/tree.ts';
import { ArrayObject, Instance, keyOf, Undecided, type Value } from './values.ts';

/** Contents of the heap at some moment; what it does not hold is as it is now. */
export type Heap = ReadonlyMap<ArrayObject | Instance, readonly Value[] | ReadonlyMap<string, Value>>;

export interface Scope {
  readonly variables: Map<string, Value>;
  /** Undefined: the heap as it is now. */
  readonly heap?: Heap;
  /** For `old`. */
  readonly before?: Heap;
  readonly receiver?: Value;
}

export class Machine {
  readonly callables = new Map<string, Callable[]>();
  readonly constructors = new Map<string, Constructor>();
  readonly constants = new Map<string, Field>();
  readonly types = new Map<string, NamedType>();
  private readonly known = new Map<string, Value>();
  private stepsLeft = 0;
  depth = 0;

  constructor(readonly syntax: Syntax) {
    for (const callable of syntax.callables) { const list = this.callables.get(callable.name); if (list) list.push(callable); else this.callables.set(callable.name, [callable]); }
    for (const type of syntax.datatypes) for (const constructor of type.constructors) this.constructors.set(constructor.name, constructor);
    for (const field of syntax.fields) if (field.constant && field.value) this.constants.set(field.name, field);
    for (const type of syntax.types) this.types.set(type.name, type);
  }

  /** Steps for what follows; {@link Undecided} once they are spent. */
  allow(steps: number): void { this.stepsLeft = steps; this.depth = 0; }
  step(): void { if (--this.stepsLeft < 0) throw new Undecided('too many steps'); }

  callable(name: string, count: number): Callable | undefined {
    const list = this.callables.get(name);
    return list?.find((one) => one.parameters.length === count) ?? undefined;
  }

  /** Functions of values alone give the same again. */
  remembered(callable: Callable, args: readonly Value[], evaluate: () => Value): Value {
    if (args.some((value) => value instanceof ArrayObject || value instanceof Instance) || (callable.path.includes('.') && !callable.static)) return evaluate();
    let key: string;
    try { key = `${callable.path}(${args.map(keyOf).join(';')})`; } catch { return evaluate(); }
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const value = evaluate();
    if (this.known.size > 50_000) this.known.clear();
    this.known.set(key, value);
    return value;
  }
}

export function elementsIn(heap: Heap | undefined, array: ArrayObject): readonly Value[] {
  return (heap?.get(array) as readonly Value[] | undefined) ?? array.elements;
}
export function fieldsIn(heap: Heap | undefined, instance: Instance): ReadonlyMap<string, Value> {
  return (heap?.get(instance) as ReadonlyMap<string, Value> | undefined) ?? instance.fields;
}

/** All that these values reach, as it is now. */
export function snapshot(values: Iterable<Value>): Heap {
  const heap = new Map<ArrayObject | Instance, readonly Value[] | ReadonlyMap<string, Value>>();
  const visit = (value: Value): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) { if (typeof value[0] === 'object') for (const one of value as readonly Value[]) visit(one); return; }
    if (value instanceof ArrayObject) { if (!heap.has(value)) { heap.set(value, value.elements); if (typeof value.elements[0] === 'object') for (const one of value.elements) visit(one); } return; }
    if (value instanceof Instance && !heap.has(value)) { heap.set(value, value.fields); for (const one of value.fields.values()) visit(one); }
  };
  for (const value of values) visit(value);
  return heap;
}

export type Evaluate = (expression: Expression, scope: Scope) => Value;
