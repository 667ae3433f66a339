import type { ObligationDetail } from '../../../app/contract.ts';
import { copyText } from '../../session/inspect.ts';
import { isOpenGoal, proveThese } from '../../session/proof.ts';
import { startRun } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { waveformTab } from '../waveform/tab.tsx';

export function Actions({ detail }: { readonly detail: ObligationDetail }) {
  const session = useSession();
  const busy = useWindow((state) => state.run?.state === 'running' || state.run?.state === 'cancelling' || state.engine.state !== 'ready');
  const { row } = detail;
  const asText = (): string => [`${row.symbol} (${row.file}:${row.range.start.line})`, `${row.sentence}. [${row.verdict.kind}]`, ...detail.obligation.diagnostics.map((diagnostic) => `${diagnostic.severity}: ${diagnostic.message}`)].join('\n');
  return (
    <div className="actions inspector-actions">
      <button type="button" className="button" disabled={busy} onClick={() => { void startRun(session, { ids: [row.id] }); }}>Verify</button>
      <button type="button" className="button" disabled={busy} title="Without what is kept from earlier runs" onClick={() => { void startRun(session, { ids: [row.id] }, { fresh: true }); }}>Verify afresh</button>
      <button type="button" className="button" disabled={busy} title="Effort 3: assertions apart, seeds and solver versions" onClick={() => { void startRun(session, { ids: [row.id] }, { effort: 3, fresh: true }); }}>Try harder</button>
      {isOpenGoal(row) && <button type="button" className="button" title="Search a proof (Alt+P)" onClick={() => { void proveThese(session, [row]); }}>Prove it</button>}
      {row.trace && <button type="button" className="button" onClick={() => { session.centre?.openTab(waveformTab(row.id)); }}>Waveform</button>}
      <button type="button" className="button" onClick={() => { void copyText(session, asText(), 'the verdict in words'); }}>Copy</button>
    </div>
  );
}
