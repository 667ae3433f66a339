/** What a search knows of a goal that it has not proved: what holds, what blocks, and how far it went. */
import type { ProofGoal } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { useSession } from '../../session/react.ts';

const OPEN_SHOWN = 4, STRONGEST_SHOWN = 6;

export function Learned({ goal }: { readonly goal: ProofGoal }) {
  const session = useSession();
  const { strongest, open, notes, file, state } = goal;
  if (state === 'waiting' || state === 'found') return null;
  return (
    <div className="learned">
      {notes.map((note) => <p key={note} className="muted">{note}.</p>)}
      {strongest.length > 0 && <div><h4>Holds so far</h4><ul className="plain">{strongest.slice(0, STRONGEST_SHOWN).map((clause) => <li key={clause}><code>{clause}</code></li>)}</ul></div>}
      {open.length > 0 && (
        <div>
          <h4>Blocked by</h4>
          <ul className="plain">{open.slice(0, OPEN_SHOWN).map((one, index) => (
            <li key={index} className="part">{one.range && <button type="button" className="link number" onClick={() => { openPlace(session, one.file ?? file, one.range!.start.line); }}>line {one.range.start.line}</button>}<span className="why-message">{one.message.split('\n')[0]}</span></li>
          ))}</ul>
          {open.length > OPEN_SHOWN && <p className="muted">and {open.length - OPEN_SHOWN} more</p>}
        </div>
      )}
    </div>
  );
}
