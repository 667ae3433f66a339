/**
 * Witnesses of claims that something exists, and mentions of the terms that quantified facts are instantiated by (triggers:
 * Leino and Pit-Claudel, "Trigger selection strategies to stabilize program verifiers", 2016). What a claim's predicates say is
 * unfolded, also that of other modules.
 */
import { Places } from '../../../places.ts';
import { bare, conjunction, name, number } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Syntax } from '../../syntax/program.ts';
import { substitute } from '../../syntax/substitute.ts';
import type { Expression, Type } from '../../syntax/tree.ts';
import { visitExpression, visitStatements } from '../../syntax/visit.ts';
import { statement, type Candidate } from '../candidate.ts';
import { pointsNear, pointsOf, type Point } from '../points.ts';
import { dataTypeOf, meantBy, typeFrom, unfoldedCall, type Meant } from '../resolve.ts';
import type { StepRequest } from './steps.ts';

export const NAME = 'witnesses';

const MOST_WITNESSES = 40, MOST_MENTIONS = 150, DEEPEST = 3, CHOICES = 24;

/** `exists x :: P(x)` among the open claims, predicates unfolded: P of terms in scope. */
export function witnessesOf({ syntax, callable, open }: StepRequest): Candidate[] {
  const points = pointsNear(pointsOf(callable, syntax.file.text, syntax), new Places(syntax.file.text), open);
  const existing = claimsOf({ syntax, callable }).flatMap((claim) => existences(syntax, claim, callable.path, 0));
  const steps: Candidate[] = [];
  for (const point of points) for (const { variables, body } of existing) {
    for (const chosen of product(variables.map((variable) => termsOf(syntax, variable.type, point, callable.path)), CHOICES)) {
      const stated = substitute(body, new Map(variables.map((variable, at) => [variable.name, chosen[at]!])));
      if (steps.length < MOST_WITNESSES) steps.push({ ...statement(callable.path, NAME, point, `assert ${printExpression(stated)};`), kind: 'assert', claim: stated });
    }
  }
  return steps;
}

/** Ghost variables that hold predicates of terms in scope: nothing is claimed, but quantified facts see the terms. Those that stand under quantifiers come first. */
export function mentionsOf({ syntax, callable, open }: StepRequest): Candidate[] {
  const points = pointsNear(pointsOf(callable, syntax.file.text, syntax), new Places(syntax.file.text), open);
  const predicates = predicatesOf({ syntax, callable }).filter(({ callable: one }) => one.value && one.results[0]?.type.name === 'bool' && one.parameters.length > 0 && one.parameters.length <= 4);
  const steps: Candidate[] = [];
  let serial = 0;
  for (const meant of predicates) for (const point of points) {
    const choices = meant.callable.parameters.map((parameter) => termsOf(syntax, typeFrom(syntax, meant, parameter.type), point, callable.path).filter((one) => one.kind === 'name' && point.scope.has(one.name)));
    for (const args of product(choices, CHOICES)) {
      if (steps.length >= MOST_MENTIONS) return steps;
      const callee = name(meant.qualifier === '' ? meant.callable.name : `${meant.qualifier}.${meant.callable.name}`);
      steps.push({ ...statement(callable.path, NAME, point, `ghost var mention${++serial} := ${printExpression({ kind: 'call', callee, args, start: -1, end: -1 })};`), order: 65, tier: 2 });
    }
  }
  return steps;
}

type Claimed = Pick<StepRequest, 'syntax' | 'callable'>;

/** Postconditions, assertions, and what `forall` statements ensure. */
function claimsOf({ callable }: Claimed): Expression[] {
  const claims = callable.clauses.filter((clause) => clause.kind === 'ensures').flatMap((clause) => clause.values);
  visitStatements(callable.body ?? { statements: [], start: 0, end: 0 }, (one) => {
    if (one.kind === 'assert') claims.push(one.condition);
    if (one.kind === 'forall') for (const clause of one.clauses) if (clause.kind === 'ensures') claims.push(...clause.values);
  });
  return claims;
}

