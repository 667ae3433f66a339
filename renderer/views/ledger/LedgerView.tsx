/** The ledger: filter above, the table, totals of what the filter lets through below. */
import { useMemo } from 'react';
import { parseFilter } from '../../ledger/filter.ts';
import { Empty, Refusal } from '../../parts/Loaded.tsx';
import { loadRows } from '../../session/repository.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { FilterBar } from './FilterBar.tsx';
import { Footer } from './Footer.tsx';
import { Table } from './Table.tsx';
import { useArranged } from './use-arranged.ts';

export function LedgerView() {
  const session = useSession();
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  const rowsLoaded = useWindow((state) => state.rowsLoaded);
  const table = useWindow((state) => state.table);
  const text = useWindow((state) => state.view.filter);
  const filter = useMemo(() => parseFilter(text), [text]);
  const { arranged, frozen, hold } = useArranged(table, filter);
  if (!isOpen) return <Empty title="No repository is open"><p>The ledger lists every obligation of a repository with its verdict. Drop a repository on the window, or take a sample from the Start page.</p></Empty>;
  if (rowsLoaded.state === 'failed') return <Refusal problem={rowsLoaded.problem} again={() => { void loadRows(session); }} />;
  return (
    <div className="ledger">
      <h1 className="unseen">Ledger</h1>
      <FilterBar problems={filter.problems} />
      {table.rows.length === 0
        ? rowsLoaded.state === 'loading' ? <p className="empty waiting" role="status">Reading the ledger…</p> : <Empty title="No obligation was found"><p>The plan says which files no tool covers, and why.</p></Empty>
        : arranged.ids.length === 0
          ? <Empty title="The filter lets nothing through"><button type="button" className="button" onClick={() => { session.update((state) => ({ ...state, view: { ...state.view, filter: '' } })); }}>Clear the filter</button></Empty>
          : <Table arranged={arranged} hold={hold} />}
      <Footer arranged={arranged} frozen={frozen} />
    </div>
  );
}
