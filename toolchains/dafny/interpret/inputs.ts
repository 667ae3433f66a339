/** Small random inputs of a method: values by type that share lengths and contents often enough for preconditions to hold. */
import type { Callable, Type } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { ArrayObject, DataValue, Instance, MapValue, MultisetValue, SetValue, Undecided, keyOf, type Value } from './values.ts';

export class Inputs {
  private length = 0;
  private shared: number[] = [];
  private contents: (readonly Value[])[] = [];

  constructor(private readonly machine: Machine, readonly random: () => number) {}

  /** Arguments and a receiver, or undefined where the types cannot be made. The precondition may not hold. */
  draw(callable: Callable): { readonly args: readonly Value[]; readonly receiver?: Value } {
    this.length = this.below(6);
    this.shared = [this.length, this.below(7), this.below(4)];
    this.contents = [];
    const container = callable.path.includes('.') ? callable.path.slice(0, callable.path.lastIndexOf('.')) : '';
    const isMember = !callable.static && this.machine.syntax.file.declarations.some((one) => one.path === container && (one.kind === 'class' || one.kind === 'trait'));
    const receiver = isMember && callable.kind !== 'constructor' ? this.instance(container, 0) : undefined;
    const args = callable.parameters.map((one) => this.value(one.type, callable.typeParameters, 0));
    return { args, ...(receiver === undefined ? {} : { receiver }) };
  }

  any(type: string): Value {
    try { return this.value({ name: type, args: [], text: type }, [], 1); } catch (error) { if (error instanceof Undecided) return this.below(4); throw error; }
  }

  private below(limit: number): number { return Math.floor(this.random() * limit); }
  private chance(share: number): boolean { return this.random() < share; }

  private instance(type: string, depth: number): Value {
    const fields = this.machine.syntax.fields.filter((field) => field.container === type);
    return new Instance(type, new Map(fields.map((field) => [field.name, field.value ? evaluate(this.machine, field.value, { variables: new Map() }) : this.value(field.type ?? { name: 'int', args: [], text: 'int' }, [], depth + 1)])));
  }

  private value(type: Type, parameters: readonly string[], depth: number): Value {
    const name = type.name.replace(/[?]$/, '');
    const inner = (at: number): Value => this.value(type.args[at] ?? { name: 'int', args: [], text: 'int' }, parameters, depth + 1);
    switch (name) {
      case 'int': case 'ORDINAL': if (this.chance(0.4)) return this.shared[this.below(this.shared.length)]!; return this.chance(0.15) ? this.below(40) - 10 : this.below(9) - 2;
      case 'nat': if (this.chance(0.4)) return this.shared[this.below(this.shared.length)]!; return this.chance(0.15) ? this.below(30) : this.below(7);
      case 'bool': return this.chance(0.5);
      case 'char': return 'abc?A0'[this.below(6)]!;
      case 'string': return this.elements(() => 'abc?A0'[this.below(6)]!);
      case 'seq': return this.elements(() => inner(0));
      case 'array': { const elements = this.elements(() => inner(0)); return new ArrayObject(elements, [elements.length]); }
      case 'array2': { const [rows, columns] = [this.chance(0.7) ? this.length : this.below(4), this.chance(0.7) ? this.shared[2]! : this.below(4)]; return new ArrayObject(Array.from({ length: rows * columns }, () => inner(0)), [rows, columns]); }
      case 'set': case 'iset': return SetValue.of(this.elements(() => inner(0)));
      case 'multiset': return MultisetValue.of(this.elements(() => inner(0)));
      case 'map': { const keys = this.elements(() => inner(0)); return new MapValue(new Map(keys.map((key) => [keyOf(key), [key, inner(1)] as const]))); }
      case '()': return new DataValue('()', type.args.map((_, at) => inner(at)), type.args.map((_, at) => String(at)));
      default: break;
    }
    if (parameters.includes(name)) return this.below(5);
    const named = this.machine.types.get(name);
    if (named) return this.subset(named.base, named.variable, named.condition, parameters, depth);
    return this.data(name, depth);
  }

  private subset(base: Type, variable: string | undefined, condition: Parameters<typeof evaluate>[1] | undefined, parameters: readonly string[], depth: number): Value {
    for (let attempt = 0; attempt < 20; attempt++) {
      const value = this.value(base, parameters, depth);
      if (!condition || evaluate(this.machine, condition, { variables: new Map([[variable!, value]]) }) === true) return value;
    }
    throw new Undecided('a subset type');
  }

  private data(name: string, depth: number): Value {
    const type = this.machine.syntax.datatypes.find((one) => one.name === name.slice(name.lastIndexOf('.') + 1));
    if (!type) {
      const container = this.machine.syntax.file.declarations.find((one) => one.kind === 'class' && one.name === name);
      if (container && depth < 3) return this.instance(container.path, depth);
      throw new Undecided(`values of ${name}`);
    }
    const simple = type.constructors.filter((one) => !one.parameters.some((parameter) => parameter.type.name === type.name));
    const from = depth > 3 && simple.length > 0 ? simple : type.constructors;
    const constructor = from[this.below(from.length)]!;
    if (depth > 8) throw new Undecided('a deep value');
    return new DataValue(constructor.name, constructor.parameters.map((one) => this.value(one.type, type.typeParameters, depth + 1)), constructor.parameters.map((one) => one.name));
  }

  private elements(make: () => Value): readonly Value[] {
    const length = this.chance(0.75) ? this.length : this.below(6);
    const known = this.contents.filter((one) => one.length === length);
    if (known.length > 0 && this.chance(0.3)) { const copy = known[this.below(known.length)]!; const sample = make(); if (typeof copy[0] === typeof sample) return copy; }
    let list = Array.from({ length }, make);
    if (typeof list[0] === 'number' && this.chance(0.45)) list = ordered(list as number[], this.chance(0.5), this.chance(0.2));
    this.contents.push(list);
    return list;
  }
}

function ordered(list: readonly number[], distinct: boolean, descending: boolean): number[] {
  const sorted = [...list].sort((a, b) => a - b).map((value, at) => (distinct ? value + at : value));
  return descending ? sorted.reverse() : sorted;
}

/** A generator that gives the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
