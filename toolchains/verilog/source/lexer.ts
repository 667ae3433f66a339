/**
 * Cuts Verilog text into words, with their places. It knows comments, strings and escaped identifiers, so that nothing
 * inside them is taken for code. Places are 1-based; columns count UTF-16 units; ends are exclusive.
 */
import type { Range } from '../../contract.ts';

export type TokenKind = 'word' | 'number' | 'string' | 'symbol' | 'directive';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly range: Range;
  /** For `define`: the rest of its line(s), comments removed. */
  readonly rest?: string;
}

const SPACE = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const TOKEN = new RegExp([
  '(?<word>[A-Za-z_$][A-Za-z0-9_$]*|\\\\[^\\s]+)',
  '(?<directive>`[A-Za-z_][A-Za-z0-9_$]*|``|`")',
  '(?<string>"(?:[^"\\\\\\n]|\\\\[\\s\\S])*"?)',
  "(?<number>[0-9][0-9_]*(?:\\.[0-9]+)?|'[sS]?[bodhBODH]\\s*[0-9a-fA-FxXzZ?_]+|'[01xXzZ])",
  '(?<symbol>\\|->|\\|=>|##|->|=>|<=|>=|==|!=|&&|\\|\\||::|[\\s\\S])',
].join('|'), 'y');

/** Line and column of an offset; offsets must be asked in rising order. */
class Places {
  private line = 1;
  private start = 0;
  private next: number;
  constructor(private readonly text: string) { this.next = text.indexOf('\n'); }
  at(offset: number): { readonly line: number; readonly column: number } {
    while (this.next >= 0 && this.next < offset) {
      this.line++;
      this.start = this.next + 1;
      this.next = this.text.indexOf('\n', this.start);
    }
    return { line: this.line, column: offset - this.start + 1 };
  }
}

export function* tokens(text: string): Generator<Token> {
  const places = new Places(text);
  let offset = 0;
  while (offset < text.length) {
    SPACE.lastIndex = offset;
    if (SPACE.test(text)) { offset = SPACE.lastIndex; continue; }
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text)!;
    const kind = (Object.keys(match.groups!) as TokenKind[]).find(name => match.groups![name] !== undefined)!;
    const start = places.at(offset);
    offset = TOKEN.lastIndex;
    let rest: string | undefined;
    if (match[0] === '`define') {
      const end = endOfDefinition(text, offset);
      rest = text.slice(offset, end).replace(/\\\r?\n/g, ' ').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ');
      offset = end;
    }
    yield { kind, text: match[0], range: { start, end: places.at(offset) }, ...(rest !== undefined && { rest }) };
  }
}

/** A definition goes to the end of its line, further where the line ends in a backslash. */
function endOfDefinition(text: string, from: number): number {
  for (let at = from; ; at++) {
    at = text.indexOf('\n', at);
    if (at < 0) return text.length;
    const before = text[at - 1] === '\r' ? text[at - 2] : text[at - 1];
    if (before !== '\\') return at;
  }
}
