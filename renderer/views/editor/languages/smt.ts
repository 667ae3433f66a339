/** SMT-LIB 2.6 for Monaco (the standard, section 3.1), and DIMACS, of which only comments and the header have a colour. */
import type { languages } from 'monaco-editor/editor';

const COMMANDS = 'assert check-sat check-sat-assuming declare-const declare-datatype declare-datatypes declare-fun declare-sort define-const define-fun define-fun-rec define-funs-rec define-sort echo exit get-assertions get-assignment get-info get-model get-option get-proof get-unsat-assumptions get-unsat-core get-value pop push reset reset-assertions set-info set-logic set-option'.split(' ');
const WORDS = 'let forall exists match par as _ ! and or not xor ite distinct true false'.split(' ');

export const smtConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: ';' }, brackets: [['(', ')']],
  autoClosingPairs: [{ open: '(', close: ')' }, { open: '"', close: '"', notIn: ['string', 'comment'] }, { open: '|', close: '|', notIn: ['string', 'comment'] }],
  wordPattern: /[^\s()";|]+/,
};

export const smtTokens: languages.IMonarchLanguage = {
  defaultToken: '', commands: COMMANDS, words: WORDS,
  tokenizer: {
    root: [
      [/;.*$/, 'comment'], [/\|[^|]*\|/, 'identifier'], [/"/, 'string', '@text'], [/:[\w~!@$%^&*+=<>.?/-]+/, 'annotation'],
      [/#x[\da-fA-F]+|#b[01]+|\d+(\.\d+)?/, 'number'],
      [/[A-Za-z~!@$%^&*_+=<>.?/-][\w~!@$%^&*+=<>.?/-]*/, { cases: { '@commands': 'keyword', '@words': 'operator', '@default': 'identifier' } }],
      [/[()]/, '@brackets'], [/\s+/, ''],
    ],
    text: [[/[^"]+/, 'string'], [/""/, 'string.escape'], [/"/, 'string', '@pop']],
  },
};

export const dimacsTokens: languages.IMonarchLanguage = {
  defaultToken: '', tokenizer: { root: [[/^c\b.*$/, 'comment'], [/^p\s+\w+/, 'keyword'], [/-?\d+/, 'number']] },
};
