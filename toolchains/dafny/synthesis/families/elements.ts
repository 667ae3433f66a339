/**
 * What holds of all elements of a range: order, comparison with a variable, partition of two ranges, no change since the
 * beginning, membership (Daikon's sequence invariants; range predicates of Flanagan and Qadeer 2002).
 */
import { binary, call, chain, conjunction, index, name, number, quantifier, select, size, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames } from '../../syntax/substitute.ts';
import type { Expression } from '../../syntax/tree.ts';
import { visitExpression, visitExpressions } from '../../syntax/visit.ts';
import type { Draft } from '../candidate.ts';
import { tidied } from './posts.ts';
import { distinct, indices, minusOne, ofSort, plusOne, scalars, terms } from '../pool.ts';
import { holds, vectorOf, type Site } from '../site.ts';
import type { Value } from '../../interpret/values.ts';

export const NAME = 'elements';

const MOST_RANGES = 40;
interface Span { readonly from: Expression; readonly to: Expression; readonly changing: boolean }

/** Not yet held against the states. */
export function propose(site: Site): Draft[] {
  const names: Names = [name(site.fresh[0]), name(site.fresh[1])];
  const sources = [...ofSort(site, 'array'), ...ofSort(site, 'seq')].filter((one) => isIndexed(site, printExpression(one)));
  const relations = comparisonsOf(site);
  const drafts: Draft[] = [];
  for (const source of sources) {
    const isWritten = site.written.has(printExpression(source)) || site.modified.has(printExpression(source));
    const ranges = rangesOf(site, source).filter((range) => range.changing || isWritten);
    const others = compared(site);
    for (const [at, range] of ranges.entries()) {
      const tier = at < 12 ? 1 : 2;
      if (relations.order) for (const operator of relations.order) drafts.push({ expression: ordered(names, source, range, operator), tier, order: 60 });
      for (const other of others) for (const operator of relations.scalar) drafts.push({ expression: each(names, source, range, operator, other), tier, order: 60 });
      for (const other of others) if (relations.scalar.includes('==') || relations.scalar.includes('<=')) drafts.push({ expression: some(names, source, range, other), tier: tier + 1, order: 61 });
      if (isWritten) drafts.push({ expression: unchanged(names, source, range), tier, order: 55 }, { expression: sameSlice(source, range), tier: 2, order: 56 });
    }
    if (relations.order) for (const pair of partitions(ranges)) for (const operator of relations.order.slice(0, 1)) drafts.push({ expression: partition(names, source, pair, operator), tier: 1, order: 62 });
    if (isWritten && site.variables.get(printExpression(source)) === 'array') {
      drafts.push({ expression: conserved(source), tier: 0, order: 54 });
      if (relations.order) drafts.push(...withHoles(names, site, source, ranges));
    }
  }
  // What is written may be the same array as another one: that it is unchanged must be said.
  if (site.written.size > 0) for (const other of ofSort(site, 'array', 'matrix').filter((one) => !site.written.has(printExpression(one)) && site.callable.parameters.some((parameter) => parameter.name === printExpression(one)))) drafts.push({ expression: untouched(names, site, other), tier: 0, order: 53 });
  for (const matrix of ofSort(site, 'matrix')) if (site.written.has(printExpression(matrix))) drafts.push(...rows(names, site, matrix));
  return drafts;
}

function isIndexed(site: Site, text: string): boolean {
  let found = false;
  const look = (e: Expression): void => visitExpression(e, (inner) => { if (inner.kind === 'index' && printExpression(inner.of) === text) found = true; });
  if (site.callable.body) visitExpressions(site.callable.body, look);
  for (const clause of site.callable.clauses) for (const value of clause.values) look(value);
  return found;
}

/** Comparisons of elements that code or claims make. */
function comparisonsOf(site: Site): { order?: string[]; scalar: string[] } {
  const scalar = new Set<string>();
  let isOrdered = false;
  const look = (e: Expression): void => visitExpression(e, (inner) => {
    if (inner.kind !== 'binary' || !['<', '<=', '>', '>=', '==', '!='].includes(inner.operator)) return;
    const [left, right] = [hasElement(inner.left), hasElement(inner.right)];
    if (!left && !right) return;
    scalar.add(inner.operator);
    if (inner.operator === '<' || inner.operator === '<=' || inner.operator === '>' || inner.operator === '>=') for (const operator of ['<', '<=', '>', '>=']) scalar.add(operator);
    else { scalar.add('=='); scalar.add('!='); }
    if (left && right && inner.operator !== '==') isOrdered = true;
  });
  if (site.callable.body) visitExpressions(site.callable.body, look);
  const seen = new Set<string>();
  const claims = (e: Expression): void => { look(e); visitExpression(e, (inner) => { if (inner.kind === 'call' && inner.callee.kind === 'name' && !seen.has(inner.callee.name)) { seen.add(inner.callee.name); const callable = site.syntax.callables.find((one) => one.name === (inner.callee as { name: string }).name); if (callable?.value) claims(callable.value); } }); };
  for (const clause of site.callable.clauses) for (const value of clause.values) claims(value);
  return { ...(isOrdered ? { order: ['<=', '<', '>=', '!='] } : {}), scalar: [...scalar] };
}

