/** Statements of a body, by Dafny's grammar (reference manual, "Statements"): each with what it declares, assigns and calls. */
import { node, type GuardNode } from './node.ts';
import { Unreadable, type Extents } from './expressions.ts';

const CALCULATION_SIGNS = new Set(['==', '!=', '<', '<=', '>', '>=', '<==>', '==>', '<==']);
const LOOP_CLAUSES = new Set(['invariant', 'decreases', 'modifies']);

export interface Read { readonly nodes: readonly GuardNode[]; readonly end: number }

export class Statements {
  /** End of the block that is being read: a match without braces goes on to it. */
  private limit = 0;

  constructor(private readonly extents: Extents) {}

  /** Statements between the brace at `open` and its partner. */
  block(open: number, inGhost: boolean): Read {
    this.extents.expect(open, '{');
    const close = this.extents.past(open) - 1;
    return { nodes: this.list(open + 1, close, inGhost).nodes, end: close + 1 };
  }

  /** Up to `limit` or a `case`. */
  private list(from: number, limit: number, inGhost: boolean): Read {
    const nodes: GuardNode[] = [];
    const outer = this.limit;
    let at = from;
    while (at < limit && this.extents.text(at) !== 'case') {
      this.limit = limit;
      const statement = this.statement(at, inGhost);
      if (statement.end > limit) throw new Unreadable(at, 'a statement runs over the end of its block');
      nodes.push(statement);
      at = statement.end;
    }
    this.limit = outer;
    return { nodes, end: at };
  }

  /** One statement in ghost code. */
  one(at: number): GuardNode { return this.statement(at, true); }

  private statement(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const word = extents.text(at);
    const simple = (kind: GuardNode['kind'], end: number): GuardNode => node({ kind, first: at, end: extents.expect(end, ';'), inGhost, word: word ?? '' });
    switch (word) {
      case '{': { const body = this.block(at, inGhost); return node({ kind: 'block', first: at, end: body.end, children: body.nodes, inGhost }); }
      case 'assert': return this.assertion(at, inGhost);
      case 'assume': return simple('assume', extents.expression(this.label(extents.attributes(at + 1))));
      case 'expect': { const end = extents.expression(extents.attributes(at + 1)); return simple('expect', extents.text(end) === ',' ? extents.expression(end + 1) : end); }
      case 'var': case 'ghost': return this.variable(at, inGhost);
      case 'calc': return this.calculation(at, inGhost);
      case 'forall': return this.universal(at, inGhost);
      case 'while': case 'for': return this.loop(at, inGhost);
      case 'if': return this.conditional(at, inGhost);
      case 'match': return this.matching(at, inGhost);
      case 'reveal': return simple('reveal', extents.expressions(at + 1));
      case 'yield': return simple('statement', extents.text(at + 1) === ';' ? at + 1 : this.rightSides(at + 1).end);
      case 'return': return simple('return', extents.text(at + 1) === ';' ? at + 1 : this.rightSides(at + 1).end);
      case 'break': case 'continue': return simple('break', this.upToSemicolon(at + 1));
      case 'print': return simple('statement', extents.expressions(at + 1));
      case 'label': return node({ kind: 'statement', first: at, end: extents.expect(extents.name(at + 1), ':'), inGhost, word });
      default: return this.update(at, inGhost);
    }
  }

  private upToSemicolon(from: number): number {
    let at = from;
    while (this.extents.tokens[at]?.kind === 'word') at++;
    return at;
  }

  private label(at: number): number {
    const { extents } = this;
    return (extents.tokens[at]?.kind === 'word' || extents.tokens[at]?.kind === 'number') && extents.text(at + 1) === ':' ? at + 2 : at;
  }

  private assertion(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const end = extents.expression(this.label(extents.attributes(at + 1)));
    if (extents.text(end) !== 'by') return node({ kind: 'assert', first: at, end: extents.expect(end, ';'), inGhost });
    const by = this.by(end);
    return node({ kind: 'assert', first: at, end: by.end, children: [by], inGhost });
  }

  private by(at: number): GuardNode {
    const body = this.block(at + 1, true);
    return node({ kind: 'by block', first: at, end: body.end, children: body.nodes, instead: ';', inGhost: true });
  }

