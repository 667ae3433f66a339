/**
 * The body of a function: an expression that may hold assertions, reveals and calls of lemmas before a value. They are told
 * apart only where all to their right belongs to them with or without them: at the beginning, behind `then`, `else`, the
 * arrow of a case, the semicolon of a binding or of another one. Elsewhere (`a - assert P; b - c`) they would regroup operators.
 */
import type { Extents } from './expressions.ts';
import { Unreadable } from './expressions.ts';
import { node, type GuardNode } from './node.ts';
import type { Statements } from './statements.ts';

export class Expressions {
  constructor(private readonly extents: Extents, private readonly statements: Statements) {}

  body(from: number, limit: number): GuardNode[] {
    const nodes: GuardNode[] = [];
    const end = this.value(from, nodes, limit);
    if (end !== limit) throw new Unreadable(end, 'the body of a function goes on behind its expression');
    return nodes;
  }

  private value(from: number, nodes: GuardNode[], limit: number): number {
    const { extents } = this;
    let at = from;
    for (;;) {
      const statement = this.proof(at);
      if (!statement) break;
      nodes.push(statement);
      at = statement.end;
    }
    switch (extents.text(at)) {
      case 'if': {
        const then = this.value(extents.expect(extents.guard(at + 1), 'then'), nodes, limit);
        return this.value(extents.expect(then, 'else'), nodes, limit);
      }
      case 'match': return this.matching(at, nodes, limit);
      case 'var': return this.value(extents.expect(extents.bindingHead(at), ';'), nodes, limit);
      case 'ghost': return this.value(extents.expect(extents.bindingHead(extents.text(at + 1) === 'var' ? at + 1 : at), ';'), nodes, limit);
      default: return extents.expression(at);
    }
  }

  private matching(at: number, nodes: GuardNode[], limit: number): number {
    const { extents } = this;
    const open = extents.expression(at + 1);
    const braced = extents.text(open) === '{';
    let end = braced ? open + 1 : open;
    const close = braced ? extents.past(open) - 1 : limit;
    while (end < close && extents.text(end) === 'case') end = this.value(extents.pattern(end + 1), nodes, close);
    if (braced && end !== close) throw new Unreadable(end, 'a case does not end');
    // Operators behind the brace would bind to the whole match.
    if (braced) return close + 1;
    return end;
  }

  /** An assertion or a call before a value. */
  private proof(at: number): GuardNode | undefined {
    const { extents } = this;
    const word = extents.text(at);
    if (word === 'assert' || word === 'calc' || word === 'reveal') {
      const read = this.statements.one(at);
      return node({ ...read, kind: word === 'reveal' ? 'reveal expression' : 'assert expression', inGhost: true });
    }
    if (extents.tokens[at]?.kind !== 'word' || word === 'if' || word === 'match' || word === 'var') return undefined;
    let read: GuardNode;
    try { read = this.statements.one(at); } catch (error) { if (error instanceof Unreadable) return undefined; throw error; }
    return read.kind === 'call' ? node({ ...read, kind: 'call expression', inGhost: true }) : undefined;
  }
}
