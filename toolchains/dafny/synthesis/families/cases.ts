/**
 * Case splits along the definitions of a claim's functions, each case with what the function is there (rewriting by
 * definitions and splitting on their conditions: Boyer and Moore, "A Computational Logic", 1979).
 */
import { bare, binary } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import type { Expression } from '../../syntax/tree.ts';
import { visitExpression } from '../../syntax/visit.ts';
import { Places } from '../../../places.ts';
import { statement, type Candidate } from '../candidate.ts';
import { pointsNear, pointsOf } from '../points.ts';
import { meantBy, unfoldedCall } from '../resolve.ts';
import { freeNames } from '../../syntax/substitute.ts';
import type { StepRequest } from './steps.ts';

export const NAME = 'cases';

const MOST = 24, DEEPEST = 3, LONGEST = 400;

export function casesOf({ syntax, callable, open }: StepRequest): Candidate[] {
  if (!callable.body) return [];
  const points = pointsNear(pointsOf(callable, syntax.file.text, syntax), new Places(syntax.file.text), open);
  const calls = new Map<string, Expression & { kind: 'call' }>();
  for (const clause of callable.clauses) if (clause.kind === 'ensures') for (const value of clause.values) visitExpression(value, (inner) => { if (inner.kind === 'call') calls.set(printExpression(inner), inner); });
  const found: Candidate[] = [];
  for (const call of calls.values()) {
    const meant = meantBy(syntax, call, callable.path);
    const value = meant && unfoldedCall(syntax, meant, call.args);
    if (!value || bare(value).kind !== 'if') continue;
    const text = split(call, value, 0);
    for (const point of points) if (found.length < MOST && text.length <= LONGEST && [...freeNames(call)].every((one) => point.scope.has(one) || syntax.callables.some((other) => other.name === one) || /^[A-Z]/.test(one))) found.push({ ...statement(callable.path, NAME, point, text), order: 62 });
  }
  return found;
}

function split(call: Expression, value: Expression, depth: number): string {
  const e = bare(value);
  if (e.kind !== 'if' || depth >= DEEPEST) return `assert ${printExpression(binary(call, '==', e))};`;
  return `if ${printExpression(e.condition)} { ${split(call, e.then, depth + 1)} } else { ${split(call, e.else, depth + 1)} }`;
}