  private variable(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const isGhost = extents.text(at) === 'ghost';
    let end = extents.attributes(extents.expect(isGhost ? at + 1 : at, 'var'));
    const names: string[] = [];
    let isPattern = false;
    for (;;) {
      if (extents.text(end) !== '(') {
        const name = extents.text(end)!;
        end = extents.name(end);
        while (extents.text(end) === '.') { isPattern = true; end = extents.name(end + 1); }
        if (extents.text(end) !== '(') names.push(name);
      }
      if (extents.text(end) === '(') {
        isPattern = true;
        const past = extents.past(end);
        for (; end < past; end++) if (extents.tokens[end]!.kind === 'word' && extents.text(end + 1) !== '(') names.push(extents.tokens[end]!.text);
      }
      if (extents.text(end) === ':') end = extents.type(end + 1);
      if (extents.text(end) !== ',') break;
      end = extents.attributes(end + 1);
    }
    end = extents.attributes(end);
    let callee: number | undefined;
    if (extents.text(end) === ':=' || extents.text(end) === ':|') ({ end, callee } = this.rightSides(end + 1));
    else if (isPattern || extents.text(end) === ':-') throw new Unreadable(end, 'a declaration of variables that the guard does not know');
    return node({ kind: 'variable', first: at, end: extents.expect(end, ';'), names, isGhost, inGhost, ...(callee === undefined ? {} : { callee }) });
  }

  /** Right sides of an assignment, and the name that the last call among them goes to. */
  private rightSides(from: number): { readonly end: number; readonly callee?: number } {
    const { extents } = this;
    let at = from;
    let callee: number | undefined;
    for (;;) {
      const start = at;
      at = extents.attributes(at);
      if (extents.text(at) === 'new') at = this.allocation(at);
      else if (extents.text(at) === '*') at++;
      else if (extents.text(at) === 'assume') throw new Unreadable(at, 'an assumption within an assignment');
      else at = extents.expression(at);
      callee = this.calleeOf(start, at) ?? callee;
      if (extents.text(at) !== ',') return { end: at, ...(callee === undefined ? {} : { callee }) };
      at++;
    }
  }

  private allocation(at: number): number {
    const { extents } = this;
    let end = extents.type(at + 1);
    while (extents.text(end) === '[' || extents.text(end) === '(') end = extents.past(end);
    return end;
  }

