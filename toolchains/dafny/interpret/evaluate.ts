/** Evaluates expressions over a state, ghost ones as well: quantifiers over the finite domains that their bounds give. */
import type { Callable, Expression, Pattern } from '../syntax/tree.ts';
import { boundBy } from '../syntax/substitute.ts';
import { each } from './domains.ts';
import { elementsIn, fieldsIn, type Machine, type Scope } from './machine.ts';
import { apply, booleanOf, charactersOf, elementAt, isSequence, numberOf, sizeOf } from './operators.ts';
import { ArrayObject, Closure, DataValue, Failure, Instance, keyOf, MapValue, MultisetValue, sameValue, SetValue, Undecided, type Value } from './values.ts';

const DEEPEST_CALL = 120;

export function evaluate(machine: Machine, e: Expression, scope: Scope): Value {
  machine.step();
  const value = (one: Expression): Value => evaluate(machine, one, scope);
  switch (e.kind) {
    case 'literal': return literal(e, scope);
    case 'name': return named(machine, e.name, scope);
    case 'parentheses': return value(e.inner);
    case 'unary': return e.operator === '-' ? -numberOf(value(e.operand)) + 0 : !booleanOf(value(e.operand));
    case 'binary': return binary(machine, e, scope);
    case 'chain': {
      let left = value(e.operands[0]!);
      for (let at = 0; at < e.operators.length; at++) {
        const right = value(e.operands[at + 1]!);
        if (apply(e.operators[at]!, left, right) !== true) return false;
        left = right;
      }
      return true;
    }
    case 'size': return sizeOf(value(e.operand));
    case 'index': return elementAt(value(e.of), e.at.map(value), (array) => elementsIn(scope.heap, array));
    case 'slice': return slice(value(e.of), e.from && value(e.from), e.to && value(e.to), scope);
    case 'update': return update(machine, e, scope);
    case 'if': return booleanOf(value(e.condition)) ? value(e.then) : value(e.else);
    case 'select': return selected(machine, e, scope);
    case 'call': return called(machine, e, scope);
    case 'quantifier': {
      const wanted = e.quantifier === 'exists';
      const found = each(machine, e.variables, e.range, e.quantifier === 'forall' ? antecedents(e.body) : [e.body], scope, (inner) => {
        if (e.range && !booleanOf(evaluate(machine, e.range, inner))) return false;
        return booleanOf(evaluate(machine, e.body, inner)) === wanted;
      });
      if (!found.hit && !found.complete && wanted) throw new Undecided('an unbounded exists');
      return found.hit ? wanted : !wanted;
    }
    case 'comprehension': return comprehension(machine, e, scope);
    case 'let': {
      if (e.suchThat) throw new Undecided(':|');
      return bound(scope, e.patterns.flatMap(boundBy), () => { e.patterns.forEach((pattern, at) => { if (!matches(machine, pattern, value(e.values[at]!), scope)) throw new Failure('no match'); }); return value(e.body); });
    }
    case 'match': {
      const of = value(e.of);
      for (const one of e.cases) {
        const result = bound(scope, boundBy(one.pattern), () => (matches(machine, one.pattern, of, scope) ? { value: value(one.body) } : undefined));
        if (result) return result.value;
      }
      throw new Failure('no case matches');
    }
    case 'proof': return value(e.body);
    case 'display': return display(e, value);
    case 'tuple': return new DataValue('()', e.elements.map(value), e.elements.map((_, at) => String(at)));
    case 'lambda': return new Closure(e.variables, e.body, new Map(scope.variables));
    case 'convert': {
      const operand = value(e.operand);
      if (e.operator === 'as' && typeof operand === 'number' && (e.type.name === 'int' || e.type.name === 'nat')) return operand;
      if (e.operator === 'as' && typeof operand === 'string' && e.type.name === 'int') return operand.charCodeAt(0);
      if (e.operator === 'as' && typeof operand === 'number' && e.type.name === 'char') return String.fromCharCode(operand);
      throw new Undecided(e.operator);
    }
    case 'opaque': throw new Undecided(e.text);
  }
}

