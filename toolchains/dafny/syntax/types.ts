/** Reads types: `seq<int>`, `array2<T>`, `(int, bool)`, `T -> U`, `M.C<int>?`. */
import type { Cursor } from './cursor.ts';
import type { Type } from './tree.ts';

export function readType(cursor: Cursor): Type {
  const start = cursor.start;
  const first = simpleType(cursor);
  const arrow = cursor.isPair('-', '->') || cursor.isPair('-', '-') ? 2 : cursor.is('->') || cursor.is('~>') || cursor.is('-->') ? 1 : 0;
  if (arrow === 0) return first;
  cursor.at += arrow;
  if (arrow === 2 && cursor.is('>')) cursor.at++;
  const result = readType(cursor);
  return { name: '->', args: [first, result], text: cursor.text.slice(start, cursor.end) };
}

function simpleType(cursor: Cursor): Type {
  const start = cursor.start;
  if (cursor.accept('(')) {
    const args: Type[] = [];
    while (!cursor.is(')')) {
      cursor.accept('ghost');
      args.push(readType(cursor));
      if (!cursor.accept(',')) break;
    }
    cursor.expect(')');
    return args.length === 1 ? { ...args[0]!, text: cursor.text.slice(start, cursor.end) } : { name: '()', args, text: cursor.text.slice(start, cursor.end) };
  }
  let name = cursor.word().text;
  let args = typeArguments(cursor);
  while (cursor.is('.') && cursor.peek(1).kind === 'word') {
    cursor.at++;
    name += `.${cursor.word().text}`;
    args = [...args, ...typeArguments(cursor)];
  }
  return { name, args, text: cursor.text.slice(start, cursor.end) };
}

/** None where no list of types stands here. */
export function typeArguments(cursor: Cursor): readonly Type[] {
  if (!cursor.is('<')) return [];
  return cursor.attempt(() => {
    cursor.expect('<');
    const args: Type[] = [];
    do args.push(readType(cursor)); while (cursor.accept(','));
    cursor.expect('>');
    return args;
  }) ?? [];
}
