/** Brackets of a token sequence, strictly: what a tolerant reader would pass over is refused. */

/** What the languages' tokens have in common. */
export interface Lexeme { readonly kind: string; readonly text: string; readonly start: number; readonly end: number }

/** For each opening bracket the index of its closing one; undefined at the first that is not matched by its own kind. */
export function strictlyBalanced(tokens: readonly Lexeme[]): { readonly closers: readonly number[] } | { readonly wrong: number } {
  const closers = new Array<number>(tokens.length).fill(-1);
  const open: { readonly at: number; readonly close: string }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind !== 'symbol') continue;
    const close = text === '(' ? ')' : text === '[' ? ']' : text === '{' || text === '{:' ? '}' : undefined;
    if (close) open.push({ at, close });
    else if (text === ')' || text === ']' || text === '}') {
      const last = open.pop();
      if (last?.close !== text) return { wrong: at };
      closers[last.at] = at;
    }
  }
  return open.length > 0 ? { wrong: open[open.length - 1]!.at } : { closers };
}

/**
 * `a ! in b` is not `a !in b`: signs that stand together in the base stand together in the candidate, where nothing came
 * between them. `base` has the index in the base for each token of the candidate, -1 for what was added.
 */
export function sameGlue(before: readonly Lexeme[], after: readonly Lexeme[], base: readonly number[]): boolean {
  return base.every((own, index) => {
    const next = base[index + 1];
    if (own < 0 || next !== own + 1) return true;
    if (before[own]!.kind !== 'symbol' && before[next]!.kind !== 'symbol') return true;
    const isCombined = SIGN.test(before[own]!.text) && (SIGN.test(before[next]!.text) || before[next]!.text === 'in');
    return !isCombined || (before[own]!.end === before[next]!.start) === (after[index]!.end === after[index + 1]!.start);
  });
}

const SIGN = /[<>=!|&:.\-*/+@~^%#?]/;
