/** Builds expressions that were not read from a text. */
import type { Expression } from './tree.ts';

const NOWHERE = { start: -1, end: -1 };

export function name(text: string): Expression { return { kind: 'name', name: text, ...NOWHERE }; }
export function number(value: number | bigint): Expression {
  return value < 0 ? { kind: 'unary', operator: '-', operand: number(-value), ...NOWHERE } : { kind: 'literal', of: 'number', text: String(value), ...NOWHERE };
}
export function binary(left: Expression, operator: string, right: Expression): Expression { return { kind: 'binary', operator, left, right, ...NOWHERE }; }
export function chain(operands: readonly Expression[], operators: readonly string[]): Expression { return { kind: 'chain', operands, operators, ...NOWHERE }; }
export function call(callee: string, ...args: readonly Expression[]): Expression { return { kind: 'call', callee: name(callee), args, ...NOWHERE }; }
export function select(of: Expression, member: string): Expression { return { kind: 'select', of, member, ...NOWHERE }; }
export function index(of: Expression, ...at: readonly Expression[]): Expression { return { kind: 'index', of, at, ...NOWHERE }; }
export function slice(of: Expression, from?: Expression, to?: Expression): Expression { return { kind: 'slice', of, ...(from ? { from } : {}), ...(to ? { to } : {}), ...NOWHERE }; }
export function size(operand: Expression): Expression { return { kind: 'size', operand, ...NOWHERE }; }
export function not(operand: Expression): Expression { return { kind: 'unary', operator: '!', operand, ...NOWHERE }; }
export function quantifier(kind: 'forall' | 'exists', variables: readonly string[], body: Expression): Expression {
  return { kind: 'quantifier', quantifier: kind, attributes: '', variables: variables.map((one) => ({ name: one })), body, ...NOWHERE };
}
export function conjunction(parts: readonly Expression[]): Expression {
  return parts.length === 0 ? { kind: 'literal', of: 'boolean', text: 'true', ...NOWHERE } : parts.slice(1).reduce((all, one) => binary(all, '&&', one), parts[0]!);
}

/** Without parentheses around the whole. */
export function bare(expression: Expression): Expression { return expression.kind === 'parentheses' ? bare(expression.inner) : expression; }

/** Conjuncts of `a && b`, and the comparisons of a chain, each for itself. */
export function conjuncts(expression: Expression): Expression[] {
  const e = bare(expression);
  if (e.kind === 'binary' && e.operator === '&&') return [...conjuncts(e.left), ...conjuncts(e.right)];
  if (e.kind === 'chain') return e.operators.map((operator, at) => binary(e.operands[at]!, operator, e.operands[at + 1]!));
  return [e];
}
