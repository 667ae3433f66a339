/**
 * Equations between changing integers, from the null space of what the states show: linear ones first, then products of two
 * variables (Karr 1976; Sharma et al., "A data driven approach for algebraic loop invariants", 2013). Eight or more
 * states are needed for each unknown, and the verifier decides.
 */
import { binary, number } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames } from '../../syntax/substitute.ts';
import type { Expression } from '../../syntax/tree.ts';
import { visitExpression, visitStatements } from '../../syntax/visit.ts';
import type { Draft } from '../candidate.ts';
import { functionTerms } from '../function-terms.ts';
import { nullSpace } from '../null-space.ts';
import { distinct, lengths, scalars } from '../pool.ts';
import { vectorOf, type Site } from '../site.ts';

export const NAME = 'relations';

/** More terms than this find more accidents than invariants. */
const MOST_LINEAR = 14, MOST_FACTORS = 6, LARGEST_COEFFICIENT = 400, MOST_FUNCTIONAL = 10;

interface Term { readonly expression: Expression; readonly vector: readonly number[] }

export function propose(site: Site): Draft[] {
  if (site.states.length < 6) return [];
  const simple = distinct([...scalars(site), ...lengths(site)]);
  const isChanging = (e: Expression): boolean => [...freeNames(e)].some((name) => site.modified.has(name));
  const changing = vectors(site, simple.filter(isChanging)), stable = vectors(site, simple.filter((one) => !isChanging(one)).filter((one) => varies(site, one)));
  if (changing.length === 0) return [];
  const one: Term = { expression: number(1), vector: site.states.map(() => 1) };
  const linear = [one, ...stable, ...changing].slice(0, MOST_LINEAR);
  const found = relationsAmong(linear, isChanging);
  const drafts = found.map(({ expression }): Draft => ({ expression, tier: 0, order: 20 }));
  // What is a linear function of others adds nothing to products.
  const dependent = new Set(found.map(({ last }) => last));
  const factors = [...changing, ...stable].filter((term) => !dependent.has(term)).slice(0, MOST_FACTORS);
  const products = factors.flatMap((left, at) => factors.slice(at).map((right): Term => ({ expression: binary(left.expression, '*', right.expression), vector: left.vector.map((value, index) => value * right.vector[index]!) })));
  const independent = linear.filter((term) => !dependent.has(term));
  drafts.push(...relationsAmong([...independent, ...products], isChanging).map(({ expression }): Draft => ({ expression, tier: claimsProducts(site) ? 0 : 2, order: 21 })));
  const [counter] = changing.filter((term) => !dependent.has(term));
  if (factors.length <= 3 && counter) drafts.push(...cubes(independent, products, counter, isChanging));
  drafts.push(...withFunctions(site, [one, ...stable, ...changing], isChanging));
  return drafts;
}

function cubes(linear: readonly Term[], products: readonly Term[], counter: Term, isChanging: (e: Expression) => boolean): Draft[] {
  const cube: Term = { expression: binary(binary(counter.expression, '*', counter.expression), '*', counter.expression), vector: counter.vector.map((value) => value ** 3) };
  return relationsAmong([...linear, ...products, cube], isChanging).filter(({ last }) => last === cube).map(({ expression }): Draft => ({ expression, tier: 1, order: 22 }));
}

