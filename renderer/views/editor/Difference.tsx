/** What is on the disk beside what is in the buffer. */
import { useEffect, useRef } from 'react';
import { editor } from 'monaco-editor/editor';
import { textSize } from '../../theme/text-size.ts';

export function Difference({ before, model }: { readonly before: string; readonly model: editor.ITextModel }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const original = editor.createModel(before, model.getLanguageId());
    const view = editor.createDiffEditor(box.current!, { automaticLayout: true, originalEditable: false, fontSize: textSize() - 1, renderSideBySide: true, minimap: { enabled: false } });
    view.setModel({ original, modified: model });
    return () => { view.dispose(); original.dispose(); };
  }, [before, model]);
  return <div ref={box} className="editor-text" aria-label="On the disk (left) and in the editor (right)" />;
}
