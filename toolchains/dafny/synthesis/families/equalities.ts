/**
 * Terms that have the same value in every state: an accumulator and a function of the index, a sequence and a prefix, sets and
 * their parts, a flag and a predicate (unary and binary equality of Daikon, with the file's functions as terms).
 */
import { binary, call, not, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames, substitute } from '../../syntax/substitute.ts';
import type { Expression } from '../../syntax/tree.ts';
import { visitExpression } from '../../syntax/visit.ts';
import { sameValue, type Value } from '../../interpret/values.ts';
import type { Draft } from '../candidate.ts';
import { functionTerms } from '../function-terms.ts';
import { distinct, indices, lengths, ofSort, plusOne, scalars, sequences } from '../pool.ts';
import { vectorKey, vectorOf, type Site } from '../site.ts';

export const NAME = 'equalities';

const MOST = 80;

export function propose(site: Site): Draft[] {
  const isChanging = (e: Expression): boolean => [...freeNames(e)].some((name) => site.modified.has(name) || site.written.has(name));
  const drafts: Draft[] = [];
  const variables = [...site.variables.keys()].filter((name) => site.modified.has(name)).map((name): Expression => ({ kind: 'name', name, start: -1, end: -1 }));
  const applied = (['int', 'other'] as const).flatMap((sort) => functionTerms(site, sort)).map((one) => ({ expression: one.expression, vector: one.vector, isFunction: true }));
  const plain = distinct([...variables, ...wholes(site)]).flatMap((expression) => { const vector = vectorOf(site, expression); return vector ? [{ expression, vector, isFunction: false }] : []; });
  const groups = new Map<string, typeof plain>();
  for (const term of [...plain, ...applied]) {
    if (new Set(term.vector.map((value) => (value === undefined ? '' : typeof value))).size > 2) continue;
    const key = vectorKey(term.vector);
    const group = groups.get(key);
    if (group) group.push(term); else groups.set(key, [term]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    for (const term of group.slice(1, 8)) {
      if (!isChanging(first!.expression) && !isChanging(term.expression)) continue;
      drafts.push({ expression: binary(first!.expression, '==', term.expression), tier: (term.isFunction && drafts.length < 16) || isCollection(first!.vector) ? 0 : 1, order: 30 });
      if (drafts.length > MOST) return drafts;
    }
    // Two applications of functions, one of which stays: gcd(x, y) == gcd(m, n).
    const stays = group.find((term) => term.isFunction && !isChanging(term.expression)), goes = group.find((term) => term.isFunction && isChanging(term.expression));
    if (stays && goes && first !== stays) drafts.push({ expression: binary(stays.expression, '==', goes.expression), tier: 0, order: 30 });
  }
  drafts.push(...predicates(site, isChanging), ...sums(site), ...sizes(site));
  return drafts.slice(0, 2 * MOST);
}

function isCollection(vector: readonly (Value | undefined)[]): boolean { return typeof vector.find((value) => value !== undefined) === 'object'; }

/** Sequences, multisets and sets as wholes and in parts, now and at the beginning. */
function wholes(site: Site): Expression[] {
  const at = [...indices(site).slice(0, 2), ...indices(site).slice(0, 1).map(plusOne)];
  const sequence = sequences(site, at);
  const arrays = ofSort(site, 'array').filter((one) => site.written.has(printExpression(one)));
  const before = arrays.flatMap((one) => [slice(one), ...at.slice(0, 2).flatMap((index) => [slice(one, undefined, index), slice(one, index)])].map((part) => call('old', part)));
  const usesMultisets = /multiset/.test(site.syntax.file.text.slice(site.callable.start, site.callable.end));
  const multisets = usesMultisets ? [...arrays.flatMap((one) => [call('multiset', slice(one)), call('old', call('multiset', slice(one)))]), ...[...sequence].slice(0, 8).map((one) => call('multiset', one))] : [];
  return [...sequence, ...before, ...multisets, ...ofSort(site, 'set', 'multiset', 'map', 'data'), ...scalars(site), ...lengths(site)];
}

/** `P(…)`, its negation, and flags that say the same. */
function predicates(site: Site, isChanging: (e: Expression) => boolean): Draft[] {
  const drafts: Draft[] = [];
  const flags = ofSort(site, 'bool').filter((one) => site.modified.has(printExpression(one))).map((expression) => ({ expression, vector: vectorOf(site, expression) }));
  for (const { expression, vector } of functionTerms(site, 'bool')) {
    if (!isChanging(expression)) continue;
    const told = vector.filter((value) => value !== undefined);
    if (told.every((value) => value === true)) drafts.push({ expression, tier: 0, order: 42 });
    else if (told.every((value) => value === false)) drafts.push({ expression: not(expression), tier: 1, order: 43 });
    for (const flag of flags) {
      if (!flag.vector) continue;
      const pairs = vector.flatMap((value, at) => (value === undefined || flag.vector![at] === undefined ? [] : [[flag.vector![at] as boolean, value as boolean] as const]));
      if (pairs.every(([one, other]) => one === other)) drafts.push({ expression: binary(flag.expression, '==', expression), tier: 0, order: 42 });
      else if (pairs.every(([one, other]) => !one || other) && pairs.some(([one]) => one)) drafts.push({ expression: binary(flag.expression, '==>', expression), tier: 1, order: 43 });
      else if (pairs.every(([one, other]) => one || other) && pairs.some(([one]) => !one)) drafts.push({ expression: binary(not(flag.expression), '==>', expression), tier: 1, order: 43 });
      else if (pairs.every(([one, other]) => !one || !other) && pairs.some(([one]) => one)) drafts.push({ expression: binary(flag.expression, '==>', not(expression)), tier: 1, order: 43 });
    }
  }
  return drafts.slice(0, 40);
}

/** `shrink + grow == numbers`: what is taken from one collection is in another. */
function sums(site: Site): Draft[] {
  const drafts: Draft[] = [];
  for (const sort of ['set', 'multiset', 'seq'] as const) {
    const all = ofSort(site, sort);
    const changing = all.filter((one) => site.modified.has(printExpression(one))), stable = [...all.filter((one) => !site.modified.has(printExpression(one)))];
    if (all.length > 6) continue;
    for (const one of changing) for (const other of changing) {
      if (one === other || (sort !== 'seq' && printExpression(one) > printExpression(other))) continue;
      for (const whole of stable) if (same(site, binary(one, '+', other), whole)) drafts.push({ expression: binary(binary(one, '+', other), '==', whole), tier: 0, order: 28 });
      if (sort === 'set') drafts.push({ expression: binary(one, '!!', other), tier: 1, order: 28 });
    }
    for (const one of changing) for (const whole of all) if (one !== whole && sort !== 'seq') drafts.push({ expression: binary(one, '<=', whole), tier: 1, order: 27 });
  }
  return drafts;
}

function same(site: Site, one: Expression, other: Expression): boolean {
  const [left, right] = [vectorOf(site, one), vectorOf(site, other)];
  return !!left && !!right && left.every((value, at) => value === undefined || right[at] === undefined || sameValue(value, right[at]));
}

/** `count == |set i | i in grow && P(i)|`, from such a term of the postcondition with another collection in it. */
function sizes(site: Site): Draft[] {
  const drafts: Draft[] = [];
  const collections = ofSort(site, 'set', 'multiset', 'seq');
  for (const clause of site.callable.clauses) for (const value of clause.kind === 'ensures' ? clause.values : []) visitExpression(value, (inner) => {
    if (inner.kind !== 'size' || inner.operand.kind !== 'comprehension') return;
    const used = [...freeNames(inner)].filter((name) => collections.some((one) => printExpression(one) === name));
    for (const name of used) for (const other of collections) {
      const replaced: Expression = { ...inner, operand: substitute(inner.operand, new Map([[name, other]])) };
      const vector = vectorOf(site, replaced);
      if (!vector) continue;
      for (const scalar of scalars(site)) if (site.modified.has(printExpression(scalar)) && same(site, scalar, replaced)) drafts.push({ expression: binary(scalar, '==', replaced), tier: 0, order: 31 });
    }
  });
  return drafts;
}

