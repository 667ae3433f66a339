/**
 * The items of one Rust file: functions with their mode and specification, modules, impls, traits, uses, and which of them
 * stand inside `verus!`. Robust: what it does not know is skipped token by token, so a broken file still gives the rest.
 */
import { attributesAt, named, type Attribute } from './attributes.ts';
import { afterGenerics, closing, isOpening, tokenise, type Token } from './tokens.ts';

export type Mode = 'spec' | 'proof' | 'exec';

/** What holds an item, from the outside in. */
export interface Scope {
  readonly modules: readonly string[];
  readonly verus: boolean;
  /** Under #[verifier::external], or an external trait specification: Verus does not look inside. */
  readonly external: boolean;
  /** Under an attribute cfg: may be left out of a build. */
  readonly conditional: boolean;
  readonly impl?: ImplHead;
  readonly trait?: string;
}

export interface ImplHead {
  /** Words of the type's path: ["a", "S"]; [] where it is no path (a slice, a reference). */
  readonly type: readonly string[];
  readonly trait?: readonly string[];
  /** The type as text, for people. */
  readonly text: string;
}

export interface RustFunction {
  readonly kind: 'fn' | 'const' | 'static';
  readonly name: string;
  readonly mode: Mode;
  readonly scope: Scope;
  readonly attributes: readonly Attribute[];
  /** pub, open, closed, broadcast, axiom, uninterp, checked, const, … */
  readonly modifiers: ReadonlySet<string>;
  /** requires, ensures, decreases, recommends, …: words of the head at its own level. */
  readonly clauses: ReadonlySet<string>;
  readonly external: boolean;
  readonly externalBody: boolean;
  readonly conditional: boolean;
  readonly first: number;
  readonly nameToken: number;
  readonly last: number;
  readonly body?: { readonly open: number; readonly close: number };
}

/** Items that are no functions and say something: kept with their tokens. */
export interface OtherItem {
  readonly kind: 'mod' | 'use' | 'broadcast-group' | 'broadcast-use' | 'global' | 'assume_specification' | 'impl' | 'trait' | 'type' | 'macro_rules' | 'macro';
  readonly name: string;
  readonly scope: Scope;
  readonly attributes: readonly Attribute[];
  readonly first: number;
  readonly last: number;
  /** A module without a body: another file. */
  readonly outOfLine?: boolean;
}

export interface RustFile {
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly functions: readonly RustFunction[];
  readonly items: readonly OtherItem[];
  /** Attributes of the file and of its modules as a whole. */
  readonly inner: readonly { readonly attribute: Attribute; readonly scope: Scope }[];
  /** Token ranges that Verus reads: macros verus! and what is marked for it. */
  readonly regions: readonly { readonly open: number; readonly close: number }[];
}

/** Macros whose braces hold items for Verus. */
export const VERUS_MACROS = new Set(['verus', 'verus_', 'verus_proof_macro_exprs', 'verus_keep_ghost', 'verus_erase_ghost']);
const MODIFIERS = new Set(['pub', 'open', 'closed', 'uninterp', 'broadcast', 'axiom', 'default', 'const', 'async', 'unsafe', 'extern', 'spec', 'proof', 'exec', 'tracked', 'ghost', 'safe']);
const ITEM_WORDS = new Set([...MODIFIERS, 'fn', 'mod', 'impl', 'trait', 'struct', 'enum', 'union', 'type', 'static', 'use', 'macro_rules', 'assume_specification', 'global']);
const CLAUSES = new Set(['requires', 'ensures', 'decreases', 'recommends', 'returns', 'default_ensures', 'opens_invariants', 'no_unwind', 'via', 'when', 'by']);

export function readRustFile(path: string, text: string, modules: readonly string[] = []): RustFile {
  const reader = new ItemReader(path, text);
  reader.items(0, reader.tokens.length, { modules, verus: false, external: false, conditional: false });
  const { tokens, functions, found, inner, regions } = reader;
  return { path, text, tokens, functions, items: found, inner, regions };
}

