/** Reads what an operator stands between: names, literals, calls, selections, displays, quantifiers, conditionals. */
import { closing } from '../source/tokens.ts';
import type { Cursor } from './cursor.ts';
import { readExpression, readExpressions } from './expressions.ts';
import { readComprehension, readConditional, readLambda, readLet, readMatch, readProof, startsLambda } from './open-ended.ts';
import type { CollectionKind, Expression } from './tree.ts';
import { typeArguments } from './types.ts';

const COLLECTIONS = new Set(['set', 'iset', 'map', 'imap']);
/** Words that can never begin an expression. */
const NEVER = new Set([
  'then', 'else', 'by', 'case', 'in', 'as', 'is', 'requires', 'ensures', 'modifies', 'reads', 'decreases', 'invariant', 'returns', 'while', 'for', 'return', 'break', 'method', 'function', 'predicate', 'lemma',
  'print', 'import', 'module', 'class', 'datatype', 'const', 'new', 'label', 'yield', 'modify',
]);

export function readPrimary(cursor: Cursor): Expression {
  let expression = head(cursor);
  for (let more = suffix(cursor, expression); more; more = suffix(cursor, expression)) expression = more;
  return expression;
}

function head(cursor: Cursor): Expression {
  const token = cursor.next;
  const { start } = token;
  if (cursor.done) cursor.fail('an expression');
  switch (token.kind) {
    case 'number': cursor.at++; return { kind: 'literal', of: 'number', text: token.text, start, end: token.end };
    case 'string': cursor.at++; return { kind: 'literal', of: 'string', text: token.text, start, end: token.end };
    case 'char': cursor.at++; return { kind: 'literal', of: 'char', text: token.text, start, end: token.end };
    case 'symbol': return symbol(cursor, token.text, start);
    case 'word': return word(cursor, token.text, start);
  }
}

function symbol(cursor: Cursor, text: string, start: number): Expression {
  switch (text) {
    case '(': {
      if (startsLambda(cursor)) return readLambda(cursor);
      cursor.at++;
      const elements: Expression[] = [];
      cursor.within(false, () => {
        while (!cursor.is(')')) {
          cursor.accept('ghost');
          if (cursor.next.kind === 'number' && cursor.is(':=', 1)) cursor.at += 2;
          elements.push(readExpression(cursor));
          if (!cursor.accept(',')) break;
        }
        cursor.expect(')');
      });
      const end = cursor.end;
      return elements.length === 1 ? { kind: 'parentheses', inner: elements[0]!, start, end } : { kind: 'tuple', elements, start, end };
    }
    case '|': {
      cursor.at++;
      const operand = cursor.within(true, () => readExpression(cursor));
      cursor.expect('|');
      return { kind: 'size', operand, start, end: cursor.end };
    }
    case '||': cursor.fail('an expression'); break;
    case '[': return display(cursor, 'seq', start);
    case '{': return display(cursor, 'set', start);
    default: return cursor.fail('an expression');
  }
}

function display(cursor: Cursor, of: CollectionKind, start: number): Expression {
  const close = cursor.is('[') ? ']' : '}';
  cursor.at++;
  const elements: Expression[] = [], values: Expression[] = [];
  cursor.within(false, () => {
    while (!cursor.is(close)) {
      elements.push(readExpression(cursor));
      if (of === 'map' || of === 'imap') { cursor.expect(':='); values.push(readExpression(cursor)); }
      if (!cursor.accept(',')) break;
    }
    cursor.expect(close);
  });
  return { kind: 'display', of, elements, ...(of === 'map' || of === 'imap' ? { values } : {}), start, end: cursor.end };
}

function word(cursor: Cursor, text: string, start: number): Expression {
  switch (text) {
    case 'true': case 'false': cursor.at++; return { kind: 'literal', of: 'boolean', text, start, end: cursor.end };
    case 'null': cursor.at++; return { kind: 'literal', of: 'null', text, start, end: cursor.end };
    case 'this': cursor.at++; return { kind: 'literal', of: 'this', text, start, end: cursor.end };
    case 'forall': case 'exists': return readComprehension(cursor);
    case 'if': return readConditional(cursor);
    case 'match': return readMatch(cursor);
    case 'var': return readLet(cursor);
    case 'ghost': return cursor.is('var', 1) ? readLet(cursor) : cursor.fail('an expression');
    case 'assert': case 'assume': case 'expect': case 'reveal': case 'calc': return readProof(cursor);
    default: break;
  }
  if (COLLECTIONS.has(text)) {
    if (cursor.is('{', 1) || cursor.is('[', 1)) { cursor.at++; return display(cursor, text as CollectionKind, start); }
    if (cursor.peek(1).kind === 'word' || cursor.is('{:', 1)) return readComprehension(cursor);
  }
  if (text === 'multiset' && cursor.is('{', 1)) { cursor.at++; return display(cursor, 'multiset', start); }
  if (NEVER.has(text)) cursor.fail('an expression');
  if (startsLambda(cursor)) return readLambda(cursor);
  cursor.at++;
  const types = namedTypes(cursor);
  return { kind: 'name', name: text, ...(types.length > 0 ? { types } : {}), start, end: cursor.end };
}

