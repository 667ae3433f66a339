/** Reads expressions that reach as far right as they can: quantifiers, comprehensions, conditionals, lets, lambdas. */
import { attributeAt } from '../source/attributes.ts';
import { closing } from '../source/tokens.ts';
import type { Cursor } from './cursor.ts';
import { readExpression, readExpressions } from './expressions.ts';
import { readStatement } from './statements.ts';
import type { CollectionKind, Expression, Pattern, Type, Variable } from './tree.ts';
import { readType } from './types.ts';

/** The text of the attributes that stand here. */
export function readAttributes(cursor: Cursor): string {
  const { start } = cursor;
  let end = start;
  for (let found = attributeAt(cursor.text, cursor.tokens, cursor.at); found && found.last < cursor.to; found = attributeAt(cursor.text, cursor.tokens, cursor.at)) {
    cursor.at = found.last + 1;
    end = cursor.end;
  }
  return cursor.text.slice(start, end);
}

export function readVariables(cursor: Cursor): Variable[] {
  const variables: Variable[] = [];
  do {
    const name = cursor.word().text;
    let type: Type | undefined, from: Expression | undefined;
    if (cursor.accept(':')) type = readType(cursor);
    if (cursor.accept('<-')) from = cursor.within(true, () => readExpression(cursor));
    variables.push({ name, ...(type ? { type } : {}), ...(from ? { from } : {}) });
    // `x <- S | P(x), y <- T`: the range of one variable in the midst of the list is kept with the whole.
    readAttributes(cursor);
  } while (cursor.accept(','));
  return variables;
}

export function readComprehension(cursor: Cursor): Expression {
  const { start } = cursor;
  const word = cursor.take().text;
  const attributes = readAttributes(cursor);
  const variables = readVariables(cursor);
  const more = readAttributes(cursor);
  const range = cursor.accept('|') ? cursor.within(true, () => readExpression(cursor)) : undefined;
  const all = attributes + more + readAttributes(cursor);
  if (word === 'forall' || word === 'exists') {
    cursor.expect('::');
    const body = readExpression(cursor);
    return { kind: 'quantifier', quantifier: word, attributes: all, variables, ...(range ? { range } : {}), body, start, end: body.end };
  }
  const of = word as CollectionKind;
  let key: Expression | undefined, value: Expression | undefined;
  if (cursor.accept('::')) {
    value = readExpression(cursor);
    if (cursor.accept(':=')) { key = value; value = readExpression(cursor); }
  }
  return { kind: 'comprehension', of, attributes: all, variables, ...(range ? { range } : {}), ...(key ? { key } : {}), ...(value ? { value } : {}), start, end: cursor.end };
}

export function readConditional(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.expect('if');
  if (cursor.is('case')) cursor.fail('a condition');
  const condition = cursor.within(false, () => readExpression(cursor));
  cursor.expect('then');
  const then = cursor.within(false, () => readExpression(cursor));
  cursor.expect('else');
  const other = readExpression(cursor);
  return { kind: 'if', condition, then, else: other, start, end: other.end };
}

export function readMatch(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.expect('match');
  const of = cursor.within(false, () => readExpression(cursor));
  const braced = cursor.accept('{');
  const cases: { pattern: Pattern; body: Expression }[] = [];
  while (cursor.accept('case')) {
    readAttributes(cursor);
    const pattern = readPattern(cursor);
    while (cursor.accept('|')) readPattern(cursor);
    cursor.expect('=>');
    cases.push({ pattern, body: braced ? cursor.within(false, () => readExpression(cursor)) : readExpression(cursor) });
  }
  if (braced) cursor.expect('}');
  return { kind: 'match', of, cases, start, end: cursor.end };
}

