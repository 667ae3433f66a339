/** Monaco's own languages, which it ships without types. */
declare module 'monaco-editor/languages/definitions/*' {
  import type { languages } from 'monaco-editor/editor';
  export const language: languages.IMonarchLanguage;
  export const conf: languages.LanguageConfiguration;
}
