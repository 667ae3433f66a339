/** Signs what is ticked: the entry as it would stand in the file, to be copied, or put there once reviewer and reason are filled in. */
import { useEffect, useState } from 'react';
import type { EntriesAnswer } from '../../../app/contract.ts';
import { counted } from '../../ledger/format.ts';
import { copyText } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { appendEntries, entriesFor } from '../../session/trust.ts';

/** After the last key. */
const SETTLE_MILLISECONDS = 200;

export function SignForm({ file, exists }: { readonly file: string; readonly exists: boolean }) {
  const session = useSession();
  const subjects = useWindow((state) => state.signing);
  const [reviewer, setReviewer] = useState('');
  const [reason, setReason] = useState('');
  const [entries, setEntries] = useState<EntriesAnswer>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let here = true;
    if (subjects.length === 0) { setEntries(undefined); return undefined; }
    const timer = setTimeout(() => { void entriesFor(session, { subjects, reviewer, reason }).then((found) => { if (here) setEntries(found); }); }, SETTLE_MILLISECONDS);
    return () => { here = false; clearTimeout(timer); };
  }, [session, subjects, reviewer, reason]);
  if (subjects.length === 0) return <p className="muted">Tick what you want to sign. The ledger’s “Sign” does the same for what failed and is known.</p>;
  const filled = reviewer.trim() !== '' && reason.trim() !== '';
  const append = (): void => { setBusy(true); void appendEntries(session, { subjects, reviewer, reason }).then((done) => { if (done) setReason(''); }).finally(() => { setBusy(false); }); };
  return (
    <section className="sign" aria-label="Sign">
      <h2>Sign {counted(subjects.length, 'entry', 'entries')}</h2>
      <div className="sign-fields">
        <label className="field-label">Reviewer <input className="field" value={reviewer} maxLength={200} autoComplete="name" onChange={(event) => { setReviewer(event.target.value); }} /></label>
        <label className="field-label sign-reason">Reason <input className="field" value={reason} maxLength={10_000} placeholder="Why it may be taken on trust" onChange={(event) => { setReason(event.target.value); }} /></label>
      </div>
      {entries && entries.left.length > 0 && <p className="role-amber">{entries.left.length === 1 ? 'One of these cannot be signed: it is' : `${entries.left.length} of these cannot be signed: they are`} signed already, stale, or not there any more.</p>}
      {entries && entries.count > 0 && <pre className="sign-text" tabIndex={0} aria-label={`Text for ${file}`}>{entries.text}</pre>}
      <div className="actions">
        <button type="button" className="button primary" disabled={!filled || busy || !entries || entries.count === 0} onClick={append}>{exists ? `Append to ${file}` : `Make ${file}`}</button>
        <button type="button" className="button" disabled={!entries || entries.count === 0} onClick={() => { if (entries) void copyText(session, entries.text, 'the entries'); }}>Copy</button>
        <button type="button" className="button" onClick={() => { session.update((state) => ({ ...state, signing: [] })); }}>Sign nothing</button>
        {!filled && <span className="muted">The file is written once reviewer and reason are filled in.</span>}
      </div>
    </section>
  );
}
