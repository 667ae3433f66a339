/** The one screen and its places. A narrow window lays the inspector over the centre instead of squeezing it. */
import { useSyncExternalStore } from 'react';
import { useWindow } from '../session/react.ts';
import { Inspector } from '../views/inspector/Inspector.tsx';
import { Bottom } from './Bottom.tsx';
import { Centre } from './Centre.tsx';
import { Notices } from './Notices.tsx';
import { PanelGroup, type PanelPart } from './PanelGroup.tsx';
import { Rail } from './Rail.tsx';
import { Side } from './Side.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TopBar } from './TopBar.tsx';

const NARROW = '(max-width: 1360px)';

export function Shell() {
  const layout = useWindow((state) => state.layout);
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  const hasSelection = useWindow((state) => state.selection.present.obligation !== undefined);
  const narrow = useMedia(NARROW);
  const side = layout.side && isOpen;
  const inspector = layout.inspector && isOpen && (!narrow || hasSelection);

  const upper: PanelPart[] = [
    ...(side ? [{ id: 'side', content: <Side />, size: narrow ? 240 : 280, minimum: 140 }] : []),
    { id: 'centre', content: <Centre />, minimum: 240 },
  ];
  const main: PanelPart[] = [
    { id: 'upper', content: <PanelGroup name="upper" orientation="horizontal" parts={upper} />, minimum: 120 },
    ...(layout.bottom && isOpen ? [{ id: 'bottom', content: <Bottom />, size: narrow ? 170 : 230, minimum: 80 }] : []),
  ];
  const outer: PanelPart[] = [
    { id: 'main', content: <PanelGroup name="main" orientation="vertical" parts={main} />, minimum: 400 },
    ...(inspector && !narrow ? [{ id: 'inspector', content: <Inspector />, size: 360, minimum: 220 }] : []),
  ];
  return (
    <div className="shell">
      <TopBar />
      <div className="body">
        <Rail />
        <PanelGroup name="outer" orientation="horizontal" parts={outer} />
        {inspector && narrow && <div className="inspector-overlay"><Inspector /></div>}
      </div>
      <Notices />
      <StatusLine />
    </div>
  );
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => { const media = matchMedia(query); media.addEventListener('change', changed); return () => { media.removeEventListener('change', changed); }; },
    () => matchMedia(query).matches,
  );
}