/** `f<int>(x)`, `C<int>.D`; `a < b` otherwise. */
function namedTypes(cursor: Cursor): ReturnType<typeof typeArguments> {
  const { at } = cursor;
  const types = typeArguments(cursor);
  if (types.length > 0 && !cursor.is('(') && !(cursor.is('.') && !cursor.isPair('.', '.'))) { cursor.at = at; return []; }
  return types;
}

function suffix(cursor: Cursor, of: Expression): Expression | undefined {
  const { start } = of;
  if (cursor.is('.') && !cursor.isPair('.', '.')) {
    if (cursor.is('(', 1)) {
      cursor.at += 2;
      const changes: { key: Expression; value: Expression }[] = [];
      cursor.within(false, () => {
        do {
          const key: Expression = { kind: 'name', name: cursor.next.text, start: cursor.start, end: cursor.next.end };
          cursor.at++;
          cursor.expect(':=');
          changes.push({ key, value: readExpression(cursor) });
        } while (cursor.accept(','));
        cursor.expect(')');
      });
      return { kind: 'update', of, members: true, changes, start, end: cursor.end };
    }
    const member = cursor.peek(1);
    if (member.kind !== 'word' && member.kind !== 'number') return undefined;
    cursor.at += 2;
    // The tokeniser takes the members of `p.0.1` for one number.
    const parts = member.kind === 'number' ? member.text.split('.') : [member.text];
    let inner = of;
    for (const part of parts.slice(0, -1)) inner = { kind: 'select', of: inner, member: part, start, end: cursor.end };
    const types = namedTypes(cursor);
    return { kind: 'select', of: inner, member: parts.at(-1)!, ...(types.length > 0 ? { types } : {}), start, end: cursor.end };
  }
  if (cursor.is('[')) return indexed(cursor, of);
  if (cursor.is('(') || (cursor.is('@') && cursor.peek(1).kind === 'word' && cursor.is('(', 2) && cursor.next.start === of.end)) {
    const label = cursor.accept('@') ? cursor.take().text : undefined;
    const args = readArguments(cursor);
    return { kind: 'call', callee: of, args, ...(label === undefined ? {} : { label }), start, end: cursor.end };
  }
  if (cursor.is('`') && cursor.peek(1).kind === 'word') {
    cursor.at += 2;
    return { kind: 'opaque', text: cursor.text.slice(start, cursor.end), start, end: cursor.end };
  }
  if (cursor.is('#') && cursor.is('[', 1)) {
    cursor.at = closing(cursor.tokens, cursor.at + 1, cursor.to) + 1;
    if (cursor.is('(')) readArguments(cursor);
    return { kind: 'opaque', text: cursor.text.slice(start, cursor.end), start, end: cursor.end };
  }
  return undefined;
}

export function readArguments(cursor: Cursor): Expression[] {
  cursor.expect('(');
  const args: Expression[] = [];
  cursor.within(false, () => {
    while (!cursor.is(')')) {
      if (cursor.next.kind === 'word' && cursor.is(':=', 1)) cursor.at += 2;
      args.push(readExpression(cursor));
      if (!cursor.accept(',')) break;
    }
    cursor.expect(')');
  });
  return args;
}

function indexed(cursor: Cursor, of: Expression): Expression {
  const { start } = of;
  cursor.at++;
  return cursor.within(false, (): Expression => {
    const from = cursor.isPair('.', '.') ? undefined : readExpression(cursor);
    if (cursor.acceptPair('.', '.')) {
      const to = cursor.is(']') ? undefined : readExpression(cursor);
      cursor.expect(']');
      return { kind: 'slice', of, ...(from ? { from } : {}), ...(to ? { to } : {}), start, end: cursor.end };
    }
    if (cursor.accept(':=')) {
      const changes = [{ key: from!, value: readExpression(cursor) }];
      while (cursor.accept(',')) { const key = readExpression(cursor); cursor.expect(':='); changes.push({ key, value: readExpression(cursor) }); }
      cursor.expect(']');
      return { kind: 'update', of, members: false, changes, start, end: cursor.end };
    }
    // `s[2: 3: 1]` cuts a sequence into pieces.
    if (cursor.is(':')) {
      cursor.at = closing(cursor.tokens, openOf(cursor), cursor.to) + 1;
      return { kind: 'opaque', text: cursor.text.slice(start, cursor.end), start, end: cursor.end };
    }
    const at = [from!, ...(cursor.accept(',') ? readExpressions(cursor) : [])];
    cursor.expect(']');
    return { kind: 'index', of, at, start, end: cursor.end };
  });
}

function openOf(cursor: Cursor): number {
  let depth = 0;
  for (let at = cursor.at - 1; at >= 0; at--) {
    const { text, kind } = cursor.tokens[at]!;
    if (kind !== 'symbol') continue;
    if (text === ']' || text === ')' || text === '}') depth++;
    else if (text === '[' || text === '(' || text === '{') { if (depth === 0) return at; depth--; }
  }
  return cursor.fail('[');
}
