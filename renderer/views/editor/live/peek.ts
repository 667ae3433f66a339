/** The tool's values for a failure, beside the lines of the text as it stands; suggested, and gone with the next key. */
import { editor, Range } from 'monaco-editor/editor';
import { askLive } from '../../../session/live.ts';
import type { Session } from '../../../session/session.ts';
import type { ActiveView } from '../active-view.ts';

/** Longer states are cut in the line; hovering shows all. */
const LONGEST = 120;

export async function peekValues(session: Session, { view, buffer: { file, model } }: ActiveView): Promise<void> {
  const answer = await askLive(session, 'live.counterexamples', file, model.getVersionId(), 'counterexamples', {});
  if (!answer) { session.notify({ severity: 'info', message: `There are no live values of ${file}: no server has answered for the text as it stands` }); return; }
  const states = answer.states ?? [];
  if (states.length === 0) { session.notify({ severity: 'info', message: `${file}: nothing fails in the text as it stands, or the tool has no values for it` }); return; }
  const shown = view.createDecorationsCollection(states.map(({ at, text }) => {
    const words = text.replace(/^assume\s+/, '').replace(/;\s*$/, '');
    return {
      range: new Range(at.line, Number.MAX_SAFE_INTEGER, at.line, Number.MAX_SAFE_INTEGER),
      options: { showIfCollapsed: true, hoverMessage: { value: `~~~text\n${words.replaceAll('~~~', '~ ~ ~')}\n~~~`, isTrusted: false }, after: { content: `   ${words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words} (suggested)`, inlineClassName: 'suggested-values' } },
    } satisfies editor.IModelDeltaDecoration;
  }));
  const first = states[0]!;
  view.revealLineInCenterIfOutsideViewport(first.at.line);
  const changed = model.onDidChangeContent(() => { shown.clear(); changed.dispose(); });
}