/** `F(n) == x*F(k) + y`: one application of a function that stays, one that changes, coefficients from the variables. */
function withFunctions(site: Site, scalarTerms: readonly Term[], isChanging: (e: Expression) => boolean): Draft[] {
  const all = functionTerms(site, 'int').flatMap(({ expression, vector }): Term[] => (vector.every((value) => typeof value === 'number') ? [{ expression, vector: vector as number[] }] : []));
  const targets = [...all.filter((term) => !isChanging(term.expression)).slice(0, 12), ...scalarTerms.filter((term) => isChanging(term.expression))];
  const applied = all.filter((term) => isChanging(term.expression)).slice(0, 80);
  const byVector = new Map<string, Term>();
  for (const term of [...scalarTerms, ...applied]) { const key = term.vector.join(); if (!byVector.has(key)) byVector.set(key, term); }
  const zero = site.states.map(() => 0).join();
  const drafts: Draft[] = [];
  const claimed = claimedFunctions(site);
  const keep = (target: Term, right: Expression, simple: boolean): void => {
    const isClaimed = [...freeNames(target.expression), ...freeNames(right)].some((name) => claimed.has(name));
    drafts.push({ expression: binary(target.expression, '==', right), tier: isClaimed && simple && drafts.length < MOST_FUNCTIONAL ? 0 : drafts.length < 3 * MOST_FUNCTIONAL ? 1 : 2, order: 25 });
  };
  for (const target of targets) for (const term of applied) for (const factor of scalarTerms) {
    if (term === target || drafts.length > 6 * MOST_FUNCTIONAL) continue;
    const isOne = printExpression(factor.expression) === '1', stays = !isChanging(target.expression);
    const product = isOne ? term.expression : binary(factor.expression, '*', term.expression);
    const rest = target.vector.map((value, at) => value - factor.vector[at]! * term.vector[at]!);
    if (rest.join() === zero) { if (!isOne || stays) keep(target, product, stays); continue; }
    const added = byVector.get(rest.join());
    if (added && added !== term && added !== target) keep(target, binary(product, '+', added.expression), stays);
    const negative = byVector.get(rest.map((value) => -value + 0).join());
    if (negative && negative !== term && negative !== target) keep(target, binary(product, '-', negative.expression), false);
  }
  return drafts;
}

/** The method's claims speak of products; where they do not, equations between products are mostly accidents, and hard for the solver. */
function claimsProducts(site: Site): boolean {
  let found = !site.callable.clauses.some((clause) => clause.kind === 'ensures');
  const look = (claim: Expression): void => visitExpression(claim, (inner) => { if (inner.kind === 'binary' && ['*', '/', '%'].includes(inner.operator)) found = true; });
  for (const clause of site.callable.clauses) for (const value of clause.values) look(value);
  if (site.callable.body) visitStatements(site.callable.body, (statement) => { if (statement.kind === 'assert') look(statement.condition); });
  const claimed = claimedFunctions(site);
  for (const one of site.syntax.callables) if (claimed.has(one.name)) { if (one.value) look(one.value); for (const clause of one.clauses) for (const value of clause.values) look(value); }
  return found;
}

/** Functions that the method's own claims name. */
function claimedFunctions(site: Site): ReadonlySet<string> {
  const names = new Set<string>();
  for (const clause of site.callable.clauses) if (clause.kind === 'ensures') for (const value of clause.values) for (const name of freeNames(value)) names.add(name);
  return new Set(site.syntax.callables.map((one) => one.name).filter((name) => names.has(name)));
}

function varies(site: Site, expression: Expression): boolean { return new Set(vectorOf(site, expression) ?? []).size > 1; }

function vectors(site: Site, expressions: readonly Expression[]): Term[] {
  return expressions.flatMap((expression) => {
    const vector = vectorOf(site, expression);
    return vector?.every((value) => typeof value === 'number') ? [{ expression, vector: vector as number[] }] : [];
  });
}

function relationsAmong(terms: readonly Term[], isChanging: (e: Expression) => boolean): { expression: Expression; last: Term }[] {
  const [first] = terms;
  if (!first || first.vector.length < terms.length + 3) return [];
  return nullSpace(terms.map((term) => term.vector), LARGEST_COEFFICIENT).flatMap((coefficients) => {
    const used = terms.flatMap((term, at) => (coefficients[at] === 0 ? [] : [{ term, coefficient: coefficients[at]! }]));
    if (used.length < 2 || used.length > 6 || !used.some(({ term }) => isChanging(term.expression))) return [];
    return [{ expression: equation(used), last: used.at(-1)!.term }];
  });
}

/** Positive summands on the left, negative ones on the right. */
function equation(used: readonly { readonly term: Term; readonly coefficient: number }[]): Expression {
  const sign = used.at(-1)!.coefficient > 0 ? 1 : -1;
  const side = (wanted: number): Expression => {
    const parts = used.filter(({ coefficient }) => Math.sign(coefficient * sign) === wanted).reverse().map(({ term, coefficient }) => scaled(term.expression, Math.abs(coefficient)));
    return parts.length === 0 ? number(0) : parts.slice(1).reduce((sum, part) => binary(sum, '+', part), parts[0]!);
  };
  return binary(side(1), '==', side(-1));
}

function scaled(expression: Expression, by: number): Expression {
  if (expression.kind === 'literal' && expression.text === '1') return number(by);
  return by === 1 ? expression : binary(number(by), '*', expression);
}
