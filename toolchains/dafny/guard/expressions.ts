/**
 * Where expressions and types end, by Dafny's grammar (reference manual, "Expressions" and "Types"). Brackets are atoms:
 * `strictlyBalanced` was asked before. Whatever is not known here is {@link Unreadable}; nothing is guessed.
 */
import type { Token } from '../source/tokens.ts';

export class Unreadable extends Error {
  constructor(readonly at: number, readonly problem: string) { super(problem); }
}

export interface ExpressionRules {
  /** A bar is an operator (not the end of `|s|`, of a quantified variable's domain). */
  readonly bar?: boolean;
  /** `x => e` is a lambda (not the end of a case's guard). */
  readonly lambda?: boolean;
}

const BINARY = new Set(['<==>', '==>', '<==', '&&', '||', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '&', '^', 'in', '!in', '!!']);
/** Operators of one sign each that stand together. */
const DOUBLE = new Set(['<<', '>>', '!!']);
const QUANTIFIERS = new Set(['forall', 'exists']);
const COMPREHENSIONS = new Set(['set', 'iset', 'map', 'imap']);
const CALLED = new Set(['old', 'fresh', 'unchanged', 'allocated', 'multiset', 'seq', 'set', 'iset', 'map', 'imap']);
/** Reserved words that no operand begins with or is. */
export const NO_OPERAND = new Set([
  'requires', 'ensures', 'modifies', 'reads', 'decreases', 'invariant', 'yield', 'returns', 'yields', 'witness', 'in', 'as', 'is', 'then', 'else', 'case', 'by', 'assume', 'expect', 'return', 'print', 'while', 'for',
  'break', 'continue', 'label', 'modify', 'method', 'function', 'predicate', 'lemma', 'class', 'module', 'datatype', 'codatatype', 'newtype', 'trait', 'iterator', 'constructor', 'include', 'import', 'export',
  'const', 'var', 'assert', 'calc', 'reveal', 'ghost', 'static', 'abstract', 'opaque', 'hide', 'new', 'extends', 'refines', 'provides', 'reveals', 'opened', 'copredicate', 'colemma', 'inductive', 'twostate', 'least', 'greatest', 'where', 'type',
]);

export class Extents {
  constructor(readonly tokens: readonly Token[], private readonly closers: readonly number[]) {}

  text(at: number): string | undefined { return this.tokens[at]?.kind === 'string' ? undefined : this.tokens[at]?.text; }

  /** Do the signs at `at` and the next one stand together? */
  glued(at: number): boolean { return this.tokens[at]?.end === this.tokens[at + 1]?.start; }

  /** Behind the bracket that closes the one at `open`. */
  past(open: number): number { return this.closers[open]! + 1; }

  expect(at: number, text: string): number {
    if (this.text(at) !== text) throw new Unreadable(at, `"${text}" is missing`);
    return at + 1;
  }

  name(at: number): number {
    const token = this.tokens[at];
    if (token?.kind !== 'word' || NO_OPERAND.has(token.text)) throw new Unreadable(at, 'a name is missing');
    return at + 1;
  }

  attributes(from: number): number {
    let at = from;
    while (this.text(at) === '{:') at = this.past(at);
    return at;
  }

  expression(from: number, rules: ExpressionRules = {}): number {
    let at = from;
    for (;;) {
      // A conjunction may begin with its sign.
      if (this.text(at) === '&&' || this.text(at) === '||') at++;
      const [end, endless] = this.operand(at, rules);
      at = end;
      if (endless) return at;
      while (this.text(at) === 'as' || this.text(at) === 'is') at = this.type(at + 1);
      const length = this.operator(at, rules);
      if (length === 0) return at;
      at += length;
    }
  }

  expressions(from: number, rules: ExpressionRules = {}): number {
    let at = this.expression(from, rules);
    while (this.text(at) === ',') at = this.expression(at + 1, rules);
    return at;
  }

  private operator(at: number, rules: ExpressionRules): number {
    const text = this.text(at);
    if (text === undefined) return 0;
    const next = this.text(at + 1);
    if (text === '!') return next === 'in' && this.glued(at) ? 2 : next === '!' && this.glued(at) ? 2 : 0;
    if (text === '|') return rules.bar === false ? 0 : 1;
    if (next !== undefined && this.glued(at) && DOUBLE.has(text + next)) return 2;
    if ((text === '==' || text === '!=') && next === '#' && this.text(at + 2) === '[') return this.past(at + 2) - at;
    return BINARY.has(text) ? 1 : 0;
  }