function hasElement(e: Expression): boolean { let found = false; visitExpression(e, (inner) => { if (inner.kind === 'index') found = true; }); return found; }

/** Elements are compared with changing and other variables of one value, and with the element at an index. */
function compared(site: Site): Expression[] {
  const simple = [...scalars(site), ...ofSort(site, 'char')];
  const arrays = [...ofSort(site, 'array'), ...ofSort(site, 'seq')].filter((one) => isIndexed(site, printExpression(one)));
  const own = indices(site).filter((one) => site.modified.has(printExpression(one))).slice(0, 3);
  const elements = arrays.slice(0, 2).flatMap((array) => own.map((at) => index(array, at)));
  return distinct([...simple.filter((one) => isElementLike(site, printExpression(one))), ...elements]).slice(0, 8);
}

/** It is compared with, or assigned from, an element somewhere. */
function isElementLike(site: Site, text: string): boolean {
  let found = false;
  const look = (e: Expression): void => visitExpression(e, (inner) => {
    if (inner.kind === 'binary' && ['<', '<=', '>', '>=', '==', '!='].includes(inner.operator)) { const [l, r] = [printExpression(inner.left), printExpression(inner.right)]; if ((l === text && hasElement(inner.right)) || (r === text && hasElement(inner.left))) found = true; }
  });
  if (site.callable.body) visitExpressions(site.callable.body, look);
  for (const clause of site.callable.clauses) for (const value of clause.values) look(value);
  return found || assignedFromElement(site, text);
}

function assignedFromElement(site: Site, text: string): boolean {
  const body = site.syntax.file.text.slice(site.callable.start, site.callable.end);
  return new RegExp(`\\b${text.replace(/[?$]/g, '\\$&')}\\s*(?:,[^;]*)?:=[^;]*\\[`).test(body);
}

function rangesOf(site: Site, source: Expression): Span[] {
  const isArray = site.variables.get(printExpression(source)) === 'array';
  const length = isArray ? select(source, 'Length') : size(source);
  const own = indices(site).slice(0, 4);
  const stable = terms(site).filter((one) => ![...freeNames(one)].some((name) => site.modified.has(name)) && one.kind !== 'literal').slice(0, 4);
  const points = distinct([number(0), ...own, length, ...own.map(plusOne), ...stable, ...stable.map((one) => tidied(plusOne(one))), ...own.map(minusOne)]);
  const lengths = vectorOf(site, length);
  if (!lengths) return [];
  const values = points.map((point) => vectorOf(site, point));
  const ranges: Span[] = [];
  points.forEach((from, a) => points.forEach((to, b) => {
    if (a === b || !values[a] || !values[b] || !isRange(values[a], values[b], lengths)) return;
    ranges.push({ from, to, changing: [...freeNames(from), ...freeNames(to)].some((name) => site.modified.has(name)) });
  }));
  return ranges.slice(0, MOST_RANGES);
}

/** Within the bounds wherever it is not empty, and not always empty or of one element. */
function isRange(from: readonly (Value | undefined)[], to: readonly (Value | undefined)[], lengths: readonly (Value | undefined)[]): boolean {
  let longest = 0;
  for (const [at, low] of from.entries()) {
    const high = to[at];
    if (typeof low !== 'number' || typeof high !== 'number') continue;
    if (low > high + 1) return false;
    if (low < high && (low < 0 || high > (lengths[at] as number))) return false;
    longest = Math.max(longest, high - low);
  }
  return longest > 1;
}

/** The two bound variables, under names that the method does not have. */
type Names = readonly [Expression, Expression];
const text = printExpression;
function within(range: Span, variable: Expression): Expression { return chain([range.from, variable, range.to], ['<=', '<']); }
function implied(condition: Expression, claim: Expression): Expression { return binary(condition, '==>', claim); }

