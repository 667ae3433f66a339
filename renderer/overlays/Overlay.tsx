/** A sheet over the window: takes the focus, gives it back, closes with Escape or a click beside it. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useSession } from '../session/react.ts';

export function Overlay({ label, className, children }: { readonly label: string; readonly className: string; readonly children: ReactNode }) {
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (): void => { session.update((state) => ({ ...state, overlay: 'none' })); };
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => { element?.close(); if (before instanceof HTMLElement && document.contains(before)) before.focus(); };
  }, []);
  return (
    <dialog ref={dialog} className={`overlay ${className}`} aria-label={label} onCancel={(event) => { event.preventDefault(); close(); }} onMouseDown={(event) => { if (event.target === dialog.current) close(); }}>
      <div className="overlay-sheet">{children}</div>
    </dialog>
  );
}
