/** Trust: what of the repository's own code a run would execute, and the choice. */
import type { PlanView } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { setTrust } from '../../session/repository.ts';
import { useSession } from '../../session/react.ts';

export function Executes({ plan }: { readonly plan: PlanView }) {
  const session = useSession();
  const { executes, trust, sandbox } = plan;
  return (
    <section>
      <h2>Code of the repository</h2>
      {executes.length === 0 ? <p className="muted">A run executes nothing of it.</p> : (
        <>
          <p>{trust.granted ? 'You trust this repository: a run executes the following, in a sandbox without network.' : 'A run would execute the following. It is refused until you trust this repository.'}</p>
          <ul className="plain">{executes.map((one, index) => (
            <li key={index} className="plan-line"><button type="button" className="link code" onClick={() => { openPlace(session, one.file, one.line); }}>{one.file}{one.line === undefined ? '' : `:${one.line}`}</button> <span>{one.what}</span></li>
          ))}</ul>
        </>
      )}
      {sandbox && ('missing' in sandbox ? <p className="role-amber">No sandbox: {sandbox.missing}. {sandbox.remedy}</p> : <p className="muted">Sandbox: {sandbox.kind} {sandbox.version}</p>)}
      {!trust.possible ? <p className="muted">Trust is of a folder; this is not one.</p> : trust.granted
        ? <button type="button" className="button" onClick={() => { void setTrust(session, false); }}>Trust it no more</button>
        : executes.length > 0 && <button type="button" className="button" onClick={() => { void setTrust(session, true); }}>Trust this repository</button>}
    </section>
  );
}
