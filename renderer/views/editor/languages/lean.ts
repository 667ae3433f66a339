/** Lean 4 for Monaco. Notation is open in Lean: what is not a known word stays plain. */
import type { languages } from 'monaco-editor/editor';

const COMMANDS = 'theorem lemma def abbrev example instance structure class inductive coinductive axiom opaque variable universe namespace section end open export import attribute macro macro_rules syntax notation infix infixl infixr prefix postfix elab elab_rules declare_syntax_cat set_option mutual deriving private protected noncomputable partial unsafe scoped local initialize builtin_initialize run_cmd where extends nonrec public meta module'.split(' ');
const TERMS = 'by fun let have show from if then else match with do return for in while repeat unless at using calc suffices obtain rcases termination_by decreasing_by forall exists Type Prop Sort'.split(' ');
const TRUST = 'sorry admit axiom unsafe native_decide implemented_by extern'.split(' ');

export const leanConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/-', '-/'] },
  brackets: [['{', '}'], ['[', ']'], ['(', ')'], ['⟨', '⟩'], ['⟦', '⟧'], ['⦃', '⦄']],
  autoClosingPairs: [{ open: '(', close: ')' }, { open: '[', close: ']' }, { open: '{', close: '}' }, { open: '⟨', close: '⟩' }, { open: '"', close: '"', notIn: ['string', 'comment'] }],
  onEnterRules: [{ beforeText: /(:=|\bby|=>|\bdo|\bwhere)\s*$/, action: { indentAction: 1 } }],
};

export const leanTokens: languages.IMonarchLanguage = {
  defaultToken: '', commands: COMMANDS, terms: TERMS, trust: TRUST,
  tokenizer: {
    root: [
      [/#[a-z_]+/, 'keyword'], [/@\[/, 'annotation', '@attributes'],
      [/«[^»]*»/, 'identifier'],
      [/[A-Za-z_α-ωΑ-Ωₐ-ₜ℀-⅏][\w'!?₀-₉α-ωΑ-Ω]*/, { cases: { '@trust': 'keyword.trust', '@commands': 'keyword', '@terms': 'keyword', '@default': 'identifier' } }],
      { include: '@space' },
      [/0x[\da-fA-F]+|0b[01]+|\d+(\.\d+)?/, 'number'],
      [/s!"|"/, 'string', '@text'], [/'(\\.|[^\\'])'/, 'string'],
      [/[∀∃λΣΠ→←↔∧∨¬≤≥≠∈∉⊆⊂∪∩∘×▸⊢]|:=|=>|<-|->|\|>|<\|/, 'operator'],
      [/[{}()[\]⟨⟩]/, '@brackets'],
    ],
    attributes: [[/\]/, 'annotation', '@pop'], [/\b(implemented_by|extern|csimp|native_decide)\b/, 'keyword.trust'], [/[^\]]/, 'annotation']],
    space: [[/\s+/, ''], [/--.*$/, 'comment'], [/\/-/, 'comment', '@comment']],
    comment: [[/[^/-]+/, 'comment'], [/\/-/, 'comment', '@push'], [/-\//, 'comment', '@pop'], [/[/-]/, 'comment']],
    text: [[/[^\\"]+/, 'string'], [/\\./, 'string.escape'], [/"/, 'string', '@pop']],
  },
};
