import type { ObligationDetail } from '../../../app/contract.ts';
import { duration, shortDate } from '../../ledger/format.ts';
import { openPlace } from '../../session/files.ts';
import { useSession } from '../../session/react.ts';
import { Flag, VerdictShape } from '../../verdict/VerdictShape.tsx';

export function VerdictPart({ detail }: { readonly detail: ObligationDetail }) {
  const session = useSession();
  const { row, obligation } = detail;
  const { line } = row.range.start;
  return (
    <section className={`inspector-verdict ${row.stale !== undefined ? 'stale' : ''}`}>
      <h2 className="code inspector-symbol">{row.symbol}</h2>
      <p className="inspector-sentence"><VerdictShape kind={row.verdict.kind} assumptions={row.assumptions.length} /><strong>{row.sentence}.</strong></p>
      <p className="muted inspector-ran">{row.at === undefined ? 'Nothing has run for it.' : `Ran ${duration(row.seconds)}${row.by === undefined ? '' : `, ${row.by}`}.`} <code>{row.verdict.kind}</code></p>
      {row.stale !== undefined && <p className="inspector-flag"><span className="stale-word">stale</span> {row.stale}</p>}
      {row.cached && row.at !== undefined && <p className="inspector-flag"><Flag name="cached" role="grey" word="cached" /> Evidence of {shortDate(row.at)}, for exactly this content</p>}
      {obligation.confirmed.map((one, index) => <p key={index} className="inspector-flag"><Flag name="confirmed" role="green" word="confirmed" /> Confirmed by {one.by}: {one.how}</p>)}
      <p><button type="button" className="link code" onClick={() => { openPlace(session, row.file, line); }}>{row.file}:{line}</button> <span className="muted">{row.kind}{row.task === undefined ? '' : `, task ${row.task}`}, {row.toolchain}</span></p>
    </section>
  );
}