function literal(e: Expression & { kind: 'literal' }, scope: Scope): Value {
  switch (e.of) {
    case 'number': { if (/[.]/.test(e.text)) throw new Undecided('a real'); return Number(e.text.replaceAll('_', '')); }
    case 'boolean': return e.text === 'true';
    case 'char': return charactersOf(e.text)[0]!;
    case 'string': return charactersOf(e.text);
    case 'null': return null;
    case 'this': if (scope.receiver === undefined) throw new Undecided('this'); return scope.receiver;
  }
}

function named(machine: Machine, name: string, scope: Scope): Value {
  const local = scope.variables.get(name);
  if (local !== undefined) return local;
  const { receiver } = scope;
  if (receiver instanceof Instance) { const field = fieldsIn(scope.heap, receiver).get(name); if (field !== undefined) return field; }
  if (receiver instanceof DataValue) { const at = receiver.names.indexOf(name); if (at >= 0) return receiver.fields[at]!; }
  const constructor = machine.constructors.get(name);
  if (constructor?.parameters.length === 0) return new DataValue(name, [], []);
  const constant = machine.constants.get(name);
  if (constant?.value) return evaluate(machine, constant.value, { ...scope, variables: new Map() });
  throw new Undecided(name);
}

function binary(machine: Machine, e: Expression & { kind: 'binary' }, scope: Scope): Value {
  const left = evaluate(machine, e.left, scope);
  switch (e.operator) {
    case '&&': return booleanOf(left) && booleanOf(evaluate(machine, e.right, scope));
    case '||': return booleanOf(left) || booleanOf(evaluate(machine, e.right, scope));
    case '==>': return !booleanOf(left) || booleanOf(evaluate(machine, e.right, scope));
    case '<==': return booleanOf(left) || !booleanOf(evaluate(machine, e.right, scope));
    default: return apply(e.operator, left, evaluate(machine, e.right, scope));
  }
}

function slice(of: Value, from: Value | undefined, to: Value | undefined, scope: Scope): Value {
  const all = of instanceof ArrayObject ? elementsIn(scope.heap, of) : of;
  if (!isSequence(all)) throw new Undecided('a slice');
  const low = from === undefined ? 0 : numberOf(from), high = to === undefined ? all.length : numberOf(to);
  if (low < 0 || high > all.length || low > high) throw new Failure('slice out of range');
  return all.slice(low, high);
}

function update(machine: Machine, e: Expression & { kind: 'update' }, scope: Scope): Value {
  let of = evaluate(machine, e.of, scope);
  for (const { key, value } of e.changes) {
    const to = evaluate(machine, value, scope);
    if (e.members) {
      if (!(of instanceof DataValue) || key.kind !== 'name') throw new Undecided('an update');
      const { names } = of;
      of = new DataValue(of.constructorName, of.fields.map((field, at) => (names[at] === key.name ? to : field)), names);
      continue;
    }
    const at = evaluate(machine, key, scope);
    if (isSequence(of)) { const index = numberOf(at); if (index < 0 || index >= of.length) throw new Failure('index out of range'); of = of.with(index, to); }
    else if (of instanceof MapValue) of = new MapValue(new Map([...of.items, [keyOf(at), [at, to] as const]]));
    else if (of instanceof MultisetValue) of = new MultisetValue(new Map([...of.items, [keyOf(at), { value: at, count: numberOf(to) }] as const].filter(([, item]) => item.count > 0)));
    else throw new Undecided('an update');
  }
  return of;
}

