/**
 * Assertions in Verilog text, where they can be left out: as a statement between others, as an item of a module, or as an
 * `always` block that holds nothing else. All that they say is read over a closed set of operators and functions, so that
 * they can change no register, and what they are believed for is proved with the rest.
 */
import type { Piece } from '../../guard/align.ts';
import type { GuardRule } from '../../guard.ts';

export interface Lexical { readonly kind: string; readonly text: string; readonly start: number; readonly end: number }

export interface VerilogPiece extends Piece {
  readonly kind: 'assertion' | 'always block';
  readonly children: readonly VerilogPiece[];
}

export interface Refusal { readonly rule: GuardRule; readonly why: string }

/** Functions of the language without effect; `$past` and its like are yosys's sampled values. */
const FUNCTIONS = new Set(['$past', '$stable', '$changed', '$rose', '$fell', '$signed', '$unsigned', '$countones', '$onehot', '$onehot0', '$clog2', '$bits', '$isunknown', '$initstate']);
const ALWAYS = new Set(['always', 'always_comb', 'always_ff']);
/** What may stand before a statement that is by itself: not a condition, a case's label, or an `else`. */
const BEFORE = new Set(['begin', ';', 'end', 'endcase', 'endfunction', 'endtask', 'endgenerate', 'join', 'endproperty', 'endsequence']);

export class AssertionReader {
  constructor(private readonly tokens: readonly Lexical[], private readonly closers: readonly number[]) {}

  private text(at: number): string | undefined { return this.tokens[at]?.kind === 'string' ? undefined : this.tokens[at]?.text; }
  private past(open: number): number { return this.closers[open]! + 1; }

  file(): VerilogPiece[] {
    const found: VerilogPiece[] = [];
    for (let at = 0; at < this.tokens.length;) {
      const end = BEFORE.has(this.text(at - 1) ?? '') ? this.assertion(at) ?? this.always(at) : undefined;
      if (end !== undefined) {
        found.push({ kind: ALWAYS.has(this.text(at)!) ? 'always block' : 'assertion', first: at, end, children: [] });
        at = end;
      } else at = this.text(at) === '(' || this.text(at) === '[' || this.text(at) === '{' ? this.past(at) : at + 1;
    }
    return found;
  }

  /** `name: assert property (…);`; the end, or undefined where none stands here. */
  private assertion(first: number): number | undefined {
    let at = first;
    if (this.tokens[at]?.kind === 'word' && this.text(at + 1) === ':' && this.text(at) !== 'default') at += 2;
    if (this.text(at) !== 'assert') return undefined;
    at++;
    if (this.text(at) === 'property') at++;
    if (this.text(at) !== '(') return undefined;
    const end = this.past(at);
    return this.text(end) === ';' ? end + 1 : undefined;
  }

  /** `always @(…)` around assertions, conditions and blocks alone. */
  private always(at: number): number | undefined {
    if (!ALWAYS.has(this.text(at) ?? '')) return undefined;
    let end = at + 1;
    if (this.text(end) === '@') end = this.text(end + 1) === '(' ? this.past(end + 1) : this.text(end + 1) === '*' ? end + 2 : -1;
    else if (this.text(at) !== 'always_comb') return undefined;
    return end < 0 ? undefined : this.statement(end);
  }

  private statement(at: number): number | undefined {
    if (this.text(at) === 'begin') {
      let end: number | undefined = at + 1;
      while (end !== undefined && this.text(end) !== 'end') end = this.statement(end);
      return end === undefined ? undefined : end + 1;
    }
    if (this.text(at) === 'if') {
      if (this.text(at + 1) !== '(') return undefined;
      const then = this.statement(this.past(at + 1));
      return then !== undefined && this.text(then) === 'else' ? this.statement(then + 1) : then;
    }
    return this.assertion(at);
  }

  refusal(piece: VerilogPiece, functions: ReadonlySet<string>): Refusal | undefined {
    for (let at = piece.first; at < piece.end; at++) {
      const { kind, text } = this.tokens[at]!;
      const next = this.text(at + 1);
      if (kind === 'directive') return { rule: 'redefinition', why: `uses ${text}, whose text is not known here` };
      if (kind === 'string') return { rule: 'not-proof', why: 'a string within an assertion' };
      if (text === '=' || (text === '+' || text === '-') && next === text && this.glued(at)) return { rule: 'executable', why: 'changes a variable' };
      if (text === '<=' && this.depthless(piece, at)) return { rule: 'executable', why: 'changes a register' };
      if (text === '(' && next === '*') return { rule: 'attribute', why: 'adds an attribute' };
      if (kind === 'word' && text.startsWith('$') && !FUNCTIONS.has(text)) return { rule: 'executable', why: `calls ${text}` };
      if (kind === 'word' && (functions.has(text) || (next === '(' && !KEYWORDS.has(text) && !text.startsWith('$')))) return { rule: 'executable', why: `calls ${text}, which may have an effect` };
      if (text === '#') return { rule: 'executable', why: 'adds a delay' };
    }
    return undefined;
  }

  private glued(at: number): boolean { return this.tokens[at]!.end === this.tokens[at + 1]?.start; }

  /** Outside of all parentheses of the piece. */
  private depthless(piece: VerilogPiece, target: number): boolean {
    for (let at = piece.first; at < target; at++) if (this.text(at) === '(' && this.past(at) > target) return false;
    return true;
  }
}

const KEYWORDS = new Set(['assert', 'property', 'if', 'always', 'or', 'posedge', 'negedge', 'inside', 'and', 'not', 'iff', 'disable']);
