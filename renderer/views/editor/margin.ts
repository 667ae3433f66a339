/** Keeps the verdicts in the margin beside their lines: one widget an obligation, moved with the text as it is edited. */
import { editor, Range } from 'monaco-editor/editor';
import type { FileMarks, LedgerRow } from '../../../app/contract.ts';
import { selectObligation } from '../../session/inspect.ts';
import type { Session } from '../../session/session.ts';
import { rowOf } from '../../store/rows.ts';
import { lineMarks, marginWidget } from './marks.ts';

export interface Margin {
  show(marks: FileMarks | undefined): void;
  dispose(): void;
}

export function createMargin(session: Session, view: editor.IStandaloneCodeEditor): Margin {
  const decorations = view.createDecorationsCollection();
  const anchors = view.createDecorationsCollection();
  let widgets: editor.IGlyphMarginWidget[] = [];
  let marks: FileMarks | undefined;
  let drawn: readonly (LedgerRow | undefined)[] = [];
  let lines: number[] = [];

  const current = (): readonly (LedgerRow | undefined)[] => { const { table } = session.get(); return (marks?.obligations ?? []).map(({ row }) => rowOf(table, row.id) ?? row); };
  const draw = (): void => {
    for (const widget of widgets) view.removeGlyphMarginWidget(widget);
    drawn = current();
    lines = drawn.map((row, at) => anchors.getRange(at)?.startLineNumber ?? row!.range.start.line);
    widgets = drawn.map((row, at) => marginWidget(row!, lines[at]!, () => { selectObligation(session, row!.id); }));
    for (const widget of widgets) view.addGlyphMarginWidget(widget);
  };
  const stop = session.store.subscribe((state, before) => {
    if (state.table === before.table || !marks) return;
    const now = current();
    if (now.every((row, at) => row === drawn[at])) return;
    draw();
    // Text that was edited since has other lines than the marks: those that moved with it stay as they are.
    if (now.every((row) => row?.stale === undefined)) decorations.set(lineMarks(marks, (id) => rowOf(state.table, id)));
  });
  const moved = view.onDidChangeModelContent(() => { if (lines.some((line, at) => (anchors.getRange(at)?.startLineNumber ?? line) !== line)) draw(); });
  return {
    show(found) {
      marks = found;
      anchors.set((found?.obligations ?? []).map(({ row }) => ({ range: new Range(row.range.start.line, 1, row.range.start.line, 1), options: { stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges } })));
      decorations.set(lineMarks(found, (id) => rowOf(session.get().table, id)));
      draw();
    },
    dispose() { stop(); moved.dispose(); decorations.clear(); anchors.clear(); for (const widget of widgets) view.removeGlyphMarginWidget(widget); widgets = []; },
  };
}
