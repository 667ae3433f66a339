/** The editor that has or last had the focus: what commands about "the text" mean. */
import type { editor } from 'monaco-editor/editor';
import type { Buffer } from './buffers.ts';

export interface ActiveView { readonly view: editor.IStandaloneCodeEditor; readonly buffer: Buffer }

let active: ActiveView | undefined;

export const activeView = (): ActiveView | undefined => active;

/** Returns what ends it. */
export function becomesActive(one: ActiveView): () => void {
  active = one;
  const focused = one.view.onDidFocusEditorText(() => { active = one; });
  return () => {
    focused.dispose();
    if (active === one) active = undefined;
  };
}
