/** A folder, file or archive dropped anywhere on the window opens it. */
import { useState, type DragEvent, type ReactNode } from 'react';
import { openDropped } from '../session/repository.ts';
import { useSession } from '../session/react.ts';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

export function DropZone({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const [over, setOver] = useState(false);
  return (
    <div
      className="drop-zone"
      onDragOver={(event) => { if (holdsFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; setOver(true); } }}
      onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }}
      onDrop={(event) => { if (holdsFiles(event)) { event.preventDefault(); setOver(false); void openDropped(session, [...event.dataTransfer.files]); } }}
    >
      {children}
      {over && <div className="drop-veil" aria-hidden="true">Drop to open</div>}
    </div>
  );
}
