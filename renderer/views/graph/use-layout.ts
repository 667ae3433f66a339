/** The layout of what is drawn, made beside the window's thread; a newer graph ends the work for an older one. */
import { useEffect, useState } from 'react';
import type { Loadable } from '../../store/loadable.ts';
import { layOut } from './layout.ts';
import type { Drawn } from './model.ts';
import type { Layout } from './placed.ts';

export function useLayout(drawn: Drawn): Loadable<Layout> {
  const [found, setFound] = useState<{ readonly of: Drawn; readonly layout: Loadable<Layout> }>();
  useEffect(() => {
    const controller = new AbortController();
    layOut(drawn, controller.signal).then(
      (layout) => { if (layout && !controller.signal.aborted) setFound({ of: drawn, layout: { state: 'ready', value: layout } }); },
      (error: unknown) => { if (!controller.signal.aborted) setFound({ of: drawn, layout: { state: 'failed', problem: { kind: 'internal', message: error instanceof Error ? error.message : String(error) } } }); },
    );
    return () => { controller.abort(); };
  }, [drawn]);
  return found?.of === drawn ? found.layout : { state: 'loading' };
}
