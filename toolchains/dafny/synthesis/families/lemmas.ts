/**
 * Calls of the repository's own lemmas: arguments are found by matching what a lemma claims with the terms of the goal
 * (E-matching: Detlefs, Nelson and Saxe, "Simplify", 2005), and what stays open is taken from the scope by type. A call whose
 * precondition does not hold falls like any other candidate.
 */
import { Places } from '../../../places.ts';
import { bare } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames, mapChildren } from '../../syntax/substitute.ts';
import type { Callable, Expression } from '../../syntax/tree.ts';
import { expressionsOf, visitExpression, visitStatements } from '../../syntax/visit.ts';
import { statement, type Candidate } from '../candidate.ts';
import { pointsNear, pointsOf } from '../points.ts';
import type { StepRequest } from './steps.ts';
import { termsOf } from './witnesses.ts';

export const NAME = 'lemmas';

const MOST = 60, MOST_OF_ONE = 12, CHOICES = 4;

export function lemmaCalls({ syntax, callable, sites, open }: StepRequest): Candidate[] {
  if (!callable.body) return [];
  const points = pointsNear(pointsOf(callable, syntax.file.text, syntax), new Places(syntax.file.text), open);
  const terms = termsOfGoal(callable);
  for (const site of sites) for (const clause of site.loop.clauses) for (const value of clause.values) collect(value, terms);
  const found = new Map<string, Candidate>();
  for (const lemma of syntax.callables) {
    if (lemma.kind !== 'lemma' || lemma === callable || lemma.results.length > 0 || lemma.name === callable.name) continue;
    for (const point of points) {
      const lists = argumentLists(lemma, [...terms.values()]).flatMap((bound) => {
        let some: Expression[][] = [[]];
        for (const parameter of lemma.parameters) {
          const known = bound.get(parameter.name);
          const choices = known ? [known] : termsOf(syntax, parameter.type, point, callable.path).filter((one) => one.kind !== 'literal').slice(0, CHOICES);
          some = some.flatMap((list) => choices.map((one) => [...list, one])).slice(0, MOST_OF_ONE);
        }
        return some;
      });
      for (const args of lists.slice(0, MOST_OF_ONE)) {
        if (!args.every((arg) => [...freeNames(arg)].every((one) => point.scope.has(one) || syntax.callables.some((other) => other.name === one) || /^[A-Z]/.test(one)))) continue;
        const text = `${lemma.name}(${args.map(printExpression).join(', ')});`;
        if (found.size < MOST) found.set(`${point.offset} ${text}`, { ...statement(callable.path, NAME, point, text), order: 61 });
      }
    }
  }
  return [...found.values()];
}

/** Ways to bind a lemma's parameters by calls that it claims something of; the empty one where there is none. */
function argumentLists(lemma: Callable, terms: readonly Expression[]): ReadonlyMap<string, Expression>[] {
  const names = new Set(lemma.parameters.map((one) => one.name));
  const patterns = new Map<string, Expression>();
  for (const kind of ['ensures', 'requires']) for (const clause of lemma.clauses) if (clause.kind === kind) for (const value of clause.values) collect(value, patterns);
  const lists = new Map<string, ReadonlyMap<string, Expression>>();
  for (const pattern of patterns.values()) for (const term of terms) {
    const bound = new Map<string, Expression>();
    if (matches(pattern, term, names, bound) && bound.size > 0) lists.set([...bound].map(([key, value]) => `${key}=${printExpression(value)}`).sort().join(), bound);
  }
  return lists.size > 0 ? [...lists.values()].sort((a, b) => b.size - a.size) : [new Map()];
}

/** Calls, sizes, slices and elements. */
function collect(expression: Expression, into: Map<string, Expression>): void {
  visitExpression(expression, (inner) => { if (['call', 'index', 'slice'].includes(inner.kind)) into.set(printExpression(inner), inner); });
}

function termsOfGoal(callable: Callable): Map<string, Expression> {
  const terms = new Map<string, Expression>();
  for (const clause of callable.clauses) for (const value of clause.values) collect(value, terms);
  visitStatements(callable.body!, (one) => { for (const expression of expressionsOf(one)) collect(expression, terms); });
  return terms;
}

function matches(pattern: Expression, term: Expression, names: ReadonlySet<string>, bound: Map<string, Expression>): boolean {
  const [one, other] = [bare(pattern), bare(term)];
  if (one.kind === 'name' && names.has(one.name)) {
    const known = bound.get(one.name);
    if (known) return printExpression(known) === printExpression(other);
    bound.set(one.name, other);
    return true;
  }
  if (one.kind !== other.kind) return false;
  const [left, right] = [childrenOf(one), childrenOf(other)];
  if (left.length === 0 || left.length !== right.length) return printExpression(one) === printExpression(other);
  if (one.kind === 'binary' && other.kind === 'binary' && one.operator !== other.operator) return false;
  if (one.kind === 'select' && other.kind === 'select' && one.member !== other.member) return false;
  if (one.kind === 'quantifier' || one.kind === 'comprehension' || one.kind === 'lambda') return printExpression(one) === printExpression(other);
  return left.every((child, at) => matches(child, right[at]!, names, bound));
}

function childrenOf(expression: Expression): Expression[] {
  const children: Expression[] = [];
  mapChildren(expression, (child) => { children.push(child); return child; });
  return children;
}
