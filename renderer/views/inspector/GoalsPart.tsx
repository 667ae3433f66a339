/** What is left to prove where the cursor is: pinned, paused, and compared with what it was elsewhere. Live, never a verdict. */
import { Pause, Pin, PinOff, Play } from 'lucide-react';
import { openPlace } from '../../session/files.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { compareGoals, goalText, pauseGoals, pinGoals, unpinGoals, type GoalsAt } from '../../store/goals.ts';
import { GoalText } from './GoalText.tsx';

export function GoalsPart() {
  const session = useSession();
  const { shown, paused, pinned, compared } = useWindow((state) => state.goals);
  const offered = useWindow((state) => { const { file } = state.selection.present; return file !== undefined && state.live[file]?.abilities?.goals === true; });
  if (!offered && pinned.length === 0) return null;
  const against = pinned.find(({ id }) => id === compared);
  return (
    <section aria-labelledby="goals-title" className="goals">
      <div className="goals-head">
        <h3 id="goals-title">Goals {paused ? '(paused)' : 'at the cursor'}</h3>
        <button type="button" className="icon-button" aria-pressed={paused} aria-label={paused ? 'Follow the cursor' : 'Pause'} title={paused ? 'Follow the cursor' : 'Keep these while the cursor moves'} onClick={() => { session.update(pauseGoals); }}>{paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}</button>
        <button type="button" className="icon-button" disabled={!shown?.goals} aria-label="Pin" title="Keep these beside those to come" onClick={() => { session.update(pinGoals); }}><Pin size={14} aria-hidden="true" /></button>
      </div>
      {shown ? <Shown at={shown} {...(against ? { against } : {})} /> : <p className="muted">Put the cursor into a proof.</p>}
      {pinned.map((one) => (
        <div key={one.id} className="goals-pinned">
          <p className="goals-place">
            <PlaceLink at={one} />
            <button type="button" className="button quiet-button" aria-pressed={compared === one.id} onClick={() => { session.update((state) => compareGoals(state, one.id)); }}>Compare</button>
            <button type="button" className="icon-button" aria-label={`Unpin line ${one.line}`} title="Unpin" onClick={() => { session.update((state) => unpinGoals(state, one.id)); }}><PinOff size={14} aria-hidden="true" /></button>
          </p>
          <GoalText text={goalText(one)} label={`Pinned goals of line ${one.line}`} />
        </div>
      ))}
    </section>
  );
}

function Shown({ at, against }: { readonly at: GoalsAt; readonly against?: GoalsAt }) {
  if (!at.goals) return <p className="muted"><PlaceLink at={at} /> is in no proof.</p>;
  const count = at.goals.expected === undefined ? at.goals.goals.length : undefined;
  return (
    <>
      <p className="goals-place"><PlaceLink at={at} /><span className="muted">{count === undefined ? 'expected type' : count === 1 ? '1 goal' : `${count} goals`}{against ? `, against line ${against.line}` : ''}</span></p>
      <GoalText text={goalText(at)} label={`Goals of line ${at.line}`} {...(against ? { before: goalText(against) } : {})} />
    </>
  );
}

function PlaceLink({ at }: { readonly at: GoalsAt }) {
  const session = useSession();
  return <button type="button" className="link code" onClick={() => { openPlace(session, at.file, at.line); }}>{at.file.slice(at.file.lastIndexOf('/') + 1)}:{at.line}:{at.column}</button>;
}
