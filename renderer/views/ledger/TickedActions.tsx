/** What can be done with the ticked rows: run them, copy them, untick them. */
import { rowsAsText } from '../../ledger/as-text.ts';
import { copyText } from '../../session/inspect.ts';
import { isOpenGoal, proveThese } from '../../session/proof.ts';
import { startRun } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { signThese } from '../../session/trust.ts';

export function TickedActions() {
  const session = useSession();
  const ticked = useWindow((state) => state.view.ticked);
  const running = useWindow((state) => state.run?.state === 'running' || state.run?.state === 'cancelling');
  if (ticked.size === 0) return null;
  const copy = (): void => {
    const { table, view } = session.get();
    void copyText(session, rowsAsText(table.rows.filter((row) => ticked.has(row.id)), view.columns), `${ticked.size} rows`);
  };
  return (
    <div className="ticked" role="group" aria-label="Ticked rows">
      <span className="number">{ticked.size.toLocaleString('en')} ticked</span>
      <button type="button" className="button" disabled={running} onClick={() => { void startRun(session, { ids: [...ticked] }); }}>Run these</button>
      <button type="button" className="button" onClick={() => { void proveThese(session, session.get().table.rows.filter((row) => ticked.has(row.id) && isOpenGoal(row))); }}>Prove these</button>
      <button type="button" className="button" title="Sign failures that are known, in assay.justify.toml" onClick={() => { signThese(session, [...ticked]); }}>Sign</button>
      <button type="button" className="button" onClick={copy}>Copy</button>
      <button type="button" className="button" onClick={() => { session.update((state) => ({ ...state, view: { ...state.view, ticked: new Set() } })); }}>Untick</button>
    </div>
  );
}
