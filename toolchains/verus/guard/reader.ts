/**
 * Where statements and clauses of Verus functions begin and end. Brackets are strictly matched before; between them Rust's own
 * rules for statements are few. What is told apart wrongly does not fit the base, and what is not known is not a piece.
 */
import { attributesAt } from '../source/attributes.ts';
import type { RustFunction } from '../source/items.ts';
import type { Token } from '../source/tokens.ts';
import { piece, type VerusPiece } from './node.ts';

const FUNCTION_CLAUSES = new Set(['requires', 'ensures', 'decreases', 'recommends', 'returns', 'default_ensures', 'opens_invariants', 'no_unwind', 'when', 'via']);
const LOOP_CLAUSES = new Set(['invariant', 'invariant_except_break', 'invariant_ensures', 'ensures', 'decreases']);
const JUMPS = new Set(['return', 'break', 'continue']);
const ITEMS = new Set(['fn', 'spec', 'exec', 'use', 'const', 'static', 'struct', 'enum', 'impl', 'mod', 'trait', 'type', 'macro_rules', 'extern', 'pub', 'open', 'closed', 'axiom', 'uninterp', 'global']);

export class VerusReader {
  constructor(private readonly tokens: readonly Token[], private readonly closers: readonly number[]) {}

  private text(at: number): string | undefined {
    const token = this.tokens[at];
    return token && token.kind !== 'string' && token.kind !== 'char' ? token.text : undefined;
  }
  private past(open: number): number { return this.closers[open]! + 1; }
  private opens(at: number): boolean { return /^[([{]$/.test(this.text(at) ?? '') && this.tokens[at]!.kind === 'symbol'; }

  function(declaration: RustFunction): VerusPiece {
    const { first, last, nameToken, body, mode } = declaration;
    const children: VerusPiece[] = [];
    for (let group = attributesAt(this.tokens, first, nameToken), at = first; group; group = attributesAt(this.tokens, at, nameToken)) {
      children.push(piece({ kind: 'attribute', first: at, end: group.last + 1, word: group.attributes.map((one) => one.name).join(' ') }));
      at = group.last + 1;
    }
    const end = body ? body.open : this.text(last) === ';' ? last : last + 1;
    let head = nameToken + 1;
    while (head < end && !FUNCTION_CLAUSES.has(this.text(head) ?? '')) head = this.opens(head) ? this.past(head) : head + 1;
    children.push(...this.clauses(head, end, FUNCTION_CLAUSES, 'clause'));
    if (body && mode !== 'spec') children.push(...this.statements(body.open + 1, body.close, mode === 'proof'));
    return piece({ kind: 'function', first, end: last + 1, children, declaration, inGhost: mode !== 'exec' });
  }

  /** Clauses of tokens [from, end), which begins with one. */
  private clauses(from: number, end: number, words: ReadonlySet<string>, kind: 'clause' | 'loop clause'): VerusPiece[] {
    const found: VerusPiece[] = [];
    for (let at = from; at < end;) {
      const word = this.text(at)!;
      let stop = at + 1;
      while (stop < end && !(words.has(this.text(stop) ?? '') && this.tokens[stop]!.kind === 'word' && this.text(stop - 1) !== '.')) stop = this.opens(stop) ? this.past(stop) : stop + 1;
      found.push(piece({ kind, first: at, end: stop, word, children: kind === 'loop clause' ? this.elements(at + 1, stop) : [] }));
      at = stop;
    }
    return found;
  }

  /** The expressions of a list and the commas between them, each by itself. */
  private elements(from: number, end: number): VerusPiece[] {
    const found: VerusPiece[] = [];
    let start = from;
    for (let at = from; at <= end;) {
      if (at === end || this.text(at) === ',') {
        if (at > start) found.push(piece({ kind: 'element', first: start, end: at }));
        if (at < end) found.push(piece({ kind: 'comma', first: at, end: at + 1 }));
        start = at + 1;
        at++;
      } else if (this.text(at) === '|') at = this.closureEnd(at, end);
      else at = this.opens(at) ? this.past(at) : at + 1;
    }
    return found;
  }

  /** Behind the parameters of `|a, b: T|`, where these begin here; behind the sign where it is an operator. */
  private closureEnd(at: number, end: number): number {
    const before = this.tokens[at - 1];
    const isOperator = before && (before.kind === 'number' || /^[)\]}]$/.test(before.text) || (before.kind === 'word' && !/^(?:forall|exists|choose|implies|in|return|move|invariant|ensures|decreases)$/.test(before.text)));
    if (isOperator) return at + 1;
    for (let index = at + 1; index < end; index = this.opens(index) ? this.past(index) : index + 1) if (this.text(index) === '|') return index + 1;
    return at + 1;
  }

