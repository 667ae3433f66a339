/**
 * Dafny's tokens, for reading declarations without the tool. Never fails: what is not Dafny becomes symbols, an
 * unclosed comment or string ends with the text. Offsets are UTF-16 code units of the text.
 */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'char' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Letters, digits, `_`, `'` and `?` (reference manual, "Identifiers"). */
const WORD = /[\p{L}_'?][\p{L}\p{N}_'?]*/uy;
const NUMBER = /\d[\d_]*(?:\.\d[\d_]*)?|0x[\da-fA-F_]+/y;
const HEXADECIMAL = /0x[\da-fA-F_]+/y;
const CHAR = /'(?:[^'\\\r\n]|\\['"\\0nrt]|\\u[\da-fA-F]{4}|\\U\{[\da-fA-F_]+\}|\p{L})'/uy;
const STRING = /"(?:[^"\\\r\n]|\\.)*"?/y;
const VERBATIM = /@"(?:[^"]|"")*"?/y;
/** Longest first. Only those whose parts would mislead a reader are kept together. */
const SYMBOL = /<==>|==>|<==|\.\.\.|::|:=|:\||:-|\{:|=>|->|~>|==|!=|<=|>=|\|\||&&|<-|[^\s]/uy;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const add = (kind: Token['kind'], found: string): void => {
    tokens.push({ kind, text: found, start: at, end: at + found.length });
    at += found.length;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 0xa0) { at++; continue; }
    if (code === 47 /* / */) {
      const after = afterComment(text, at);
      if (after > at) { at = after; continue; }
    }
    let found: string | undefined;
    if (code === 34 /* " */) add('string', take(STRING)!);
    else if (code === 64 /* @ */ && (found = take(VERBATIM)) !== undefined) add('string', found);
    else if (code === 39 /* ' */ && (found = take(CHAR)) !== undefined) add('char', found);
    else if (code >= 48 && code <= 57) add('number', take(HEXADECIMAL) ?? take(NUMBER)!);
    else if ((found = take(WORD)) !== undefined) add('word', found);
    else if ((found = take(SYMBOL)) !== undefined) add('symbol', found);
    else at++;
  }
  return tokens;
}

/** Where a comment that begins here ends; `at` itself where none begins. Block comments nest. */
function afterComment(text: string, at: number): number {
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (!text.startsWith('/*', at)) return at;
  let depth = 0;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return match.index + 2;
  }
  return text.length;
}

const OPENING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '{:': '}' };

/**
 * Index of the token that closes the bracket at `open`. Brackets of other kinds inside must not match exactly: a
 * missing one ends with the enclosing one. `limit` where nothing closes it.
 */
export function closing(tokens: readonly Token[], open: number, limit: number = tokens.length, stop?: (index: number) => boolean): number {
  const wanted: string[] = [];
  for (let index = open; index < limit; index++) {
    const { kind, text } = tokens[index]!;
    if (kind === 'symbol') {
      const close = OPENING[text];
      if (close !== undefined) wanted.push(close);
      else if (text === ')' || text === ']' || text === '}') {
        // A brace closes what was left open within it; a stray closing parenthesis is passed over.
        const level = wanted.lastIndexOf(text);
        if (level >= 0 && (text === '}' || level === wanted.length - 1)) wanted.length = level;
        if (wanted.length === 0) return index;
      }
    }
    if (index > open && stop?.(index)) return index - 1;
  }
  return limit - 1;
}
