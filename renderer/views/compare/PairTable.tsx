import { useState } from 'react';
import type { LedgerRow } from '../../../app/contract.ts';
import { selectObligation } from '../../session/inspect.ts';
import { useSession } from '../../session/react.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';

export interface ComparedPair { readonly before?: LedgerRow; readonly after?: LedgerRow; readonly note?: string }
const SHOWN = 100;

export function PairTable({ title, pairs }: { readonly title: string; readonly pairs: readonly ComparedPair[] }) {
  const session = useSession();
  const [all, setAll] = useState(false);
  if (pairs.length === 0) return null;
  const shown = all ? pairs : pairs.slice(0, SHOWN);
  return (
    <section>
      <h2>{title} <span className="muted number">{pairs.length.toLocaleString('en')}</span></h2>
      <table className="list compare">
        <thead><tr><th scope="col">Obligation</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
        <tbody>{shown.map((pair) => {
          const row = (pair.after ?? pair.before)!;
          return (
            <tr key={row.id}>
              <td><button type="button" className="link code" onClick={() => { selectObligation(session, row.id); }}>{row.symbol}</button> <code className="muted">{row.file}:{row.range.start.line}</code></td>
              <td>{pair.before && <Said row={pair.before} />}</td>
              <td>{pair.after && <Said row={pair.after} />}{pair.note !== undefined && <span className="muted number"> {pair.note}</span>}</td>
            </tr>
          );
        })}</tbody>
      </table>
      {shown.length < pairs.length && <button type="button" className="link" onClick={() => { setAll(true); }}>Show all {pairs.length.toLocaleString('en')}</button>}
    </section>
  );
}

function Said({ row }: { readonly row: LedgerRow }) {
  return <span className="said" title={row.sentence}><VerdictShape kind={row.verdict.kind} assumptions={row.assumptions.length} />{row.verdict.kind}</span>;
}
