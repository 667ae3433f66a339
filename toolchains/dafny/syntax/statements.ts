/** Reads statements. One that it cannot read becomes `opaque` up to its end, and the next one is read. */
import { attributeAt } from '../source/attributes.ts';
import { closing } from '../source/tokens.ts';
import { readClauses } from './clauses.ts';
import { Unreadable, type Cursor } from './cursor.ts';
import { readExpression, readExpressions } from './expressions.ts';
import { readAttributes, readPattern, readVariables } from './open-ended.ts';
import { readArguments } from './primaries.ts';
import type { Assigned, Block, Expression, Local, Loop, Pattern, Statement } from './tree.ts';
import { readType } from './types.ts';

export function readBlock(cursor: Cursor): Block {
  const open = cursor.at;
  const { start } = cursor.expect('{');
  const close = closing(cursor.tokens, open, cursor.to);
  const outer = cursor.to;
  cursor.to = close;
  const statements: Statement[] = [];
  try {
    while (!cursor.done) { if (!cursor.accept(';')) statements.push(readStatement(cursor)); }
  } finally { cursor.to = outer; }
  cursor.expect('}');
  return { statements, start, end: cursor.end };
}

export function readStatement(cursor: Cursor): Statement {
  const { at, barEnds, to } = cursor;
  try {
    return cursor.within(false, () => statement(cursor));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    Object.assign(cursor, { at, barEnds, to });
    return opaque(cursor);
  }
}

/** To the next semicolon, or the end of a block that no `else` follows. */
function opaque(cursor: Cursor): Statement {
  const { start } = cursor;
  while (!cursor.done) {
    const { text, kind } = cursor.next;
    if (kind === 'symbol' && (text === '(' || text === '[' || text === '{' || text === '{:')) {
      cursor.at = closing(cursor.tokens, cursor.at, cursor.to) + 1;
      if (text === '{' && !cursor.is('else') && !cursor.is(';') && !cursor.is('{')) break;
      continue;
    }
    cursor.at++;
    if (kind === 'symbol' && text === ';') break;
  }
  return { kind: 'opaque', text: cursor.text.slice(start, cursor.end), start, end: cursor.end };
}

function statement(cursor: Cursor): Statement {
  while (attributeAt(cursor.text, cursor.tokens, cursor.at)) readAttributes(cursor);
  const { start } = cursor;
  const at = (rest: Statement): Statement => ({ ...rest, start, end: cursor.end });
  switch (cursor.next.text) {
    case '{': { const block = readBlock(cursor); return { kind: 'block', block, start, end: block.end }; }
    case 'var': return variables(cursor, start, false);
    case 'ghost': if (cursor.is('var', 1)) { cursor.at++; return variables(cursor, start, true); } break;
    case 'if': return conditional(cursor, start);
    case 'while': cursor.at++; return cursor.is('case') || cursor.is('{') || isClause(cursor) ? cases(cursor, start, true) : whileLoop(cursor, start);
    case 'for': return forLoop(cursor, start);
    case 'match': return matching(cursor, start);
    case 'forall': return forallStatement(cursor, start);
    case 'calc': return calculation(cursor, start);
    case 'assert': case 'assume': case 'expect': return claim(cursor, start);
    case 'return': {
      cursor.at++;
      const values = cursor.is(';') ? [] : readAssigned(cursor);
      cursor.expect(';');
      return at({ kind: 'return', values, start, end: start });
    }
    case 'break': case 'continue': {
      const kind = cursor.take().text as 'break' | 'continue';
      const label = cursor.is(';') ? undefined : cursor.take().text;
      while (!cursor.is(';')) cursor.take();
      cursor.expect(';');
      return at({ kind, ...(label === undefined ? {} : { label }), start, end: start });
    }
    case 'label': {
      cursor.at++;
      const name = cursor.take().text;
      cursor.expect(':');
      const inner = statement(cursor);
      return { kind: 'label', name, statement: inner, start, end: inner.end };
    }
    case 'print': case 'reveal': {
      const kind = cursor.take().text as 'print' | 'reveal';
      const values = readExpressions(cursor);
      cursor.expect(';');
      return at({ kind, values, start, end: start });
    }
    case 'yield': case 'modify': case 'hide': return cursor.fail('a statement');
    default: break;
  }
  return assignment(cursor, start);
}

