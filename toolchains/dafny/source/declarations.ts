/**
 * The declarations of a Dafny file by an own reader: names as the tool's log has them, ranges, bodies, attributes. It
 * takes any text: Dafny's declaration keywords are reserved words, so that one inside a body shows a missing brace.
 */
import { attributeAt, type Attribute } from './attributes.ts';
import { bodyGroup, CLAUSE_WORDS } from './body.ts';
import { closing, tokenise, type Token } from './tokens.ts';

export type DeclarationKind =
  | 'module' | 'class' | 'trait' | 'datatype' | 'newtype' | 'type' | 'iterator' | 'method' | 'lemma' | 'constructor' | 'function' | 'predicate'
  | 'constant' | 'field' | 'import' | 'export' | 'include';

export interface Declaration {
  readonly kind: DeclarationKind;
  /** Last part; `_ctor` for a constructor without a name, "" where none is there. */
  readonly name: string;
  /** With modules and types around it, as the log names it: "M.C.Get". */
  readonly path: string;
  readonly container?: Declaration;
  readonly modifiers: readonly string[];
  /** Before the name. */
  readonly attributes: readonly Attribute[];
  /** Tokens from the first modifier or attribute on, the last one included. */
  readonly first: number;
  readonly last: number;
  /** Token of the name, or of the keyword where it has none. */
  readonly nameToken: number;
  /** Tokens of the braces of the body, or of the members. */
  readonly body?: { readonly open: number; readonly close: number };
}

export interface DafnyFile {
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** In the order of the file, containers before their members. */
  readonly declarations: readonly Declaration[];
}

const KEYWORDS: ReadonlyMap<string, DeclarationKind> = new Map([
  ['module', 'module'], ['class', 'class'], ['trait', 'trait'], ['datatype', 'datatype'], ['codatatype', 'datatype'], ['newtype', 'newtype'], ['type', 'type'], ['iterator', 'iterator'],
  ['method', 'method'], ['lemma', 'lemma'], ['colemma', 'lemma'], ['comethod', 'lemma'], ['constructor', 'constructor'], ['function', 'function'], ['predicate', 'predicate'], ['copredicate', 'predicate'],
  ['const', 'constant'], ['import', 'import'], ['export', 'export'], ['include', 'include'],
]);
/** Those that cannot stand inside a body whatever it says. */
const NEVER_IN_BODIES = new Set(['module', 'class', 'trait', 'datatype', 'codatatype', 'newtype', 'iterator', 'method', 'lemma', 'constructor', 'predicate', 'function']);
const MODIFIERS = new Set(['ghost', 'static', 'abstract', 'replaceable', 'opaque', 'twostate', 'least', 'greatest', 'inductive', 'protected']);
const HOLDS_MEMBERS = new Set<DeclarationKind>(['module', 'class', 'trait', 'datatype', 'newtype', 'type']);
const HAS_BODY = new Set<DeclarationKind>([...HOLDS_MEMBERS, 'iterator', 'method', 'lemma', 'constructor', 'function', 'predicate']);

export function readDeclarations(path: string, text: string): DafnyFile {
  const tokens = tokenise(text);
  const reader = new Reader(text, tokens);
  reader.members(0, tokens.length, undefined);
  return { path, text, tokens, declarations: reader.declarations };
}

class Reader {
  readonly declarations: Declaration[] = [];

  constructor(private readonly text: string, private readonly tokens: readonly Token[]) {}

  /** Reads the declarations of tokens [from, to). */
  members(from: number, to: number, container: Declaration | undefined): void {
    let at = from;
    while (at < to) {
      const head = this.head(at, to);
      if (!head) {
        at = this.skip(at, to) + 1;
        continue;
      }
      at = this.declaration(at, head, to, container);
    }
  }