class ItemReader {
  readonly tokens: readonly Token[];
  readonly functions: RustFunction[] = [];
  readonly found: OtherItem[] = [];
  readonly inner: { attribute: Attribute; scope: Scope }[] = [];
  readonly regions: { open: number; close: number }[] = [];

  constructor(readonly path: string, readonly text: string) { this.tokens = tokenise(text); }

  items(from: number, to: number, scope: Scope): void {
    for (let at = from; at < to;) at = Math.max(at + 1, this.item(at, to, scope));
  }

  private is(at: number, text: string): boolean { return this.tokens[at]?.text === text && this.tokens[at]!.kind !== 'string' && this.tokens[at]!.kind !== 'char'; }

  /** Reads one item at `first`; returns the index behind it. */
  private item(first: number, to: number, scope: Scope): number {
    const attributes: Attribute[] = [];
    let at = first;
    for (let more = attributesAt(this.tokens, at, to); more; more = attributesAt(this.tokens, at, to)) {
      for (const attribute of more.attributes) if (attribute.inner) this.inner.push({ attribute, scope }); else attributes.push(attribute);
      at = more.last + 1;
      if (at >= to) return at;
    }
    const modifiers = new Set<string>();
    for (; at < to && this.tokens[at]!.kind === 'word' && MODIFIERS.has(this.tokens[at]!.text); at++) {
      const { text } = this.tokens[at]!;
      if (text === 'const' && this.tokens[at + 1]?.kind === 'word' && !MODIFIERS.has(this.tokens[at + 1]!.text) && !this.is(at + 1, 'fn')) break;
      if (text === 'broadcast' && (this.is(at + 1, 'use') || this.is(at + 1, 'group'))) break;
      modifiers.add(text);
      if (this.is(at + 1, '(')) {
        const end = closing(this.tokens, at + 1, to);
        if (text === 'spec' && this.is(at + 2, 'checked')) modifiers.add('checked');
        at = end;
      } else if (text === 'extern' && this.tokens[at + 1]?.kind === 'string') at++;
    }
    const token = this.tokens[at];
    if (!token || at >= to) return at;
    if (token.kind !== 'word') return isOpening(token) ? closing(this.tokens, at, to) + 1 : at + 1;
    const inside = narrowed(scope, attributes);
    const keep = (kind: OtherItem['kind'], name: string, last: number, more: Partial<OtherItem> = {}): number => {
      this.found.push({ kind, name, scope: inside, attributes, first, last, ...more });
      return last + 1;
    };
    switch (token.text) {
      case 'fn': return this.function(first, at, to, inside, attributes, modifiers);
      case 'mod': {
        const name = this.tokens[at + 1]?.text ?? '';
        if (!this.is(at + 2, '{')) return keep('mod', name, Math.min(at + 2, to - 1), { outOfLine: true });
        const close = closing(this.tokens, at + 2, to);
        keep('mod', name, close);
        this.items(at + 3, close, { ...inside, modules: [...inside.modules, name], impl: undefined, trait: undefined });
        return close + 1;
      }
      case 'impl': case 'trait': {
        const open = this.bodyOf(at + 1, to);
        const last = open === undefined ? this.semicolon(at, to) : closing(this.tokens, open, to);
        const head = token.text === 'impl' ? this.implHead(at + 1, open ?? last) : undefined;
        const name = head ? head.text : this.tokens[at + 1]?.text ?? '';
        keep(token.text, name, last);
        if (open !== undefined) this.items(open + 1, last, { ...inside, ...(head ? { impl: head } : { trait: name }) });
        return last + 1;
      }
      case 'struct': case 'enum': case 'union': case 'type': {
        const open = this.bodyOf(at + 1, to);
        return keep('type', this.tokens[at + 1]?.text ?? '', open === undefined ? this.semicolon(at, to) : closing(this.tokens, open, to));
      }
      case 'const': case 'static': {
        return this.constant(first, at, to, inside, attributes, modifiers);
      }
      case 'use': return keep('use', '', this.semicolon(at, to));
      case 'broadcast': {
        if (this.is(at + 1, 'use')) return keep('broadcast-use', '', this.semicolon(at, to));
        const open = this.is(at + 3, '{') ? at + 3 : this.bodyOf(at, to);
        return keep('broadcast-group', this.tokens[at + 2]?.text ?? '', open === undefined ? this.semicolon(at, to) : closing(this.tokens, open, to));
      }
      case 'global': return keep('global', '', this.semicolon(at, to));
      case 'assume_specification': return keep('assume_specification', '', this.semicolon(at, to));
      case 'macro_rules': {
        const open = at + 3;
        return keep('macro_rules', this.tokens[at + 2]?.text ?? '', isOpening(this.tokens[open]) ? closing(this.tokens, open, to) : this.semicolon(at, to));
      }
      default: return this.macro(first, at, to, inside, attributes);
    }
  }

