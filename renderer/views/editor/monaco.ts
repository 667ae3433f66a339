/** Monaco, set up once: its worker, the languages, the theme, and what it is told by the session. */
import 'monaco-editor/features/register.all';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { editor, Uri } from 'monaco-editor/editor';
import type { Session } from '../../session/session.ts';
import { openPlace } from '../../session/files.ts';
import { offerSaving } from '../../session/leave.ts';
import { onFilesChanged } from '../../session/texts.ts';
import { closeBuffers, dirtyFiles, followDisk, saveAll } from './buffers.ts';
import { registerLanguages } from './languages/register.ts';
import { provideLive } from './live/live-providers.ts';
import { provide } from './providers.ts';
import { followTheme } from './theme.ts';

let begun = false;

export function beginEditor(session: Session): void {
  if (begun) return;
  begun = true;
  (globalThis as { MonacoEnvironment?: { getWorker: () => Worker } }).MonacoEnvironment = { getWorker: () => new EditorWorker() };
  registerLanguages();
  followTheme();
  provide(session);
  provideLive(session);
  // Places in other files (related messages) open as tabs of ours.
  editor.registerEditorOpener({
    openCodeEditor(_source, resource: Uri, selection) {
      if (resource.scheme !== 'assay') return false;
      openPlace(session, resource.path.slice(1), selection === undefined ? undefined : 'startLineNumber' in selection ? selection.startLineNumber : selection.lineNumber);
      return true;
    },
  });
  onFilesChanged(session, (event) => { void followDisk(session, event.more ? 'all' : event.paths); });
  offerSaving(() => saveAll(session));
  let repository = session.repository();
  session.store.subscribe(() => {
    const now = session.repository();
    if (now !== repository) { repository = now; closeBuffers(); }
  });
  addEventListener('beforeunload', (event) => { if (dirtyFiles().length > 0) event.preventDefault(); });
}
