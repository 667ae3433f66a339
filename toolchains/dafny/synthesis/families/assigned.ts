/**
 * What the body writes at an index or tests at it, said of all indices that were passed: element-wise assignments and linear
 * search (aggregation over the iterations of a loop).
 */
import { bare, binary, call, chain, conjuncts, number, quantifier } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames, rewrite, substitute } from '../../syntax/substitute.ts';
import type { Block, Expression, Statement } from '../../syntax/tree.ts';
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
  const claims: { claim: Expression; tier: number }[] = [];
  const visit = (block: Block, conditions: readonly Expression[]): void => {
    for (const statement of block.statements) {
      if (statement.kind === 'assign') statement.targets.forEach((target, at) => {
        const value = statement.values[at];
        if (target.kind === 'index' && value?.kind === 'expression') claims.push({ claim: guarded(conditions, binary(target, '==', value.value)), tier: 0 });
      });
      if (statement.kind === 'if' && statement.condition) {
        const { condition } = statement;
        if (leaves(statement.then)) claims.push({ claim: negated(bare(condition)), tier: 0 });
        visit(statement.then, [...conditions, condition]);
        if (statement.else) for (const inner of blocksOf(statement.else)) visit(inner, [...conditions, negated(bare(condition))]);
        continue;
      }
      if (statement.kind !== 'while' && statement.kind !== 'for') for (const inner of blocksOf(statement)) visit(inner, conditions);
    }
  };
  visit(body, []);
  // `while i < n && a[i] != x`: what the guard says of this index holds of those that were passed.
  if (site.loop.condition) for (const part of conjuncts(site.loop.condition)) if (hasIndex(part)) claims.push({ claim: part, tier: 0 });
  const locals = definitions(body);
  for (const { claim, tier } of claims) for (const at of indices(site).slice(0, 3)) {
    const claimed = substitute(claim, locals);
    const counter = printExpression(at);
    if (!freeNames(claimed).has(counter)) continue;
    const general = substitute(claimed, new Map([[counter, { kind: 'name', name: 'k', start: -1, end: -1 }]]));
    for (const body of general === claimed ? [] : [general, withOld(site, general)]) for (const [from, to] of passed(site, at)) {
      drafts.push({ expression: quantifier('forall', ['k'], binary(chain([from, { kind: 'name', name: 'k', start: -1, end: -1 }, to], ['<=', '<']), '==>', body)), tier, order: 45 });
    }
  }
  return drafts;
}

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