  /** Modifiers and attributes that lead to a declaration keyword. */
  private head(at: number, to: number): { readonly keyword: number; readonly modifiers: string[]; readonly attributes: Attribute[] } | undefined {
    const modifiers: string[] = [], attributes: Attribute[] = [];
    for (let index = at; index < to;) {
      const token = this.tokens[index]!;
      const attribute = attributeAt(this.text, this.tokens, index);
      if (attribute) { attributes.push(attribute); index = attribute.last + 1; continue; }
      if (token.kind !== 'word') return undefined;
      if (MODIFIERS.has(token.text)) { modifiers.push(token.text); index++; continue; }
      if (KEYWORDS.has(token.text)) {
        if (token.text === 'method' && this.tokens[index - 1]?.text === 'by') return undefined;
        return { keyword: index, modifiers, attributes };
      }
      return token.text === 'var' && this.isField(index) ? { keyword: index, modifiers, attributes } : undefined;
    }
    return undefined;
  }

  private isField(index: number): boolean {
    const [before, after] = [this.tokens[index - 1], this.tokens[index + 2]];
    return !(before?.kind === 'word' && CLAUSE_WORDS.has(before.text)) && (after?.text === ':' || after?.text === ',');
  }

  private declaration(first: number, head: { readonly keyword: number; readonly modifiers: string[]; readonly attributes: Attribute[] }, to: number, container: Declaration | undefined): number {
    const kind = KEYWORDS.get(this.tokens[head.keyword]!.text) ?? 'field';
    const attributes = [...head.attributes];
    let at = head.keyword + 1;
    for (; at < to; at++) {
      const attribute = attributeAt(this.text, this.tokens, at);
      if (attribute) { attributes.push(attribute); at = attribute.last; continue; }
      // `function method` of Dafny 3.
      if ((kind === 'function' || kind === 'predicate') && this.tokens[at]!.text === 'method') continue;
      if (kind === 'import' && this.tokens[at]!.text === 'opened') continue;
      break;
    }
    const named = this.tokens[at]?.kind === 'word' && at < to && !this.head(at, to) ? at : undefined;
    let name = named === undefined ? '' : this.tokens[named]!.text;
    let afterName = named === undefined ? at : named + 1;
    if (kind === 'module') for (; this.tokens[afterName]?.text === '.' && this.tokens[afterName + 1]?.kind === 'word'; afterName += 2) name += `.${this.tokens[afterName + 1]!.text}`;
    if (kind === 'constructor' && named === undefined) name = '_ctor';
    const end = this.endOf(afterName, to, kind);
    const body = HAS_BODY.has(kind) ? bodyGroup(this.tokens, afterName, end + 1, kind) : undefined;
    const closed = body && { open: body, close: this.closeOf(body, end + 1, HOLDS_MEMBERS.has(kind)) };
    const declaration: Declaration = {
      kind, name, path: container ? `${container.path}.${name}` : name, ...(container ? { container } : {}),
      modifiers: head.modifiers, attributes, first, last: end, nameToken: named ?? head.keyword, ...(closed ? { body: closed } : {}),
    };
    this.declarations.push(declaration);
    if (closed && HOLDS_MEMBERS.has(kind)) this.members(closed.open + 1, closed.close, declaration);
    return end + 1;
  }

  /** The last token before the next declaration of this level. */
  private endOf(from: number, to: number, kind: DeclarationKind): number {
    for (let at = from; at < to;) {
      if (this.head(at, to)) return at - 1;
      const end = this.skip(at, to, HOLDS_MEMBERS.has(kind));
      at = end + 1;
    }
    return to - 1;
  }

  /** The token itself, or the end of the group that it opens. A stray closing brace is a token like any other. */
  private skip(at: number, to: number, holdsMembers = false): number {
    const { kind, text } = this.tokens[at]!;
    if (kind !== 'symbol' || (text !== '(' && text !== '[' && text !== '{' && text !== '{:')) return at;
    return text === '{:' ? closing(this.tokens, at, to) : this.closeOf(at, to, text === '{' && holdsMembers);
  }

  /** A declaration keyword inside a body: its brace is missing. */
  private closeOf(open: number, to: number, holdsMembers: boolean): number {
    if (holdsMembers) return closing(this.tokens, open, to);
    return closing(this.tokens, open, to, (index) => this.tokens[index]!.kind === 'word' && NEVER_IN_BODIES.has(this.tokens[index]!.text) && this.tokens[index - 1]?.text !== 'by'
      && !(index > 0 && this.tokens[index - 1]!.text === '.'));
  }
}
