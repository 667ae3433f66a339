/**
 * Bounds of integer variables by what they can be compared with: zero, lengths, parameters, where they began, other
 * variables. Only those that are tight in some state (Ernst et al., "The Daikon system", 2007, ordering invariants).
 */
import { binary, number } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames } from '../../syntax/substitute.ts';
import type { Expression } from '../../syntax/tree.ts';
import type { Draft } from '../candidate.ts';
import { lengths, scalars, terms } from '../pool.ts';
import { holds, vectorOf, type Site } from '../site.ts';

export const NAME = 'bounds';

/** Place among the candidates: bounds of what the guard names come first, since others may need them to be well-formed. */
export const OF_COUNTER = 10, OF_OTHERS = 11;

export function propose(site: Site): Draft[] {
  const drafts: Draft[] = [];
  const own = scalars(site).filter((one) => site.modified.has(printExpression(one)));
  const limits = terms(site);
  for (const variable of own) {
    const v = vectorOf(site, variable);
    if (!v) continue;
    const first = drafts.length;
    for (const limit of [number(0), number(1), ...limits]) {
      const text = printExpression(limit);
      if (text === printExpression(variable)) continue;
      const isOther = site.modified.has(text) && !areCompared(site, printExpression(variable), text);
      const w = vectorOf(site, limit);
      if (!w) continue;
      const differences = v.flatMap((value, at) => (value === undefined || w[at] === undefined ? [] : [(value as number) - (w[at] as number)]));
      if (differences.length === 0) continue;
      const most = Math.max(...differences), least = Math.min(...differences);
      const isConstant = /^\d+$/.test(text);
      // Both are changing: one direction is enough, the other variable's turn gives the rest.
      if (most === 0 && !(isConstant && least === 0)) drafts.push({ expression: binary(variable, '<=', limit), tier: isOther ? 1 : 0, order: OF_COUNTER });
      if (least === 0) drafts.push({ expression: binary(limit, '<=', variable), tier: isOther ? 1 : 0, order: OF_COUNTER });
      if (most === -1) drafts.push({ expression: binary(variable, '<', limit), tier: isOther ? 1 : 0, order: OF_COUNTER });
      if (least === 1 && !isConstant) drafts.push({ expression: binary(limit, '<', variable), tier: isOther ? 1 : 0, order: OF_COUNTER });
      if (!isConstant && most === 1 && least < 1) drafts.push({ expression: binary(variable, '<=', binary(limit, '+', number(1))), tier: 1, order: OF_COUNTER });
      if (!isConstant && least === -1 && most > -1) drafts.push({ expression: binary(binary(limit, '-', number(1)), '<=', variable), tier: 1, order: OF_COUNTER });
      if (!isConstant && !isOther && most > 0) drafts.push(...guarded(site, variable, limit));
    }
    if (v.every((value) => value === undefined || (value as number) >= 0) && !drafts.some((draft) => printExpression(draft.expression) === `0 <= ${printExpression(variable)}`)) drafts.push({ expression: binary(number(0), '<=', variable), tier: 0, order: OF_COUNTER });
    if (v.every((value) => value === undefined || (value as number) >= -1) && v.some((value) => value === -1)) drafts.push({ expression: binary(number(-1), '<=', variable), tier: 0, order: OF_COUNTER });
    if (!isCounter(site, printExpression(variable))) for (let at = first; at < drafts.length; at++) drafts[at] = { ...drafts[at]!, order: OF_OTHERS };
  }
  for (const length of lengths(site).filter((one) => changes(site, one))) drafts.push(...lengthBounds(site, length, limits));
  return drafts;
}

/** `i <= n || i <= 0`: the limit may be negative, and then the loop is not entered. */
function guarded(site: Site, variable: Expression, limit: Expression): Draft[] {
  const either = binary(binary(variable, '<=', limit), '||', binary(variable, '<=', number(0)));
  return holds(site, either) ? [{ expression: either, tier: 0, order: OF_COUNTER }] : [];
}

function isCounter(site: Site, text: string): boolean { return site.loop.counter?.name === text || (site.loop.condition !== undefined && freeNames(site.loop.condition).has(text)); }

/** By the guard: `lo < hi` needs `lo <= hi`. */
function areCompared(site: Site, one: string, other: string): boolean {
  const names = site.loop.condition ? freeNames(site.loop.condition) : new Set<string>();
  return names.has(one) && names.has(other);
}

function changes(site: Site, length: Expression): boolean { return length.kind === 'size' && site.modified.has(printExpression(length.operand)); }

function lengthBounds(site: Site, length: Expression, limits: readonly Expression[]): Draft[] {
  return limits.filter((limit) => printExpression(limit) !== printExpression(length)).flatMap((limit) => {
    const less = binary(length, '<=', limit);
    return holds(site, less) ? [{ expression: less, tier: 1, order: OF_COUNTER }] : [];
  });
}
