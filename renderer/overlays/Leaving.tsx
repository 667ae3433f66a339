/** Asks before edits are thrown away that are not on the disk. Escape stays. */
import { useEffect, useRef } from 'react';
import { answerLeaving } from '../session/leave.ts';
import { useWindow } from '../session/react.ts';

const SHOWN = 12;

export function Leaving() {
  const leaving = useWindow((state) => state.leaving);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!leaving) return undefined;
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => { element?.close(); if (before instanceof HTMLElement && document.contains(before)) before.focus(); };
  }, [leaving]);
  if (!leaving) return null;
  const { what, files } = leaving;
  return (
    <dialog ref={dialog} className="overlay leaving" aria-labelledby="leaving-title" onCancel={(event) => { event.preventDefault(); answerLeaving('stay'); }}>
      <div className="overlay-sheet leaving-sheet">
        <h2 id="leaving-title">{files.length === 1 ? 'A file has edits' : `${files.length} files have edits`} that are not saved</h2>
        <p>{what} would lose them.</p>
        <ul className="plain">{files.slice(0, SHOWN).map((file) => <li key={file} className="code">{file}</li>)}{files.length > SHOWN && <li className="muted">and {files.length - SHOWN} more</li>}</ul>
        <div className="leaving-actions">
          <button type="button" className="button primary" onClick={() => { answerLeaving('save'); }}>Save and go on</button>
          <button type="button" className="button" onClick={() => { answerLeaving('discard'); }}>Throw the edits away</button>
          <button type="button" className="button" onClick={() => { answerLeaving('stay'); }}>Stay</button>
        </div>
      </div>
    </dialog>
  );
}