  /** The name before the last parentheses of tokens [from, end), where these end with a call. */
  private calleeOf(from: number, end: number): number | undefined {
    const { extents } = this;
    if (extents.text(end - 1) !== ')') return undefined;
    let open = from;
    for (let at = from; at < end; at = /^(?:[([{]|\{:)$/.test(extents.text(at) ?? '') ? extents.past(at) : at + 1) if (extents.text(at) === '(' && extents.past(at) === end) open = at;
    let name = open - 1;
    if (extents.text(name) === '>') { while (name > from && extents.text(name) !== '<') name--; name--; }
    return name >= from && extents.tokens[name]!.kind === 'word' ? name : undefined;
  }

  private update(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const end = extents.expressions(at);
    const sign = extents.text(end);
    if (sign === ';') {
      const callee = this.calleeOf(at, end);
      if (callee === undefined) throw new Unreadable(at, 'a statement that the guard does not know');
      return node({ kind: 'call', first: at, end: end + 1, callee, inGhost });
    }
    if (sign !== ':=' && sign !== ':|') throw new Unreadable(end, 'a statement that the guard does not know');
    const right = this.rightSides(end + 1);
    const names: string[] = [];
    let plain = true;
    for (let index = at; index < end; index += 2) {
      if (extents.tokens[index]!.kind === 'word' && (index + 1 === end || extents.text(index + 1) === ',')) names.push(extents.tokens[index]!.text);
      else { plain = false; break; }
    }
    return node({ kind: 'assignment', first: at, end: extents.expect(right.end, ';'), names, writesBeyondNames: !plain, inGhost, ...(right.callee === undefined ? {} : { callee: right.callee }) });
  }

  private calculation(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    let open = extents.attributes(at + 1);
    while (extents.text(open) !== '{') {
      if (open > at + 6 || extents.tokens[open]?.kind === 'word') throw new Unreadable(open, 'a calculation that the guard does not know');
      open = extents.text(open) === '[' ? extents.past(open) : open + 1;
    }
    const close = extents.past(open) - 1;
    const children: GuardNode[] = [];
    for (let index = open + 1; index < close;) {
      const text = extents.text(index);
      if (text === '{') {
        const hint = this.block(index, true);
        children.push(node({ kind: 'hint', first: index, end: hint.end, children: hint.nodes, inGhost: true }));
        index = hint.end;
      } else if (text === 'calc') {
        const inner = this.calculation(index, true);
        children.push(inner);
        index = inner.end;
      } else if (CALCULATION_SIGNS.has(text!)) index = extents.text(index + 1) === '#' ? extents.past(index + 2) : index + 1;
      else index = extents.expect(extents.expression(index), ';');
    }
    return node({ kind: 'calc', first: at, end: close + 1, children, inGhost });
  }

  private universal(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const start = extents.attributes(at + 1);
    let end = extents.text(start) === '(' ? extents.past(start) : extents.text(start) === 'ensures' || extents.text(start) === '{' ? start : extents.quantified(start);
    while (extents.text(end) === 'ensures') end = this.optionalSemicolon(extents.expression(this.label(extents.attributes(end + 1))));
    const body = this.block(end, true);
    // In a method it may be the parallel assignment of Dafny: only in ghost code can it be told that it is not.
    const isProof = body.nodes.every((one) => one.kind !== 'assignment');
    return node({ kind: isProof ? 'forall' : 'statement', first: at, end: body.end, children: body.nodes, inGhost, hasBody: true });
  }

  private optionalSemicolon(at: number): number { return this.extents.text(at) === ';' ? at + 1 : at; }

  private loop(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const names: string[] = [];
    let end = extents.attributes(at + 1);
    let isAlternative = false;
    if (extents.text(at) === 'for') {
      names.push(extents.text(end)!);
      end = extents.name(end);
      if (extents.text(end) === ':') end = extents.type(end + 1);
      end = extents.expression(extents.expect(end, ':='));
      if (extents.text(end) !== 'to' && extents.text(end) !== 'downto') throw new Unreadable(end, '"to" is missing');
      end = extents.expression(end + 1);
    } else if (extents.text(end) === '{' || LOOP_CLAUSES.has(extents.text(end) ?? '')) isAlternative = true;
    else end = extents.guard(end);
    const children: GuardNode[] = [];
    while (LOOP_CLAUSES.has(extents.text(end) ?? '')) {
      const clause = this.clause(end, true);
      children.push(clause);
      end = clause.end;
    }
    if (extents.text(end) !== '{') throw new Unreadable(end, 'a loop without a body');
    const body = isAlternative || extents.text(end + 1) === 'case' ? this.cases(end + 1, extents.past(end) - 1, inGhost) : this.block(end, inGhost).nodes;
    children.push(...body);
    return node({ kind: 'loop', first: at, end: extents.past(end), children, names, inGhost, hasBody: true });
  }

  /** One clause of a loop or a declaration, with an old-style semicolon. */
  clause(at: number, ofLoop: boolean): GuardNode {
    const { extents } = this;
    const word = extents.text(at)!;
    let end = word === 'yield' ? at + 2 : at + 1;
    end = extents.attributes(end);
    end = word === 'modifies' || word === 'reads' || word === 'decreases' ? extents.expressions(end) : extents.expression(this.label(end));
    return node({ kind: 'clause', first: at, end: this.optionalSemicolon(end), word, ofLoop });
  }

  private conditional(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const start = extents.attributes(at + 1);
    if (extents.text(start) === '{' && extents.text(start + 1) === 'case') {
      const end = extents.past(start);
      return node({ kind: 'if', first: at, end, children: this.cases(start + 1, end - 1, inGhost), inGhost });
    }
    const then = this.block(extents.guard(start), inGhost);
    const children = [...then.nodes];
    let { end } = then;
    if (extents.text(end) === 'else') {
      if (extents.text(end + 1) === 'if') {
        const other = this.conditional(end + 1, inGhost);
        children.push(node({ kind: 'else', first: end, end: other.end, children: other.children, inGhost }));
        end = other.end;
      } else {
        const other = this.block(end + 1, inGhost);
        children.push(node({ kind: 'else', first: end, end: other.end, children: other.nodes, inGhost }));
        end = other.end;
      }
    }
    return node({ kind: 'if', first: at, end, children, inGhost });
  }

  private cases(from: number, close: number, inGhost: boolean): GuardNode[] {
    const nodes: GuardNode[] = [];
    let at = from;
    while (at < close) {
      at = this.extents.pattern(this.extents.expect(at, 'case'));
      const body = this.list(at, close, inGhost);
      nodes.push(...body.nodes);
      at = body.end;
    }
    return nodes;
  }

  private matching(at: number, inGhost: boolean): GuardNode {
    const { extents } = this;
    const open = extents.expression(at + 1);
    const { limit } = this;
    if (extents.text(open) === 'case') return node({ kind: 'match', first: at, end: limit, children: this.cases(open, limit, inGhost), inGhost });
    const close = extents.past(extents.expect(open, '{') - 1) - 1;
    return node({ kind: 'match', first: at, end: close + 1, children: this.cases(open + 1, close, inGhost), inGhost });
  }
}
