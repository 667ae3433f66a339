/** Follows a buffer with live answers while an editor shows it and the settings want them. */
import { useEffect } from 'react';
import { editor } from 'monaco-editor/editor';
import { followText } from '../../../session/live.ts';
import { useSession, useWindow } from '../../../session/react.ts';
import { valueOf } from '../../../store/loadable.ts';
import type { Buffer } from '../buffers.ts';

export function useLive(buffer: Buffer): void {
  const session = useSession();
  const wanted = useWindow((state) => state.settings?.live === true && state.engine.state === 'ready');
  const repository = useWindow((state) => valueOf(state.plan)?.repository);
  // What trust opens, its revocation ends: the engine is asked anew.
  const trusted = useWindow((state) => valueOf(state.plan)?.trust.granted === true);
  useEffect(() => {
    if (!wanted || repository === undefined || buffer.locked !== undefined) return undefined;
    const { model } = buffer;
    return followText(session, {
      file: buffer.file, version: () => model.getVersionId(), text: () => model.getValue(editor.EndOfLinePreference.TextDefined, false),
      onChange: (listener) => { const heard = model.onDidChangeContent(listener); return () => { heard.dispose(); }; },
    });
  }, [session, wanted, repository, trusted, buffer]);
}