  /** `a::b! { … }` as an item; a macro of Verus holds items. */
  private macro(first: number, at: number, to: number, scope: Scope, attributes: readonly Attribute[]): number {
    let index = at;
    while (this.is(index + 1, '::') && this.tokens[index + 2]?.kind === 'word') index += 2;
    if (!this.is(index + 1, '!') || !isOpening(this.tokens[index + 2])) return at + 1;
    const open = index + 2;
    const close = closing(this.tokens, open, to);
    const name = this.tokens[index]!.text;
    if (VERUS_MACROS.has(name)) {
      this.regions.push({ open, close });
      this.items(open + 1, close, { ...scope, verus: true });
    } else this.found.push({ kind: 'macro', name, scope, attributes, first, last: close });
    return close + 1;
  }

  private function(first: number, keyword: number, to: number, scope: Scope, attributes: readonly Attribute[], modifiers: ReadonlySet<string>): number {
    const nameToken = keyword + 1;
    if (this.tokens[nameToken]?.kind !== 'word') return keyword + 1;
    const clauses = new Set<string>();
    const open = this.bodyOf(nameToken + 1, to, clauses);
    const close = open === undefined ? undefined : closing(this.tokens, open, to);
    const last = close ?? this.semicolon(nameToken, to);
    const verified = attributes.some((one) => /^(?:vstd::(?:prelude::)?)?verus_(?:spec|verify)$/.test(one.name) || one.name === 'verifier::verify');
    const mode: Mode = modifiers.has('spec') ? 'spec' : modifiers.has('proof') || modifiers.has('axiom') ? 'proof' : 'exec';
    if (verified && !scope.verus) this.regions.push({ open: first, close: last });
    this.functions.push({
      kind: 'fn', name: this.tokens[nameToken]!.text, mode, attributes, modifiers, clauses, first, nameToken, last, scope: { ...scope, verus: scope.verus || verified },
      external: scope.external, externalBody: named(attributes, 'external_body'), conditional: scope.conditional,
      ...(open !== undefined && close !== undefined ? { body: { open, close } } : {}),
    });
    return last + 1;
  }

  /** With a value behind "=", or with `ensures` and a body as a function has. */
  private constant(first: number, keyword: number, to: number, scope: Scope, attributes: readonly Attribute[], modifiers: ReadonlySet<string>): number {
    const nameToken = this.is(keyword + 1, 'mut') ? keyword + 2 : keyword + 1;
    const clauses = new Set<string>();
    const open = this.bodyOf(nameToken + 1, to, clauses);
    const close = open === undefined ? undefined : closing(this.tokens, open, to);
    const last = close ?? this.semicolon(keyword, to);
    if (this.tokens[nameToken]?.kind === 'word') this.functions.push({
      kind: this.is(keyword, 'static') ? 'static' : 'const', name: this.tokens[nameToken].text, mode: modifiers.has('spec') ? 'spec' : 'exec', attributes, modifiers, clauses, first, nameToken, last, scope,
      external: scope.external, externalBody: named(attributes, 'external_body'), conditional: scope.conditional, ...(open !== undefined && close !== undefined ? { body: { open, close } } : {}),
    });
    return last + 1;
  }

