/** Claims over a range, `forall k :: from <= k < to ==> …`: written shortly, and compared by their ranges in the states. */
import type { Value } from '../interpret/values.ts';
import { bare, binary, chain, conjunction, conjuncts, name } from '../syntax/build.ts';
import { printExpression } from '../syntax/print.ts';
import { freeNames, rewrite, substitute } from '../syntax/substitute.ts';
import type { Expression } from '../syntax/tree.ts';
import { holds, vectorOf, type Site } from './site.ts';

type Claim = Expression & { readonly kind: 'quantifier' };

/** Of two of one shape the one whose range holds the other's in all states says more. */
export interface Reach { readonly shape: string; readonly from: readonly (Value | undefined)[]; readonly to: readonly (Value | undefined)[] }

function partsOf(claim: Expression): { readonly claim: Claim; readonly conditions: readonly Expression[]; readonly says: Expression; readonly bound: ReadonlySet<string> } | undefined {
  if (claim.kind !== 'quantifier' || claim.quantifier !== 'forall' || claim.range) return undefined;
  const body = bare(claim.body);
  if (body.kind !== 'binary' || body.operator !== '==>') return undefined;
  return { claim, conditions: conjuncts(body.left), says: body.right, bound: new Set(claim.variables.map((one) => one.name)) };
}

/** Without conditions that hold in every state whatever the bound variables are. */
export function simplified(site: Site, expression: Expression): Expression {
  const parts = partsOf(expression);
  if (!parts) return expression;
  const kept = parts.conditions.filter((one) => [...freeNames(one)].some((used) => parts.bound.has(used)) || holds(site, one) !== true);
  if (kept.length === parts.conditions.length || kept.length === 0) return expression;
  return { ...parts.claim, body: binary(chained(kept), '==>', parts.says) };
}

/** `0 <= i`, `i < n` as `0 <= i < n`. */
function chained(conditions: readonly Expression[]): Expression {
  const operands: Expression[] = [], operators: string[] = [];
  for (const one of conditions) {
    if (one.kind !== 'binary' || !['<', '<='].includes(one.operator)) return conjunction(conditions);
    const last = operands.at(-1);
    if (last && printExpression(last) !== printExpression(one.left)) return conjunction(conditions);
    if (!last) operands.push(one.left);
    operands.push(one.right);
    operators.push(one.operator);
  }
  return operators.length === 1 ? conditions[0]! : chain(operands, operators);
}

/** Undefined where it is over no range with both ends. */
export function reachOf(site: Site, expression: Expression): Reach | undefined {
  const parts = partsOf(expression);
  if (!parts) return undefined;
  const isBound = (e: Expression): boolean => { const plain = bare(e); return plain.kind === 'name' && parts.bound.has(plain.name); };
  const isFree = (e: Expression): boolean => [...freeNames(e)].every((used) => !parts.bound.has(used));
  let from: Expression | undefined, to: Expression | undefined;
  const others: Expression[] = [];
  for (const one of parts.conditions) {
    if (one.kind === 'binary' && one.operator === '<=' && isFree(one.left) && isBound(one.right) && !from) from = one.left;
    else if (one.kind === 'binary' && one.operator === '<' && isBound(one.left) && isFree(one.right) && !to) to = one.right;
    else others.push(one);
  }
  if (!from || !to) return undefined;
  const [low, high] = [vectorOf(site, from), vectorOf(site, to)];
  return low && high && { shape: printExpression(normal({ ...parts.claim, body: binary(conjunction(others), '==>', parts.says) })), from: low, to: high };
}

export function covers(large: Reach, small: Reach): boolean {
  return large.shape === small.shape && small.from.every((low, at) => {
    const [high, from, to] = [small.to[at], large.from[at], large.to[at]];
    return typeof low !== 'number' || typeof high !== 'number' || low >= high || (typeof from === 'number' && typeof to === 'number' && from <= low && high <= to);
  });
}

/** As another family would have written it: bound variables by number, comparisons in one direction. */
export function normal(expression: Expression, depth = 0): Expression {
  return rewrite(expression, (e) => {
    if (e.kind === 'quantifier') {
      const names = e.variables.map((_, at) => `bound${depth}_${at}`);
      const inside = (part: Expression): Expression => normal(substitute(part, new Map(e.variables.map((one, at) => [one.name, name(names[at]!)]))), depth + 1);
      return { ...e, variables: e.variables.map((one, at) => ({ ...one, name: names[at]! })), body: inside(e.body), ...(e.range ? { range: inside(e.range) } : {}) };
    }
    if (e.kind === 'binary' && (e.operator === '>' || e.operator === '>=')) return binary(normal(e.right, depth), e.operator === '>' ? '<' : '<=', normal(e.left, depth));
    return undefined;
  }, new Set());
}
