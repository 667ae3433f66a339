/** Runs statements over a mutable state. Ghost statements run as well; proof statements are passed over. */
import type { Assigned, Block, Callable, Expression, Loop, Statement } from '../syntax/tree.ts';
import { boundBy } from '../syntax/substitute.ts';
import { each } from './domains.ts';
import { applyClosure, bound, evaluate, matches } from './evaluate.ts';
import { elementsIn, fieldsIn, snapshot, type Heap, type Machine, type Scope } from './machine.ts';
import { booleanOf, isSequence, numberOf } from './operators.ts';
import { ArrayObject, Closure, Failure, Instance, Undecided, type Value } from './values.ts';

export interface Runner {
  readonly machine: Machine;
  /** At each arrival at the head of a loop, before its guard. `first`: it was not in the loop before. */
  readonly atLoop: (loop: Loop, scope: Scope, first: boolean) => void;
  readonly random: () => number;
  /** A value that a program may find in what it did not initialise. */
  readonly anyValue: (type: string) => Value;
}

type Signal = { readonly kind: 'next' } | { readonly kind: 'return' } | { readonly kind: 'break' | 'continue'; readonly label?: string };
const NEXT: Signal = { kind: 'next' };
const MOST_ITERATIONS = 200;

/** Results by name, or undefined where the run cannot be told. The precondition is the caller's matter. */
export function callMethod(runner: Runner, callable: Callable, args: readonly Value[], receiver?: Value, entered?: (scope: Scope) => void): ReadonlyMap<string, Value> {
  const { machine } = runner;
  if (!callable.body) throw new Undecided(`${callable.name} has no body`);
  if (++machine.depth > 60) throw new Undecided('deep recursion');
  const variables = new Map(callable.parameters.map((one, at) => [one.name, args[at]!] as const));
  const before: Heap = snapshot([...args, ...(receiver === undefined ? [] : [receiver])]);
  const scope: Scope = { variables, before, ...(receiver === undefined ? {} : { receiver }) };
  entered?.(scope);
  run(runner, callable.body, scope, callable);
  machine.depth--;
  return variables;
}

function run(runner: Runner, block: Block, scope: Scope, callable: Callable): Signal {
  const declared: { name: string; before: Value | undefined }[] = [];
  let signal = NEXT;
  for (const statement of block.statements) {
    if (statement.kind === 'variables') for (const local of statement.locals) declared.push({ name: local.name, before: scope.variables.get(local.name) });
    signal = step(runner, statement, scope, callable);
    if (signal.kind !== 'next') break;
  }
  for (const { name, before } of declared.reverse()) if (before === undefined) scope.variables.delete(name); else scope.variables.set(name, before);
  return signal;
}

