/** Totals of what the filter lets through. */
import { useMemo } from 'react';
import { VERDICT_KINDS } from '../../../app/contract.ts';
import { SUMMARY_WORDS } from '../../../app/contract/verdict-words.ts';
import type { Arranged } from '../../ledger/arrange.ts';
import { counted, duration } from '../../ledger/format.ts';
import { tick } from '../../ledger/table-view.ts';
import { runCommand } from '../../commands/registry.ts';
import { failingRows } from '../../session/proof.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { rowOf, totalsOf } from '../../store/rows.ts';

export function Footer({ arranged, frozen }: { readonly arranged: Arranged; readonly frozen: boolean }) {
  const session = useSession();
  const table = useWindow((state) => state.table);
  const failing = useWindow((state) => failingRows(state).length > 0);
  const { totals, seconds } = useMemo(() => {
    const rows = arranged.ids.length === table.rows.length ? table.rows : arranged.ids.flatMap((id) => rowOf(table, id) ?? []);
    return { totals: rows === table.rows ? table.totals : totalsOf(rows), seconds: rows.reduce((sum, row) => sum + (row.cached ? 0 : row.seconds), 0) };
  }, [arranged, table]);
  const kinds = VERDICT_KINDS.filter((kind) => (totals.kinds[kind] ?? 0) > 0).map((kind) => `${totals.kinds[kind]!.toLocaleString('en')} ${SUMMARY_WORDS[kind]}`);
  return (
    <div className="ledger-footer">
      <strong className="number">{arranged.ids.length === table.rows.length ? counted(table.rows.length, 'obligation') : `${arranged.ids.length.toLocaleString('en')} of ${counted(table.rows.length, 'obligation')}`}</strong>
      <span className="number ellipsis">{kinds.join(' · ')}</span>
      {totals.assuming > 0 && <span className="number">{totals.assuming.toLocaleString('en')} under assumptions</span>}
      <span className="number" title="Seconds of work for these, not of waiting; cached ones are not counted">{duration(seconds)} of work</span>
      <span className="spring" />
      {frozen && <span className="muted">order kept while you are on it</span>}
      {failing && <button type="button" className="link" onClick={() => { runCommand(session, 'prove.failing'); }}>Prove all that fail</button>}
      <button type="button" className="link" onClick={() => { runCommand(session, 'view.report'); }}>Report</button>
      <button type="button" className="link" onClick={() => { session.update((state) => ({ ...state, view: tick(state.view, arranged.ids, true) })); }}>Tick all<span className="unseen"> that the filter lets through</span></button>
    </div>
  );
}