  /**
   * The brace that opens the body: the first group behind which an item may begin. Clauses can hold braces (match, if,
   * blocks), but what follows those is never the beginning of an item.
   */
  private bodyOf(from: number, to: number, clauses?: Set<string>): number | undefined {
    for (let at = afterGenerics(this.tokens, from, to); at < to; at++) {
      const token = this.tokens[at]!;
      if (token.kind === 'word' && CLAUSES.has(token.text)) clauses?.add(token.text);
      if (token.kind !== 'symbol') continue;
      if (token.text === ';') return undefined;
      if (!isOpening(token)) { if (token.text === '}') return undefined; continue; }
      const end = closing(this.tokens, at, to);
      if (token.text === '{' && this.mayBeginItem(end + 1, to)) return at;
      // A parenthesis that nothing closes swallows nothing.
      if (token.text !== '(' || this.tokens[end]!.text === ')') at = end;
    }
    return undefined;
  }

  private mayBeginItem(at: number, to: number): boolean {
    const token = this.tokens[at];
    if (!token || at >= to) return true;
    if (token.kind === 'symbol') return token.text === '}' || token.text === '#';
    if (token.kind !== 'word') return false;
    if (ITEM_WORDS.has(token.text)) return true;
    for (let index = at; ; index += 2) {
      if (this.is(index + 1, '!') && (isOpening(this.tokens[index + 2]) || this.tokens[index + 2]?.kind === 'word')) return true;
      if (!this.is(index + 1, '::')) return false;
    }
  }

  /** The semicolon that ends what begins at `from`, or the last token before a stray closing bracket. */
  private semicolon(from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const token = this.tokens[at]!;
      if (token.kind !== 'symbol') continue;
      if (token.text === ';') return at;
      if (isOpening(token)) at = closing(this.tokens, at, to);
      else if (token.text === '}') return Math.max(from, at - 1);
    }
    return to - 1;
  }

  private implHead(from: number, to: number): ImplHead {
    let start = afterGenerics(this.tokens, from, to);
    let end = to;
    for (let at = start; at < to; at++) {
      if (isOpening(this.tokens[at])) { at = closing(this.tokens, at, to); continue; }
      if (this.is(at, 'where')) { end = at; break; }
    }
    let trait: string[] | undefined;
    for (let at = start; at < end; at++) {
      if (this.is(at, '<')) { at = afterGenerics(this.tokens, at, end) - 1; continue; }
      if (isOpening(this.tokens[at])) { at = closing(this.tokens, at, end); continue; }
      if (this.is(at, 'for') && !this.is(at + 1, '<')) { trait = pathWords(this.tokens, start, at); start = at + 1; break; }
    }
    return { type: pathWords(this.tokens, start, end), ...(trait ? { trait } : {}), text: this.tokens.slice(start, end).map((token) => token.text).join('') };
  }
}

/** The words of a path without its generics; [] where it is no path. */
function pathWords(tokens: readonly Token[], from: number, to: number): string[] {
  const words: string[] = [];
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'word') { words.push(text); continue; }
    if (text === '<') { at = afterGenerics(tokens, at, to) - 1; continue; }
    if (text !== '::' && !(text === '!' && at === from)) return [];
  }
  return words;
}

function narrowed(scope: Scope, attributes: readonly Attribute[]): Scope {
  const external = scope.external || ['external', 'external_fn_specification', 'external_trait_specification', 'external_trait_extension'].some((name) => named(attributes, name));
  const conditional = scope.conditional || attributes.some((one) => one.name === 'cfg' && !/^\((?:verus_keep_ghost|verus_only|all\(verus_keep_ghost\))\)$/.test(one.argument)) || attributes.some((one) => one.name === 'test');
  return external === scope.external && conditional === scope.conditional ? scope : { ...scope, external, conditional };
}
