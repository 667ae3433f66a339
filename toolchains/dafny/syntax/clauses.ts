/** Reads the clauses of a specification: `requires`, `ensures`, frames, `decreases`, `invariant`. */
import type { Cursor } from './cursor.ts';
import { readExpression } from './expressions.ts';
import { readAttributes } from './open-ended.ts';
import type { Clause, ClauseKind, Expression } from './tree.ts';

const KINDS: ReadonlySet<string> = new Set<ClauseKind>(['requires', 'ensures', 'modifies', 'reads', 'decreases', 'invariant']);

/** All that stand here; semicolons of Dafny 1 behind them are passed over. */
export function readClauses(cursor: Cursor): Clause[] {
  const clauses: Clause[] = [];
  for (;;) {
    while (cursor.is(';') && clauses.length > 0) cursor.at++;
    if (cursor.is('free') || cursor.is('yield')) { if (!KINDS.has(cursor.peek(1).text)) return clauses; cursor.at++; }
    if (!cursor.isAny(KINDS)) return clauses;
    const { start } = cursor;
    const kind = cursor.take().text as ClauseKind;
    readAttributes(cursor);
    if (cursor.next.kind === 'word' && cursor.is(':', 1)) cursor.at += 2;
    const values: Expression[] = [];
    do {
      // `reads *`, `decreases *`
      if (cursor.is('*')) { values.push({ kind: 'opaque', text: '*', start: cursor.start, end: cursor.next.end }); cursor.at++; }
      else if (cursor.is('`')) { values.push({ kind: 'opaque', text: `\`${cursor.peek(1).text}`, start: cursor.start, end: cursor.peek(1).end }); cursor.at += 2; }
      else values.push(cursor.within(false, () => readExpression(cursor)));
    } while (cursor.accept(','));
    clauses.push({ kind, values, start, end: cursor.end });
  }
}
