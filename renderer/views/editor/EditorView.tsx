/** A file in the editor, loaded with the first one that is opened: Monaco is large. */
import { lazy, Suspense } from 'react';

const LoadedEditor = lazy(() => import('./LoadedEditor.tsx'));

export function EditorView({ file }: { readonly file: string }) {
  return <Suspense fallback={<p className="empty waiting" role="status">Opening the editor…</p>}><LoadedEditor file={file} /></Suspense>;
}
