/** What the tool said, with the places that it named, and the verdict of each assertion where there is one. */
import type { ObligationDetail } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { useSession } from '../../session/react.ts';
import { VerdictShape } from '../../verdict/VerdictShape.tsx';

interface Place { readonly file?: string; readonly range?: { readonly start: { readonly line: number } } }

export function Why({ detail }: { readonly detail: ObligationDetail }) {
  const { diagnostics, parts = [] } = detail.obligation;
  if (diagnostics.length === 0 && parts.length === 0) return null;
  return (
    <section>
      <h3>Why</h3>
      <ul className="plain">
        {diagnostics.map((diagnostic, index) => (
          <li key={index} className="why">
            <p><span className={diagnostic.severity === 'error' ? 'role-red' : diagnostic.severity === 'warning' ? 'role-amber' : 'muted'}>{diagnostic.severity}</span> <PlaceLink place={diagnostic} /> <span className="why-message">{diagnostic.message}</span></p>
            {diagnostic.notes?.map((note, at) => <p key={at} className="why-note"><PlaceLink place={note} /> {note.message}</p>)}
          </li>
        ))}
      </ul>
      {parts.length > 0 && (
        <ul className="plain parts">{parts.map((part, index) => (
          <li key={index} className="part"><VerdictShape kind={part.verdict.kind} /><span className="unseen">{part.verdict.kind}</span><span>{part.range && <span className="number muted">{part.range.start.line}: </span>}{part.label}{part.verdict.reason !== undefined && <span className="muted"> {part.verdict.reason}</span>}</span></li>
        ))}</ul>
      )}
    </section>
  );
}

function PlaceLink({ place }: { readonly place: Place }) {
  const session = useSession();
  const { file, range } = place;
  if (file === undefined) return null;
  return <button type="button" className="link code" onClick={() => { openPlace(session, file, range?.start.line); }}>{file}{range ? `:${range.start.line}` : ''}</button>;
}
