/**
 * Rust's tokens with Verus's operators, for reading declarations without a compiler. Never fails: what is not Rust
 * becomes symbols, an unclosed comment or string ends with the text. Offsets are UTF-16 code units of the text.
 */
export interface Token {
  readonly kind: 'word' | 'lifetime' | 'number' | 'string' | 'char' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A raw identifier is the identifier. */
const WORD = /(?:r#)?[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const NUMBER = /\d[\w]*(?:\.\d[\w]*)?/uy;
const RAW_STRING = /(?:br|cr|r)(#*)"/y;
const STRING = /[bc]?"(?:[^"\\]|\\[^])*"?/y;
const CHAR = /b?'(?:\\(?:u\{[^}']*\}|x[\da-fA-F]{2}|[^])|[^\\'\n])'/uy;
const LIFETIME = /'[\p{XID_Start}_][\p{XID_Continue}]*/uy;
/** Longest first. Only those whose parts would mislead a reader (an arrow is no bracket) are kept together. */
const SYMBOL = /<==>|==>|<==|&&&|\|\|\||===|!==|\.\.=|\.\.\.|::|->|=>|==|!=|<=|>=|&&|\|\||\.\.|=~=|[^\s]/uy;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  // "#!" with something else than "[" behind it is the line for the shell.
  if (text.startsWith('#!', at) && !/^#!\s*\[/.test(text.slice(at, at + 200))) at = lineEnd(text, at);
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const add = (kind: Token['kind'], found: string, shown = found): void => {
    tokens.push({ kind, text: shown, start: at, end: at + found.length });
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
    else if (code === 39 /* ' */) add((found = take(CHAR)) === undefined && take(LIFETIME) !== undefined ? 'lifetime' : found === undefined ? 'symbol' : 'char', found ?? take(LIFETIME) ?? "'");
    else if (code >= 48 && code <= 57) add('number', take(NUMBER)!);
    else if ((code === 98 || code === 99 || code === 114) /* b c r */ && (found = stringWithPrefix(text, at, take)) !== undefined) add(found.includes("'") && !found.includes('"') ? 'char' : 'string', found);
    else if ((found = take(WORD)) !== undefined) add('word', found, found.startsWith('r#') ? found.slice(2) : found);
    else if ((found = take(SYMBOL)) !== undefined) add('symbol', found);
    else at++;
  }
  return tokens;
}

function stringWithPrefix(text: string, at: number, take: (pattern: RegExp) => string | undefined): string | undefined {
  const raw = take(RAW_STRING);
  if (raw !== undefined) {
    const close = text.indexOf(`"${'#'.repeat(raw.split('#').length - 1)}`, at + raw.length);
    return close < 0 ? text.slice(at) : text.slice(at, close + raw.split('#').length);
  }
  return take(STRING) ?? take(CHAR);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Where a comment that begins here ends; `at` itself where none begins. Block comments nest. */
function afterComment(text: string, at: number): number {
  if (text.startsWith('//', at)) return lineEnd(text, at);
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

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function isOpening(token: Token | undefined): boolean { return token?.kind === 'symbol' && token.text in CLOSING; }

/**
 * Index of the token that closes the bracket at `open`; the last before `limit` where nothing does. A closing brace ends
 * parentheses that were left open inside it.
 */
export function closing(tokens: readonly Token[], open: number, limit: number = tokens.length): number {
  const wanted: string[] = [];
  for (let index = open; index < limit; index++) {
    const { kind, text } = tokens[index]!;
    if (kind !== 'symbol') continue;
    const close = CLOSING[text];
    if (close !== undefined) wanted.push(close);
    else if (text === ')' || text === ']' || text === '}') {
      const level = wanted.lastIndexOf(text);
      if (level >= 0 && (text === '}' || level === wanted.length - 1)) wanted.length = level;
      if (wanted.length === 0) return index;
    }
  }
  return limit - 1;
}

/** Index behind the generics that begin at `at`, or `at` itself. Arrows are tokens of their own, so angles can be counted. */
export function afterGenerics(tokens: readonly Token[], at: number, limit: number): number {
  if (tokens[at]?.text !== '<' || tokens[at]?.kind !== 'symbol') return at;
  let depth = 0;
  for (let index = at; index < limit; index++) {
    const token = tokens[index]!;
    if (isOpening(token)) { index = closing(tokens, index, limit); continue; }
    if (token.text === '<') depth++;
    else if (token.text === '>' && --depth === 0) return index + 1;
    else if (token.text === '>=' && --depth === 0) return index + 1;
    else if (token.text === ';') return index;
  }
  return limit;
}