function step(runner: Runner, s: Statement, scope: Scope, callable: Callable): Signal {
  const { machine } = runner;
  machine.step();
  const value = (e: Expression): Value => evaluate(machine, e, scope);
  switch (s.kind) {
    case 'block': return run(runner, s.block, scope, callable);
    case 'variables': {
      if (s.suchThat) { choose(machine, s.locals.map((one) => one.name), s.suchThat, scope); return NEXT; }
      const values = assigned(runner, s.values, scope);
      s.locals.forEach((local, at) => { const one = values[at]; if (one !== undefined) scope.variables.set(local.name, one); });
      return NEXT;
    }
    case 'assign': {
      if (s.suchThat) { choose(machine, s.targets.map((target) => (target.kind === 'name' ? target.name : fail('a target'))), s.suchThat, scope); return NEXT; }
      const places = s.targets.map((target) => placeOf(machine, target, scope));
      const values = assigned(runner, s.values, scope);
      places.forEach((place, at) => { if (values[at] !== undefined) place(values[at]); });
      return NEXT;
    }
    case 'call': { invoke(runner, s.call, scope); return NEXT; }
    case 'if': {
      const taken = s.condition ? booleanOf(value(s.condition)) : runner.random() < 0.5;
      if (taken) return run(runner, s.then, scope, callable);
      return s.else ? step(runner, s.else, scope, callable) : NEXT;
    }
    case 'cases': {
      for (let count = 0; count < MOST_ITERATIONS; count++) {
        const open = s.cases.filter((one) => booleanOf(value(one.condition)));
        if (open.length === 0) return s.loop ? NEXT : fail('no case');
        const signal = run(runner, open[Math.floor(runner.random() * open.length)]!.body, scope, callable);
        if (!s.loop || signal.kind === 'return') return signal;
        if (signal.kind === 'break') return NEXT;
      }
      return fail('many iterations');
    }
    case 'match': {
      const of = value(s.of);
      for (const one of s.cases) {
        const signal = bound(scope, boundBy(one.pattern), () => (matches(machine, one.pattern, of, scope) ? run(runner, one.body, scope, callable) : undefined));
        if (signal) return signal;
      }
      throw new Failure('no case matches');
    }
    case 'while': case 'for': return loop(runner, s, scope, callable, undefined);
    case 'label': return s.statement.kind === 'while' || s.statement.kind === 'for' ? loop(runner, s.statement, scope, callable, s.name) : step(runner, s.statement, scope, callable);
    case 'assert': case 'assume': case 'calc': case 'reveal': case 'print': return NEXT;
    case 'expect': if (value(s.condition) !== true) throw new Failure('expect'); return NEXT;
    case 'return': {
      const values = assigned(runner, s.values, scope);
      callable.results.forEach((result, at) => { if (values[at] !== undefined) scope.variables.set(result.name, values[at]); });
      return { kind: 'return' };
    }
    case 'forall': {
      if (!s.body || s.clauses.some((clause) => clause.kind === 'ensures')) return NEXT;
      const writes: (() => void)[] = [];
      each(machine, s.variables, s.range, [], scope, (inner) => {
        if (s.range && !booleanOf(evaluate(machine, s.range, inner))) return false;
        for (const one of s.body!.statements) {
          if (one.kind !== 'assign' || one.values.length !== 1 || one.values[0]!.kind !== 'expression') return fail('a forall statement');
          const place = placeOf(machine, one.targets[0]!, inner), to = evaluate(machine, one.values[0]!.value, inner);
          writes.push(() => place(to));
        }
        return false;
      });
      for (const write of writes) write();
      return NEXT;
    }
    case 'break': case 'continue': return { kind: s.kind, ...(s.label === undefined ? {} : { label: s.label }) };
    case 'opaque': return fail('a statement');
  }
}

function fail(what: string): never { throw new Undecided(what); }

function loop(runner: Runner, s: Loop, scope: Scope, callable: Callable, label: string | undefined): Signal {
  const { machine } = runner;
  if (!s.body) return fail('a loop without a body');
  const counter = s.counter?.name;
  const outside = counter === undefined ? undefined : scope.variables.get(counter);
  const from = s.from && numberOf(evaluate(machine, s.from, scope)), to = s.to && numberOf(evaluate(machine, s.to, scope));
  let at = from ?? 0;
  let signal = NEXT;
  for (let count = 0; ; count++) {
    if (count > MOST_ITERATIONS) return fail('many iterations');
    if (counter !== undefined) scope.variables.set(counter, at);
    runner.atLoop(s, scope, count === 0);
    const goesOn = s.kind === 'for' ? (to === undefined ? runner.random() < 0.8 : s.down ? at > to : at < to) : s.condition ? booleanOf(evaluate(machine, s.condition, scope)) : runner.random() < 0.7;
    if (!goesOn) break;
    if (s.kind === 'for' && s.down) scope.variables.set(counter!, --at);
    signal = run(runner, s.body, scope, callable);
    if (signal.kind === 'return') break;
    if (signal.kind === 'break' || signal.kind === 'continue') {
      const own = signal.label === undefined || signal.label === label;
      if (!own) break;
      const { kind } = signal;
      signal = NEXT;
      if (kind === 'break') break;
    }
    if (s.kind === 'for' && !s.down) at++;
  }
  if (counter !== undefined) { if (outside === undefined) scope.variables.delete(counter); else scope.variables.set(counter, outside); }
  return signal;
}

function assigned(runner: Runner, values: readonly Assigned[], scope: Scope): (Value | undefined)[] {
  return values.flatMap((one): readonly (Value | undefined)[] => {
    switch (one.kind) {
      case 'havoc': return [Math.floor(runner.random() * 6) - 1];
      case 'expression': return one.value.kind === 'call' ? invoke(runner, one.value, scope) : [evaluate(runner.machine, one.value, scope)];
      case 'new-array': return [newArray(runner, one, scope)];
      case 'new-object': return [newObject(runner, one.type.name, one.args ?? [], scope)];
    }
  });
}

