/** Tokens of one short command or of a solver's answer: parentheses, atoms, strings and quoted symbols as written. */

/** Reads at most `maximum` tokens of `text`; undefined where the text does not end between tokens or has more. */
export function tokenize(text: string, maximum = 10_000): readonly string[] | undefined {
  const tokens: string[] = [];
  const pattern = /\s+|;[^\n\r]*|([()])|("(?:[^"]|"")*")|(\|[^|]*\|)|([^\s()";|]+)/gy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return undefined;
    const token = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (token === undefined) continue;
    if (tokens.length === maximum) return undefined;
    tokens.push(token);
  }
  return tokens;
}

export type Expression = string | readonly Expression[];

/** Builds expressions from tokens without recursion; undefined where parentheses do not match. */
export function parseExpressions(text: string, maximumTokens = 200_000): readonly Expression[] | undefined {
  const tokens = tokenize(text, maximumTokens);
  if (!tokens) return undefined;
  const stack: Expression[][] = [[]];
  for (const token of tokens) {
    if (token === '(') stack.push([]);
    else if (token === ')') {
      const done = stack.pop()!;
      if (stack.length === 0) return undefined;
      stack.at(-1)!.push(done);
    } else stack.at(-1)!.push(token);
  }
  return stack.length === 1 ? stack[0] : undefined;
}

/** The text of an expression on one line. Iterative: a model may nest deeply. */
export function printExpression(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  let text = '';
  const work: (Expression | undefined)[] = [expression];
  while (work.length > 0) {
    const next = work.pop();
    if (next === undefined) { text += ')'; continue; }
    if (text !== '' && !text.endsWith('(')) text += ' ';
    if (typeof next === 'string') { text += next; continue; }
    text += '(';
    work.push(undefined);
    for (let index = next.length - 1; index >= 0; index--) work.push(next[index]);
  }
  return text;
}
