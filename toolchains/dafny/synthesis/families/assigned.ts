/**
 * What the body writes at an index or tests at it, said of all indices that were passed: element-wise assignments and linear
 * search (aggregation over the iterations of a loop).
 */
import { bare, binary, call, chain, conjuncts, name, number, quantifier } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames, rewrite, substitute } from '../../syntax/substitute.ts';
import type { Block, Expression, Loop, Statement } from '../../syntax/tree.ts';
import { blocksOf, visitExpression } from '../../syntax/visit.ts';
import type { Draft } from '../candidate.ts';
import { indices, plusOne } from '../pool.ts';
import { isSometimesLess, type Site } from '../site.ts';
import { negated } from './posts.ts';

export const NAME = 'assigned';

/** Not yet held against the states. */
export function propose(site: Site): Draft[] {
  const { body } = site.loop;
  if (!body) return [];
  const drafts: Draft[] = [];
  const [first, second] = site.fresh;
  for (const claim of claimsOf(body, site.loop.condition, second)) for (const at of indices(site).slice(0, 3)) {
    const counter = printExpression(at);
    if (!freeNames(claim).has(counter)) continue;
    const general = substitute(claim, new Map([[counter, name(first)]]));
    for (const said of new Set([general, withOld(site, general)])) for (const [from, to] of passed(site, at)) {
      drafts.push({ expression: quantifier('forall', [first], binary(chain([from, name(first), to], ['<=', '<']), '==>', said)), tier: 0, order: 45 });
    }
  }
  return drafts;
}

/** What each iteration leaves true of its index: what it wrote, what it did not leave for, what its guard said. */
function claimsOf(body: Block, guard: Expression | undefined, bound: string): Expression[] {
  const claims: Expression[] = [];
  const visit = (block: Block, conditions: readonly Expression[]): void => {
    for (const statement of block.statements) {
      if (statement.kind === 'assign') statement.targets.forEach((target, at) => {
        const value = statement.values[at];
        if (target.kind === 'index' && value?.kind === 'expression' && printExpression(target) !== printExpression(value.value)) claims.push(guarded(conditions, binary(target, '==', value.value)));
      });
      if (statement.kind === 'if' && statement.condition) {
        const { condition } = statement;
        if (leaves(statement.then)) claims.push(guarded(conditions, negated(bare(condition))));
        visit(statement.then, [...conditions, condition]);
        if (statement.else) for (const inner of blocksOf(statement.else)) visit(inner, [...conditions, negated(bare(condition))]);
        continue;
      }
      if (statement.kind === 'while' || statement.kind === 'for') { if (conditions.length === 0) claims.push(...ofInner(statement, block, bound)); continue; }
      for (const inner of blocksOf(statement)) visit(inner, conditions);
    }
  };
  visit(body, []);
  // `while i < n && a[i] != x`: what the guard says of this index holds of those that were passed.
  if (guard) for (const part of conjuncts(guard)) if (hasIndex(part)) claims.push(part);
  const locals = definitions(body);
  return claims.map((claim) => substitute(claim, locals));
}

/** What an inner loop has said of all its indices when it is done. */
function ofInner(loop: Loop, around: Block, bound: string): Expression[] {
  const counter = loop.counter?.name ?? counterOf(loop.condition);
  const limit = loop.to ?? limitOf(loop.condition);
  const start = loop.from ?? definitions(around).get(counter ?? '');
  if (counter === undefined || !limit || !start || !loop.body) return [];
  return claimsOf(loop.body, undefined, `${bound}'`).filter((claim) => freeNames(claim).has(counter)).map((claim) =>
    quantifier('forall', [bound], binary(chain([start, name(bound), limit], ['<=', '<']), '==>', substitute(claim, new Map([[counter, name(bound)]])))));
}

function counterOf(guard: Expression | undefined): string | undefined {
  const e = guard && bare(guard);
  return e?.kind === 'binary' && ['<', '!='].includes(e.operator) && e.left.kind === 'name' ? e.left.name : undefined;
}
function limitOf(guard: Expression | undefined): Expression | undefined { const e = guard && bare(guard); return e?.kind === 'binary' ? e.right : undefined; }

function guarded(conditions: readonly Expression[], claim: Expression): Expression {
  return conditions.length === 0 ? claim : binary({ kind: 'parentheses', inner: conditions.reduce((all, one) => binary(all, '&&', one)), start: -1, end: -1 }, '==>', claim);
}

function leaves(block: Block): boolean { const last = block.statements.at(-1); return last?.kind === 'return' || last?.kind === 'break'; }
function hasIndex(e: Expression): boolean { let found = false; visitExpression(e, (inner) => { if (inner.kind === 'index') found = true; }); return found; }

/** Locals of the body that are given once, by what they are given. */
function definitions(body: Block): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const statement of body.statements as readonly Statement[]) if (statement.kind === 'variables') statement.locals.forEach((local, at) => { const value = statement.values[at]; if (value?.kind === 'expression') found.set(local.name, value.value); });
  return found;
}

/** What is read was there at the beginning; what is written stands on the left. */
function withOld(site: Site, claim: Expression): Expression {
  const e = bare(claim);
  const wrap = (inner: Expression): Expression => rewrite(inner, (node) => (node.kind === 'index' && site.written.has(printExpression(node.of)) ? call('old', node) : undefined), new Set());
  if (e.kind === 'binary' && e.operator === '==>') return binary(wrap(e.left), '==>', withOld(site, e.right));
  if (e.kind === 'binary' && e.operator === '==' && e.left.kind === 'index') return binary(e.left, '==', wrap(e.right));
  return claim;
}

function passed(site: Site, at: Expression): [Expression, Expression][] {
  const counter = printExpression(at);
  const starts: Expression[] = [];
  const note = (name: string, value: Expression | undefined): void => { if (name === counter && value && !hasIndex(value)) starts.push(value); };
  for (const statement of site.before) {
    if (statement.kind === 'variables') statement.locals.forEach((local, position) => { const value = statement.values[position]; note(local.name, value?.kind === 'expression' ? value.value : undefined); });
    if (statement.kind === 'assign') statement.targets.forEach((target, position) => { const value = statement.values[position]; if (target.kind === 'name') note(target.name, value?.kind === 'expression' ? value.value : undefined); });
  }
  if (site.loop.counter?.name === counter && site.loop.from) starts.push(site.loop.from);
  const start = starts.at(-1);
  const froms = [...(start && !freeNames(start).has(counter) ? [start] : []), number(0)];
  const ranges: [Expression, Expression][] = [];
  const seen = new Set<string>();
  for (const from of froms) { if (seen.has(printExpression(from))) continue; seen.add(printExpression(from)); ranges.push([from, at]); }
  if (start && !freeNames(start).has(counter)) ranges.push([plusOne(at), plusOne(start)], [at, start]);
  return ranges.filter(([from, to]) => isSometimesLess(site, from, to));
}

