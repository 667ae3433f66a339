/** The search for proofs: what it may spend, its race goal by goal, and the proofs that may be written. */
import { Square, WandSparkles } from 'lucide-react';
import { runCommand } from '../../commands/registry.ts';
import { Empty } from '../../parts/Loaded.tsx';
import { failingRows, selectedGoal } from '../../session/proof.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { isSearching } from '../../store/proof.ts';
import { Budget } from './Budget.tsx';
import { Candidates } from './Candidates.tsx';
import { Goals } from './Goals.tsx';
import { Spent } from './Spent.tsx';
import { Strategies } from './Strategies.tsx';

export function SynthesisView() {
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  const race = useWindow((state) => state.race);
  return (
    <div className="page synthesis" tabIndex={-1}>
      <h1>Synthesis</h1>
      {!isOpen ? <Empty title="No repository is open"><p>Proofs of what fails in a repository are searched here.</p></Empty> : (
        <>
          {!race && <p className="lead">Searches proofs for what is not green. A proof is offered only if it adds proof text alone and a run in fresh processes agrees; nothing is written before you accept it.</p>}
          <Controls />
          {race && <Spent race={race} />}
          {race && <Candidates race={race} />}
          {race ? <Goals race={race} /> : <Strategies />}
          {race && race.proof.refused.length > 0 && (
            <section><h2>Refused</h2><ul className="plain">{race.proof.refused.map((one, index) => <li key={index} className="why"><span className="role-amber">by the {one.by}</span> {one.why}<ul className="plain">{one.additions.map((addition, at) => <li key={at}><code className="muted">{addition.text}</code></li>)}</ul></li>)}</ul></section>
          )}
        </>
      )}
    </div>
  );
}

function Controls() {
  const session = useSession();
  const searching = useWindow((state) => isSearching(state.race));
  const ending = useWindow((state) => state.race?.proof.state === 'cancelling');
  const ready = useWindow((state) => state.engine.state === 'ready');
  const goal = useWindow(selectedGoal);
  const failing = useWindow((state) => failingRows(state).length);
  return (
    <div className="actions">
      {searching
        ? <button type="button" className="button stop" data-first-focus disabled={ending} onClick={() => { runCommand(session, 'prove.stop'); }}><Square size={12} aria-hidden="true" />{ending ? 'Stopping' : 'Stop the search'}</button>
        : <>
          <button type="button" className="button primary" data-first-focus disabled={!ready || !goal} title={goal ? `Prove ${goal.symbol} (Alt+P)` : 'Select an obligation first'} onClick={() => { runCommand(session, 'prove.selected'); }}><WandSparkles size={12} aria-hidden="true" /><span className="ellipsis">{goal ? `Prove ${goal.symbol}` : 'Prove the selected'}</span></button>
          <button type="button" className="button" disabled={!ready || failing === 0} onClick={() => { runCommand(session, 'prove.failing'); }}>Prove all that fail <span className="number">({failing.toLocaleString('en')})</span></button>
        </>}
      <Budget disabled={searching} />
    </div>
  );
}
