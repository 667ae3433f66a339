/** Reads expressions by precedence (reference manual, "Expressions"): from equivalences down to unary operators. */
import type { Cursor } from './cursor.ts';
import { readPrimary } from './primaries.ts';
import type { Expression } from './tree.ts';
import { readType } from './types.ts';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in']);

export function readExpression(cursor: Cursor): Expression { return equivalence(cursor); }

export function readExpressions(cursor: Cursor): Expression[] {
  const list = [readExpression(cursor)];
  while (cursor.accept(',')) list.push(readExpression(cursor));
  return list;
}

function binary(operator: string, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
}

function equivalence(cursor: Cursor): Expression {
  let left = implication(cursor);
  while (cursor.accept('<==>')) left = binary('<==>', left, implication(cursor));
  return left;
}

function implication(cursor: Cursor): Expression {
  const left = logical(cursor);
  if (cursor.accept('==>')) return binary('==>', left, implication(cursor));
  let explied = left;
  while (cursor.accept('<==')) explied = binary('<==', explied, logical(cursor));
  return explied;
}

function logical(cursor: Cursor): Expression {
  // A leading operator is layout: `&& a && b`.
  if (cursor.is('&&') || cursor.is('||')) cursor.at++;
  let left = relational(cursor);
  while (cursor.is('&&') || cursor.is('||')) {
    const operator = cursor.take().text;
    left = binary(operator, left, relational(cursor));
  }
  return left;
}

function relational(cursor: Cursor): Expression {
  const operands = [shift(cursor)];
  const operators: string[] = [];
  for (;;) {
    const operator = comparison(cursor);
    if (operator === undefined) break;
    operators.push(operator);
    operands.push(shift(cursor));
  }
  if (operators.length === 0) return operands[0]!;
  if (operators.length === 1) return binary(operators[0]!, operands[0]!, operands[1]!);
  return { kind: 'chain', operators, operands, start: operands[0]!.start, end: operands.at(-1)!.end };
}

function comparison(cursor: Cursor): string | undefined {
  if (cursor.isPair('!', '!')) { cursor.at += 2; return '!!'; }
  if (cursor.is('!') && cursor.is('in', 1)) { cursor.at += 2; return '!in'; }
  if (cursor.is('<') && cursor.isPair('<', '<')) return undefined;
  if (!cursor.isAny(COMPARISONS)) return undefined;
  // `==#[k]`
  const operator = cursor.take().text;
  if (cursor.is('#')) cursor.fail('a comparison');
  return operator;
}

function shift(cursor: Cursor): Expression {
  let left = term(cursor);
  while (cursor.isPair('<', '<') || cursor.isPair('>', '>')) {
    const operator = cursor.next.text.repeat(2);
    cursor.at += 2;
    left = binary(operator, left, term(cursor));
  }
  return left;
}

function term(cursor: Cursor): Expression {
  let left = factor(cursor);
  while (cursor.is('+') || cursor.is('-')) left = binary(cursor.take().text, left, factor(cursor));
  return left;
}

function factor(cursor: Cursor): Expression {
  let left = bitwise(cursor);
  while (cursor.is('*') || cursor.is('/') || cursor.is('%')) {
    // `decreases *` and `case * =>` are not products.
    left = binary(cursor.take().text, left, bitwise(cursor));
  }
  return left;
}

function bitwise(cursor: Cursor): Expression {
  let left = conversion(cursor);
  while (cursor.is('&') || cursor.is('^') || (cursor.is('|') && !cursor.barEnds)) left = binary(cursor.take().text, left, conversion(cursor));
  return left;
}

function conversion(cursor: Cursor): Expression {
  let operand = unary(cursor);
  while (cursor.is('as') || cursor.is('is')) {
    const operator = cursor.take().text as 'as' | 'is';
    const type = readType(cursor);
    operand = { kind: 'convert', operator, operand, type, start: operand.start, end: cursor.end };
  }
  return operand;
}

function unary(cursor: Cursor): Expression {
  const start = cursor.start;
  if (cursor.is('-') || (cursor.is('!') && !cursor.is('in', 1))) {
    const operator = cursor.take().text as '-' | '!';
    const operand = unary(cursor);
    return { kind: 'unary', operator, operand, start, end: operand.end };
  }
  return readPrimary(cursor);
}
