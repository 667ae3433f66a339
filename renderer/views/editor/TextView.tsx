/** Monaco over one buffer: marks as the ledger has them, the one selection both ways, saving. */
import { useEffect, useRef } from 'react';
import { editor, KeyCode, KeyMod } from 'monaco-editor/editor';
import { onTextSize, textSize } from '../../theme/text-size.ts';
import { pressKeys } from '../../commands/registry.ts';
import { selectPlace } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { marksOf } from '../../session/texts.ts';
import { becomesActive } from './active-view.ts';
import { saveBuffer, type Buffer } from './buffers.ts';
import { followCursor } from './live/cursor-goals.ts';
import { createLiveMarks } from './live/live-marks.ts';
import { LiveLine } from './live/LiveLine.tsx';
import { useLive } from './live/use-live.ts';
import { createMargin, type Margin } from './margin.ts';
import { showMessages } from './marks.ts';
import { obligationAt } from './providers.ts';
import { unicodeInput } from './unicode-input.ts';

/** The cursor rests this long before the selection follows it. */
const REST_MILLISECONDS = 200;
/** Larger files get no minimap, folding and bracket colours: Monaco stays quick without them. */
const PLAIN_FROM_CHARACTERS = 5_000_000;

export function TextView({ buffer, unsaved }: { readonly buffer: Buffer; readonly unsaved: boolean }) {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<{ readonly view: editor.IStandaloneCodeEditor; readonly margin: Margin }>(undefined);
  const place = useWindow((state) => state.selection.present);
  const evidence = useWindow((state) => state.rowsLoaded);
  const run = useWindow((state) => state.run?.state);
  const structure = useWindow((state) => state.table.structure);
  useLive(buffer);

  useEffect(() => {
    const large = buffer.model.getValueLength() > PLAIN_FROM_CHARACTERS;
    const view = editor.create(box.current!, {
      model: buffer.model, readOnly: buffer.locked !== undefined, automaticLayout: true, fontSize: textSize(), fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-code'), glyphMargin: true,
      lineDecorationsWidth: 8, minimap: { enabled: !large }, folding: !large, bracketPairColorization: { enabled: false }, scrollBeyondLastLine: false, fixedOverflowWidgets: true, links: false,
      unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true, nonBasicASCII: false }, accessibilitySupport: 'auto', renderLineHighlight: 'line', stickyScroll: { enabled: false }, ariaLabel: buffer.file,
    });
    const stopSize = onTextSize((fontSize) => { view.updateOptions({ fontSize }); });
    const margin = createMargin(session, view);
    shown.current = { view, margin };
    const parts = [unicodeInput(view), createLiveMarks(session, view, buffer), followCursor(session, view, buffer)];
    const leave = becomesActive({ view, buffer });
    view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => { void saveBuffer(session, buffer); });
    // Monaco has a use of its own for this key (the case of replacements), and would keep it from the window.
    view.addCommand(KeyMod.Alt | KeyCode.KeyP, () => { pressKeys(session, 'Alt+P'); });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cursor = view.onDidChangeCursorPosition(({ position, reason }) => {
      if (reason === editor.CursorChangeReason.ContentFlush) return;
      clearTimeout(timer);
      timer = setTimeout(() => { follow(position.lineNumber); }, REST_MILLISECONDS);
    });
    const here = (): string | undefined => obligationAt(session, buffer.file, view.getPosition()?.lineNumber ?? 0)?.id;
    const focused = view.onDidFocusEditorText(() => { session.atCursor = here; });
    const left = view.onDidBlurEditorText(() => { if (session.atCursor === here) session.atCursor = undefined; });
    const follow = (line: number): void => {
      const { present } = session.get().selection;
      const row = obligationAt(session, buffer.file, line);
      if (present.file === buffer.file && present.obligation === row?.id) return;
      selectPlace(session, { file: buffer.file, line, ...(row ? { obligation: row.id } : {}) });
    };
    return () => { clearTimeout(timer); stopSize(); if (session.atCursor === here) session.atCursor = undefined; focused.dispose(); left.dispose(); cursor.dispose(); leave(); for (const part of parts) part.dispose(); margin.dispose(); view.dispose(); shown.current = undefined; };
  }, [session, buffer]);

  // A place chosen elsewhere comes into sight; one that the cursor itself chose is there already.
  useEffect(() => {
    const view = shown.current?.view;
    if (!view || place.file !== buffer.file || place.line === undefined || view.getPosition()?.lineNumber === place.line) return;
    if (view.hasTextFocus() && place.obligation !== undefined && obligationAt(session, buffer.file, view.getPosition()?.lineNumber ?? 0)?.id === place.obligation) return;
    view.setPosition({ lineNumber: place.line, column: 1 });
    view.revealLineInCenterIfOutsideViewport(place.line);
  }, [session, buffer, place]);

  // Marks are of the saved text: those that stand while it is edited move with it, new ones wait for the next save.
  useEffect(() => {
    const repository = session.repository();
    if (repository === undefined || unsaved || run === 'running') return undefined;
    let here = true;
    void marksOf(session, buffer.file).then((marks) => {
      if (!here || !marks) return;
      showMessages(buffer.model, repository, buffer.file, marks);
      shown.current?.margin.show(marks);
    });
    return () => { here = false; };
  }, [session, buffer, unsaved, evidence, run, structure]);

  return <><div ref={box} className="editor-text" /><LiveLine file={buffer.file} /></>;
}
