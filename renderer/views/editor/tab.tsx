/** A file's editor as a tab of the centre. */
import { registerTabKind } from '../../layout/tab-kinds.tsx';
import { registerEditorCommands } from './editor-commands.ts';
import { EditorView } from './EditorView.tsx';

export function registerEditor(): void {
  registerEditorCommands();
  registerTabKind({ id: 'editor', title: (file) => file.slice(file.lastIndexOf('/') + 1), show: (file) => <EditorView file={file} /> });
}
