/** A loop whose proof is wanted, with what its code and its runs say: what is in scope, what changes, what its states were. */
import type { Machine } from '../interpret/machine.ts';
import type { State } from '../interpret/traces.ts';
import { valueIn } from '../interpret/traces.ts';
import { ArrayObject, DataValue, Failure, Instance, keyOf, MapValue, MultisetValue, SetValue, type Value } from '../interpret/values.ts';
import { bare, binary } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import type { Syntax } from '../syntax/program.ts';
import type { Callable, Expression, Loop, Statement } from '../syntax/tree.ts';
import { expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts';

export type Sort = 'int' | 'bool' | 'char' | 'seq' | 'set' | 'multiset' | 'map' | 'array' | 'matrix' | 'data' | 'object' | 'other';

export interface Site {
  readonly syntax: Syntax;
  readonly machine: Machine;
  readonly callable: Callable;
  readonly loop: Loop;
  /** Loops around it, from the outside in. */
  readonly outer: readonly Loop[];
  readonly states: readonly State[];
  /** In scope at the head of the loop, with the sort that the states show; without states only what declarations say. */
  readonly variables: ReadonlyMap<string, Sort>;
  /** Assigned in the body, the counter of a `for` included. */
  readonly modified: ReadonlySet<string>;
  /** Array expressions that the body writes to, as text. */
  readonly written: ReadonlySet<string>;
  /** Names for bound variables that nothing in the method has. */
  readonly fresh: readonly [string, string];
  /** Statements of the method that come after the loop, in the blocks around it. */
  readonly after: readonly Statement[];
  /** Statements before it, in the blocks around it. */
  readonly before: readonly Statement[];
}

export function sortOf(value: Value): Sort {
  switch (typeof value) {
    case 'number': return 'int';
    case 'boolean': return 'bool';
    case 'string': return 'char';
    default: break;
  }
  if (Array.isArray(value)) return 'seq';
  if (value instanceof SetValue) return 'set';
  if (value instanceof MultisetValue) return 'multiset';
  if (value instanceof MapValue) return 'map';
  if (value instanceof ArrayObject) return value.sizes.length === 1 ? 'array' : 'matrix';
  if (value instanceof DataValue) return 'data';
  return value instanceof Instance ? 'object' : 'other';
}

export function describeSite(syntax: Syntax, machine: Machine, callable: Callable, loop: Loop, states: readonly State[]): Site {
  const modified = new Set<string>(loop.counter ? [loop.counter.name] : []);
  const written = new Set<string>();
  if (loop.body) visitStatements(loop.body, (statement) => { for (const target of targetsOf(statement)) note(target, modified, written); });
  if (loop.body && callsThatModify(syntax, loop)) for (const parameter of callable.parameters) if (parameter.type.name.startsWith('array')) written.add(parameter.name);
  const variables = new Map<string, Sort>();
  const [first] = states;
  if (first) for (const [name, value] of first.variables) {
    const sort = sortOf(value);
    if (states.every((state) => { const other = state.variables.get(name); return other !== undefined && sortOf(other) === sort; })) variables.set(name, sort);
  } else for (const parameter of [...callable.parameters, ...callable.results]) variables.set(parameter.name, declaredSort(parameter.type.name));
  const around = surroundings(callable, loop);
  return { syntax, machine, callable, loop, states, variables, modified, written, fresh: freshNames(syntax.file.text.slice(callable.start, callable.end)), ...around };
}

function freshNames(text: string): [string, string] {
  const taken = new Set(text.match(/[\p{L}_'?][\p{L}\p{N}_'?]*/gu));
  const free = ['k', 'l', 'p', 'q', 'u', 'v', 'w', 'k1', 'k2', 'k3', 'k4'].filter((name) => !taken.has(name));
  return [free[0] ?? 'k\'\'', free[1] ?? 'l\'\''];
}

function declaredSort(type: string): Sort {
  const sorts: Record<string, Sort> = { int: 'int', nat: 'int', bool: 'bool', char: 'char', seq: 'seq', string: 'seq', set: 'set', multiset: 'multiset', map: 'map', array: 'array', array2: 'matrix' };
  return sorts[type] ?? 'other';
}

function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'forall' && statement.body) return statement.body.statements.flatMap((one) => [...targetsOf(one)]);
  return statement.kind === 'for' && statement.counter ? [{ kind: 'name', name: statement.counter.name, start: -1, end: -1 }] : [];
}

function note(target: Expression, modified: Set<string>, written: Set<string>): void {
  if (target.kind === 'parentheses') { note(target.inner, modified, written); return; }
  if (target.kind === 'name') modified.add(target.name);
  else if (target.kind === 'index') written.add(printExpression(target.of));
  else if (target.kind === 'select') written.add(printExpression(target));
}

function callsThatModify(syntax: Syntax, loop: Loop): boolean {
  const modifying = new Set(syntax.callables.filter((one) => one.clauses.some((clause) => clause.kind === 'modifies')).map((one) => one.name));
  let found = false;
  visitStatements(loop.body!, (statement) => { for (const e of expressionsOf(statement)) visitExpression(e, (inner) => { if (inner.kind === 'call' && ((inner.callee.kind === 'name' && modifying.has(inner.callee.name)) || (inner.callee.kind === 'select' && modifying.has(inner.callee.member)))) found = true; }); });
  return found;
}