export function readPattern(cursor: Cursor): Pattern {
  const { start } = cursor;
  if (cursor.next.kind === 'number' || cursor.next.kind === 'string' || cursor.next.kind === 'char' || cursor.is('-') || cursor.is('true') || cursor.is('false')) {
    const negative = cursor.accept('-');
    const token = cursor.take();
    const of = token.kind === 'word' ? 'boolean' : token.kind === 'symbol' ? 'number' : token.kind;
    return { name: '', literal: { kind: 'literal', of, text: `${negative ? '-' : ''}${token.text}`, start, end: token.end }, start, end: cursor.end };
  }
  let name = cursor.is('(') ? '' : cursor.word().text;
  while (cursor.is('.') && cursor.peek(1).kind === 'word') { cursor.at++; name += `.${cursor.word().text}`; }
  if (!cursor.accept('(')) {
    const type = cursor.accept(':') ? readType(cursor) : undefined;
    return { name, ...(type ? { type } : {}), start, end: cursor.end };
  }
  const args: Pattern[] = [];
  while (!cursor.is(')')) {
    cursor.accept('ghost');
    args.push(readPattern(cursor));
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')');
  return { name, args, start, end: cursor.end };
}

export function readLet(cursor: Cursor): Expression {
  const { start } = cursor;
  const ghost = cursor.accept('ghost');
  cursor.expect('var');
  const patterns = [readPattern(cursor)];
  while (cursor.accept(',')) patterns.push(readPattern(cursor));
  const suchThat = cursor.accept(':|');
  if (!suchThat && !cursor.accept(':-')) cursor.expect(':=');
  readAttributes(cursor);
  const values = cursor.within(false, () => readExpressions(cursor));
  cursor.expect(';');
  const body = readExpression(cursor);
  return { kind: 'let', ghost, suchThat, patterns, values, body, start, end: body.end };
}

export function readProof(cursor: Cursor): Expression {
  const { start } = cursor;
  const statement = cursor.within(false, () => readStatement(cursor));
  if (statement.kind === 'opaque') cursor.fail('a statement');
  const body = readExpression(cursor);
  return { kind: 'proof', statement, body, start, end: body.end };
}

/** A name or a list of variables before `=>`, `requires` or `reads`. */
export function startsLambda(cursor: Cursor): boolean {
  if (cursor.next.kind === 'word') return cursor.is('=>', 1) && !cursor.barEnds && cursor.peek(-1).text !== 'case';
  if (!cursor.is('(')) return false;
  const after = closing(cursor.tokens, cursor.at, cursor.to) + 1;
  if (after >= cursor.to) return false;
  const { text } = cursor.tokens[after]!;
  if (text === 'requires' || text === 'reads') return isLambdaSpecification(cursor, after);
  if (text !== '=>') return false;
  const { at } = cursor;
  const isList = cursor.attempt(() => parameters(cursor)) !== undefined;
  cursor.at = at;
  return isList;
}

function isLambdaSpecification(cursor: Cursor, from: number): boolean {
  for (let at = from; at < cursor.to; at++) {
    const { text, kind } = cursor.tokens[at]!;
    if (text === '=>') return true;
    if (kind === 'symbol' && (text === ';' || text === '{' || text === '}' || text === ')')) return false;
    if (text === '(' || text === '[') at = closing(cursor.tokens, at, cursor.to);
  }
  return false;
}

function parameters(cursor: Cursor): Variable[] {
  if (!cursor.accept('(')) return [{ name: cursor.word().text }];
  const variables = cursor.is(')') ? [] : cursor.within(false, () => readVariables(cursor));
  cursor.expect(')');
  return variables;
}

export function readLambda(cursor: Cursor): Expression {
  const { start } = cursor;
  const variables = parameters(cursor);
  const from = cursor.start;
  while (cursor.is('requires') || cursor.is('reads')) { cursor.at++; cursor.within(false, () => readExpressions(cursor)); }
  const specification = cursor.text.slice(from, cursor.start).trim();
  cursor.expect('=>');
  const body = readExpression(cursor);
  return { kind: 'lambda', variables, specification: specification === '=>' ? '' : specification, body, start, end: body.end };
}