  statements(from: number, limit: number, inGhost: boolean): VerusPiece[] {
    const found: VerusPiece[] = [];
    for (let at = from; at < limit;) {
      const statement = this.statement(at, limit, inGhost);
      found.push(statement);
      at = Math.max(at + 1, statement.end);
    }
    return found;
  }

  private statement(first: number, limit: number, inGhost: boolean): VerusPiece {
    let at = first;
    for (let group = attributesAt(this.tokens, at, limit); group; group = attributesAt(this.tokens, at, limit)) at = group.last + 1;
    if (this.tokens[at]?.kind === 'lifetime' && this.text(at + 1) === ':') at += 2;
    const word = this.text(at) ?? '';
    const make = (kind: VerusPiece['kind'], end: number, children: readonly VerusPiece[] = [], name = word): VerusPiece => piece({ kind, first, end: Math.min(end, limit), children, word: name, inGhost });
    if (word === 'proof' && this.text(at + 1) === '{') return make('proof block', this.past(at + 1), this.statements(at + 2, this.past(at + 1) - 1, true));
    if (word === '{') return make('block', this.past(at), this.statements(at + 1, this.past(at) - 1, inGhost));
    if (word === 'unsafe' && this.text(at + 1) === '{') return make('block', this.past(at + 1), this.statements(at + 2, this.past(at + 1) - 1, inGhost), 'unsafe');
    if (word === 'if') return this.conditional(first, at, limit, inGhost);
    if (word === 'match') {
      const open = this.brace(at + 1, limit);
      return open === undefined ? make('item', limit) : make('match', this.past(open), this.arms(open + 1, this.past(open) - 1, inGhost));
    }
    if (word === 'while' || word === 'for' || word === 'loop') return this.loop(first, at, limit, inGhost);
    if (word === 'assert' && (this.text(at + 1) === '(' || this.text(at + 1) === 'forall')) return this.assertion(first, at, limit, inGhost);
    if ((word === 'proof' || ITEMS.has(word)) && this.text(at + 1) !== '(') return make('item', this.itemEnd(at, limit));
    if (word === 'broadcast') return make(this.text(at + 1) === 'use' ? 'broadcast use' : 'item', this.semicolon(at, limit));
    if (word === 'let') return make(this.text(at + 1) === 'ghost' || this.text(at + 1) === 'tracked' ? 'ghost variable' : 'variable', this.semicolon(at, limit));
    if (JUMPS.has(word)) return make('jump', this.semicolon(at, limit));
    if (word.startsWith('reveal') && this.text(at + 1) === '(') return make('reveal', this.semicolon(at, limit));
    if (this.tokens[at]?.kind === 'word' && this.text(at + 1) === '!' && this.opens(at + 2)) {
      const end = this.past(at + 2);
      return make('macro', this.text(at + 2) === '{' ? (this.text(end) === ';' ? end + 1 : end) : this.semicolon(at, limit));
    }
    return make('expression', this.semicolon(at, limit));
  }

  /** Behind the semicolon of this level, or the end of the block. */
  private semicolon(from: number, limit: number): number {
    for (let at = from; at < limit; at = this.opens(at) ? this.past(at) : at + 1) if (this.text(at) === ';') return at + 1;
    return limit;
  }

  private itemEnd(from: number, limit: number): number {
    for (let at = from; at < limit; at = this.opens(at) ? this.past(at) : at + 1) {
      if (this.text(at) === ';') return at + 1;
      if (this.text(at) === '{') return this.past(at);
    }
    return limit;
  }

