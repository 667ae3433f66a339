/** The goals of a search, each with its race and with what was learned; they keep their places while the search goes on. */
import { useState } from 'react';
import type { ProofGoal } from '../../../app/contract.ts';
import { openPlace } from '../../session/files.ts';
import { selectObligation } from '../../session/inspect.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { Race } from '../../store/proof.ts';
import { Learned } from './Learned.tsx';
import { RaceTable } from './RaceTable.tsx';

const SHOWN = 50;
const WORDS: Readonly<Record<ProofGoal['state'], string>> = {
  waiting: 'waits', searching: 'searching', judging: 'before the guard and a clean run', found: 'a proof was found', 'not-found': 'not found', untried: 'not tried',
};

export function Goals({ race }: { readonly race: Race }) {
  const [shown, setShown] = useState(SHOWN);
  if (race.goals.length === 0) return null;
  return (
    <section>
      <h2>Goals <span className="muted number">{race.goals.length.toLocaleString('en')}</span></h2>
      {race.goals.slice(0, shown).map((goal) => <Goal key={goal.obligation} goal={goal} />)}
      {race.goals.length > shown && <button type="button" className="link" onClick={() => { setShown(shown + SHOWN * 4); }}>Show more of {race.goals.length.toLocaleString('en')}</button>}
    </section>
  );
}

function Goal({ goal }: { readonly goal: ProofGoal }) {
  const session = useSession();
  const selected = useWindow((state) => state.selection.present.obligation === goal.obligation);
  const { line } = goal.range.start;
  return (
    <article className={`goal ${selected ? 'selected' : ''}`} aria-label={goal.symbol}>
      <h3 className="goal-head">
        <button type="button" className="link code" onClick={() => { selectObligation(session, goal.obligation); }}>{goal.symbol}</button>
        <button type="button" className="link code goal-place" onClick={() => { openPlace(session, goal.file, line); }}>{goal.file}:{line}</button>
        <span className={`goal-state goal-${goal.state}`}>{WORDS[goal.state]}</span>
        {goal.passes > 0 && <span className="muted number goal-passes">{goal.passes.toLocaleString('en')} {goal.passes === 1 ? 'pass' : 'passes'}</span>}
      </h3>
      {goal.why !== undefined && <p className="role-amber">{goal.why}.</p>}
      {goal.strategies.length > 0 && <RaceTable goal={goal} />}
      <Learned goal={goal} />
    </article>
  );
}
