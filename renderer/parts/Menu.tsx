/** A button with a small sheet under it. Escape, a click elsewhere or the button closes it. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { ChevronDown } from 'lucide-react';

export function Menu({ title, label, children }: { readonly title: string; readonly label?: string; readonly children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event): void => { if (!root.current?.contains(event.target as Node)) setOpen(false); };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => { document.removeEventListener('pointerdown', outside); document.removeEventListener('focusin', outside); };
  }, [open]);
  return (
    <div ref={root} className="menu" onKeyDown={(event) => { if (event.key === 'Escape' && open) { event.stopPropagation(); setOpen(false); root.current?.querySelector('button')?.focus(); } }}>
      <button type="button" className="button quiet-button" aria-expanded={open} aria-controls={id} {...(label === undefined ? {} : { 'aria-label': label })} onClick={() => { setOpen(!open); }}>{title}<ChevronDown size={12} aria-hidden="true" /></button>
      <div id={id} className="menu-sheet" hidden={!open}>{open && children(() => { setOpen(false); })}</div>
    </div>
  );
}
