/** Replaces parts of expressions. Bound variables that a replacement would be caught by get another name first. */
import { printExpression } from './print.ts';
import type { Expression, Pattern, Variable } from './tree.ts';
import { visitExpression } from './visit.ts';

/** Free names of an expression, functions and types that are called included. */
export function freeNames(expression: Expression, into: Set<string> = new Set(), bound: ReadonlySet<string> = new Set()): Set<string> {
  const e = expression;
  const inside = (names: readonly string[], parts: readonly (Expression | undefined)[]): void => {
    const all = new Set([...bound, ...names]);
    for (const part of parts) if (part) freeNames(part, into, all);
  };
  switch (e.kind) {
    case 'name': if (!bound.has(e.name)) into.add(e.name); return into;
    case 'quantifier': inside(namesOf(e.variables), [...domains(e.variables), e.range, e.body]); return into;
    case 'comprehension': inside(namesOf(e.variables), [...domains(e.variables), e.range, e.key, e.value]); return into;
    case 'lambda': inside(namesOf(e.variables), [e.body]); return into;
    case 'let': for (const value of e.values) inside(e.suchThat ? e.patterns.flatMap(boundBy) : [], [value]); inside(e.patterns.flatMap(boundBy), [e.body]); return into;
    case 'match': freeNames(e.of, into, bound); for (const one of e.cases) inside(boundBy(one.pattern), [one.body]); return into;
    case 'opaque': for (const [word] of e.text.matchAll(/[\p{L}_][\p{L}\p{N}_'?]*/gu)) into.add(word); return into;
    default: mapChildren(e, (child) => { freeNames(child, into, bound); return child; }); return into;
  }
}

export function boundBy(pattern: Pattern): string[] {
  if (pattern.literal) return [];
  return pattern.args ? pattern.args.flatMap(boundBy) : pattern.name === '_' || pattern.name === '' ? [] : [pattern.name];
}
function namesOf(variables: readonly Variable[]): string[] { return variables.map((one) => one.name); }
function domains(variables: readonly Variable[]): (Expression | undefined)[] { return variables.map((one) => one.from); }

/** The same node with other children; the node itself where none changed. */
export function mapChildren(expression: Expression, map: (child: Expression) => Expression): Expression {
  const e = expression;
  const all = (list: readonly Expression[]): readonly Expression[] => { const mapped = list.map(map); return mapped.every((one, at) => one === list[at]) ? list : mapped; };
  const vars = (list: readonly Variable[]): readonly Variable[] => list.map((one) => (one.from ? { ...one, from: map(one.from) } : one));
  switch (e.kind) {
    case 'name': case 'literal': case 'opaque': return e;
    case 'unary': case 'size': case 'convert': { const operand = map(e.operand); return operand === e.operand ? e : { ...e, operand }; }
    case 'binary': { const left = map(e.left), right = map(e.right); return left === e.left && right === e.right ? e : { ...e, left, right }; }
    case 'chain': { const operands = all(e.operands); return operands === e.operands ? e : { ...e, operands }; }
    case 'call': { const callee = map(e.callee), args = all(e.args); return callee === e.callee && args === e.args ? e : { ...e, callee, args }; }
    case 'select': { const of = map(e.of); return of === e.of ? e : { ...e, of }; }
    case 'index': return { ...e, of: map(e.of), at: all(e.at) };
    case 'slice': return { ...e, of: map(e.of), ...(e.from ? { from: map(e.from) } : {}), ...(e.to ? { to: map(e.to) } : {}) };
    case 'update': return { ...e, of: map(e.of), changes: e.changes.map((one) => ({ key: e.members ? one.key : map(one.key), value: map(one.value) })) };
    case 'quantifier': return { ...e, variables: vars(e.variables), ...(e.range ? { range: map(e.range) } : {}), body: map(e.body) };
    case 'comprehension': return { ...e, variables: vars(e.variables), ...(e.range ? { range: map(e.range) } : {}), ...(e.key ? { key: map(e.key) } : {}), ...(e.value ? { value: map(e.value) } : {}) };
    case 'lambda': return { ...e, body: map(e.body) };
    case 'if': return { ...e, condition: map(e.condition), then: map(e.then), else: map(e.else) };
    case 'match': return { ...e, of: map(e.of), cases: e.cases.map((one) => ({ ...one, body: map(one.body) })) };
    case 'let': return { ...e, values: e.values.map(map), body: map(e.body) };
    case 'proof': return { ...e, body: map(e.body) };
    case 'display': return { ...e, elements: all(e.elements), ...(e.values ? { values: all(e.values) } : {}) };
    case 'tuple': return { ...e, elements: all(e.elements) };
    case 'parentheses': return { ...e, inner: map(e.inner) };
  }
}

/**
 * @param replace what stands for a node, or undefined to look inside it; asked from the outside in, never for names that are bound
 * @param free names that replacements use: bound variables of these names are renamed
 */
export function rewrite(expression: Expression, replace: (expression: Expression) => Expression | undefined, free: ReadonlySet<string>): Expression {
  const e = fresh(expression, free);
  const replaced = replace(e);
  if (replaced) return replaced;
  const bound = e.kind === 'quantifier' || e.kind === 'comprehension' || e.kind === 'lambda' ? namesOf(e.variables) : e.kind === 'let' ? e.patterns.flatMap(boundBy) : [];
  const inside = bound.length === 0 ? replace : (one: Expression): Expression | undefined => (one.kind === 'name' && bound.includes(one.name) ? one : replace(one));
  if (e.kind === 'match') return { ...e, of: rewrite(e.of, replace, free), cases: e.cases.map((one) => { const names = boundBy(one.pattern); return { ...one, body: rewrite(one.body, (node) => (node.kind === 'name' && names.includes(node.name) ? node : replace(node)), free) }; }) };
  return mapChildren(e, (child) => rewrite(child, inside, free));
}

/** Names by expressions. */
export function substitute(expression: Expression, values: ReadonlyMap<string, Expression>): Expression {
  const free = new Set<string>();
  for (const value of values.values()) freeNames(value, free);
  return rewrite(expression, (node) => (node.kind === 'name' ? values.get(node.name) : undefined), free);
}

/** Every occurrence of a part, compared as text. */
export function replacePart(expression: Expression, part: Expression, by: Expression): Expression {
  const wanted = printExpression(part);
  return rewrite(expression, (node) => (node.kind === part.kind && printExpression(node) === wanted ? by : undefined), freeNames(by));
}

export function contains(expression: Expression, part: Expression): boolean {
  const wanted = printExpression(part);
  let found = false;
  visitExpression(expression, (node) => { if (node.kind === part.kind && !found && printExpression(node) === wanted) found = true; });
  return found;
}

function fresh(expression: Expression, free: ReadonlySet<string>): Expression {
  const e = expression;
  if (e.kind !== 'quantifier' && e.kind !== 'comprehension' && e.kind !== 'lambda') return e;
  if (!e.variables.some((one) => free.has(one.name))) return e;
  const taken = new Set([...free, ...freeNames(e), ...namesOf(e.variables)]);
  const names = new Map<string, Expression>();
  const variables = e.variables.map((one) => {
    if (!free.has(one.name)) return one;
    let other = `${one.name}'`;
    while (taken.has(other)) other += '\'';
    taken.add(other);
    names.set(one.name, { kind: 'name', name: other, start: -1, end: -1 });
    return { ...one, name: other };
  });
  const renamed = mapChildren(e, (child) => substitute(child, names)) as typeof e;
  return { ...renamed, variables };
}
