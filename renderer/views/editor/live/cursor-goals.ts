/** Asks for the goals where the cursor rests, and again when the server has said more of the text. */
import type { editor } from 'monaco-editor/editor';
import { askGoals, saysMore } from '../../../session/goals.ts';
import type { Session } from '../../../session/session.ts';
import type { Buffer } from '../buffers.ts';

/** The cursor rests this long before it is asked about. */
const REST_MILLISECONDS = 150;

export function followCursor(session: Session, view: editor.IStandaloneCodeEditor, { file, model }: Buffer): { dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const at = view.getPosition();
      if (at) void askGoals(session, { file, version: model.getVersionId(), line: at.lineNumber, column: at.column });
    }, REST_MILLISECONDS);
  };
  const moved = view.onDidChangeCursorPosition(ask);
  const stop = session.store.subscribe((state, before) => {
    const [now, earlier] = [state.live[file], before.live[file]];
    if (now !== earlier && (saysMore(now?.state, earlier?.state) || (now?.abilities && !earlier?.abilities)) && view.hasTextFocus()) ask();
    if (state.goals.paused !== before.goals.paused && !state.goals.paused) ask();
  });
  return { dispose() { clearTimeout(timer); moved.dispose(); stop(); } };
}
