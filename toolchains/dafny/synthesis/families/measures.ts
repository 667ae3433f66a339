/**
 * Termination measures. Of loops: expressions that fall on every step of the runs and are never negative before one, or pairs
 * of them in order (Podelski and Rybalchenko 2004; Cook, See and Zuleger on lexicographic ones, 2013). Of recursion: parameters,
 * their sizes, sums and differences. The verifier is asked for one at a time.
 */
import { binary, number, size } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Callable, Expression } from '../../syntax/tree.ts';
import { visitExpression } from '../../syntax/visit.ts';
import { decreases, indentAt, type Candidate } from '../candidate.ts';
import { distinct, lengths, ofSort, scalars, terms } from '../pool.ts';
import { vectorOf, type Site } from '../site.ts';

export const NAME = 'decreases';

const MOST = 14;

export function measuresOf(site: Site): Candidate[] {
  if (site.loop.kind === 'for' || site.loop.clauses.some((clause) => clause.kind === 'decreases')) return [];
  const all = distinct([...terms(site), ...lengths(site)]);
  const singles = distinct([
    ...scalars(site), ...lengths(site), ...guardDifferences(site),
    ...all.flatMap((one) => all.filter((other) => other !== one).map((other) => binary(one, '-', other))),
    ...scalars(site).flatMap((one, at) => scalars(site).slice(at + 1).map((other) => binary(one, '+', other))),
    ...ofSort(site, 'bool').map((flag): Expression => ({ kind: 'if', condition: flag, then: number(1), else: number(0), start: -1, end: -1 })),
  ]).flatMap((expression) => { const vector = vectorOf(site, expression); return vector?.every((value) => typeof value === 'number') ? [{ expression, vector: vector as readonly number[] }] : []; });
  const steps = site.states.flatMap((state, at) => (site.states[at + 1]?.execution === state.execution ? [at] : []));
  const falls = (vector: readonly number[], at: number): boolean => vector[at + 1]! < vector[at]! && vector[at]! >= 0;
  const good = singles.filter(({ vector }) => steps.length > 0 && steps.every((at) => falls(vector, at)));
  const found = good.map(({ expression }) => [expression]);
  if (good.length === 0) {
    const weak = singles.filter(({ vector }) => steps.some((at) => falls(vector, at)) && steps.every((at) => vector[at + 1]! <= vector[at]!));
    for (const first of weak) for (const second of singles) if (first !== second && steps.every((at) => falls(first.vector, at) || (first.vector[at + 1] === first.vector[at] && falls(second.vector, at)))) found.push([first.expression, second.expression]);
  }
  const sets = ofSort(site, 'set', 'multiset').filter((one) => site.modified.has(printExpression(one)));
  return [...sets.map((one) => [one]), ...found].slice(0, MOST).map((values) => decreases(site, NAME, values, 0));
}

/** `n - r * r` of `r * r <= n`, and of its conjuncts. */
function guardDifferences(site: Site): Expression[] {
  const found: Expression[] = [];
  if (site.loop.condition) visitExpression(site.loop.condition, (inner) => {
    if (inner.kind !== 'binary') return;
    if (inner.operator === '<' || inner.operator === '<=' || inner.operator === '!=') found.push(binary(inner.right, '-', inner.left));
    if (inner.operator === '>' || inner.operator === '>=' || inner.operator === '!=') found.push(binary(inner.left, '-', inner.right));
  });
  return found;
}

/** For a function, lemma or method that calls itself. */
export function recursionMeasures(callable: Callable, text: string): Candidate[] {
  if (callable.clauses.some((clause) => clause.kind === 'decreases')) return [];
  const read = (name: string): Expression => ({ kind: 'name', name, start: -1, end: -1 });
  const ints = callable.parameters.filter((one) => one.type.name === 'int' || one.type.name === 'nat').map((one) => read(one.name));
  const sized = callable.parameters.filter((one) => ['seq', 'set', 'multiset', 'map', 'string'].includes(one.type.name)).map((one) => size(read(one.name)));
  const arrays = callable.parameters.filter((one) => one.type.name === 'array').map((one): Expression => ({ kind: 'select', of: read(one.name), member: 'Length', start: -1, end: -1 }));
  const wholes = callable.parameters.map((one) => read(one.name));
  const measures = [...ints, ...sized];
  const differences = ints.flatMap((one) => [...ints, ...sized, ...arrays].filter((other) => other !== one).map((other) => binary(other, '-', one)));
  const sums = measures.flatMap((one, at) => measures.slice(at + 1).map((other) => binary(one, '+', other)));
  const lists = [
    ...measures.map((one) => [one]), ...differences.map((one) => [one]), ...sums.map((one) => [one]),
    ...sums.flatMap((one) => measures.map((other) => [one, other])), ...measures.flatMap((one) => measures.filter((other) => other !== one).map((other) => [one, other])), ...wholes.map((one) => [one]),
  ];
  return lists.slice(0, 26).map((values) => ({
    offset: bodyStart(callable), order: 99, text: `decreases ${values.map(printExpression).join(', ')}`, family: NAME, tier: 0, indent: `${indentAt(text, callable.start)}  `, path: callable.path, kind: 'decreases' as const,
  }));
}

/** In front of the body's brace. */
function bodyStart(callable: Callable): number { return callable.body?.start ?? callable.valueStart ?? callable.clausesEnd; }