  /** The brace of this level that is no part of an expression before it. */
  private brace(from: number, limit: number): number | undefined {
    let pending = 0;
    for (let at = from; at < limit;) {
      const text = this.text(at);
      if (text === ';') return undefined;
      if (text === 'if' || text === 'match' || text === 'unsafe') pending++;
      if (text === '{') {
        const before = this.tokens[at - 1]!;
        const isOperand = before.kind === 'symbol' && !/^[)\]},>?]$/.test(before.text);
        if (pending === 0 && !(isOperand && at > from)) return at;
        if (pending > 0) pending--;
        at = this.past(at);
        if (this.text(at) === 'else') { at++; if (this.text(at) === '{') at = this.past(at); }
        continue;
      }
      at = this.opens(at) ? this.past(at) : at + 1;
    }
    return undefined;
  }

  private conditional(first: number, at: number, limit: number, inGhost: boolean): VerusPiece {
    const open = this.brace(at + 1, limit);
    if (open === undefined) return piece({ kind: 'item', first, end: limit, inGhost });
    let end = this.past(open);
    const children = this.statements(open + 1, end - 1, inGhost);
    if (this.text(end) === 'else') {
      if (this.text(end + 1) === 'if') {
        const other = this.conditional(end + 1, end + 1, limit, inGhost);
        children.push(piece({ kind: 'else', first: end, end: other.end, children: other.children, inGhost }));
        end = other.end;
      } else if (this.text(end + 1) === '{') {
        const past = this.past(end + 1);
        children.push(piece({ kind: 'else', first: end, end: past, children: this.statements(end + 2, past - 1, inGhost), inGhost }));
        end = past;
      }
    }
    return piece({ kind: 'if', first, end, children, inGhost });
  }

  /** Only arms with a block of their own. */
  private arms(from: number, limit: number, inGhost: boolean): VerusPiece[] {
    const found: VerusPiece[] = [];
    for (let at = from; at < limit;) {
      if (this.text(at) === '=>' && this.text(at + 1) === '{') {
        const end = this.past(at + 1);
        if (end >= limit || this.text(end) === ',' || !/^[.?]$/.test(this.text(end) ?? '')) found.push(...this.statements(at + 2, end - 1, inGhost));
        at = end;
      } else at = this.opens(at) ? this.past(at) : at + 1;
    }
    return found;
  }

  private loop(first: number, at: number, limit: number, inGhost: boolean): VerusPiece {
    let head = at + 1;
    while (head < limit && this.text(head) !== '{' && !LOOP_CLAUSES.has(this.text(head) ?? '')) head = this.opens(head) ? this.past(head) : head + 1;
    const open = this.text(head) === '{' ? this.brace(at + 1, limit) ?? head : this.brace(head, limit);
    if (open === undefined) return piece({ kind: 'item', first, end: limit, inGhost });
    const end = this.past(open);
    const clauses = head < open ? this.clauses(head, open, LOOP_CLAUSES, 'loop clause') : [];
    return piece({ kind: 'loop', first, end, children: [...clauses, ...this.statements(open + 1, end - 1, inGhost)], inGhost });
  }

  private assertion(first: number, at: number, limit: number, inGhost: boolean): VerusPiece {
    let end: number;
    if (this.text(at + 1) === '(') end = this.past(at + 1);
    else {
      end = at + 2;
      while (end < limit && this.text(end) !== 'by' && this.text(end) !== ';') end = this.opens(end) ? this.past(end) : end + 1;
    }
    const children: VerusPiece[] = [];
    if (this.text(end) === 'by') {
      const by = end;
      end++;
      if (this.text(end) === '(') end = this.past(end);
      if (this.text(end) === 'requires') { const open = this.brace(end + 1, limit); end = open ?? this.semicolon(end, limit) - 1; }
      if (this.text(end) === '{') {
        const past = this.past(end);
        children.push(piece({ kind: 'block', first: by, end: past, children: this.statements(end + 1, past - 1, true), word: 'by', inGhost: true, ...(this.text(past) === ';' ? {} : { instead: ';' }) }));
        end = past;
      }
    }
    return piece({ kind: 'assert', first, end: this.text(end) === ';' ? end + 1 : end, children, inGhost });
  }
}