  /** End of an operand, and whether it swallowed all to its right (quantifiers, `if`, `match`, lambdas). */
  private operand(from: number, rules: ExpressionRules): readonly [number, boolean] {
    let at = from;
    while (this.text(at) === '!' || this.text(at) === '-') at++;
    const token = this.tokens[at];
    if (!token) throw new Unreadable(at, 'an expression is missing');
    if (token.kind === 'number' || token.kind === 'string' || token.kind === 'char') return [this.suffixes(at + 1), false];
    const { text } = token;
    if (token.kind === 'symbol') {
      if (text === '(') return this.parenthesis(at, rules);
      if (text === '[' || text === '{') return [this.suffixes(this.past(at)), false];
      if (text === '|') return [this.suffixes(this.expect(this.expression(at + 1, { bar: false }), '|')), false];
      if (text === '*' && at === from) return [at + 1, false];
      throw new Unreadable(at, `"${text}" begins no expression`);
    }
    if (QUANTIFIERS.has(text) || (COMPREHENSIONS.has(text) && this.tokens[at + 1]?.kind === 'word')) return [this.comprehension(at, rules), true];
    if (text === 'if') return [this.conditional(at, rules), true];
    if (text === 'match') return this.matching(at, rules);
    if (text === 'var' || (text === 'ghost' && this.text(at + 1) === 'var')) return [this.binding(text === 'var' ? at : at + 1, rules), true];
    if (text === 'assert' || text === 'reveal' || text === 'calc') throw new Unreadable(at, `"${text}" within an expression`);
    if (CALLED.has(text) && this.tokens[at + 1]?.kind === 'symbol' && /^[([{<@]$/.test(this.text(at + 1)!)) return [this.suffixes(this.called(at)), false];
    if (NO_OPERAND.has(text)) throw new Unreadable(at, `"${text}" begins no expression`);
    if (rules.lambda !== false && (this.text(at + 1) === '=>' || ((this.text(at + 1) === 'requires' || this.text(at + 1) === 'reads') && this.isLambda(at + 1)))) return [this.lambda(at + 1, rules), true];
    return [this.suffixes(this.instantiation(at + 1)), false];
  }

  private called(at: number): number {
    let end = at + 1;
    if (this.text(end) === '@') end = this.name(end + 1);
    if (this.text(end) === '<') end = this.typeArguments(end);
    return /^[([{]$/.test(this.text(end) ?? '') ? this.past(end) : end;
  }

  private parenthesis(at: number, rules: ExpressionRules): readonly [number, boolean] {
    const end = this.past(at);
    if (rules.lambda !== false && (this.text(end) === '=>' || ((this.text(end) === 'requires' || this.text(end) === 'reads') && this.isLambda(end)))) return [this.lambda(end, rules), true];
    return [this.suffixes(end), false];
  }

  /** `(x) requires P => e`: a clause of a lambda, not of the specification that an expression ends in. */
  private isLambda(from: number): boolean {
    let at = from;
    try {
      while (this.text(at) === 'requires' || this.text(at) === 'reads') at = this.expressions(at + 1, { lambda: false });
    } catch { return false; }
    return this.text(at) === '=>';
  }

  private lambda(from: number, rules: ExpressionRules): number {
    let at = from;
    while (this.text(at) === 'requires' || this.text(at) === 'reads') at = this.expressions(at + 1, { lambda: false });
    return this.expression(this.expect(at, '=>'), rules);
  }

  private suffixes(from: number): number {
    let at = from;
    for (;;) {
      const text = this.text(at);
      if (text === '(' || text === '[') at = this.past(at);
      else if (text === '.' && this.text(at + 1) === '(') at = this.past(at + 1);
      else if (text === '.' && (this.tokens[at + 1]?.kind === 'word' || this.tokens[at + 1]?.kind === 'number')) at = this.instantiation(at + 2);
      else if (text === '`' && this.tokens[at + 1]?.kind === 'word') at += 2;
      else if (text === '#' && this.text(at + 1) === '[') at = this.past(at + 1);
      else if (text === '@' && this.tokens[at + 1]?.kind === 'word' && this.text(at + 2) === '(') at += 2;
      else return at;
    }
  }

  /** Type arguments behind a name, where what follows shows that they are none of `<` and `>` (as Dafny's own reader decides). */
  private instantiation(at: number): number {
    if (this.text(at) !== '<') return at;
    try {
      const end = this.typeArguments(at);
      const next = this.tokens[end];
      return !next || (next.kind === 'symbol' && /^(?:[()\]}.,;:?]|==|!=|::|:=|\||\{)$/.test(next.text)) ? end : at;
    } catch { return at; }
  }

  /** Variables with types and domains, up to the sign before the body. */
  quantified(from: number, rules: ExpressionRules = {}): number {
    let at = from;
    for (;;) {
      at = this.name(at);
      if (this.text(at) === ':') at = this.type(at + 1);
      if (this.text(at) === '<-') at = this.expression(at + 1, { bar: false });
      at = this.attributes(at);
      if (this.text(at) !== ',') break;
      at++;
    }
    at = this.attributes(at);
    return this.text(at) === '|' ? this.attributes(this.expression(at + 1, rules)) : at;
  }

  private comprehension(at: number, rules: ExpressionRules): number {
    const word = this.text(at)!;
    let end = this.quantified(this.attributes(at + 1), rules);
    if (this.text(end) === '::') end = this.expression(end + 1, rules);
    else if (QUANTIFIERS.has(word)) throw new Unreadable(end, '"::" is missing');
    if ((word === 'map' || word === 'imap') && this.text(end) === ':=') end = this.expression(end + 1, rules);
    return end;
  }

  private conditional(at: number, rules: ExpressionRules): number {
    const then = this.expect(this.guard(at + 1), 'then');
    return this.expression(this.expect(this.expression(then), 'else'), rules);
  }

  /** The condition of an `if`: an expression, `*`, or `x :| P`. */
  guard(at: number): number {
    if (this.text(at) === '*' && this.text(at + 1) === '{') return at + 1;
    if (this.tokens[at]?.kind === 'word') {
      try {
        let end = at;
        for (;;) {
          end = this.name(end);
          if (this.text(end) === ':') end = this.type(end + 1);
          if (this.text(end) !== ',') break;
          end++;
        }
        end = this.attributes(end);
        if (this.text(end) === ':|') return this.expression(end + 1);
      } catch (error) { if (!(error instanceof Unreadable)) throw error; }
    }
    return this.expression(at);
  }

  private matching(at: number, rules: ExpressionRules): readonly [number, boolean] {
    const end = this.expression(at + 1);
    if (this.text(end) === '{') return [this.suffixes(this.past(end)), false];
    let last = end;
    while (this.text(last) === 'case') last = this.expression(this.pattern(last + 1), rules);
    if (last === end) throw new Unreadable(end, 'a match has no case');
    return [last, true];
  }

  /** A pattern and the arrow behind it. */
  pattern(from: number): number {
    for (let at = from; at < this.tokens.length;) {
      const text = this.text(at);
      if (text === '=>') return at + 1;
      if (text === '(' || text === '[' || text === '{' || text === '{:') { at = this.past(at); continue; }
      if (text === ';' || text === '}' || text === 'case' || text === ':=') break;
      at++;
    }
    throw new Unreadable(from, 'a pattern has no "=>"');
  }

  private binding(at: number, rules: ExpressionRules): number {
    const end = this.bindingHead(at);
    return this.expression(this.expect(end, ';'), rules);
  }

  /** `var x: T, C(y) := e, f` up to its semicolon. */
  bindingHead(at: number): number {
    let end = this.attributes(at + 1);
    for (;;) {
      if (this.text(end) === '(') end = this.past(end);
      else {
        end = this.name(end);
        while (this.text(end) === '.') end = this.name(end + 1);
        if (this.text(end) === '(') end = this.past(end);
      }
      if (this.text(end) === ':') end = this.type(end + 1);
      if (this.text(end) !== ',') break;
      end++;
    }
    end = this.attributes(end);
    if (this.text(end) !== ':=' && this.text(end) !== ':|') throw new Unreadable(end, '":=" is missing');
    return this.expressions(end + 1);
  }

  type(from: number): number {
    let at = from;
    for (;;) {
      if (this.text(at) === '(') at = this.past(at);
      else {
        at = this.name(at);
        if (this.text(at) === '<') at = this.typeArguments(at);
        while (this.text(at) === '.' && this.tokens[at + 1]?.kind === 'word') {
          at += 2;
          if (this.text(at) === '<') at = this.typeArguments(at);
        }
      }
      if (this.text(at) === '->' || this.text(at) === '~>') at++;
      else if (this.text(at) === '-' && this.text(at + 1) === '->' && this.glued(at)) at += 2;
      else return at;
    }
  }

  private typeArguments(at: number): number {
    let end = this.type(at + 1);
    while (this.text(end) === ',') end = this.type(end + 1);
    return this.expect(end, '>');
  }
}
