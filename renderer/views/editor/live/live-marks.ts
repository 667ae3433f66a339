/**
 * Draws what a language server says of the text in view: hollow signs beside the verdicts, thin marks on lines, messages.
 * With the next key they become "waiting" in place, and move with the text; nothing of the text before keeps its word.
 * Where the ledger knows this very text, it alone speaks.
 */
import { editor, MarkerSeverity, Range } from 'monaco-editor/editor';
import type { LiveStatusView, LiveView } from '../../../../app/contract.ts';
import type { Session } from '../../../session/session.ts';
import type { WindowState } from '../../../store/state.ts';
import type { Buffer } from '../buffers.ts';
import { drawLive, LIVE_SHAPES, LIVE_WORDS } from './live-shapes.ts';

const SEVERITIES = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info } as const;
const OWNER = 'assay-live';
interface Sign { readonly name: string; readonly status: LiveStatusView; readonly line: number }

/** The ledger speaks where all that it has of this file is of what is there now. */
export function ledgerSpeaks(state: WindowState, file: string): boolean {
  if (state.unsaved[file] !== undefined) return false;
  const rows = state.table.rows.filter((row) => row.file === file);
  return rows.length > 0 && rows.every((row) => row.stale === undefined && row.verdict.kind !== 'not-run');
}

export function createLiveMarks(session: Session, view: editor.IStandaloneCodeEditor, { file, model }: Buffer): { dispose(): void } {
  const anchors = view.createDecorationsCollection();
  const lines = view.createDecorationsCollection();
  let signs: readonly Sign[] = [];
  let widgets: editor.IGlyphMarginWidget[] = [];
  let drawn: { readonly state: LiveView | undefined; readonly version: number | undefined; readonly quiet: boolean } | undefined;

  const draw = (): void => {
    for (const widget of widgets) view.removeGlyphMarginWidget(widget);
    widgets = signs.map((sign, at) => signWidget(file, sign, anchors.getRange(at)?.startLineNumber ?? sign.line));
    for (const widget of widgets) view.addGlyphMarginWidget(widget);
  };
  const show = (live: LiveView | undefined, known: boolean): void => {
    if (live && (live.phase === 'checking' || live.phase === 'settled')) {
      signs = live.symbols.map((symbol) => ({ name: symbol.name, status: symbol.status, line: symbol.nameRange.start.line }));
      anchors.set(signs.map(({ line }) => ({ range: new Range(line, 1, line, 1), options: { stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges } })));
      lines.set(live.assertions.map(({ range, status }) => ({ range: new Range(range.start.line, 1, range.start.line, 1), options: { linesDecorationsClassName: `live-line role-${LIVE_SHAPES[status].role}`, linesDecorationsTooltip: `An assertion here ${LIVE_SHAPES[status].word} (${LIVE_WORDS})` } })));
    } else {
      // Said of the text before: the places stay, the words do not.
      signs = known ? signs.map((sign) => ({ ...sign, status: 'waiting' })) : [];
      if (!known) anchors.clear();
      lines.clear();
    }
    editor.setModelMarkers(model, OWNER, (live?.diagnostics ?? []).map((one) => ({
      startLineNumber: one.range?.start.line ?? 1, startColumn: one.range?.start.column ?? 1, endLineNumber: one.range?.end.line ?? 1, endColumn: Math.max(one.range?.end.column ?? 2, (one.range?.start.column ?? 1) + 1),
      severity: SEVERITIES[one.severity], message: one.message, source: 'live',
    })));
    draw();
  };
  const look = (state: WindowState): void => {
    const known = state.live[file];
    const quiet = ledgerSpeaks(state, file);
    if (drawn && drawn.state === known?.state && drawn.version === known?.version && drawn.quiet === quiet) return;
    drawn = { state: known?.state, version: known?.version, quiet };
    show(quiet ? undefined : known?.state, known !== undefined && !quiet);
  };
  look(session.get());
  const stop = session.store.subscribe((state, before) => { if (state.live !== before.live || state.table !== before.table || state.unsaved !== before.unsaved) look(state); });
  return {
    dispose() {
      stop();
      anchors.clear();
      lines.clear();
      for (const widget of widgets) view.removeGlyphMarginWidget(widget);
      widgets = [];
      if (!model.isDisposed()) editor.setModelMarkers(model, OWNER, []);
    },
  };
}

function signWidget(file: string, { name, status }: Sign, line: number): editor.IGlyphMarginWidget {
  const node = document.createElement('span');
  node.className = 'live-sign';
  node.dataset.status = status;
  node.title = `${name} ${LIVE_SHAPES[status].word} (${LIVE_WORDS})`;
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', node.title);
  node.append(drawLive(status));
  return {
    getId: () => `live ${file} ${name} ${line}`, getDomNode: () => node,
    getPosition: () => ({ lane: editor.GlyphMarginLane.Right, zIndex: 1, range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 } }),
  };
}
