/** What it uses and what uses it, as far as the toolchain tells. */
import type { ObligationDetail } from '../../../app/contract.ts';
import { selectObligation } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { rowOf } from '../../store/rows.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';

const SHOWN = 100;

export function Related({ detail }: { readonly detail: ObligationDetail }) {
  return (
    <>
      <List title="Uses" ids={detail.uses} />
      <List title="Used by" ids={detail.usedBy} />
    </>
  );
}

function List({ title, ids }: { readonly title: string; readonly ids: readonly string[] }) {
  const session = useSession();
  const table = useWindow((state) => state.table);
  if (ids.length === 0) return null;
  return (
    <section>
      <h3>{title} <span className="muted number">{ids.length}</span></h3>
      <ul className="plain">{ids.slice(0, SHOWN).map((id) => {
        const row = rowOf(table, id);
        return <li key={id} className="part">{row && <VerdictShape kind={row.verdict.kind} assumptions={row.assumptions.length} />}<button type="button" className="link code" onClick={() => { selectObligation(session, id); }}>{row?.symbol ?? id}</button></li>;
      })}</ul>
      {ids.length > SHOWN && <p className="muted">and {(ids.length - SHOWN).toLocaleString('en')} more</p>}
    </section>
  );
}
