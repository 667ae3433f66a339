/**
 * Cuts tokens into commands (one declaration, `namespace`, `open`, `#eval` …). Every word that begins a declaration is a
 * reserved token of Lean, so it begins a command wherever it stands first on its line outside brackets, or in the first
 * column whatever was left open before: a file that does not parse still has its other declarations.
 */
import type { Token } from './tokens.ts';

/** Begin declarations. `lemma` is a word of Mathlib and free elsewhere. */
export const DECLARING = new Set(['theorem', 'lemma', 'def', 'instance', 'example', 'abbrev', 'structure', 'class', 'inductive', 'coinductive', 'opaque', 'axiom']);
const MODIFIERS = new Set(['private', 'protected', 'noncomputable', 'unsafe', 'partial', 'nonrec', 'public', 'meta', 'local', 'scoped']);
/** Cannot be names: begin a command wherever they stand first on their line. */
const RESERVED = new Set(['namespace', 'section', 'end', 'mutual', 'universe', 'macro_rules', 'elab_rules', 'export']);
/** Begin a command in the first column only: inside a proof they belong to a tactic, or are names. */
const FIRST_COLUMN = new Set([
  'open', 'variable', 'variables', 'set_option', 'attribute', 'import', 'macro', 'syntax', 'notation', 'infix', 'infixl', 'infixr', 'prefix', 'postfix', 'elab', 'initialize',
  'builtin_initialize', 'deriving', 'register_option', 'register_builtin_option', 'register_simp_attr', 'run_cmd', 'run_meta', 'run_elab', 'omit', 'include', 'alias', 'declare_syntax_cat', 'simproc',
  'dsimproc', 'builtin_simproc', 'add_decl_doc', 'suppress_compilation', 'unsuppress_compilation', 'prelude', 'module', 'public', 'irreducible_def', 'gen_injective_theorems', 'unif_hint', 'library_note',
]);

export interface Command {
  /** First and last token, both of the command. */
  readonly from: number;
  readonly to: number;
  /** Index of the word that says what it is. */
  readonly keyword: number;
  /** Indices of modifiers before a declaration. */
  readonly modifiers: readonly string[];
  /** Index ranges (inside the brackets) of `@[…]` before a declaration. */
  readonly attributes: readonly { readonly from: number; readonly to: number }[];
}

export function commandsOf(tokens: readonly Token[]): Command[] {
  const starts: Head[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const open = starts.at(-1);
    // `open A in` and its like belong to the declaration that follows.
    const after = open === undefined || at > open.keyword;
    const free = token.first && (depth <= 0 || token.column === 0);
    if (after && (free || follows(tokens, at))) {
      const head = headAt(tokens, at, free);
      if (head) {
        if (token.column === 0 || depth < 0) depth = 0;
        if (open && isIn(tokens, at - 1) && isPrefixCommand(tokens, open)) starts[starts.length - 1] = { ...head, from: open.from };
        else starts.push(head);
        at = head.keyword;
        continue;
      }
    }
    if (token.kind === 'symbol') {
      if ('([{⟨'.includes(token.text)) depth++;
      else if (')]}⟩'.includes(token.text)) depth = Math.max(0, depth - 1);
    }
  }
  return starts.map((head, index) => ({ ...head, to: (starts[index + 1]?.from ?? tokens.length) - 1 }));
}

type Head = Omit<Command, 'to'>;

/** On the line of another command: after `in`, or a second declaration that a bracket cannot hold. */
function follows(tokens: readonly Token[], at: number): boolean { return isIn(tokens, at - 1) && isDeclarationAhead(tokens, at); }

function isIn(tokens: readonly Token[], at: number): boolean { return tokens[at]?.kind === 'word' && tokens[at]!.text === 'in'; }

function isPrefixCommand(tokens: readonly Token[], head: Head): boolean {
  return ['open', 'set_option', 'attribute', 'variable', 'omit', 'include', 'universe', 'local', 'deriving'].includes(tokens[head.keyword]!.text);
}

function isDeclarationAhead(tokens: readonly Token[], at: number): boolean {
  const head = headAt(tokens, at, false);
  return head !== undefined && DECLARING.has(tokens[head.keyword]!.text);
}

/** @param free whether it stands where any command may begin */
function headAt(tokens: readonly Token[], start: number, free: boolean): Head | undefined {
  const modifiers: string[] = [];
  const attributes: { from: number; to: number }[] = [];
  let at = start;
  for (;;) {
    const token = tokens[at];
    if (!token) return undefined;
    if (token.kind === 'doc') { at++; continue; }
    if (token.text === '@' && tokens[at + 1]?.text === '[') {
      const close = closing(tokens, at + 1);
      attributes.push({ from: at + 2, to: close - 1 });
      at = close + 1;
      continue;
    }
    if (token.kind === 'word' && MODIFIERS.has(token.text)) {
      modifiers.push(token.text);
      at++;
      continue;
    }
    break;
  }
  const token = tokens[at]!;
  const head = { from: start, keyword: at, modifiers, attributes };
  if (token.kind === 'word') {
    if (DECLARING.has(token.text) && tokens[at - 1]?.text !== '.') return token.text === 'lemma' && !isName(tokens[at + 1]) ? undefined : head;
    if (!free && start === at) return undefined;
    if (RESERVED.has(token.text)) return head;
    if (FIRST_COLUMN.has(token.text) && (tokens[start]!.column === 0 || attributes.length + modifiers.length > 0)) return head;
    // `public import`, `meta section`, a word that some import made a command.
    return start < at && tokens[start]!.column === 0 ? head : undefined;
  }
  if (free && token.text === '#' && tokens[at + 1]?.kind === 'word' && tokens[at + 1]!.start === token.end && (token.column === 0 || tokens[start]!.first)) return { ...head, keyword: at + 1 };
  return undefined;
}

function isName(token: Token | undefined): boolean { return token?.kind === 'word'; }

/** Index of the bracket that closes the one at `open`; the last token where none does. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind !== 'symbol') continue;
    if ('([{⟨'.includes(text)) depth++;
    else if (')]}⟩'.includes(text) && --depth === 0) return at;
  }
  return tokens.length - 1;
}
