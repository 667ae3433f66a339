/**
 * Proof steps as assertions: sequences put together from their parts, sets taken apart by one element, witnesses of claims that
 * something exists, and mentions of terms that quantified facts are instantiated by (Leino, "Program Proofs", 2023; triggers:
 * Leino and Pit-Claudel, "Trigger selection strategies to stabilize program verifiers", 2016).
 */
import type { Diagnostic } from '../../../contract.ts';
import { Places } from '../../../places.ts';
import { bare, binary, conjunction, conjuncts, index, name, number, select, size, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Syntax } from '../../syntax/program.ts';
import { freeNames, substitute } from '../../syntax/substitute.ts';
import type { Callable, Expression, Type } from '../../syntax/tree.ts';
import { visitExpression, visitStatements } from '../../syntax/visit.ts';
import { indentAt, type Candidate } from '../candidate.ts';
import { indices, minusOne, ofSort, plusOne } from '../pool.ts';
import { pointsNear, pointsOf, type Point } from '../points.ts';
import type { Site } from '../site.ts';

export const NAME = 'assertions';

const MOST_WITNESSES = 40, MOST_MENTIONS = 60, DEEPEST = 3;

export interface StepRequest {
  readonly syntax: Syntax;
  readonly callable: Callable;
  readonly sites: readonly Site[];
  readonly open: readonly Diagnostic[];
}

export function stepsOf(request: StepRequest): Candidate[] {
  return [...request.sites.flatMap(sliceSteps), ...request.sites.flatMap(setSteps), ...witnesses(request)];
}

function claimed(site: Pick<Site, 'syntax' | 'callable'>, offset: number, indent: string, expression: Expression, tier = 1): Candidate {
  return { offset, order: 70, text: `assert ${printExpression(expression)};`, family: NAME, tier, indent, path: site.callable.path, kind: 'assert' };
}

/** `a[..i+1] == a[..i] + [a[i]]` and the like, at the start and the end of a body, and behind the loop. */
function sliceSteps(site: Site): Candidate[] {
  const { text } = site.syntax.file;
  const method = text.slice(site.callable.start, site.callable.end);
  if (!method.includes('..') && !site.syntax.callables.some((one) => one.value && one.parameters.some((parameter) => parameter.type.name === 'seq' || parameter.type.name === 'string'))) return [];
  const body = site.loop.body!;
  const inner = body.statements[0] ? indentAt(text, body.statements[0].start) : `${indentAt(text, site.loop.start)}  `;
  const outer = indentAt(text, site.loop.start);
  const start = body.statements[0]?.start ?? body.end - 1, end = body.end - 1;
  const steps: Candidate[] = [];
  const usesMultisets = method.includes('multiset');
  for (const source of [...ofSort(site, 'array'), ...ofSort(site, 'seq').filter((one) => !site.modified.has(printExpression(one)))]) {
    const isArray = site.variables.get(printExpression(source)) === 'array';
    const whole = isArray ? slice(source) : source, length = isArray ? select(source, 'Length') : size(source);
    for (const at of indices(site).filter((one) => site.modified.has(printExpression(one))).slice(0, 2)) {
      const element: Expression = { kind: 'display', of: 'seq', elements: [index(source, at)], start: -1, end: -1 };
      const next = plusOne(at), before = minusOne(at);
      const last: Expression = { kind: 'display', of: 'seq', elements: [index(source, before)], start: -1, end: -1 };
      steps.push(
        claimed(site, start, inner, binary(slice(source, undefined, next), '==', binary(slice(source, undefined, at), '+', element))),
        claimed(site, start, inner, binary(slice(slice(source, undefined, next), undefined, at), '==', slice(source, undefined, at))),
        claimed(site, start, inner, binary(slice(source, at), '==', binary(element, '+', slice(source, next)))),
        claimed(site, end, inner, binary(slice(source, undefined, at), '==', binary(slice(source, undefined, before), '+', last))),
        claimed(site, end, inner, binary(slice(source, at), '==', slice(slice(source, before), number(1))), 2),
        claimed(site, site.loop.end, outer, binary(slice(source, undefined, at), '==', whole)),
      );
      if (usesMultisets) steps.push(claimed(site, start, inner, binary({ kind: 'call', callee: name('multiset'), args: [slice(source, undefined, next)], start: -1, end: -1 }, '==', binary({ kind: 'call', callee: name('multiset'), args: [slice(source, undefined, at)], start: -1, end: -1 }, '+', { kind: 'display', of: 'multiset', elements: [index(source, at)], start: -1, end: -1 })), 2));
    }
    steps.push(claimed(site, site.loop.end, outer, binary(slice(source, undefined, length), '==', whole)));
  }
  return steps;
}

