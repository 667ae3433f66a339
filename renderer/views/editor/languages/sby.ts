/** SymbiYosys jobs for Monaco: sections, options, tags of tasks; Python between `--pycode-begin--` and its end. */
import type { languages } from 'monaco-editor/editor';

export const sbyTokens: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenizer: {
    root: [
      [/^\s*#.*$/, 'comment'], [/^\[[^\]]*\]/, 'type'], [/^--pycode-begin--/, 'keyword.trust', '@python'], [/^\s*[~\w-]+:/, 'annotation'],
      [/\b(mode|depth|timeout|expect|engine|smtbmc|abc|aiger|btor|prep|read|verilog|hierarchy|append|multiclock|vcd|skip)\b/, 'keyword'], [/\d+/, 'number'], [/\s+#.*$/, 'comment'],
    ],
    python: [[/^--pycode-end--/, 'keyword.trust', '@pop'], [/.*/, 'string']],
  },
};
