/** Lean's Unicode input: `\alpha` and a space become `α`, by the abbreviations that Lean's own editors use. */
import { AbbreviationProvider } from '@leanprover/unicode-input';
import type { editor, IDisposable } from 'monaco-editor/editor';

const provider = new AbbreviationProvider({ abbreviationCharacter: '\\', customTranslations: {}, eagerReplacementEnabled: true });
/** What ends an abbreviation when it is typed behind one. */
const ENDS = /^[\s)\]}⟩,;]$/;
const ABBREVIATION = /\\([^\s\\]+)$/;

export function unicodeInput(view: editor.IStandaloneCodeEditor): IDisposable {
  let own = false;
  return view.onDidChangeModelContent(({ changes, isUndoing, isRedoing }) => {
    const [change] = changes;
    const model = view.getModel();
    if (own || isUndoing || isRedoing || !model || model.getLanguageId() !== 'lean4' || changes.length !== 1 || !change || change.text.length === 0) return;
    const typed = change.text.startsWith('\n') || change.text.startsWith('\r') ? '\n' : change.text;
    if (typed.length !== 1 || !ENDS.test(typed)) return;
    const { startLineNumber: line, startColumn } = change.range;
    const found = ABBREVIATION.exec(model.getLineContent(line).slice(0, startColumn - 1));
    const symbol = found && provider.getSymbolForAbbreviation(found[1]!);
    if (!found || symbol === undefined || symbol === null) return;
    // `$CURSOR` says where the cursor goes in a pair of brackets; here it stays behind.
    const text = symbol.replace('$CURSOR', '');
    own = true;
    view.executeEdits('unicode input', [{ range: { startLineNumber: line, startColumn: startColumn - found[0].length, endLineNumber: line, endColumn: startColumn }, text }]);
    own = false;
  });
}
