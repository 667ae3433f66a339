/** Proof steps as assertions: sequences put together from their parts, sets taken apart by one element (Leino, "Program Proofs", 2023). */
import type { Diagnostic } from '../../../contract.ts';
import { bare, binary, conjunction, conjuncts, index, name, number, select, size, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Syntax } from '../../syntax/program.ts';
import { freeNames, substitute } from '../../syntax/substitute.ts';
import type { Callable, Expression } from '../../syntax/tree.ts';
import { visitExpression, visitStatements } from '../../syntax/visit.ts';
import { indentAt, type Candidate } from '../candidate.ts';
import { indices, minusOne, ofSort, plusOne } from '../pool.ts';
import type { Site } from '../site.ts';

export const NAME = 'assertions';

export interface StepRequest {
  readonly syntax: Syntax;
  readonly callable: Callable;
  readonly sites: readonly Site[];
  readonly open: readonly Diagnostic[];
}

export function stepsOf(request: StepRequest): Candidate[] {
  return [...request.sites.flatMap(sliceSteps), ...request.sites.flatMap(setSteps)];
}

function claimed(site: Pick<Site, 'syntax' | 'callable'>, offset: number, indent: string, expression: Expression, tier = 1): Candidate {
  return { offset, order: 70, text: `assert ${printExpression(expression)};`, family: NAME, tier, indent, path: site.callable.path, kind: 'assert', claim: expression };
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
        // The counter of a `for` is gone by then.
        ...(site.loop.kind === 'for' ? [] : [claimed(site, site.loop.end, outer, binary(slice(source, undefined, at), '==', whole))]),
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
