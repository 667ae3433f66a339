/** Hover, definition and outline from the tool's server, for the newest text of a model; the outline from the ledger where there is no server. */
import { languages, Range, type editor, type IRange } from 'monaco-editor/editor';
import type { OutlineView } from '../../../../app/contract.ts';
import { askLive } from '../../../session/live.ts';
import type { Session } from '../../../session/session.ts';
import { uriOf } from '../buffers.ts';
import { rowsOfFile } from '../providers.ts';

type Place = OutlineView['range'];
const fileOf = (model: editor.ITextModel): string => model.uri.path.slice(1);
const rangeOf = ({ start, end }: Place): IRange => new Range(start.line, start.column, end.line, end.column);
const KINDS: Readonly<Record<string, languages.SymbolKind>> = {
  module: languages.SymbolKind.Module, namespace: languages.SymbolKind.Namespace, class: languages.SymbolKind.Class, method: languages.SymbolKind.Method, field: languages.SymbolKind.Field, constructor: languages.SymbolKind.Constructor,
  function: languages.SymbolKind.Function, variable: languages.SymbolKind.Variable, constant: languages.SymbolKind.Constant, enum: languages.SymbolKind.Enum, struct: languages.SymbolKind.Struct,
};

/** Returns what ends them. */
export function provideLive(session: Session): () => void {
  const selector = { scheme: 'assay' };
  const signalOf = (token: { onCancellationRequested(listener: () => void): unknown }): AbortSignal => { const controller = new AbortController(); token.onCancellationRequested(() => { controller.abort(); }); return controller.signal; };
  const all = [
    languages.registerHoverProvider(selector, {
      async provideHover(model, { lineNumber: line, column }, token) {
        const answer = await askLive(session, 'live.hover', fileOf(model), model.getVersionId(), 'hover', { at: { line, column } }, signalOf(token));
        if (!answer?.hover) return null;
        // The tool's Markdown about a stranger's text: no markup, no command and no picture of it is followed.
        return { contents: [{ value: answer.hover.markdown, isTrusted: false, supportHtml: false }], ...(answer.hover.range ? { range: rangeOf(answer.hover.range) } : {}) };
      },
    }),
    languages.registerDefinitionProvider(selector, {
      async provideDefinition(model, { lineNumber: line, column }, token) {
        const answer = await askLive(session, 'live.definition', fileOf(model), model.getVersionId(), 'definition', { at: { line, column } }, signalOf(token));
        const repository = session.repository();
        // What lies outside of the repository is not shown here.
        return repository === undefined ? [] : (answer?.places ?? []).filter(({ file }) => !file.startsWith('/') && !file.includes(':')).map((place) => ({ uri: uriOf(repository, place.file), range: rangeOf(place.range) }));
      },
    }),
    languages.registerDocumentSymbolProvider(selector, {
      displayName: 'Assay',
      async provideDocumentSymbols(model, token) {
        const answer = await askLive(session, 'live.outline', fileOf(model), model.getVersionId(), 'outline', {}, signalOf(token));
        return answer?.entries ? answer.entries.map(symbolOf) : rowsOfFile(session, fileOf(model)).map((row) => symbolOf({ name: row.symbol, kind: row.kind, range: row.range, nameRange: row.range, children: [] }));
      },
    }),
  ];
  return () => { for (const one of all) one.dispose(); };
}

function symbolOf(entry: OutlineView): languages.DocumentSymbol {
  return {
    name: entry.name, detail: entry.detail ?? entry.kind, kind: KINDS[entry.kind] ?? languages.SymbolKind.Function, tags: [], range: rangeOf(entry.range), selectionRange: rangeOf(inside(entry.nameRange, entry.range)),
    children: entry.children.map(symbolOf),
  };
}

/** Monaco refuses a name that lies outside of its symbol. */
function inside(name: Place, whole: Place): Place {
  const before = (a: Place['start'], b: Place['start']): boolean => a.line < b.line || (a.line === b.line && a.column < b.column);
  return before(name.start, whole.start) || before(whole.end, name.end) ? { start: whole.start, end: whole.start } : name;
}
