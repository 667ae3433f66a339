/** What the repository takes on trust, each with who signed it, and signing. */
import { useEffect, useState } from 'react';
import type { AssumptionView, RequestOutput } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { useSession, useWindow } from '../../session/react.ts';
import { loadTrust } from '../../session/trust.ts';
import { Signature } from './Signature.tsx';
import { SignForm } from './SignForm.tsx';

type Trust = RequestOutput<'ledger.assumptions'>;
const SHOWN = 200;

export function TrustView() {
  const session = useSession();
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  const trust = useWindow((state) => state.trust);
  const rows = useWindow((state) => state.rowsLoaded);
  const run = useWindow((state) => state.run?.state);
  useEffect(() => { if (isOpen && run !== 'running') void loadTrust(session); }, [session, isOpen, rows, run]);
  return (
    <div className="page trust" tabIndex={-1}>
      <h1>Assumptions</h1>
      {!isOpen ? <Empty title="No repository is open"><p>What a repository takes on trust is listed here, with who signed it.</p></Empty> : (
        <Loaded of={trust} what="what is taken on trust" again={() => { void loadTrust(session); }}>{(value) => <Lists trust={value} />}</Loaded>
      )}
    </div>
  );
}

function Lists({ trust }: { readonly trust: Trust }) {
  const { assumptions, signatures } = trust;
  const signed = assumptions.filter((one) => one.justification?.state === 'valid').length;
  return (
    <>
      <p className="lead">{assumptions.length === 0 ? 'Nothing here is taken on trust, as far as the sources and the runs so far say.' : `${assumptions.length.toLocaleString('en')} taken on trust, ${signed.toLocaleString('en')} signed. A signature changes no verdict: it says that a named person looked at it, and is void once what was signed has changed.`}</p>
      {signatures.problem && <p className="role-red" role="alert"><code>{signatures.name}:{signatures.problem.line}</code> {signatures.problem.message}. None of its signatures counts until that is repaired.</p>}
      <SignForm file={signatures.name} exists={signatures.exists} />
      {assumptions.length > 0 && <Table assumptions={assumptions} />}
      {signatures.odd.length > 0 && (
        <section>
          <h2>Signatures that do not count <span className="muted number">{signatures.odd.length.toLocaleString('en')}</span></h2>
          <ul className="plain">{signatures.odd.map((one, index) => <li key={index} className="plan-line"><span className={one.state === 'void' ? 'role-red' : 'role-amber'}>{one.state}</span> <span>{one.kind}{one.symbol !== '' && <> in <code>{one.symbol}</code></>}: {one.why}</span> <span className="muted">signed by {one.reviewer} {one.date}{one.line !== undefined && `, line ${one.line}`}</span></li>)}</ul>
        </section>
      )}
    </>
  );
}

function Table({ assumptions }: { readonly assumptions: readonly AssumptionView[] }) {
  const session = useSession();
  const signing = useWindow((state) => state.signing);
  const [all, setAll] = useState(false);
  const unsigned = assumptions.filter((one) => one.justification?.state !== 'valid');
  const ticked = new Set(signing);
  const tick = (ids: readonly string[], on: boolean): void => { session.update((state) => ({ ...state, signing: on ? [...new Set([...state.signing, ...ids])] : state.signing.filter((id) => !ids.includes(id)) })); };
  return (
    <section>
      <table className="list trust-list">
        <thead><tr>
          <th scope="col">{unsigned.length > 0 ? <input type="checkbox" aria-label="All that nobody signed" checked={unsigned.every((one) => ticked.has(one.id))} onChange={(event) => { tick(unsigned.map((one) => one.id), event.target.checked); }} /> : <span className="unseen">Ticked</span>}</th>
          <th scope="col">Kind</th><th scope="col">Place</th><th scope="col">Text</th><th scope="col" className="number">Supports</th><th scope="col">Signed</th>
        </tr></thead>
        <tbody>{(all ? assumptions : assumptions.slice(0, SHOWN)).map((one) => (
          <tr key={one.id}>
            <td>{one.justification?.state !== 'valid' && <input type="checkbox" aria-label={`Sign ${one.kind} at ${one.file}:${one.range.start.line}`} checked={ticked.has(one.id)} onChange={(event) => { tick([one.id], event.target.checked); }} />}</td>
            <td className="role-amber">{one.kind}</td>
            <td><button type="button" className="link code" onClick={() => { openPlace(session, one.file, one.range.start.line); }}>{one.file}:{one.range.start.line}</button></td>
            <td><code className="assumption-text">{one.text}</code></td><td className="number">{one.supports.toLocaleString('en')}</td>
            <td><Signature signed={one.justification} /></td>
          </tr>
        ))}</tbody>
      </table>
      {!all && assumptions.length > SHOWN && <button type="button" className="link" onClick={() => { setAll(true); }}>Show all {assumptions.length.toLocaleString('en')}</button>}
    </section>
  );
}