/** Loops of a callable with the loops around each. */
export function loopsOf(callable: Callable): { readonly loop: Loop; readonly outer: readonly Loop[] }[] {
  const loops: Loop[] = [];
  if (callable.body) visitStatements(callable.body, (statement) => { if ((statement.kind === 'while' || statement.kind === 'for') && statement.body && !loops.includes(statement)) loops.push(statement); });
  return loops.map((loop) => ({ loop, outer: loops.filter((other) => other !== loop && other.start <= loop.start && loop.end <= other.end) }));
}

function surroundings(callable: Callable, loop: Loop): Pick<Site, 'outer' | 'after' | 'before'> {
  const outer = loopsOf(callable).find((one) => one.loop === loop)?.outer ?? [];
  const after: Statement[] = [], before: Statement[] = [];
  if (callable.body) visitStatements(callable.body, (statement, block) => {
    if (block.start > loop.start || block.end < loop.end) return;
    if (statement.start >= loop.end) after.push(statement);
    if (statement.end <= loop.start) before.push(statement);
  });
  return { outer, after, before };
}

/** Values of an expression in all states, or undefined where one is ill-formed, or too few can be told. */
export function vectorOf(site: Site, expression: Expression): readonly (Value | undefined)[] | undefined {
  const values: (Value | undefined)[] = [];
  let told = 0;
  try {
    for (const state of site.states) {
      const value = valueIn(site.machine, state, expression);
      if (value !== undefined) told++;
      else if (values.length > 12 && told === 0) return undefined;
      values.push(value);
    }
  } catch (error) { if (error instanceof Failure) return undefined; throw error; }
  return told * 2 >= site.states.length && told > 0 ? values : undefined;
}

/** Does it hold in every state? Undefined where there is nothing to tell from. */
export function holds(site: Site, expression: Expression): boolean | undefined {
  if (site.states.length === 0) return undefined;
  let told = 0;
  try {
    for (const [at, state] of site.states.entries()) {
      const value = valueIn(site.machine, state, expression, 6000);
      if (value === false) return false;
      if (value === true) told++;
      else if (at > 10 && told === 0) return undefined;
    }
  } catch (error) { if (error instanceof Failure) return false; throw error; }
  return told === 0 ? undefined : true;
}

/** False where it holds as well when the changing variables have other values: it says nothing. */
export function isInformative(site: Site, expression: Expression): boolean {
  const { states } = site;
  for (let at = 0; at < 3 * states.length; at++) {
    const here = states[at % states.length]!;
    const variables = new Map(here.variables);
    let step = at;
    for (const name of site.modified) {
      const value = states[(step = (step * 7 + 3) % states.length)]!.variables.get(name);
      if (value !== undefined) variables.set(name, typeof value === 'number' ? (at % 11 === 7 ? -value - 1 : value + (step % 5) - 2) : value);
    }
    const mixed: State = { ...here, variables, heap: site.written.size > 0 ? shuffled(here.heap, at) : here.heap };
    try { if (valueIn(site.machine, mixed, expression, 6000) === false) return true; } catch (error) { if (error instanceof Failure) return true; throw error; }
  }
  return false;
}

/** A universal claim whose condition no state meets. */
export function isVacuous(site: Site, expression: Expression): boolean {
  const e = bare(expression);
  if (e.kind === 'binary' && e.operator === '==>') return holds(site, { kind: 'unary', operator: '!', operand: e.left, start: -1, end: -1 }) === true || isVacuous(site, e.right);
  if (e.kind !== 'quantifier' || e.quantifier !== 'forall') return false;
  const body = bare(e.body);
  const condition = body.kind === 'binary' && body.operator === '==>' ? (e.range ? binary(e.range, '&&', body.left) : body.left) : e.range;
  if (!condition) return false;
  const { range: _, ...unranged } = e;
  return holds(site, { kind: 'unary', operator: '!', operand: { ...unranged, quantifier: 'exists', body: condition }, start: -1, end: -1 }) === true;
}

/** In some state the first is less than the second. */
export function isSometimesLess(site: Site, low: Expression, high: Expression): boolean {
  const [from, to] = [vectorOf(site, low), vectorOf(site, high)];
  return !from || !to || from.some((value, at) => typeof value === 'number' && typeof to[at] === 'number' && value < to[at]);
}

function shuffled(heap: State['heap'], by: number): State['heap'] {
  return new Map([...heap].map(([object, contents]) => [object, Array.isArray(contents) && contents.length > 1 ? rotated(contents as readonly Value[], by) : contents] as const));
}
function rotated(list: readonly Value[], by: number): readonly Value[] {
  const at = 1 + (by % (list.length - 1));
  const turned = [...list.slice(at), ...list.slice(0, at)];
  if (typeof turned[0] === 'number') turned[0] = (turned[0] as number) + (by % 3) - 1;
  return turned;
}

export function vectorKey(vector: readonly (Value | undefined)[]): string { return vector.map((value) => (value === undefined ? '_' : keyOf(value))).join('|'); }
