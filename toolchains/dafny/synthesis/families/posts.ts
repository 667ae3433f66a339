/**
 * Postconditions made into invariants: a limit replaced by an index, a sequence by its prefix, a result by its accumulator, or
 * the conjunct as it is (Gries 1981; Furia and Meyer, "Inferring loop invariants using postconditions", 2010).
 */
import { bare, binary, conjuncts, name, number, slice } from '../../syntax/build.ts';
import { printExpression } from '../../syntax/print.ts';
import { freeNames, replacePart, rewrite, substitute } from '../../syntax/substitute.ts';
import type { Assigned, Expression, Statement } from '../../syntax/tree.ts';
import { blocksOf, visitExpression } from '../../syntax/visit.ts';
import type { Draft } from '../candidate.ts';
import { distinct, indices, isStable, minusOne, ofSort, plusOne } from '../pool.ts';
import type { Site } from '../site.ts';

export const NAME = 'postconditions';

const MOST = 1200;
const SLICE_OF_SLICE = /\.\.[^\]]*\]\[[^\]]*\.\./;

/** Not yet held against the states. */
export function propose(site: Site): Draft[] {
  const drafts: Draft[] = [];
  for (const { expression, tier, most } of bases(site)) {
    for (const [distance, variants] of variantsOf(site, expression, most).entries()) for (const variant of variants) if (distance === 0 || !isLinear(variant)) drafts.push({ expression: variant, tier: tier + (distance > 2 ? 1 : 0), order: 40 + distance });
    if (drafts.length > MOST) break;
  }
  return drafts;
}

/** A comparison of sums of variables: the bounds and the relations have those. */
function isLinear(expression: Expression): boolean {
  let yes = true;
  visitExpression(expression, (inner) => { if (!['name', 'literal', 'select', 'size', 'parentheses', 'unary'].includes(inner.kind) && !(inner.kind === 'binary' && ['+', '-', '<', '<=', '>', '>=', '==', '!='].includes(inner.operator))) yes = false; });
  return yes;
}

/** A claim to be varied, with the number of replacements that it gets. */
interface Base { readonly expression: Expression; readonly tier: number; readonly most: number }

/** Claims of the specification and of later loops and assertions, results replaced by what is returned. */
function bases(site: Site): Base[] {
  const { callable } = site;
  const found: Base[] = [];
  const add = (expression: Expression, tier: number): void => { for (const part of conjuncts(expression)) found.push({ expression: part, tier, most: 3 }, ...pieces(part).map((one) => ({ expression: one, tier, most: 3 }))); };
  for (const clause of callable.clauses) if (clause.kind === 'ensures') for (const value of resultsReplaced(site, clause.values[0]!)) add(value, 0);
  for (const clause of callable.clauses) if (clause.kind === 'requires') add(clause.values[0]!, 1);
  for (const statement of site.after) {
    if (statement.kind === 'assert') add(statement.condition, 0);
    if (statement.kind === 'while') for (const clause of statement.clauses) if (clause.kind === 'invariant') add(clause.values[0]!, 1);
  }
  for (const outer of site.outer) for (const clause of outer.clauses) if (clause.kind === 'invariant') add(clause.values[0]!, 0);
  for (const { expression, tier } of [...found]) for (const part of unfolded(site, expression)) found.push({ expression: part, tier: tier + 1, most: 2 });
  for (const { expression, tier } of [...found]) for (const one of instantiated(site, expression)) found.push({ expression: one, tier, most: 1 });
  const seen = new Set<string>();
  return found.filter(({ expression }) => { const text = printExpression(expression); if (seen.has(text)) return false; seen.add(text); return true; });
}

/** One bound variable at an index: a row of a matrix, a witness, or a claim without its quantifier. */
function instantiated(site: Site, expression: Expression): Expression[] {
  const e = bare(expression);
  if (e.kind !== 'quantifier' || e.range) return [];
  const at = indices(site).slice(0, 3);
  return e.variables.flatMap((variable) => at.flatMap((index) => {
    const rest = e.variables.filter((one) => one !== variable);
    if (freeNames(index).size > 0 && rest.some((one) => freeNames(index).has(one.name))) return [];
    const body = substitute(e.body, new Map([[variable.name, index]]));
    return rest.length > 0 ? [{ ...e, variables: rest, body }] : e.quantifier === 'exists' ? conjuncts(body) : [body];
  }));
}