function selected(machine: Machine, e: Expression & { kind: 'select' }, scope: Scope): Value {
  // `Module.constant`, `Type.Constructor`: what stands in front is no value.
  if (e.of.kind === 'name' && isQualifier(machine, e.of.name, scope)) return named(machine, e.member, { ...scope, variables: new Map() });
  const of = evaluate(machine, e.of, scope);
  if (of instanceof ArrayObject && e.member.startsWith('Length')) return of.sizes[Number(e.member.slice(6) || 0)]!;
  if (of instanceof DataValue) {
    if (e.member.endsWith('?') && machine.constructors.has(e.member.slice(0, -1))) return of.constructorName === e.member.slice(0, -1);
    const at = of.names.indexOf(e.member);
    if (at >= 0) return of.fields[at]!;
  }
  if (of instanceof Instance) { const field = fieldsIn(scope.heap, of).get(e.member); if (field !== undefined) return field; }
  if (of instanceof MapValue && e.member === 'Keys') return SetValue.of([...of.items.values()].map(([key]) => key));
  if (of instanceof MapValue && e.member === 'Values') return SetValue.of([...of.items.values()].map(([, to]) => to));
  if (of === null) throw new Failure('null');
  throw new Undecided(e.member);
}

function isQualifier(machine: Machine, name: string, scope: Scope): boolean {
  return !scope.variables.has(name) && machine.syntax.file.declarations.some((one) => one.name === name && (one.kind === 'module' || one.kind === 'datatype' || one.kind === 'class' || one.kind === 'import'));
}

function called(machine: Machine, e: Expression & { kind: 'call' }, scope: Scope): Value {
  const { callee } = e;
  if (callee.kind === 'name' && !scope.variables.has(callee.name)) {
    if (callee.name === 'old') { if (!scope.before) throw new Undecided('old'); return evaluate(machine, e.args[0]!, { ...scope, heap: scope.before }); }
    const args = e.args.map((one) => evaluate(machine, one, scope));
    const built = construct(machine, callee.name, args);
    if (built !== undefined) return built;
    const callable = machine.callable(callee.name, args.length);
    if (callable) return callFunction(machine, callable, args, scope, scope.receiver);
    throw new Undecided(callee.name);
  }
  if (callee.kind === 'select') {
    const args = e.args.map((one) => evaluate(machine, one, scope));
    const qualified = callee.of.kind === 'name' && isQualifier(machine, callee.of.name, scope);
    const built = qualified ? construct(machine, callee.member, args) : undefined;
    if (built !== undefined) return built;
    const callable = machine.callable(callee.member, args.length);
    if (callable) return callFunction(machine, callable, args, scope, qualified ? undefined : evaluate(machine, callee.of, scope));
    throw new Undecided(callee.member);
  }
  const closure = evaluate(machine, callee, scope);
  if (!(closure instanceof Closure)) throw new Undecided('a call');
  return applyClosure(machine, closure, e.args.map((one) => evaluate(machine, one, scope)), scope);
}

export function applyClosure(machine: Machine, closure: Closure, args: readonly Value[], scope: Scope): Value {
  const variables = new Map(closure.scope);
  closure.variables.forEach((variable, at) => variables.set(variable.name, args[at]!));
  return evaluate(machine, closure.body, { ...scope, variables });
}

function construct(machine: Machine, name: string, args: readonly Value[]): Value | undefined {
  if (name === 'multiset' && args.length === 1) {
    const [of] = args;
    if (isSequence(of!)) return MultisetValue.of(of);
    if (of instanceof SetValue) return MultisetValue.of(of.items.values());
  }
  if (name === 'seq' && args[1] instanceof Closure) { const closure = args[1]; return Array.from({ length: numberOf(args[0]!) }, (_, at) => applyClosure(machine, closure, [at], { variables: new Map() })); }
  const constructor = machine.constructors.get(name);
  if (constructor && constructor.parameters.length === args.length) return new DataValue(name, args, constructor.parameters.map((one) => one.name));
  return undefined;
}

