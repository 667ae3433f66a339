/** The side: the tree of obligations, or finding text. */
import { useSession, useWindow } from '../session/react.ts';
import type { SideView } from '../store/layout.ts';
import { SearchView } from '../views/search/SearchView.tsx';
import { TreeView } from '../views/tree/TreeView.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { placeId } from './places.ts';

const TABS = [{ id: 'tree', title: 'Obligations' }, { id: 'search', title: 'Find' }] as const;

export function Side() {
  const session = useSession();
  const view = useWindow((state) => state.layout.sideView);
  return (
    <aside id={placeId('side')} className="side" tabIndex={-1} aria-label="Side">
      <Tabs<SideView> name="side" label="Side" tabs={TABS} active={view} choose={(sideView) => { session.update((state) => ({ ...state, layout: { ...state.layout, sideView } })); }}>
        {view === 'tree' ? <TreeView /> : <SearchView />}
      </Tabs>
    </aside>
  );
}