function newArray(runner: Runner, one: Assigned & { kind: 'new-array' }, scope: Scope): Value {
  const { machine } = runner;
  const initial = one.initial && evaluate(machine, one.initial, scope);
  const sizes = one.sizes.map((size) => numberOf(evaluate(machine, size, scope)));
  if (isSequence(initial ?? null)) return new ArrayObject(initial as readonly Value[], sizes.length === 0 ? [(initial as readonly Value[]).length] : sizes);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (sizes.some((size) => size < 0)) throw new Failure('a negative size');
  if (count > 400) throw new Undecided('a large array');
  if (initial instanceof Closure) return new ArrayObject(Array.from({ length: count }, (_, at) => applyClosure(machine, initial, sizes.length === 1 ? [at] : [Math.floor(at / sizes[1]!), at % sizes[1]!], scope)), sizes);
  return new ArrayObject(Array.from({ length: count }, () => runner.anyValue(one.type.name)), sizes);
}

function newObject(runner: Runner, type: string, args: readonly Expression[], scope: Scope): Value {
  const { machine } = runner;
  const instance = new Instance(type, new Map(machine.syntax.fields.filter((field) => field.container === type && field.type).map((field) => [field.name, field.value ? evaluate(machine, field.value, scope) : runner.anyValue(field.type!.name)])));
  const name = type.slice(type.lastIndexOf('.') + 1);
  const constructor = machine.syntax.callables.find((one) => one.kind === 'constructor' && (one.path === `${name}.${one.name}` || one.path === type || one.path === `${type}._ctor`) && one.parameters.length === args.length);
  if (constructor) callMethod(runner, constructor, args.map((arg) => evaluate(machine, arg, scope)), instance);
  return instance;
}

/** A call as a statement or as the whole of a right-hand side: the results of a method, or the value of a function. */
function invoke(runner: Runner, e: Expression, scope: Scope): readonly (Value | undefined)[] {
  const { machine } = runner;
  if (e.kind !== 'call') return [evaluate(machine, e, scope)];
  const { callee } = e;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'select' ? callee.member : '';
  const callable = scope.variables.has(name) ? undefined : machine.callable(name, e.args.length);
  if (!callable || callable.kind === 'function' || callable.kind === 'predicate') return [evaluate(machine, e, scope)];
  if (callable.kind === 'lemma') return [];
  const args = e.args.map((arg) => evaluate(machine, arg, scope));
  const receiver = callee.kind === 'select' ? evaluate(machine, callee.of, scope) : scope.receiver;
  const results = callMethod(runner, callable, args, receiver);
  return callable.results.map((result) => results.get(result.name));
}

function choose(machine: Machine, names: readonly string[], condition: Expression, scope: Scope): void {
  let chosen: ReadonlyMap<string, Value> | undefined;
  each(machine, names.map((name) => ({ name })), undefined, [condition], scope, (inner) => {
    if (!booleanOf(evaluate(machine, condition, inner))) return false;
    chosen = new Map(names.map((name) => [name, inner.variables.get(name)!]));
    return true;
  });
  if (!chosen) throw new Undecided(':|');
  for (const [name, value] of chosen) scope.variables.set(name, value);
}

/** Where an assignment writes; the place is told before the right-hand sides are. */
function placeOf(machine: Machine, target: Expression, scope: Scope): (value: Value) => void {
  if (target.kind === 'parentheses') return placeOf(machine, target.inner, scope);
  if (target.kind === 'name') {
    const { receiver } = scope;
    if (!scope.variables.has(target.name) && receiver instanceof Instance && receiver.fields.has(target.name)) return (value) => { receiver.fields = new Map([...receiver.fields, [target.name, value]]); };
    return (value) => { scope.variables.set(target.name, value); };
  }
  if (target.kind === 'index') {
    const array = evaluate(machine, target.of, scope);
    const at = target.at.map((one) => numberOf(evaluate(machine, one, scope)));
    if (!(array instanceof ArrayObject)) throw new Undecided('an assignment');
    let offset = 0;
    at.forEach((index, dimension) => { if (index < 0 || index >= array.sizes[dimension]!) throw new Failure('index out of range'); offset = offset * array.sizes[dimension]! + index; });
    return (value) => { array.elements = elementsIn(undefined, array).with(offset, value); };
  }
  if (target.kind === 'select') {
    const instance = evaluate(machine, target.of, scope);
    if (!(instance instanceof Instance)) throw new Undecided('an assignment');
    return (value) => { instance.fields = new Map([...fieldsIn(undefined, instance), [target.member, value]]); };
  }
  throw new Undecided('an assignment');
}
