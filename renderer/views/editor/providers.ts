/** Hover and code lenses of every language of the editor: from the ledger, for the file that the model is of. */
import { editor, languages, type CancellationToken } from 'monaco-editor/editor';
import type { LedgerRow } from '../../../app/contract.ts';
import { selectObligation } from '../../session/inspect.ts';
import { isOpenGoal, proveThese } from '../../session/proof.ts';
import { startRun } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';
import { rowOf } from '../../store/rows.ts';
import { waveformTab } from '../waveform/tab.tsx';

const fileOf = (model: editor.ITextModel): string => model.uri.path.slice(1);
/** More would bury the text. */
const MOST_LENSES = 500;

export function rowsOfFile(session: Session, file: string): readonly LedgerRow[] {
  return session.get().table.rows.filter((row) => row.file === file);
}

/** The innermost obligation around a line. */
export function obligationAt(session: Session, file: string, line: number): LedgerRow | undefined {
  return rowsOfFile(session, file).filter((row) => row.range.start.line <= line && row.range.end.line >= line)
    .sort((a, b) => (a.range.end.line - a.range.start.line) - (b.range.end.line - b.range.start.line) || b.range.start.line - a.range.start.line)[0];
}

/** Returns what ends them. */
export function provide(session: Session): () => void {
  const commands = {
    verify: editor.registerCommand('assay.verify', (_, id: string) => { void startRun(session, { ids: [id] }); }),
    prove: editor.registerCommand('assay.prove', (_, id: string) => { const row = rowOf(session.get().table, id); if (row) void proveThese(session, [row]); }),
    inspect: editor.registerCommand('assay.inspect', (_, id: string) => { selectObligation(session, id); session.update((state) => ({ ...state, layout: { ...state.layout, inspector: true } })); }),
    waveform: editor.registerCommand('assay.waveform', (_, id: string) => { session.centre?.openTab(waveformTab(id)); }),
  };
  const changes = new Set<() => void>();
  const stop = session.store.subscribe((state, before) => { if (state.table.structure !== before.table.structure) for (const changed of changes) changed(); });
  const onDidChange = ((listener: () => void) => { changes.add(listener); return { dispose: () => { changes.delete(listener); } }; }) as languages.CodeLensProvider['onDidChange'];
  const selector = { scheme: 'assay' };
  const lenses = languages.registerCodeLensProvider(selector, {
    ...(onDidChange ? { onDidChange } : {}),
    provideCodeLenses: (model: editor.ITextModel, _token: CancellationToken) => ({
      lenses: rowsOfFile(session, fileOf(model)).slice(0, MOST_LENSES).flatMap((row) => {
        const range = { startLineNumber: row.range.start.line, startColumn: 1, endLineNumber: row.range.start.line, endColumn: 1 };
        const lens = (id: string, title: string): languages.CodeLens => ({ range, command: { id, title, arguments: [row.id] } });
        const name = row.task === undefined ? '' : ` ${row.task}`;
        return [lens('assay.verify', `Verify${name}`), ...(isOpenGoal(row) ? [lens('assay.prove', 'Prove it')] : []), lens('assay.inspect', 'Inspect'), ...(row.trace ? [lens('assay.waveform', 'Waveform')] : [])];
      }),
      dispose: () => undefined,
    }),
  });
  const hovers = languages.registerHoverProvider(selector, {
    provideHover(model, { lineNumber }) {
      const row = obligationAt(session, fileOf(model), lineNumber);
      if (!row) return null;
      // As a block of code: a stranger's names are text, not Markdown.
      const words = `${row.symbol}: ${row.sentence}.${row.stale === undefined ? '' : `\nStale: ${row.stale}.`}${row.by === undefined ? '' : `\n${row.by}, ${row.seconds.toFixed(1)} s`}`;
      return { contents: [{ value: `~~~text\n${words.replaceAll('~~~', '~ ~ ~')}\n~~~`, isTrusted: false, supportHtml: false }] };
    },
  });
  return () => { stop(); lenses.dispose(); hovers.dispose(); for (const command of Object.values(commands)) command.dispose(); };
}
