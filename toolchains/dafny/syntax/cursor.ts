/** A place in a list of tokens. A reader that meets what it does not know throws {@link Unreadable}, which never leaves this folder. */
import type { Token } from '../source/tokens.ts';

export class Unreadable extends Error {
  constructor(readonly at: number, readonly wanted: string) { super(wanted); }
}

const NOTHING: Token = { kind: 'symbol', text: '', start: 0, end: 0 };

export class Cursor {
  /** In a cardinality or the domain of a comprehension a bar ends the expression. */
  barEnds = false;

  constructor(readonly text: string, readonly tokens: readonly Token[], public at: number, public to: number) {}

  get done(): boolean { return this.at >= this.to; }
  peek(ahead = 0): Token { const index = this.at + ahead; return index < this.to ? this.tokens[index]! : NOTHING; }
  get next(): Token { return this.peek(); }

  is(text: string, ahead = 0): boolean { const token = this.peek(ahead); return token.text === text && token.kind !== 'string' && token.kind !== 'char'; }
  isAny(texts: ReadonlySet<string>, ahead = 0): boolean { const token = this.peek(ahead); return (token.kind === 'word' || token.kind === 'symbol') && texts.has(token.text); }
  /** Two symbols without a space between them: `..`, `!!`. */
  isPair(first: string, second: string, ahead = 0): boolean {
    return this.is(first, ahead) && this.is(second, ahead + 1) && this.peek(ahead).end === this.peek(ahead + 1).start;
  }

  take(): Token {
    if (this.done) throw new Unreadable(this.at, 'more');
    return this.tokens[this.at++]!;
  }
  accept(text: string): boolean { if (!this.is(text)) return false; this.at++; return true; }
  acceptPair(first: string, second: string): boolean { if (!this.isPair(first, second)) return false; this.at += 2; return true; }
  expect(text: string): Token {
    if (!this.is(text)) throw new Unreadable(this.at, text);
    return this.take();
  }
  word(): Token {
    if (this.next.kind !== 'word') throw new Unreadable(this.at, 'a name');
    return this.take();
  }
  fail(wanted: string): never { throw new Unreadable(this.at, wanted); }

  get start(): number { return this.done ? this.end : this.tokens[this.at]!.start; }
  /** End of the token before this place. */
  get end(): number { return this.at > 0 ? this.tokens[this.at - 1]!.end : 0; }

  /** What `read` gives, or undefined, with the place as before, where it cannot read. */
  attempt<T>(read: () => T): T | undefined {
    const { at, barEnds } = this;
    try { return read(); } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.at = at;
      this.barEnds = barEnds;
      return undefined;
    }
  }

  within<T>(barEnds: boolean, read: () => T): T {
    const before = this.barEnds;
    this.barEnds = barEnds;
    try { return read(); } finally { this.barEnds = before; }
  }
}