/** `(set v | v in C + {x} && P(v)) == (set v | v in C && P(v)) + (if P(x) then {x} else {})` where the body adds x to C. */
function setSteps(site: Site): Candidate[] {
  const steps: Candidate[] = [];
  const added: { collection: string; element: Expression; before: number }[] = [];
  visitStatements(site.loop.body!, (statement) => {
    if (statement.kind !== 'assign') return;
    statement.targets.forEach((target, at) => {
      const value = statement.values[at];
      const e = value?.kind === 'expression' ? bare(value.value) : undefined;
      if (target.kind === 'name' && e?.kind === 'binary' && e.operator === '+' && e.right.kind === 'display' && e.right.of === 'set' && e.right.elements.length === 1) added.push({ collection: target.name, element: e.right.elements[0]!, before: statement.start });
    });
  });
  const claims = site.callable.clauses.filter((clause) => clause.kind === 'ensures').flatMap((clause) => clause.values);
  for (const claim of claims) visitExpression(claim, (inner) => {
    if (inner.kind !== 'comprehension' || inner.of !== 'set' || inner.variables.length !== 1 || !inner.range || inner.value) return;
    const [variable] = inner.variables;
    const [member, ...rest] = conjuncts(inner.range);
    if (member?.kind !== 'binary' || member.operator !== 'in' || member.right.kind !== 'name') return;
    for (const { collection, element, before } of added) {
      // The element may have the name of the bound variable.
      const taken = freeNames(element);
      const bound = [variable!.name, ...site.fresh].find((one) => !taken.has(one))!;
      const renamed = rest.map((one) => substitute(one, new Map([[variable!.name, name(bound)]])));
      const over = (of: Expression): Expression => ({ ...inner, variables: [{ ...variable!, name: bound }], range: conjunction([binary(name(bound), 'in', of), ...renamed]) });
      const single: Expression = { kind: 'display', of: 'set', elements: [element], start: -1, end: -1 }, none: Expression = { kind: 'display', of: 'set', elements: [], start: -1, end: -1 };
      const condition = substitute(conjunction(rest), new Map([[variable!.name, element]]));
      const either: Expression = { kind: 'if', condition, then: single, else: none, start: -1, end: -1 };
      steps.push(claimed(site, before, indentAt(site.syntax.file.text, before), binary(over(binary(name(collection), '+', single)), '==', binary(over(name(collection)), '+', either))));
    }
  });
  return steps;
}

/** `exists x :: P(x)` among the open claims, predicates unfolded: P of terms in scope. */
function witnesses({ syntax, callable, open }: StepRequest): Candidate[] {
  const points = pointsNear(pointsOf(callable, syntax.file.text), new Places(syntax.file.text), open);
  const claims = callable.clauses.filter((clause) => clause.kind === 'ensures').flatMap((clause) => clause.values);
  visitStatements(callable.body ?? { statements: [], start: 0, end: 0 }, (statement) => { if (statement.kind === 'assert') claims.push(statement.condition); });
  const existing = claims.flatMap((claim) => existences(syntax, claim, 0));
  const steps: Candidate[] = [];
  for (const point of points) for (const { variables, body } of existing) {
    const choices = variables.map((variable) => termsOf(syntax, variable.type, point));
    for (const chosen of product(choices, 24)) {
      const stated = substitute(body, new Map(variables.map((variable, at) => [variable.name, chosen[at]!])));
      if (steps.length < MOST_WITNESSES) steps.push(claimed({ syntax, callable }, point.offset, point.indent, stated));
    }
  }
  return steps;
}

