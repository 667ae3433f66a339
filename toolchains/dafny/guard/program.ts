/**
 * A Dafny file as the tree of what may be left out of it. A declaration that cannot be read becomes plain tokens, so that it
 * must stand in the base exactly as it is; only where it ends matters then, and reserved words tell that.
 */
import { Expressions } from './body-expressions.ts';
import { Unreadable, type Extents } from './expressions.ts';
import { node, type GuardNode } from './node.ts';
import { Statements } from './statements.ts';

const MODIFIERS = new Set(['ghost', 'static', 'abstract', 'replaceable', 'opaque', 'twostate', 'least', 'greatest', 'inductive', 'protected']);
const RESERVED = new Set(['module', 'class', 'trait', 'datatype', 'codatatype', 'newtype', 'iterator', 'method', 'lemma', 'colemma', 'comethod', 'constructor', 'function', 'predicate', 'copredicate']);
const OTHER = new Set(['type', 'const', 'var', 'import', 'export', 'include']);
const CALLABLE = new Set(['iterator', 'method', 'lemma', 'colemma', 'constructor', 'function', 'predicate', 'copredicate']);
const CLAUSES = new Set(['requires', 'ensures', 'reads', 'modifies', 'decreases']);
/** Attributes that a header may get: hints that the verifier checks. */
export const HINTS = new Set(['induction', 'fuel']);

export class ProgramReader {
  private readonly statements: Statements;
  private readonly expressions: Expressions;
  /** Where a declaration could not be read, and why. */
  readonly unread: Unreadable[] = [];

  constructor(private readonly extents: Extents) {
    this.statements = new Statements(extents);
    this.expressions = new Expressions(extents, this.statements);
  }

  file(): readonly GuardNode[] { return this.members(0, this.extents.tokens.length); }

  private members(from: number, limit: number): GuardNode[] {
    const nodes: GuardNode[] = [];
    let at = from;
    while (at < limit) {
      let read: GuardNode;
      try {
        read = this.declaration(at, limit);
        if (read.end > limit || read.end <= at) throw new Unreadable(at, 'a declaration runs over its end');
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        this.unread.push(error);
        at = this.afterUnread(at, limit);
        continue;
      }
      nodes.push(read);
      at = read.end;
    }
    return nodes;
  }

