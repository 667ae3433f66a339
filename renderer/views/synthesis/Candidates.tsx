/** Proofs that passed the guard and a clean run: each as a difference, to be accepted or rejected, and taken back. */
import { useEffect, useState } from 'react';
import type { CandidateTexts, ProofCandidate } from '../../../app/contract.ts';
import { counted, duration } from '../../ledger/format.ts';
import { copyText } from '../../session/inspect.ts';
import { acceptCandidate, candidateTexts, rejectCandidate, undoCandidate } from '../../session/proof.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { Race } from '../../store/proof.ts';
import { rowOf } from '../../store/rows.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';
import { Patch } from './Patch.tsx';

export function Candidates({ race }: { readonly race: Race }) {
  const { proof, candidates } = { proof: race.proof.proof, candidates: race.proof.candidates };
  if (candidates.length === 0) return null;
  return (
    <section aria-label="Proofs that were found">
      <h2>Proofs that were found <span className="muted number">{candidates.length.toLocaleString('en')}</span></h2>
      {candidates.map((candidate) => <Candidate key={`${proof} ${candidate.id}`} candidate={candidate} />)}
    </section>
  );
}

function Candidate({ candidate }: { readonly candidate: ProofCandidate }) {
  const session = useSession();
  const [texts, setTexts] = useState<CandidateTexts>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let here = true;
    void candidateTexts(session, candidate.id).then((found) => { if (here) setTexts(found); });
    return () => { here = false; };
  }, [session, candidate.id]);
  const doing = (action: typeof acceptCandidate) => (): void => { setBusy(true); void action(session, candidate.id).finally(() => { setBusy(false); }); };
  const unsaved = useWindow((state) => candidate.files.find((file) => state.unsaved[file] !== undefined));
  const { fate } = candidate;
  return (
    <article className="candidate" aria-label={`Proof for ${candidate.files.join(', ')}`}>
      <p><strong>{counted(candidate.additions.length, 'addition')}</strong> to <code>{candidate.files.join(', ')}</code>; {candidate.guard.join('; ')}; proved in a clean run of {duration(candidate.cleanSeconds)}, found after {duration(candidate.seconds)} and {counted(candidate.calls, 'verifier call')}.</p>
      {candidate.unconfirmed !== undefined && <p className="role-amber">Not confirmed by the compiler: {candidate.unconfirmed}.</p>}
      <div className="actions">
        {fate === 'written'
          ? <><Checked candidate={candidate} /><button type="button" className="button" disabled={busy} onClick={doing(undoCandidate)}>Undo</button></>
          : <>
            <button type="button" className="button primary" disabled={busy || !texts || unsaved !== undefined} onClick={doing(acceptCandidate)}>Accept and write</button>
            {fate === 'offered' && <button type="button" className="button" disabled={busy} onClick={doing(rejectCandidate)}>Reject</button>}
            <span className="muted">{unsaved !== undefined ? `${unsaved} has unsaved edits: save or undo them first` : fate === 'rejected' ? 'Rejected: nothing was written' : fate === 'undone' ? 'Taken back: the file is as it was' : 'Nothing is written yet'}</span>
          </>}
        <button type="button" className="button" disabled={!texts} onClick={() => { if (texts) void copyText(session, texts.patch, 'the patch'); }}>Copy the patch</button>
      </div>
      {texts ? <Patch patch={texts.patch} /> : <p className="waiting" role="status">Reading the difference…</p>}
    </article>
  );
}

/** What the ledger says of what was written: stale until the run of the file has ended. */
function Checked({ candidate }: { readonly candidate: ProofCandidate }) {
  const table = useWindow((state) => state.table);
  const rows = candidate.proves.flatMap((id) => rowOf(table, id) ?? []);
  return (
    <ul className="plain checked" aria-label="The ledger’s word on what was written">
      {rows.map((row) => (
        <li key={row.id} className={`part ${row.stale === undefined ? '' : 'stale'}`}>
          <VerdictShape kind={row.verdict.kind} assumptions={row.assumptions.length} /><code>{row.symbol}</code><span>{row.sentence}</span>{row.stale !== undefined && <span className="stale-word">stale</span>}
        </li>
      ))}
    </ul>
  );
}
