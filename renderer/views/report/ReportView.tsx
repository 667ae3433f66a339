/** The ledger as a report: how it looks, and the forms in which it is saved. */
import { useEffect, useState } from 'react';
import type { ReportFormat } from '../../../app/contract.ts';
import { parseFilter } from '../../ledger/filter.ts';
import { arrange } from '../../ledger/arrange.ts';
import { counted, shortDate } from '../../ledger/format.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { exportReport, previewReport } from '../../session/report.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { Session } from '../../session/session.ts';
import { PagePreview } from './PagePreview.tsx';

const FORMATS: readonly (readonly [ReportFormat, string, string])[] = [
  ['html', 'HTML', 'One page, offline and searchable, with the whole ledger inside: “assay recheck” reads it'], ['pdf', 'PDF', 'The same on paper, printed by an installed Chromium'],
  ['json', 'JSON', 'The ledger, as --json leaves it'], ['sarif', 'SARIF', 'SARIF 2.1.0, for code hosts'], ['junit', 'JUnit', 'JUnit XML, for continuous integration'], ['badge', 'badge', 'A badge (SVG)'],
];

/** Ids that the ledger's filter lets through; undefined where it lets all through. */
function filtered(session: Session): readonly string[] | undefined {
  const { table, view } = session.get();
  return view.filter.trim() === '' ? undefined : arrange(table, parseFilter(view.filter), { ...view, group: 'none' }).ids;
}

export function ReportView() {
  const session = useSession();
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  const report = useWindow((state) => state.report);
  const filter = useWindow((state) => state.view.filter);
  const rows = useWindow((state) => state.table.rows.length);
  const running = useWindow((state) => state.run?.state === 'running');
  const [narrowed, setNarrowed] = useState(false);
  const [making, setMaking] = useState<ReportFormat>();
  const only = (): readonly string[] | undefined => (narrowed ? filtered(session) : undefined);
  useEffect(() => { if (isOpen && session.get().report.state === 'idle') void previewReport(session); }, [session, isOpen]);
  const save = (format: ReportFormat): void => { setMaking(format); void exportReport(session, format, only()).finally(() => { setMaking(undefined); }); };
  if (!isOpen) return <div className="page" tabIndex={-1}><h1>Report</h1><Empty title="No repository is open"><p>What the ledger shows is saved from here, with evidence, assumptions, versions and hashes.</p></Empty></div>;
  return (
    <div className="report" tabIndex={-1}>
      <div className="report-head">
        <h1>Report</h1>
        <p className="lead">What the ledger shows now, frozen: each verdict with its evidence, what is taken on trust, versions, hashes and commands. What is stale says so.{running && ' A run is going on: what it has not reached yet is as it was before.'}</p>
        <div className="actions">
          {FORMATS.map(([format, name, title]) => <button key={format} type="button" className={`button ${format === 'html' ? 'primary' : ''}`} title={title} disabled={making !== undefined} {...(format === 'html' ? { 'data-first-focus': true } : {})} onClick={() => { save(format); }}>{making === format ? `Making ${name}…` : `Save ${name}`}</button>)}
        </div>
        <div className="actions">
          <label className="check"><input type="checkbox" checked={narrowed} disabled={filter.trim() === ''} onChange={(event) => { setNarrowed(event.target.checked); void previewReport(session, event.target.checked ? filtered(session) : undefined); }} /> Only what the ledger’s filter lets through{filter.trim() === '' ? ' (there is no filter)' : <> (<code>{filter}</code>)</>}</label>
          <button type="button" className="button" onClick={() => { void previewReport(session, only()); }}>Preview again</button>
        </div>
      </div>
      <Loaded of={report} what={`the report of ${counted(rows, 'obligation')}`} again={() => { void previewReport(session, only()); }}>
        {({ made, page }) => (
          <>
            <p className="report-headline" role="status"><strong>{made.headline}</strong> <span className="muted">{counted(made.obligations, 'obligation')}, made {shortDate(made.madeAt)}</span></p>
            <PagePreview page={page} />
          </>
        )}
      </Loaded>
    </div>
  );
}
