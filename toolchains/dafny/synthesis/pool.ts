/** Terms that candidates are built from: integer variables, lengths, constants of the code, indices and their neighbours. */
import { binary, number, select, size, slice } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { freeNames } from '../syntax/substitute.ts';
import type { Expression } from '../syntax/tree.ts';
import { expressionsOf, visitExpression, visitExpressions, visitStatements } from '../syntax/visit.ts';
import type { Site, Sort } from './site.ts';

const read = (name: string): Expression => ({ kind: 'name', name, start: -1, end: -1 });

export function ofSort(site: Site, ...sorts: readonly Sort[]): Expression[] {
  return [...site.variables].filter(([, sort]) => sorts.includes(sort)).map(([name]) => read(name));
}

export function scalars(site: Site): Expression[] { return ofSort(site, 'int'); }

/** `a.Length`, `|s|`, both sides of a matrix. */
export function lengths(site: Site): Expression[] {
  return [
    ...ofSort(site, 'array').map((one) => select(one, 'Length')),
    ...ofSort(site, 'matrix').flatMap((one) => [select(one, 'Length0'), select(one, 'Length1')]),
    ...ofSort(site, 'seq', 'set', 'multiset', 'map').map((one) => size(one)),
  ];
}

/** Integer literals of the method other than 0 and 1. */
export function constants(site: Site): Expression[] {
  const found = new Set<string>();
  const note = (e: Expression): void => visitExpression(e, (inner) => { if (inner.kind === 'literal' && inner.of === 'number' && /^\d+$/.test(inner.text) && Number(inner.text) > 1 && Number(inner.text) < 100_000) found.add(inner.text); });
  for (const clause of site.callable.clauses) for (const value of clause.values) note(value);
  if (site.callable.body) visitExpressions(site.callable.body, note);
  return [...found].slice(0, 6).map((text) => number(Number(text)));
}

/** What an integer can be compared with: variables, lengths, where a changing variable began, limits of loop guards. */
export function terms(site: Site): Expression[] {
  const list = [...scalars(site), ...lengths(site), ...initials(site), ...guardOperands(site), ...constants(site)];
  return distinct(list);
}

export function distinct(list: readonly Expression[]): Expression[] {
  const seen = new Map<string, Expression>();
  for (const one of list) { const text = printExpression(one); if (!seen.has(text)) seen.set(text, one); }
  return [...seen.values()];
}

function initials(site: Site): Expression[] {
  const found: Expression[] = [];
  const keep = (name: string, value: Expression | undefined): void => {
    if (!value || !site.modified.has(name) || value.kind === 'literal') return;
    if (isStable(site, value) && isArithmetic(value)) found.push(value);
  };
  for (const statement of site.before) {
    if (statement.kind === 'variables') statement.locals.forEach((local, at) => { const value = statement.values[at]; keep(local.name, value?.kind === 'expression' ? value.value : undefined); });
    if (statement.kind === 'assign') statement.targets.forEach((target, at) => { const value = statement.values[at]; if (target.kind === 'name') keep(target.name, value?.kind === 'expression' ? value.value : undefined); });
  }
  if (site.loop.from && isArithmetic(site.loop.from)) found.push(site.loop.from);
  if (site.loop.to && isArithmetic(site.loop.to)) found.push(site.loop.to);
  return found.filter((one) => one.kind !== 'literal');
}

/** Only names that the loop does not change. */
export function isStable(site: Site, expression: Expression): boolean {
  return [...freeNames(expression)].every((one) => !site.modified.has(one) && (site.variables.has(one) || !/^[a-z_]/.test(one)));
}

function isArithmetic(expression: Expression): boolean {
  let yes = true;
  visitExpression(expression, (inner) => { if (!['name', 'literal', 'binary', 'select', 'size', 'parentheses', 'unary'].includes(inner.kind)) yes = false; });
  return yes;
}

/** `n` of `i < n`, also of the loops around. */
function guardOperands(site: Site): Expression[] {
  return [site.loop, ...site.outer].flatMap((loop) => {
    const found: Expression[] = [];
    if (loop.condition) visitExpression(loop.condition, (inner) => { if (inner.kind === 'binary' && ['<', '<=', '>', '>=', '!='].includes(inner.operator)) for (const side of [inner.left, inner.right]) if (isArithmetic(side) && side.kind !== 'literal' && isStable(site, side)) found.push(side); });
    return found;
  });
}

/** Changing integers that serve as indices, most likely first. */
export function indices(site: Site): Expression[] {
  const changing = scalars(site).filter((one) => site.modified.has(printExpression(one)));
  const inGuard = new Set<string>();
  if (site.loop.condition) for (const name of freeNames(site.loop.condition)) inGuard.add(name);
  if (site.loop.counter) inGuard.add(site.loop.counter.name);
  const outerNames = new Set(site.outer.flatMap((loop) => [...(loop.condition ? freeNames(loop.condition) : []), ...(loop.counter ? [loop.counter.name] : [])]));
  const outer = scalars(site).filter((one) => outerNames.has(printExpression(one)) && !site.modified.has(printExpression(one)));
  return distinct([...changing.filter((one) => inGuard.has(printExpression(one))), ...changing, ...outer]);
}

export function plusOne(expression: Expression): Expression { return binary(expression, '+', number(1)); }
export function minusOne(expression: Expression): Expression { return binary(expression, '-', number(1)); }

/** Sequences: variables, arrays as a whole, and both cut at an index. */
export function sequences(site: Site, at: readonly Expression[]): Expression[] {
  const wholes = ofSort(site, 'seq');
  const arrays = ofSort(site, 'array');
  return [
    ...wholes, ...arrays.map((one) => slice(one)),
    ...[...wholes, ...arrays].flatMap((one) => at.flatMap((index) => [slice(one, undefined, index), slice(one, index)])),
  ];
}

/** Function names used in the specification and the body of the method, and in what those functions use. */
export function relevantFunctions(site: Site): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (e: Expression): void => visitExpression(e, (inner) => { if (inner.kind === 'call') { if (inner.callee.kind === 'name') names.add(inner.callee.name); if (inner.callee.kind === 'select') names.add(inner.callee.member); } });
  for (const clause of site.callable.clauses) for (const value of clause.values) note(value);
  if (site.callable.body) visitStatements(site.callable.body, (statement) => { for (const e of expressionsOf(statement)) note(e); });
  for (const name of names) for (const other of site.syntax.callables) if (other.name === name) { if (other.value) note(other.value); for (const clause of other.clauses) if (clause.kind === 'ensures') for (const value of clause.values) note(value); }
  return names;
}