/** All predicates that the contract and what it unfolds to name; first those with a bound variable as an argument. */
function predicatesOf({ syntax, callable }: Claimed): Meant[] {
  const found = new Map<string, Meant>(), triggers = new Set<string>();
  const note = (e: Expression, from: string, qualifier: string, bound: ReadonlySet<string>): void => {
    visitExpression(e, (inner) => {
      if (inner.kind === 'quantifier' || inner.kind === 'comprehension') for (const part of [inner.range, inner.kind === 'quantifier' ? inner.body : inner.value]) if (part) note(part, from, qualifier, new Set([...bound, ...inner.variables.map((one) => one.name)]));
      if (inner.kind !== 'call') return;
      const meant = meantBy(syntax, inner, from);
      if (!meant) return;
      const own: Meant = { callable: meant.callable, qualifier: meant.qualifier === '' ? qualifier : meant.qualifier };
      if (inner.args.some((arg) => { const plain = bare(arg); return plain.kind === 'name' && bound.has(plain.name); })) triggers.add(own.callable.path);
      if (found.has(own.callable.path)) return;
      found.set(own.callable.path, own);
      if (own.callable.value) note(own.callable.value, own.callable.path, own.qualifier, new Set());
    });
  };
  for (const clause of callable.clauses) for (const value of clause.values) note(value, callable.path, '', new Set());
  const all = [...found.values()];
  return [...all.filter((one) => triggers.has(one.callable.path)), ...all.filter((one) => !triggers.has(one.callable.path))];
}

interface Existence { readonly variables: readonly { readonly name: string; readonly type?: Type }[]; readonly body: Expression }

function existences(syntax: Syntax, claim: Expression, from: string, depth: number): Existence[] {
  const found: Existence[] = [];
  visitExpression(claim, (inner) => {
    if (inner.kind === 'quantifier' && inner.quantifier === 'exists') {
      const body = inner.range ? conjunction([inner.range, inner.body]) : inner.body;
      found.push({ variables: inner.variables.map((one) => ({ name: one.name, ...(typeOfVariable(syntax, one.name, one.type, body, from)) })), body });
    }
    if (inner.kind !== 'call' || depth >= DEEPEST) return;
    const meant = meantBy(syntax, inner, from);
    const unfolded = meant?.callable.results[0]?.type.name === 'bool' ? unfoldedCall(syntax, meant, inner.args) : undefined;
    if (unfolded) found.push(...existences(syntax, unfolded, from, depth + 1));
  });
  return found;
}

/** As written, or as a predicate of the body takes it. */
function typeOfVariable(syntax: Syntax, variable: string, type: Type | undefined, body: Expression, from: string): { type?: Type } {
  if (type) return { type };
  let found: Type | undefined;
  visitExpression(body, (inner) => {
    if (inner.kind !== 'call' || found) return;
    const meant = meantBy(syntax, inner, from);
    if (meant) inner.args.forEach((arg, at) => { if (arg.kind === 'name' && arg.name === variable) found = typeFrom(syntax, meant, meant.callable.parameters[at]!.type); });
  });
  return found ? { type: found } : {};
}

/** Variables of that type in scope, and constructors over them. */
export function termsOf(syntax: Syntax, type: Type | undefined, point: Pick<Point, 'scope'>, from: string): Expression[] {
  const wanted = type ? simple(type.name) : 'int';
  const variables = [...point.scope].filter(([, own]) => (own ? simple(own.name) === wanted : true)).map(([variable]) => name(variable));
  const data = dataTypeOf(syntax, wanted, from);
  const qualifier = wanted.includes('.') ? wanted.slice(0, wanted.lastIndexOf('.') + 1) : '';
  const built = (data?.constructors ?? []).flatMap((constructor) => {
    const callee = name(`${qualifier}${constructor.name}`);
    if (constructor.parameters.length === 0) return [callee];
    const choices = constructor.parameters.map((parameter) => [...point.scope].filter(([, own]) => own && simple(own.name) === simple(parameter.type.name)).map(([variable]) => name(variable)));
    return product(choices, 6).map((args): Expression => ({ kind: 'call', callee, args, start: -1, end: -1 }));
  });
  return wanted === 'int' ? [...variables, number(0)] : [...variables, ...built];
}

function simple(type: string): string { return type === 'nat' ? 'int' : type; }

function product<T>(choices: readonly (readonly T[])[], most: number): T[][] {
  let lists: T[][] = [[]];
  for (const choice of choices) lists = lists.flatMap((list) => choice.map((one) => [...list, one])).slice(0, most * 4);
  return lists.slice(0, most);
}
