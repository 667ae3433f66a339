/** The window: the shell, the verdict symbols, what lies over them, and the drop zone that is everywhere. */
import { useWindow } from '../session/react.ts';
import { GoTo } from '../overlays/GoTo.tsx';
import { Leaving } from '../overlays/Leaving.tsx';
import { Legend } from '../overlays/Legend.tsx';
import { Palette } from '../overlays/Palette.tsx';
import { Symbols } from '../verdict/Symbols.tsx';
import { DropZone } from './DropZone.tsx';
import { EngineBanner } from './EngineBanner.tsx';
import { Shell } from './Shell.tsx';

export function App() {
  const starting = useWindow((state) => state.engine.state === 'starting');
  const overlay = useWindow((state) => state.overlay);
  if (starting) return <p className="empty waiting" role="status">Waiting for the engine…</p>;
  return (
    <>
      <Symbols />
      <DropZone>
        <EngineBanner />
        <Shell />
      </DropZone>
      {overlay === 'palette' && <Palette />}
      {overlay === 'go-to' && <GoTo />}
      {overlay === 'legend' && <Legend />}
      <Leaving />
    </>
  );
}
