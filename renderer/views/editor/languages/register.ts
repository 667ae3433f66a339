/** The languages of the editor, by file ending; those that Monaco has are loaded with the first file of theirs. */
import { languages } from 'monaco-editor/editor';
import { dafnyConfiguration, dafnyTokens } from './dafny.ts';
import { leanConfiguration, leanTokens } from './lean.ts';
import { sbyTokens } from './sby.ts';
import { dimacsTokens, smtConfiguration, smtTokens } from './smt.ts';
import { verusTokens } from './verus.ts';

const ENDINGS: Readonly<Record<string, string>> = {
  dfy: 'dafny', rs: 'verus', lean: 'lean4', v: 'systemverilog', sv: 'systemverilog', svh: 'systemverilog', vh: 'systemverilog', smt2: 'smt-lib', cnf: 'dimacs', sby: 'sby',
};

export function languageOf(file: string): string {
  return ENDINGS[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'plaintext';
}

let registered = false;

export function registerLanguages(): void {
  if (registered) return;
  registered = true;
  const add = (id: string, tokens: languages.IMonarchLanguage, configuration?: languages.LanguageConfiguration): void => {
    languages.register({ id });
    languages.setMonarchTokensProvider(id, tokens);
    if (configuration) languages.setLanguageConfiguration(id, configuration);
  };
  add('dafny', dafnyTokens, dafnyConfiguration);
  add('lean4', leanTokens, leanConfiguration);
  add('smt-lib', smtTokens, smtConfiguration);
  add('dimacs', dimacsTokens, { comments: { lineComment: 'c' } });
  add('sby', sbyTokens, { comments: { lineComment: '#' } });
  const lazily = (id: string, load: () => Promise<{ language: languages.IMonarchLanguage; conf: languages.LanguageConfiguration }>, change = (tokens: languages.IMonarchLanguage) => tokens): void => {
    languages.register({ id });
    languages.onLanguage(id, () => {
      void load().then(({ language, conf }) => { languages.setMonarchTokensProvider(id, change(language)); languages.setLanguageConfiguration(id, conf); });
    });
  };
  lazily('systemverilog', () => import('monaco-editor/languages/definitions/systemverilog/systemverilog'));
  lazily('verus', () => import('monaco-editor/languages/definitions/rust/rust'), verusTokens);
}