/** Both sides of `b <==> P`, and P or its negation for what an early return leaves open. */
function pieces(expression: Expression): Expression[] {
  const e = bare(expression);
  if (e.kind === 'binary' && (e.operator === '<==>' || e.operator === '==') && (isClaim(bare(e.left)) || isClaim(bare(e.right)))) return [bare(e.left), bare(e.right)].flatMap((side) => (isClaim(side) || side.kind === 'call' ? [side, negated(side)] : []));
  if (e.kind === 'binary' && e.operator === '==>') return [...conjuncts(e.right), negated(bare(e.right))];
  if (e.kind === 'binary' && e.operator === '||') return [bare(e.left), bare(e.right)];
  return e.kind === 'quantifier' && e.quantifier === 'exists' ? [negated(e)] : [];
}

/** Certainly of type bool. */
function isClaim(e: Expression): boolean {
  return e.kind === 'quantifier' || e.kind === 'chain' || (e.kind === 'unary' && e.operator === '!') || (e.kind === 'binary' && ['<', '<=', '>', '>=', '==', '!=', 'in', '!in', '&&', '||', '==>', '<==>'].includes(e.operator));
}

/** `!exists x | R :: P` as `forall x | R :: !P`. */
export function negated(e: Expression): Expression {
  if (e.kind === 'parentheses') return negated(e.inner);
  if (e.kind === 'unary' && e.operator === '!') return e.operand;
  if (e.kind === 'quantifier') {
    const body = bare(e.body);
    const parts = conjuncts(body);
    if (e.quantifier === 'exists' && parts.length > 1 && !e.range) {
      const bounds = parts.filter((part) => part.kind === 'binary' && ['<', '<=', '>', '>=', 'in'].includes(part.operator)), rest = parts.filter((part) => !bounds.includes(part));
      if (bounds.length > 0 && rest.length > 0) return { ...e, quantifier: 'forall', body: binary(bounds.reduce((all, one) => binary(all, '&&', one)), '==>', negated(rest.reduce((all, one) => binary(all, '&&', one)))) };
    }
    if (e.quantifier === 'forall' && body.kind === 'binary' && body.operator === '==>') return { ...e, quantifier: 'exists', body: binary(body.left, '&&', negated(body.right)) };
    return { ...e, quantifier: e.quantifier === 'forall' ? 'exists' : 'forall', body: negated(body) };
  }
  const opposite: Record<string, string> = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<', in: '!in', '!in': 'in' };
  if (e.kind === 'binary' && opposite[e.operator]) return { ...e, operator: opposite[e.operator]! };
  return { kind: 'unary', operator: '!', operand: { kind: 'parentheses', inner: e, start: -1, end: -1 }, start: -1, end: -1 };
}

/** What a predicate of the file says, with its arguments in place: one level. */
function unfolded(site: Site, expression: Expression): Expression[] {
  const e = bare(expression);
  if (e.kind !== 'call' || e.callee.kind !== 'name') return [];
  const { name: called } = e.callee;
  const callable = site.syntax.callables.find((one) => one.name === called && one.parameters.length === e.args.length && one.value && one.results[0]?.type.name === 'bool');
  if (!callable?.value) return [];
  return conjuncts(substitute(callable.value, new Map(callable.parameters.map((parameter, at) => [parameter.name, e.args[at]!]))));
}

/** The claim with each result replaced by what the code after the loop gives it; and as it is. */
function resultsReplaced(site: Site, expression: Expression): Expression[] {
  const given = new Map<string, Expression[]>();
  const note = (result: string, value: Assigned | undefined): void => {
    if (value?.kind !== 'expression') return;
    const list = given.get(result) ?? [];
    given.set(result, list);
    list.push(value.value);
  };
  const visit = (statement: Statement): void => {
    if (statement.kind === 'return') site.callable.results.forEach((result, at) => { note(result.name, statement.values[at]); });
    if (statement.kind === 'assign') statement.targets.forEach((target, at) => { if (target.kind === 'name' && site.callable.results.some((one) => one.name === target.name)) note(target.name, statement.values[at]); });
    for (const block of blocksOf(statement)) for (const inner of block.statements) visit(inner);
  };
  for (const statement of site.after) visit(statement);
  let list: Expression[] = [expression];
  for (const [result, values] of given) list = list.flatMap((one) => [one, ...values.filter((value) => freeNames(one).has(result) && !freeNames(value).has(result)).map((value) => substitute(one, new Map([[result, value]])))]);
  return list.slice(0, 8);
}

