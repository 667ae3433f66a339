/**
 * Lean's tokens, for reading declarations without running Lean (elaboration is code). Never fails: what is not Lean
 * becomes symbols, an unclosed comment or string ends with the text. Offsets are UTF-16 code units.
 *
 * Lexical rules: Lean 4 reference, "Identifiers", "Whitespace", "String literals" (raw, interpolated). Lean's token
 * table grows with notations; here every sign that opens no bracket is a symbol by itself, which loses nothing that is
 * looked for. A string after `s!`, `m!`, `throwError` … is interpolated: the code in its braces is read as code.
 */
import { isIdentifierRest, isIdentifierStart } from './names.ts';

export interface Token {
  /** `word`: an identifier or keyword, dotted names as one. `name`: a quoted name (`foo), which uses nothing. */
  readonly kind: 'word' | 'name' | 'number' | 'string' | 'char' | 'doc' | 'symbol';
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** First on its line, and whether it stands in the first column. */
  readonly first: boolean;
  readonly column: number;
}

/** Words that take an interpolated string without a `!` before it (Lean.Exception, Lean.Log, `dbg_trace`). */
const INTERPOLATING = new Set(['throwError', 'throwErrorAt', 'logInfo', 'logWarning', 'logError', 'dbg_trace', 'throwUnsupported', 'throwNamedError']);

export function tokenise(text: string): Token[] {
  return new Scanner(text).run();
}

class Scanner {
  private readonly tokens: Token[] = [];
  private at: number;
  private lineStart = 0;
  private fresh = true;

  constructor(private readonly text: string) {
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  run(): Token[] {
    this.code(undefined);
    return this.tokens;
  }

  /** Reads code up to the end of the text, or up to the brace that ends an interpolation. */
  private code(until: '}' | undefined): void {
    const { text } = this;
    let depth = 0;
    while (this.at < text.length) {
      const sign = text[this.at]!;
      if (sign === '\n') { this.at++; this.lineStart = this.at; this.fresh = true; continue; }
      if (sign <= ' ') { this.at++; continue; }
      if (text.startsWith('--', this.at)) { const end = text.indexOf('\n', this.at); this.at = end < 0 ? text.length : end; continue; }
      if (text.startsWith('/-', this.at)) { this.comment(); continue; }
      if (sign === '"') { this.string(); continue; }
      if (sign === "'" && this.char()) continue;
      if (sign === 'r' && /^r#*"/.test(text.slice(this.at, this.at + 64)) && this.raw()) continue;
      if (sign === '`' && this.quotedName()) continue;
      if (sign >= '0' && sign <= '9') { this.match(/0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y, 'number'); continue; }
      if (this.word()) continue;
      if (until && sign === '{') depth++;
      if (until && sign === '}' && depth-- === 0) return;
      const width = (text.codePointAt(this.at)! > 0xffff) ? 2 : 1;
      this.add('symbol', this.at + (text.startsWith(':=', this.at) ? 2 : width));
    }
  }

  private add(kind: Token['kind'], end: number): void {
    this.tokens.push({ kind, text: this.text.slice(this.at, end), start: this.at, end, first: this.fresh, column: this.at - this.lineStart });
    this.fresh = false;
    this.move(end);
  }

  /** Goes on, past line ends within. */
  private move(end: number): void {
    const line = this.text.lastIndexOf('\n', end - 1);
    if (line >= this.at) this.lineStart = line + 1;
    this.at = end;
  }

  private match(pattern: RegExp, kind: Token['kind']): void {
    pattern.lastIndex = this.at;
    this.add(kind, this.at + pattern.exec(this.text)![0].length);
  }

  /** Nested; a doc comment is kept as a token, since it begins a declaration. */
  private comment(): void {
    const { text } = this;
    let depth = 1;
    let at = this.at + 2;
    // `/--/` is a whole comment of no content to Lean: the `-` may end what it began.
    if (text[at] === '-' && text[at + 1] === '/') { this.move(at + 2); return; }
    const doc = text[at] === '-';
    while (at < text.length && depth > 0) {
      if (text.startsWith('-/', at)) { depth--; at += 2; } else if (text.startsWith('/-', at)) { depth++; at += 2; } else at++;
    }
    if (doc) { const wasFresh = this.fresh; this.add('doc', at); this.fresh = wasFresh; } else this.move(at);
  }

  private interpolates(): boolean {
    const last = this.tokens.at(-1);
    if (!last) return false;
    return (last.kind === 'word' && ((last.text.endsWith('!') && last.end === this.at) || INTERPOLATING.has(last.text.split('.').at(-1)!)))
      || (last.text === ']' && this.tokens.slice(-6).some((token) => token.text === 'trace'));
  }

  private string(): void {
    const { text } = this;
    const interpolated = this.interpolates();
    const start = this.at;
    let at = this.at + 1;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\') { at += 2; continue; }
      if (interpolated && text[at] === '{') {
        this.add('string', at + 1);
        this.code('}');
        at = this.at;
        if (at < text.length) at++;
        continue;
      }
      at++;
    }
    const end = Math.min(text.length, at + 1);
    if (this.at <= start || end > this.at) this.add('string', end);
  }

  /** r"…" and r#"…"#: no escapes. */
  private raw(): boolean {
    const last = this.tokens.at(-1);
    if (last?.kind === 'word' && last.end === this.at) return false;
    const hashes = /^r(#*)"/.exec(this.text.slice(this.at, this.at + 64))![1]!;
    const end = this.text.indexOf(`"${hashes}`, this.at + hashes.length + 2);
    this.add('string', end < 0 ? this.text.length : end + 1 + hashes.length);
    return true;
  }

  /** 'a', '\n', '\u{3b1}'; not the prime of an operator such as f '' s. */
  private char(): boolean {
    const pattern = /'(?:\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]+\}|.)|[^\\'\n])'/uy;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return false;
    this.add('char', this.at + found[0].length);
    return true;
  }

  /** `foo and ``foo; a quotation `( … ) is code and read as such. */
  private quotedName(): boolean {
    const { text } = this;
    const start = this.at + (text[this.at + 1] === '`' ? 2 : 1);
    const end = nameEnd(text, start);
    if (end === start) return false;
    this.add('name', end);
    return true;
  }

  private word(): boolean {
    const end = nameEnd(this.text, this.at);
    if (end === this.at) return false;
    this.add('word', end);
    return true;
  }
}

/** End of a possibly dotted name that starts here; `start` where there is none. */
function nameEnd(text: string, start: number): number {
  let at = partEnd(text, start);
  if (at === start) return start;
  while (text[at] === '.') {
    const next = partEnd(text, at + 1);
    if (next === at + 1) break;
    at = next;
  }
  return at;
}

function partEnd(text: string, start: number): number {
  if (text[start] === '«') {
    const close = text.indexOf('»', start);
    const line = text.indexOf('\n', start);
    return close < 0 || (line >= 0 && line < close) ? start : close + 1;
  }
  let at = start;
  for (;;) {
    const code = text.codePointAt(at);
    if (code === undefined || !(at === start ? isIdentifierStart(code) : isIdentifierRest(code))) return at;
    at += code > 0xffff ? 2 : 1;
  }
}