  /** At the next reserved word of this level, with the modifiers and attributes before it. */
  private afterUnread(from: number, limit: number): number {
    const { extents } = this;
    let at = from;
    // Its own head is not the next one.
    while (at < limit && (MODIFIERS.has(extents.text(at) ?? '') || extents.text(at) === '{:')) at = extents.text(at) === '{:' ? extents.past(at) : at + 1;
    at++;
    let head: number | undefined;
    while (at < limit) {
      const text = extents.text(at)!;
      const word = extents.tokens[at]!.kind === 'word';
      if (word && RESERVED.has(text) && extents.text(at - 1) !== 'by' && extents.text(at - 1) !== 'function' && extents.text(at - 1) !== '.') return head ?? at;
      if (text === '{:' || (word && MODIFIERS.has(text))) head ??= at; else head = undefined;
      at = /^(?:[([{]|\{:)$/.test(text) ? extents.past(at) : at + 1;
    }
    return limit;
  }

  private declaration(first: number, limit: number): GuardNode {
    const { extents } = this;
    const modifiers: string[] = [], children: GuardNode[] = [];
    let at = first;
    for (;; at++) {
      const text = extents.text(at);
      if (text === '{:') { children.push(this.attribute(at)); at = extents.past(at) - 1; } else if (text === '@') at = this.atAttribute(at) - 1;
      else if (text !== undefined && MODIFIERS.has(text)) modifiers.push(text);
      else break;
    }
    const word = extents.text(at);
    if (word === undefined || extents.tokens[at]!.kind !== 'word' || !(RESERVED.has(word) || OTHER.has(word))) throw new Unreadable(at, 'no declaration begins here');
    if (CALLABLE.has(word)) return this.callable(first, at, word, modifiers, children);
    const named = this.afterAttributes(at + 1, children);
    const name = extents.tokens[named]?.kind === 'word' ? extents.text(named)! : '';
    const parts = { kind: 'declaration', first, word, names: [name] } as const;
    if (word === 'module' || word === 'class' || word === 'trait') {
      let open = named;
      while (open < limit && extents.text(open) !== '{') open = /^[([]|\{:$/.test(extents.text(open)!) ? extents.past(open) : open + 1;
      extents.expect(open, '{');
      const end = extents.past(open);
      return node({ ...parts, end, hasBody: true, children: [...children, ...this.members(open + 1, end - 1)] });
    }
    if (word === 'include') return node({ ...parts, end: named + 1, names: [] });
    return this.plain(named, limit, parts, children);
  }

  /** Types, constants, fields, imports, exports: their text up to the next declaration, with the members of a type. */
  private plain(from: number, limit: number, parts: { readonly kind: 'declaration'; readonly first: number; readonly word: string; readonly names: readonly string[] }, children: GuardNode[]): GuardNode {
    const { extents } = this;
    let at = from;
    while (at < limit) {
      const text = extents.text(at)!;
      if (at > from && this.beginsDeclaration(at)) break;
      if (text === ';') { at++; break; }
      if (text === '{' && (parts.word === 'datatype' || parts.word === 'codatatype') && extents.text(at - 1) !== '=') {
        const end = extents.past(at);
        return node({ ...parts, end, children: [...children, ...this.members(at + 1, end - 1)] });
      }
      at = /^(?:[([{]|\{:)$/.test(text) ? extents.past(at) : at + 1;
    }
    return node({ ...parts, end: at, children });
  }

  private beginsDeclaration(from: number): boolean {
    const { extents } = this;
    for (let at = from; ; at++) {
      const text = extents.text(at);
      if (text === undefined || extents.text(at - 1) === '.') return false;
      if (text === '{:') { at = extents.past(at) - 1; continue; }
      if (RESERVED.has(text)) return true;
      // `ghost` stands in front of a constructor of a datatype and of a witness as well.
      if (OTHER.has(text)) return text !== 'var' || from === at || extents.text(at - 1) === 'ghost';
      if (!MODIFIERS.has(text)) return false;
    }
  }

  private callable(first: number, keyword: number, word: string, modifiers: readonly string[], children: GuardNode[]): GuardNode {
    const { extents } = this;
    const isFunction = word === 'function' || word === 'predicate' || word === 'copredicate';
    let at = keyword + 1;
    const isByMethod = isFunction && extents.text(at) === 'method';
    if (isByMethod) at++;
    at = this.afterAttributes(at, children);
    let name = '';
    if (extents.tokens[at]?.kind === 'word' && !CLAUSES.has(extents.text(at)!)) {
      name = extents.text(at)!;
      at++;
    } else if (word !== 'constructor') throw new Unreadable(at, 'a name is missing');
    while (extents.text(at) === '<' || extents.text(at) === '[') at = extents.text(at) === '[' ? extents.past(at) : this.typeParameters(at);
    if (extents.text(at) === '(') at = extents.past(at);
    if (extents.text(at) === 'returns' || extents.text(at) === 'yields') at = extents.past(at + 1);
    if (extents.text(at) === ':') at = extents.text(at + 1) === '(' && this.isNamedResult(at + 1) ? extents.past(at + 1) : extents.type(at + 1);
    while (CLAUSES.has(extents.text(at) ?? '') || extents.text(at) === 'yield') {
      const clause = this.statements.clause(at, false);
      children.push(clause);
      at = clause.end;
    }
    const isLemma = word === 'lemma' || word === 'colemma';
    const inGhost = isLemma || modifiers.includes('ghost');
    const parts = { kind: 'declaration', first, word: isByMethod ? `${word} method` : word, names: name === '' ? [] : [name], isGhost: modifiers.includes('ghost') || modifiers.includes('twostate') || modifiers.includes('least') || modifiers.includes('greatest') || isLemma } as const;
    if (extents.text(at) !== '{') return node({ ...parts, end: extents.text(at) === ';' ? at + 1 : at, children });
    const end = extents.past(at);
    if (isFunction) {
      children.push(...this.expressions.body(at + 1, end - 1));
      if (extents.text(end) === 'by') throw new Unreadable(end, 'a function by method');
      return node({ ...parts, end, children, hasBody: true });
    }
    const body = this.statements.block(at, inGhost);
    if (isLemma) children.push(node({ kind: 'lemma body', first: at, end, children: body.nodes, inGhost: true }));
    else children.push(...body.nodes);
    return node({ ...parts, end, children, hasBody: true });
  }

  private typeParameters(at: number): number {
    let depth = 0;
    for (let index = at; index < this.extents.tokens.length; index++) {
      const text = this.extents.text(index);
      if (text === '<') depth++;
      else if (text === '>' && --depth === 0) return index + 1;
      else if (text === '(' || text === '[') index = this.extents.past(index) - 1;
      else if (text === '{' || text === ';' || text === undefined) break;
    }
    throw new Unreadable(at, 'type parameters do not end');
  }

  /** `function F(): (r: T)`. */
  private isNamedResult(open: number): boolean {
    const { extents } = this;
    const after = extents.text(open + 1) === 'ghost' ? open + 2 : open + 1;
    return extents.tokens[after]?.kind === 'word' && extents.text(after + 1) === ':';
  }

  private afterAttributes(from: number, children: GuardNode[]): number {
    let at = from;
    while (this.extents.text(at) === '{:') { children.push(this.attribute(at)); at = this.extents.past(at); }
    return at;
  }

  private attribute(at: number): GuardNode {
    return node({ kind: 'attribute', first: at, end: this.extents.past(at), word: this.extents.text(at + 1) ?? '' });
  }

  private atAttribute(at: number): number {
    const end = this.extents.name(at + 1);
    return this.extents.text(end) === '(' ? this.extents.past(end) : end;
  }
}