/** By the number of replacements. */
function variantsOf(site: Site, expression: Expression, most: number): Expression[][] {
  const at = indices(site).slice(0, 4);
  const steps = replacements(site, expression, at);
  const levels: Expression[][] = [[expression]];
  const seen = new Set([printExpression(expression)]);
  for (let level = 1; level <= most; level++) {
    const next: Expression[] = [];
    for (const base of levels[level - 1]!) for (const { part, by } of steps) {
      if (next.length > 300 / level) break;
      const variant = replacePart(base, part, by);
      const text = printExpression(variant);
      if (text.length > 300 || seen.has(text) || SLICE_OF_SLICE.test(text)) continue;
      seen.add(text);
      next.push(variant);
    }
    levels.push(next);
  }
  return levels.map((list) => list.map((one) => tidied(one)));
}

function replacements(site: Site, expression: Expression, at: readonly Expression[]): { part: Expression; by: Expression }[] {
  const steps: { part: Expression; by: Expression }[] = [];
  const ints = new Set(ofSort(site, 'int').map(printExpression)), seqs = new Set(ofSort(site, 'seq').map(printExpression)), arrays = new Set(ofSort(site, 'array').map(printExpression));
  const boundNames = new Set<string>();
  visitExpression(expression, (inner) => { if (inner.kind === 'quantifier' || inner.kind === 'comprehension') for (const one of inner.variables) boundNames.add(one.name); });
  const parts: Expression[] = [];
  visitExpression(expression, (inner) => { parts.push(inner); });
  for (const part of distinct(parts)) {
    const text = printExpression(part);
    if ([...freeNames(part)].some((one) => boundNames.has(one))) continue;
    const isLimit = ((part.kind === 'name' && ints.has(text)) || part.kind === 'size' || (part.kind === 'select' && /^Length\d?$/.test(part.member)) || isSum(part)) && isStable(site, part);
    if (isLimit) for (const index of at) steps.push({ part, by: index }, { part, by: plusOne(index) }, ...(part.kind === 'name' ? [{ part, by: minusOne(index) }] : []));
    if (part.kind === 'literal' && part.text === '0') for (const index of at) steps.push({ part, by: index }, { part, by: plusOne(index) });
    if (part.kind === 'name' && seqs.has(text) && !site.modified.has(text)) for (const index of at) steps.push({ part, by: slice(part, undefined, index) }, { part, by: slice(part, index) }, { part, by: slice(part, undefined, plusOne(index)) });
    if (part.kind === 'slice' && !part.from && !part.to && part.of.kind === 'name' && arrays.has(printExpression(part.of))) for (const index of at) steps.push({ part, by: slice(part.of, undefined, index) }, { part, by: slice(part.of, index) });
    // A result that is not assigned in the loop, or another variable that gathers it.
    if (part.kind === 'name' && site.callable.results.some((one) => one.name === part.name)) for (const other of accumulators(site, part.name)) steps.push({ part, by: name(other) });
  }
  return steps;
}

function isSum(e: Expression): boolean { return e.kind === 'binary' && (e.operator === '+' || e.operator === '-') && [e.left, e.right].every((side) => ['name', 'literal', 'size', 'select'].includes(side.kind)); }

function accumulators(site: Site, result: string): string[] {
  const sort = site.variables.get(result) ?? ({ int: 'int', nat: 'int', bool: 'bool' } as const)[site.callable.results.find((one) => one.name === result)?.type.name as 'int'];
  return [...site.modified].filter((one) => one !== result && site.variables.get(one) === sort);
}

/** `0 + 1`, `i + 1 - 1`, `x[..i][..i]`: as one would write it. */
export function tidied(expression: Expression): Expression {
  return rewrite(expression, (e) => {
    if (e.kind !== 'binary' || (e.operator !== '+' && e.operator !== '-') || e.right.kind !== 'literal') return undefined;
    const left = bare(e.left);
    if (left.kind === 'binary' && (left.operator === '+' || left.operator === '-') && left.right.kind === 'literal') {
      const sum = Number(`${left.operator}${left.right.text}`) + Number(`${e.operator}${e.right.text}`);
      if (!Number.isSafeInteger(sum)) return undefined;
      return sum === 0 ? left.left : binary(left.left, sum < 0 ? '-' : '+', number(Math.abs(sum)));
    }
    return undefined;
  }, new Set());
}
