/** One file's buffer in Monaco: the text, what stands between it and the disk, and the marks on it. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Problem } from '../../../app/contract.ts';
import { Empty, Refusal } from '../../parts/Loaded.tsx';
import { useSession, useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';
import { bufferOf, isDirty, onBuffers, openBuffer, saveBuffer, takeDisk, type Buffer } from './buffers.ts';
import { Difference } from './Difference.tsx';
import { beginEditor } from './monaco.ts';
import { TextView } from './TextView.tsx';

export default function LoadedEditor({ file }: { readonly file: string }) {
  const session = useSession();
  const repository = useWindow((state) => valueOf(state.plan)?.repository);
  const [opened, setOpened] = useState<Buffer | Problem>();
  const [compared, setCompared] = useState(false);
  useEffect(() => { beginEditor(session); }, [session]);
  useEffect(() => {
    let here = true;
    if (repository !== undefined) void openBuffer(session, file).then((found) => { if (here) setOpened(found); });
    return () => { here = false; };
  }, [session, repository, file]);
  const state = useSyncExternalStore(onBuffers, () => stateOf(file));

  if (repository === undefined) return <Empty title="No repository is open"><p>Open one to read its files here.</p></Empty>;
  if (!opened) return <p className="empty waiting" role="status">Reading {file}…</p>;
  if (!('model' in opened)) return <Refusal problem={opened} />;
  const conflict = opened.conflict;
  return (
    <div className="editor">
      {opened.locked !== undefined && <p className="editor-note">{opened.locked}</p>}
      {conflict !== undefined && (
        <div className="editor-note role-amber" role="alert">
          <span>{conflict === 'gone' ? 'The file is no longer on the disk.' : 'The file changed on the disk while you were editing it: nothing was written.'}</span>
          {conflict !== 'gone' && <button type="button" className="button" aria-pressed={compared} onClick={() => { setCompared(!compared); }}>Show the difference</button>}
          {conflict !== 'gone' && <button type="button" className="button" onClick={() => { setCompared(false); takeDisk(session, opened); }}>Take the disk’s</button>}
          {conflict !== 'gone' && <button type="button" className="button" onClick={() => { setCompared(false); void saveBuffer(session, opened, true); }}>Keep mine and save</button>}
        </div>
      )}
      {compared && conflict !== undefined && conflict !== 'gone' ? <Difference before={conflict.text} model={opened.model} /> : <TextView buffer={opened} unsaved={state === 'dirty'} />}
    </div>
  );
}

function stateOf(file: string): string {
  const buffer = bufferOf(file);
  return !buffer ? 'closed' : buffer.conflict !== undefined ? `conflict ${buffer.conflict === 'gone' ? '' : buffer.conflict.sha256}` : isDirty(buffer) ? 'dirty' : `clean ${buffer.base}`;
}
