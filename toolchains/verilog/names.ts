/** Symbols of obligations: by label where there is one, else by what the statement says, so that edits elsewhere do not move them. */
import { createHash } from 'node:crypto';
import type { PropertyStatement } from './source/statements.ts';

/** Longer expressions are cut, with a hash in place of the rest. */
const SHOWN = 60;

/** The obligation of a task whose sources name no property. */
export const placeholderSymbol = '(task)';

export function symbolsOf(statements: readonly PropertyStatement[]): readonly string[] {
  const counts = new Map<string, number>();
  return statements.map(statement => {
    const own = statement.label ?? `${statement.word}(${shortened(statement.expression)})`;
    const symbol = `${statement.module}.${own}`;
    const count = (counts.get(symbol) ?? 0) + 1;
    counts.set(symbol, count);
    return count === 1 ? symbol : `${symbol}#${count}`;
  });
}

export function shortened(text: string): string {
  if (text.length <= SHOWN) return text;
  return `${text.slice(0, SHOWN)}…${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
