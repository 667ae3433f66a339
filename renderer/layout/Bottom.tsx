/** The bottom: problems, lanes, raw output, history of runs. */
import { useSession, useWindow } from '../session/react.ts';
import type { BottomTab } from '../store/layout.ts';
import { valueOf } from '../store/loadable.ts';
import { Tabs } from '../parts/Tabs.tsx';
import { HistoryView } from '../views/history/HistoryView.tsx';
import { LanesView } from '../views/lanes/LanesView.tsx';
import { OutputView } from '../views/output/OutputView.tsx';
import { ProblemsView } from '../views/problems/ProblemsView.tsx';
import { placeId } from './places.ts';

export function Bottom() {
  const session = useSession();
  const tab = useWindow((state) => state.layout.bottomTab);
  const problems = useWindow((state) => valueOf(state.problems)?.total ?? 0);
  const tabs = [{ id: 'problems', title: 'Problems', count: problems }, { id: 'lanes', title: 'Lanes' }, { id: 'output', title: 'Output' }, { id: 'history', title: 'History' }] as const;
  return (
    <section id={placeId('bottom')} className="bottom" tabIndex={-1} aria-label="Bottom">
      <Tabs<BottomTab> name="bottom" label="Bottom" tabs={tabs} active={tab} choose={(bottomTab) => { session.update((state) => ({ ...state, layout: { ...state.layout, bottomTab } })); }}>
        {tab === 'problems' ? <ProblemsView /> : tab === 'lanes' ? <LanesView /> : tab === 'output' ? <OutputView /> : <HistoryView />}
      </Tabs>
    </section>
  );
}
