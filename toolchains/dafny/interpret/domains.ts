/** Goes over the values of bound variables: integers between the bounds that are stated, members of collections, a default otherwise. */
import { bare, conjuncts } from '../syntax/build.ts';
import { freeNames } from '../syntax/substitute.ts';
import type { Expression, Variable } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import { elementsIn, type Machine, type Scope } from './machine.ts';
import { isSequence, numberOf } from './operators.ts';
import { ArrayObject, Failure, MapValue, MultisetValue, SetValue, Undecided, type Value } from './values.ts';

/** For an integer without a bound on that side: small states have nothing of interest further out. */
const DEFAULT_LOW = -2, DEFAULT_HIGH = 9;
const LARGEST_DOMAIN = 400;
const CHARACTERS = ['a', 'b', 'c', '?', '0'];

export interface Searched { readonly hit: boolean; /** False where a default stood in for a bound. */ readonly complete: boolean }

/** Calls `test` for every assignment until one is hit. */
export function each(machine: Machine, variables: readonly Variable[], range: Expression | undefined, hints: readonly Expression[], scope: Scope, test: (scope: Scope) => boolean): Searched {
  const facts = [...(range ? conjuncts(range) : []), ...hints.flatMap(conjuncts)];
  const names = variables.map((one) => one.name);
  const before = names.map((name) => scope.variables.get(name));
  let complete = true;
  const go = (at: number): boolean => {
    if (at === variables.length) return test(scope);
    const later = new Set(names.slice(at));
    const domain = domainOf(machine, variables[at]!, facts, later, scope);
    complete &&= domain.complete;
    for (const value of domain.values) {
      machine.step();
      scope.variables.set(names[at]!, value);
      if (go(at + 1)) return true;
    }
    scope.variables.delete(names[at]!);
    return false;
  };
  try {
    for (const name of names) scope.variables.delete(name);
    return { hit: go(0), complete };
  } finally {
    names.forEach((name, at) => { const old = before[at]; if (old === undefined) scope.variables.delete(name); else scope.variables.set(name, old); });
  }
}

interface Domain { readonly values: Iterable<Value>; readonly complete: boolean }

function domainOf(machine: Machine, variable: Variable, facts: readonly Expression[], later: ReadonlySet<string>, scope: Scope): Domain {
  if (variable.from) return { values: membersOf(evaluate(machine, variable.from, scope), scope), complete: true };
  let low: number | undefined = variable.type?.name === 'nat' ? 0 : undefined, high: number | undefined;
  for (const { operator, other } of comparisonsOf(variable.name, facts)) {
    if ([...freeNames(other)].some((name) => later.has(name))) {
      // `i < j` where j, whose turn comes later, is bounded itself.
      if (other.kind !== 'name' || operator === 'in' || operator === '==') continue;
      const isUpper = operator.startsWith('<');
      for (const far of comparisonsOf(other.name, facts)) {
        if (far.operator === 'in' || far.operator === '==' || far.operator.startsWith('<') !== isUpper || [...freeNames(far.other)].some((name) => later.has(name))) continue;
        const limit = attempt(() => evaluate(machine, far.other, scope));
        if (typeof limit !== 'number') continue;
        const steps = (operator.endsWith('=') ? 0 : 1) + (far.operator.endsWith('=') ? 0 : 1);
        if (isUpper) high = Math.min(high ?? Infinity, limit - steps); else low = Math.max(low ?? -Infinity, limit + steps);
      }
      continue;
    }
    if (operator === 'in') { const members = attempt(() => membersOf(evaluate(machine, other, scope), scope)); if (members) return { values: members, complete: true }; continue; }
    const limit = attempt(() => evaluate(machine, other, scope));
    if (limit === undefined) continue;
    if (operator === '==') return { values: [limit], complete: true };
    if (typeof limit !== 'number') continue;
    const inclusive = operator.endsWith('=');
    if (operator.startsWith('<')) high = Math.min(high ?? Infinity, inclusive ? limit : limit - 1);
    else low = Math.max(low ?? -Infinity, inclusive ? limit : limit + 1);
  }
  const type = variable.type?.name;
  if (type === 'bool') return { values: [false, true], complete: true };
  if (type === 'char') return { values: CHARACTERS, complete: false };
  if (type !== undefined && type !== 'int' && type !== 'nat') throw new Undecided(`values of ${type}`);
  const complete = low !== undefined && high !== undefined;
  const from = low ?? Math.min(DEFAULT_LOW, (high ?? 0) - LARGEST_DOMAIN / 20), to = high ?? Math.max(DEFAULT_HIGH, (low ?? 0) + 10);
  if (to - from > LARGEST_DOMAIN) throw new Undecided('a large domain');
  return { values: integers(from, to), complete };
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' };

/** What the variable is compared with, as if it stood on the left; `in` for membership. */
function comparisonsOf(name: string, facts: readonly Expression[]): { operator: string; other: Expression }[] {
  return facts.flatMap((fact) => {
    const e = bare(fact);
    if (e.kind !== 'binary') return [];
    const [left, right] = [bare(e.left), bare(e.right)];
    const isLeft = left.kind === 'name' && left.name === name, isRight = right.kind === 'name' && right.name === name;
    if (isLeft === isRight) return [];
    if (e.operator === 'in') return isLeft ? [{ operator: 'in', other: right }] : [];
    const operator = isLeft ? e.operator : TURNED[e.operator];
    return operator !== undefined && TURNED[operator] !== undefined ? [{ operator, other: isLeft ? right : left }] : [];
  });
}

function* integers(from: number, to: number): Generator<number> { for (let at = from; at <= to; at++) yield at; }

function membersOf(value: Value, scope: Scope): Iterable<Value> {
  if (isSequence(value)) return value;
  if (value instanceof SetValue) return value.items.values();
  if (value instanceof MultisetValue) return [...value.items.values()].map((one) => one.value);
  if (value instanceof MapValue) return [...value.items.values()].map(([key]) => key);
  if (value instanceof ArrayObject) return elementsIn(scope.heap, value);
  if (typeof value === 'number') return integers(0, numberOf(value) - 1);
  throw new Undecided('members');
}

function attempt<T>(body: () => T): T | undefined {
  try { return body(); } catch (error) { if (error instanceof Undecided || error instanceof Failure) return undefined; throw error; }
}