interface Existence { readonly variables: readonly { readonly name: string; readonly type?: Type }[]; readonly body: Expression }

function existences(syntax: Syntax, claim: Expression, depth: number): Existence[] {
  const found: Existence[] = [];
  visitExpression(claim, (inner) => {
    if (inner.kind === 'quantifier' && inner.quantifier === 'exists') {
      const body = inner.range ? conjunction([inner.range, inner.body]) : inner.body;
      found.push({ variables: inner.variables.map((one) => ({ name: one.name, ...(typeOfVariable(syntax, one.name, one.type, body)) })), body });
    }
    if (inner.kind === 'call' && depth < DEEPEST) {
      const called = inner.callee.kind === 'name' ? inner.callee.name : inner.callee.kind === 'select' ? inner.callee.member : '';
      const callable = syntax.callables.find((one) => one.name === called && one.value && one.parameters.length === inner.args.length && one.results[0]?.type.name === 'bool');
      if (callable?.value) found.push(...existences(syntax, substitute(callable.value, new Map(callable.parameters.map((parameter, at) => [parameter.name, inner.args[at]!]))), depth + 1));
    }
  });
  return found;
}

/** As written, or as a predicate of the body takes it. */
function typeOfVariable(syntax: Syntax, variable: string, type: Type | undefined, body: Expression): { type?: Type } {
  if (type) return { type };
  let found: Type | undefined;
  visitExpression(body, (inner) => {
    if (inner.kind !== 'call' || found) return;
    const called = inner.callee.kind === 'name' ? inner.callee.name : inner.callee.kind === 'select' ? inner.callee.member : '';
    const callable = syntax.callables.find((one) => one.name === called && one.parameters.length === inner.args.length);
    inner.args.forEach((arg, at) => { if (arg.kind === 'name' && arg.name === variable) found = callable?.parameters[at]?.type; });
  });
  return found ? { type: found } : {};
}

/** Variables of that type in scope, and constructors over them. */
export function termsOf(syntax: Syntax, type: Type | undefined, point: Pick<Point, 'scope'>): Expression[] {
  const wanted = type ? simple(type.name) : 'int';
  const variables = [...point.scope].filter(([, own]) => (own ? simple(own.name) === wanted : true)).map(([variable]) => name(variable));
  const data = syntax.datatypes.find((one) => one.name === wanted.slice(wanted.lastIndexOf('.') + 1));
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

/** Ghost variables that hold predicates of terms in scope: nothing is claimed, but quantified facts see the terms. */
export function mentionsOf({ syntax, callable, open }: StepRequest): Candidate[] {
  const points = pointsNear(pointsOf(callable, syntax.file.text), new Places(syntax.file.text), open);
  const names = new Set<string>();
  const note = (e: Expression): void => visitExpression(e, (inner) => { if (inner.kind === 'call') for (const called of freeNames(inner.callee)) names.add(called); });
  for (const clause of callable.clauses) for (const value of clause.values) note(value);
  for (const called of names) for (const one of syntax.callables) if (one.name === called) { if (one.value) note(one.value); for (const clause of one.clauses) for (const value of clause.values) note(value); }
  const predicates = syntax.callables.filter((one) => one.value && names.has(one.name) && one.results[0]?.type.name === 'bool' && one.parameters.length > 0 && one.parameters.length <= 4);
  const steps: Candidate[] = [];
  let serial = 0;
  for (const point of points) for (const predicate of predicates) {
    for (const args of product(predicate.parameters.map((parameter) => termsOf(syntax, parameter.type, point).filter((one) => one.kind === 'name' && point.scope.has(one.name))), 16)) {
      if (steps.length >= MOST_MENTIONS) return steps;
      const text = printExpression({ kind: 'call', callee: name(predicate.name), args, start: -1, end: -1 });
      steps.push({ offset: point.offset, order: 65, text: `ghost var mention${++serial} := ${text};`, family: NAME, tier: 2, indent: point.indent, path: callable.path, kind: 'statement' });
    }
  }
  return steps;
}
