/** Dafny 4 for Monaco, by the reference manual's lexical grammar (chapter 2). */
import type { languages } from 'monaco-editor/editor';

const KEYWORDS = 'abstract allocated as assert assume bool break by calc case char class codatatype const constructor continue datatype decreases else ensures exists expect export extends false for forall fp32 fp64 fresh function ghost greatest hint if imap import in include int invariant is iset iterator label least lemma map match method modifies modify module multiset nameonly nat new newtype null object old older opaque opened ORDINAL ordinal predicate print provides reads real refines replaces requires return returns reveal reveals seq set static string then this to trait true twostate type unchanged var where while witness yield yields'.split(' ');
const TYPES = 'bool char int nat real string seq set iset map imap multiset object ORDINAL fp32 fp64'.split(' ');
const TRUST = 'assume expect'.split(' ');

export const dafnyConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [['{', '}'], ['[', ']'], ['(', ')']],
  autoClosingPairs: [{ open: '{', close: '}' }, { open: '[', close: ']' }, { open: '(', close: ')' }, { open: '"', close: '"', notIn: ['string', 'comment'] }],
  wordPattern: /[A-Za-z_?'][\w?']*/,
  indentationRules: { increaseIndentPattern: /\{[^}]*$/, decreaseIndentPattern: /^\s*\}/ },
};

export const dafnyTokens: languages.IMonarchLanguage = {
  defaultToken: '', keywords: KEYWORDS, typeWords: TYPES, trust: TRUST,
  tokenizer: {
    root: [
      [/\{:\s*[\w?']+/, 'annotation'], [/@[A-Za-z]\w*/, 'annotation'],
      [/array\d*\??/, 'type'], [/bv\d+/, 'type'],
      [/[A-Za-z_][\w?']*/, { cases: { '@trust': 'keyword.trust', '@typeWords': 'type', '@keywords': 'keyword', '@default': 'identifier' } }],
      { include: '@space' },
      [/0x[\da-fA-F_]+|\d[\d_]*(\.\d[\d_]*)?/, 'number'],
      [/@"/, 'string', '@verbatim'], [/"/, 'string', '@text'], [/'(\\.|[^\\'])'/, 'string'],
      [/<==>|==>|<==|&&|\|\||:\||:=|=>|->|~>|-->|\.\.|[=!<>]=|!in|!!|[∀∃•≤≥≠∧∨¬⇒⇔]/, 'operator'],
      [/[{}()[\]]/, '@brackets'],
    ],
    space: [[/\s+/, ''], [/\/\/.*$/, 'comment'], [/\/\*/, 'comment', '@comment']],
    comment: [[/[^/*]+/, 'comment'], [/\/\*/, 'comment', '@push'], [/\*\//, 'comment', '@pop'], [/[/*]/, 'comment']],
    text: [[/[^\\"]+/, 'string'], [/\\./, 'string.escape'], [/"/, 'string', '@pop']],
    verbatim: [[/[^"]+/, 'string'], [/""/, 'string.escape'], [/"/, 'string', '@pop']],
  },
};