export function callFunction(machine: Machine, callable: Callable, args: readonly Value[], scope: Scope, receiver: Value | undefined): Value {
  const { value } = callable;
  if (!value) throw new Undecided(callable.name);
  return machine.remembered(callable, args, () => {
    if (++machine.depth > DEEPEST_CALL) { machine.depth = 0; throw new Undecided('deep recursion'); }
    const variables = new Map(callable.parameters.map((one, at) => [one.name, args[at]!] as const));
    const inner: Scope = { variables, ...(scope.heap ? { heap: scope.heap } : {}), ...(receiver === undefined ? {} : { receiver }) };
    for (const [at, parameter] of callable.parameters.entries()) if (parameter.type.name === 'nat' && (args[at] as number) < 0) throw new Failure('a negative nat');
    for (const clause of callable.clauses) if (clause.kind === 'requires' && evaluate(machine, clause.values[0]!, inner) !== true) throw new Failure(`the precondition of ${callable.name}`);
    const result = evaluate(machine, value, inner);
    machine.depth--;
    return result;
  });
}

function comprehension(machine: Machine, e: Expression & { kind: 'comprehension' }, scope: Scope): Value {
  const found: Value[] = [], pairs: (readonly [Value, Value])[] = [];
  const state = each(machine, e.variables, e.range, [], scope, (inner) => {
    if (e.range && !booleanOf(evaluate(machine, e.range, inner))) return false;
    const own = e.variables.length === 1 ? inner.variables.get(e.variables[0]!.name)! : null;
    if (e.of === 'map') pairs.push([e.key ? evaluate(machine, e.key, inner) : own, evaluate(machine, e.value!, inner)]);
    else found.push(e.value ? evaluate(machine, e.value, inner) : own);
    return false;
  });
  if (!state.complete) throw new Undecided('an unbounded comprehension');
  if (e.of === 'map') return new MapValue(new Map(pairs.map((pair) => [keyOf(pair[0]), pair])));
  if (e.of !== 'set') throw new Undecided(e.of);
  return SetValue.of(found);
}

function display(e: Expression & { kind: 'display' }, value: (one: Expression) => Value): Value {
  const elements = e.elements.map(value);
  switch (e.of) {
    case 'seq': return elements;
    case 'set': return SetValue.of(elements);
    case 'multiset': return MultisetValue.of(elements);
    case 'map': return new MapValue(new Map(elements.map((key, at) => [keyOf(key), [key, value(e.values![at]!)] as const])));
    default: throw new Undecided(e.of);
  }
}

/** Left sides of the implications that a body consists of: they bound what is quantified. */
function antecedents(body: Expression): Expression[] {
  if (body.kind === 'parentheses') return antecedents(body.inner);
  return body.kind === 'binary' && body.operator === '==>' ? [body.left, ...antecedents(body.right)] : [];
}

/** Evaluates with names that are taken back afterwards. */
export function bound<T>(scope: Scope, names: readonly string[], body: () => T): T {
  const before = names.map((name) => scope.variables.get(name));
  try { return body(); } finally {
    names.forEach((name, at) => { const old = before[at]; if (old === undefined) scope.variables.delete(name); else scope.variables.set(name, old); });
  }
}

/** Sets the variables of the pattern where it matches. */
export function matches(machine: Machine, pattern: Pattern, value: Value, scope: Scope): boolean {
  if (pattern.literal) return sameValue(evaluate(machine, pattern.literal, scope), value);
  const name = pattern.name.slice(pattern.name.lastIndexOf('.') + 1);
  if (pattern.args) {
    if (!(value instanceof DataValue) || (value.constructorName !== name && !(name === '' && value.constructorName === '()')) || value.fields.length !== pattern.args.length) return false;
    return pattern.args.every((one, at) => matches(machine, one, value.fields[at]!, scope));
  }
  if (name === '_') return true;
  if (machine.constructors.has(name) && value instanceof DataValue) return value.constructorName === name;
  scope.variables.set(name, value);
  return true;
}