function each([K]: Names, source: Expression, range: Span, operator: string, other: Expression): Expression {
  return quantifier('forall', [text(K)], implied(within(range, K), binary(index(source, K), operator, other)));
}
function some([K]: Names, source: Expression, range: Span, other: Expression): Expression {
  return quantifier('exists', [text(K)], conjunction([within(range, K), binary(index(source, K), '==', other)]));
}
function ordered([K, L]: Names, source: Expression, range: Span, operator: string): Expression {
  return quantifier('forall', [text(K), text(L)], implied(chain([range.from, K, L, range.to], ['<=', '<', '<']), binary(index(source, K), operator, index(source, L))));
}
function unchanged([K]: Names, source: Expression, range: Span): Expression {
  return quantifier('forall', [text(K)], implied(within(range, K), binary(index(source, K), '==', call('old', index(source, K)))));
}
function sameSlice(source: Expression, range: Span): Expression {
  return binary(slice(source, range.from, range.to), '==', call('old', slice(source, range.from, range.to)));
}
function conserved(source: Expression): Expression {
  return binary(call('multiset', slice(source)), '==', call('old', call('multiset', slice(source))));
}
/**
 * An element on its way through a sorted range, as in insertion: all others are in order, and where a variable holds it, the
 * elements are the old ones once it is put back.
 */
function withHoles([K, L]: Names, site: Site, source: Expression, ranges: readonly Span[]): Draft[] {
  const own = indices(site).filter((one) => site.modified.has(printExpression(one))).slice(0, 2);
  const holes = own.flatMap((at) => [at, plusOne(at)]);
  const held = scalars(site).filter((one) => isElementLike(site, text(one)) && !own.includes(one)).slice(0, 3);
  const drafts: Draft[] = [];
  for (const hole of holes) {
    for (const range of ranges.filter((one) => !one.changing).slice(0, 6)) {
      const pair = chain([range.from, K, L, range.to], ['<=', '<', '<']), claim = binary(index(source, K), '<=', index(source, L));
      const [before, behind] = [binary(K, '!=', hole), binary(L, '!=', hole)];
      // The first that holds says the most; without a hole there is none.
      const weaker = [[pair], [pair, behind], [pair, before], [pair, before, behind]].map((parts) => quantifier('forall', [text(K), text(L)], implied(conjunction(parts), claim)));
      const first = weaker.findIndex((one) => holds(site, one) === true);
      if (first > 0) drafts.push({ expression: weaker[first]!, tier: 1, order: 50 });
    }
    for (const value of held) {
      const back: Expression = { kind: 'update', of: slice(source), members: false, changes: [{ key: hole, value }], start: -1, end: -1 };
      drafts.push({ expression: binary(call('multiset', back), '==', call('old', call('multiset', slice(source)))), tier: 1, order: 57 });
    }
  }
  return drafts;
}

function partition([K, L]: Names, source: Expression, [low, high]: readonly [Span, Span], operator: string): Expression {
  return quantifier('forall', [text(K), text(L)], implied(conjunction([within(low, K), within(high, L)]), binary(index(source, K), operator, index(source, L))));
}

function untouched([K, L]: Names, site: Site, source: Expression): Expression {
  if (site.variables.get(printExpression(source)) === 'array') return binary(slice(source), '==', call('old', slice(source)));
  const element = index(source, K, L);
  return quantifier('forall', [text(K), text(L)], implied(conjunction([chain([number(0), K, select(source, 'Length0')], ['<=', '<']), chain([number(0), L, select(source, 'Length1')], ['<=', '<'])]), binary(element, '==', call('old', element))));
}

/** Neighbouring ranges of which one end is changing. */
function partitions(ranges: readonly Span[]): (readonly [Span, Span])[] {
  const pairs: (readonly [Span, Span])[] = [];
  for (const low of ranges) for (const high of ranges) if (printExpression(low.to) === printExpression(high.from) && (low.changing || high.changing)) pairs.push([low, high]);
  return pairs.slice(0, 40);
}

/** Rows done and the part of the current one, for `m[i, j]`. */
function rows([i, j]: Names, site: Site, matrix: Expression): Draft[] {
  const own = indices(site).slice(0, 3);
  const [height, width] = [select(matrix, 'Length0'), select(matrix, 'Length1')];
  const same = binary(index(matrix, i, j), '==', call('old', index(matrix, i, j)));
  return own.flatMap((at) => [
    { expression: quantifier('forall', [text(i), text(j)], implied(conjunction([chain([at, i, height], ['<=', '<']), chain([number(0), j, width], ['<=', '<'])]), same)), tier: 1, order: 60 },
  ]);
}
