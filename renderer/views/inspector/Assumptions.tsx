import type { ObligationDetail } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { useSession } from '../../session/react.ts';
import { signThese } from '../../session/trust.ts';
import { Signature } from '../trust/Signature.tsx';

export function Assumptions({ detail }: { readonly detail: ObligationDetail }) {
  const session = useSession();
  if (detail.assumptions.length === 0) return null;
  return (
    <section>
      <h3>{detail.row.assumptionScope === 'project' ? 'Rests on at most' : 'Rests on'} {detail.assumptions.length} {detail.assumptions.length === 1 ? 'assumption' : 'assumptions'}</h3>
      {detail.row.assumptionScope === 'project' && <p className="muted">All of the project’s: what it uses of them is not known.</p>}
      <ul className="plain">
        {detail.assumptions.map((assumption) => (
          <li key={assumption.id} className="why">
            <p><span className="role-amber">{assumption.kind}</span> <button type="button" className="link code" onClick={() => { openPlace(session, assumption.file, assumption.range.start.line); }}>{assumption.file}:{assumption.range.start.line}</button> <span className="muted">supports {assumption.supports.toLocaleString('en')}</span></p>
            <code className="assumption-text">{assumption.text}</code>
            <p><Signature signed={assumption.justification} />{assumption.justification?.state !== 'valid' && <> <button type="button" className="link" onClick={() => { signThese(session, [assumption.id]); }}>Sign<span className="unseen"> {assumption.kind} at {assumption.file}:{assumption.range.start.line}</span></button></>}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