function isClause(cursor: Cursor): boolean { return cursor.is('invariant') || cursor.is('decreases') || cursor.is('modifies'); }

function assignment(cursor: Cursor, start: number): Statement {
  const targets = readExpressions(cursor);
  if (cursor.accept(';')) {
    if (targets.length > 1 || targets[0]!.kind !== 'call') cursor.fail('a call');
    return { kind: 'call', call: targets[0]!, start, end: cursor.end };
  }
  if (cursor.accept(':|')) {
    cursor.accept('assume');
    const suchThat = readExpression(cursor);
    cursor.expect(';');
    return { kind: 'assign', targets, values: [], suchThat, start, end: cursor.end };
  }
  cursor.expect(':=');
  const values = readAssigned(cursor);
  cursor.expect(';');
  return { kind: 'assign', targets, values, start, end: cursor.end };
}

function variables(cursor: Cursor, start: number, ghost: boolean): Statement {
  cursor.expect('var');
  if (cursor.is('(') || (cursor.peek(1).text === '(' && cursor.next.kind === 'word')) return cursor.fail('a name');
  const locals: Local[] = [];
  do {
    readAttributes(cursor);
    const name = cursor.word().text;
    locals.push({ name, ...(cursor.accept(':') ? { type: readType(cursor) } : {}) });
  } while (cursor.accept(','));
  if (cursor.accept(':|')) {
    cursor.accept('assume');
    const suchThat = readExpression(cursor);
    cursor.expect(';');
    return { kind: 'variables', ghost, locals, values: [], suchThat, start, end: cursor.end };
  }
  const values = cursor.accept(':=') ? readAssigned(cursor) : [];
  cursor.expect(';');
  return { kind: 'variables', ghost, locals, values, start, end: cursor.end };
}

function readAssigned(cursor: Cursor): Assigned[] {
  const list: Assigned[] = [];
  do { readAttributes(cursor); list.push(assigned(cursor)); } while (cursor.accept(','));
  return list;
}

function assigned(cursor: Cursor): Assigned {
  const { start } = cursor;
  if (cursor.is('*') && (cursor.is(';', 1) || cursor.is(',', 1))) { cursor.at++; return { kind: 'havoc', start, end: cursor.end }; }
  if (!cursor.accept('new')) { const value = readExpression(cursor); return { kind: 'expression', value, start, end: value.end }; }
  const type = cursor.is('[') ? { name: '?', args: [], text: '' } : readType(cursor);
  if (cursor.is('(')) return { kind: 'new-object', type, args: readArguments(cursor), start, end: cursor.end };
  if (!cursor.accept('[')) return { kind: 'new-object', type, start, end: cursor.end };
  const sizes = cursor.is(']') ? [] : readExpressions(cursor);
  cursor.expect(']');
  const initial = cursor.is('[') || cursor.is('(') ? readExpression(cursor) : undefined;
  return { kind: 'new-array', type, sizes, ...(initial ? { initial } : {}), start, end: cursor.end };
}

function conditional(cursor: Cursor, start: number): Statement {
  cursor.expect('if');
  if (cursor.is('case') || (cursor.is('{') && cursor.is('case', 1))) return cases(cursor, start, false);
  const condition = guard(cursor);
  const then = readBlock(cursor);
  let other: Statement | undefined;
  if (cursor.accept('else')) other = cursor.is('if') || cursor.is('{') ? statement(cursor) : cursor.fail('{');
  return { kind: 'if', ...(condition ? { condition } : {}), then, ...(other ? { else: other } : {}), start, end: cursor.end };
}

/** Undefined for `*`. A binding guard (`x :| P`) is not read. */
function guard(cursor: Cursor): Expression | undefined {
  if (cursor.is('(') && cursor.is('*', 1) && cursor.is(')', 2)) { cursor.at += 3; return undefined; }
  if (cursor.accept('*')) return undefined;
  return readExpression(cursor);
}

function cases(cursor: Cursor, start: number, loop: boolean): Statement {
  const clauses = loop ? readClauses(cursor) : [];
  const braced = cursor.accept('{');
  const list: { condition: Expression; body: Block }[] = [];
  while (cursor.accept('case')) {
    const condition = cursor.within(true, () => readExpression(cursor));
    cursor.expect('=>');
    list.push({ condition, body: caseBody(cursor) });
  }
  if (list.length === 0) cursor.fail('case');
  if (braced) cursor.expect('}');
  return { kind: 'cases', loop, clauses, cases: list, start, end: cursor.end };
}

