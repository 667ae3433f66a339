/**
 * Splits the bytes of an SMT-LIB 2.6 script into its top-level commands, without recursion and without
 * making strings, so that depth and size do not matter. It is stricter than the solvers on purpose: what
 * two of them read differently (a backslash in a quoted symbol, z3's block comments, NUL, control
 * characters, text between commands) ends the scan with a problem, so that no script means one thing here and another there.
 *
 * SMT-LIB 2.6, section 3.1: a comment ends at a line feed or a carriage return, a string doubles its
 * quotes, a quoted symbol holds neither a bar nor a backslash.
 */

export interface ScannedCommand {
  /** Byte offsets; `end` is one past the closing parenthesis. */
  readonly start: number;
  readonly end: number;
  /** The first token, as written; "" where it is no plain symbol (then it is no command that we know). */
  readonly name: string;
  readonly line: number;
}

export interface ScanProblem { readonly line: number; readonly offset: number; readonly message: string }

const TAB = 9, LINE_FEED = 10, CARRIAGE_RETURN = 13, QUOTE = 34, HASH = 35, OPEN = 40, CLOSE = 41, SEMICOLON = 59, BACKSLASH = 92, BAR = 124;

const enum Class { other, space, lineFeed, open, close, comment, string, quoted, illegal }

const classes = new Uint8Array(256).fill(Class.other);
for (let byte = 0; byte < 32; byte++) classes[byte] = Class.illegal;
for (let byte = 127; byte < 256; byte++) classes[byte] = Class.illegal;
classes[TAB] = Class.space; classes[CARRIAGE_RETURN] = Class.space; classes[32] = Class.space;
classes[LINE_FEED] = Class.lineFeed; classes[OPEN] = Class.open; classes[CLOSE] = Class.close;
classes[SEMICOLON] = Class.comment; classes[QUOTE] = Class.string; classes[BAR] = Class.quoted;

/** Longer first tokens are no command names; the bound keeps the string small. */
const LONGEST_NAME = 64;

export class ScriptScanner {
  /** Flat pairs of byte offsets [start, end) of the comments that solvers may read differently, in order: left out of a copy. */
  readonly oddComments: number[] = [];
  problem: ScanProblem | undefined;
  private offset = 0;
  private line = 1;

  constructor(private readonly bytes: Buffer) {
    if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)))
      this.fail(0, 'this is UTF-16 text; SMT-LIB is read as UTF-8: convert the file');
    // A UTF-8 byte-order mark is passed over here; the framed copy leaves it out.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.offset = 3;
  }

  /** The next command, or undefined at the end of the script or at a problem. */
  next(): ScannedCommand | undefined {
    if (this.problem || !this.skipGap()) return undefined;
    const start = this.offset;
    const line = this.line;
    if (this.bytes[start] !== OPEN) {
      this.fail(start, this.bytes[start] === CLOSE ? 'a closing parenthesis without its opening one' : 'text that belongs to no command');
      return undefined;
    }
    this.offset++;
    if (!this.skipGap()) return this.unclosed(start, line);
    const name = this.readName();
    return this.closeCommand(start, line) ? { start, end: this.offset, name, line } : undefined;
  }

  /** Skips white space and comments; false at the end of the bytes or at an illegal one. */
  private skipGap(): boolean {
    const { bytes } = this;
    for (;;) {
      if (this.offset >= bytes.length) return false;
      switch (classes[bytes[this.offset]!]) {
        case Class.space: this.offset++; break;
        case Class.lineFeed: this.offset++; this.line++; break;
        case Class.comment: this.skipComment(); break;
        case Class.illegal: this.illegal(); return false;
        default: return true;
      }
    }
  }

  private readName(): string {
    const { bytes, offset } = this;
    let end = offset;
    while (end < bytes.length && end - offset <= LONGEST_NAME && classes[bytes[end]!] === Class.other) end++;
    return end - offset > LONGEST_NAME ? '' : bytes.toString('latin1', offset, end);
  }

  /** Runs to the parenthesis that closes the command opened before. */
  private closeCommand(start: number, line: number): boolean {
    const { bytes } = this;
    const length = bytes.length;
    let depth = 1;
    while (this.offset < length) {
      let at = this.offset;
      while (at < length && classes[bytes[at]!]! <= Class.space) at++;
      this.offset = at;
      if (at === length) break;
      switch (classes[bytes[at]!]) {
        case Class.lineFeed: this.offset++; this.line++; break;
        case Class.open: this.offset++; depth++; break;
        case Class.close: this.offset++; if (--depth === 0) return true; break;
        case Class.comment: this.skipComment(); break;
        case Class.string: if (!this.skipString()) return false; break;
        case Class.quoted: if (!this.skipQuoted()) return false; break;
        default: this.illegal(); return false;
      }
    }
    this.unclosed(start, line);
    return false;
  }

  private skipComment(): void {
    const { bytes } = this;
    const start = this.offset;
    let end = start;
    let plain = true;
    for (; end < bytes.length; end++) {
      const byte = bytes[end]!;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
      if (byte < 32 && byte !== TAB) plain = false;
    }
    // Every solver ends a comment at a line feed; at a carriage return alone z3 4.8.12 does not.
    const ended = bytes[end] === LINE_FEED || (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED);
    if (!plain || !ended) this.oddComments.push(start, end);
    this.offset = end;
  }

  private skipString(): boolean {
    const { bytes } = this;
    const start = this.offset;
    const line = this.line;
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LINE_FEED) this.line++;
      else if (byte === 0) { this.offset = at; this.illegal(); return false; }
      else if (byte === QUOTE) {
        if (bytes[at + 1] === QUOTE) at++;
        else { this.offset = at + 1; return true; }
      }
    }
    this.line = line;
    this.fail(start, 'a string that is never closed');
    return false;
  }

  private skipQuoted(): boolean {
    const { bytes } = this;
    const start = this.offset;
    const line = this.line;
    if (bytes[start - 1] === HASH) { this.fail(start - 1, 'a block comment "#| … |#", which z3 alone knows: for the standard a symbol begins at its bar'); return false; }
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LINE_FEED) this.line++;
      else if (byte === 0) { this.offset = at; this.illegal(); return false; }
      else if (byte === BACKSLASH) { this.fail(at, 'a backslash in a quoted symbol, which solvers read differently'); return false; }
      else if (byte === BAR) { this.offset = at + 1; return true; }
    }
    this.line = line;
    this.fail(start, 'a quoted symbol that is never closed');
    return false;
  }

  private unclosed(start: number, line: number): undefined {
    if (this.problem) return undefined;
    this.line = line;
    this.fail(start, 'a command that is never closed');
    return undefined;
  }

  private illegal(): void {
    const byte = this.bytes[this.offset]!;
    this.fail(this.offset, byte === 0 ? 'a NUL byte: this is no text'
      : `the byte 0x${byte.toString(16).padStart(2, '0')}, which SMT-LIB allows only in strings, quoted symbols and comments`);
  }

  private fail(offset: number, message: string): void {
    this.problem ??= { line: this.line, offset, message };
  }
}
