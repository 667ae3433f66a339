/** Verus over Monaco's Rust: the words that Verus adds, and those by which something is taken on trust. */
import type { languages } from 'monaco-editor/editor';

const ADDED = 'verus proof spec exec ghost tracked open closed uninterp requires ensures returns recommends invariant invariant_except_break invariant_ensures decreases assert by via when forall exists choose implies broadcast group opens_invariants no_unwind is has calc reveal reveal_with_fuel hide'.split(' ');
const TRUST = 'assume admit external_body external assume_specification axiom'.split(' ');

/** @param rust the tokens of Monaco's own Rust */
export function verusTokens(rust: languages.IMonarchLanguage): languages.IMonarchLanguage {
  const root = rust.tokenizer.root ?? [];
  return {
    ...rust, added: ADDED, trust: TRUST,
    tokenizer: {
      ...rust.tokenizer,
      root: [[/[a-z_]\w*(?=\s*!?)/, { cases: { '@trust': 'keyword.trust', '@added': 'keyword', '@keywords': 'keyword', '@typeKeywords': 'type', '@constants': 'keyword', '@default': 'identifier' } }], [/&&&|\|\|\||==>|<==>|<==|=~=|=~~=/, 'operator'], ...root],
    },
  };
}