/** Statements to the next case or the end. */
function caseBody(cursor: Cursor): Block {
  const { start } = cursor;
  const statements: Statement[] = [];
  while (!cursor.done && !cursor.is('case') && !cursor.is('}')) { if (!cursor.accept(';')) statements.push(readStatement(cursor)); }
  return { statements, start: statements[0]?.start ?? start, end: cursor.end };
}

function matching(cursor: Cursor, start: number): Statement {
  cursor.expect('match');
  const of = readExpression(cursor);
  const braced = cursor.accept('{');
  const list: { pattern: Pattern; body: Block }[] = [];
  while (cursor.accept('case')) {
    readAttributes(cursor);
    const pattern = readPattern(cursor);
    while (cursor.accept('|')) readPattern(cursor);
    cursor.expect('=>');
    list.push({ pattern, body: caseBody(cursor) });
  }
  if (braced) cursor.expect('}');
  return { kind: 'match', of, cases: list, start, end: cursor.end };
}

function whileLoop(cursor: Cursor, start: number): Loop {
  const condition = guard(cursor);
  const clauses = readClauses(cursor);
  const body = cursor.is('{') ? readBlock(cursor) : undefined;
  return { kind: 'while', ...(condition ? { condition } : {}), clauses, ...(body ? { body } : {}), start, end: cursor.end };
}

function forLoop(cursor: Cursor, start: number): Loop {
  cursor.expect('for');
  const name = cursor.word().text;
  const type = cursor.accept(':') ? readType(cursor) : undefined;
  cursor.expect(':=');
  const from = readExpression(cursor);
  const down = cursor.is('downto');
  if (!down && !cursor.is('to')) cursor.fail('to');
  cursor.at++;
  const to = cursor.accept('*') ? undefined : readExpression(cursor);
  const clauses = readClauses(cursor);
  const body = cursor.is('{') ? readBlock(cursor) : undefined;
  return { kind: 'for', counter: { name, ...(type ? { type } : {}) }, from, ...(to ? { to } : {}), down, clauses, ...(body ? { body } : {}), start, end: cursor.end };
}

function forallStatement(cursor: Cursor, start: number): Statement {
  cursor.expect('forall');
  const parenthesised = cursor.accept('(');
  const list = cursor.next.kind === 'word' ? readVariables(cursor) : [];
  readAttributes(cursor);
  const range = cursor.accept('|') ? readExpression(cursor) : undefined;
  if (parenthesised) cursor.expect(')');
  const clauses = readClauses(cursor);
  const body = cursor.is('{') ? readBlock(cursor) : undefined;
  if (!body) cursor.accept(';');
  return { kind: 'forall', variables: list, ...(range ? { range } : {}), clauses, ...(body ? { body } : {}), start, end: cursor.end };
}

const CALCULATION_OPERATORS = new Set(['==', '!=', '<', '<=', '>', '>=', '==>', '<==', '<==>']);

function calculation(cursor: Cursor, start: number): Statement {
  cursor.expect('calc');
  readAttributes(cursor);
  if (cursor.isAny(CALCULATION_OPERATORS)) cursor.at++;
  const open = cursor.at;
  cursor.expect('{');
  const close = closing(cursor.tokens, open, cursor.to);
  const lines: Expression[] = [], hints: Block[] = [];
  while (cursor.at < close) {
    if (cursor.isAny(CALCULATION_OPERATORS)) { cursor.at++; continue; }
    if (cursor.is('{')) { hints.push(readBlock(cursor)); continue; }
    lines.push(readExpression(cursor));
    cursor.expect(';');
  }
  cursor.expect('}');
  return { kind: 'calc', lines, hints, start, end: cursor.end };
}

function claim(cursor: Cursor, start: number): Statement {
  const kind = cursor.take().text as 'assert' | 'assume' | 'expect';
  readAttributes(cursor);
  if (cursor.next.kind === 'word' && cursor.is(':', 1)) cursor.at += 2;
  const condition = readExpression(cursor);
  if (kind === 'expect' && cursor.accept(',')) readExpression(cursor);
  let by: Block | undefined;
  if (cursor.accept('by')) by = readBlock(cursor); else cursor.expect(';');
  return { kind, condition, ...(by ? { by } : {}), start, end: cursor.end };
}
