/** How the search stands in one line, and its budget burning down. */
import { counted, duration } from '../../ledger/format.ts';
import type { Race } from '../../store/proof.ts';
import { isSearching } from '../../store/proof.ts';

export function Spent({ race }: { readonly race: Race }) {
  const { budget, spent, state } = race.proof;
  const searching = isSearching(race);
  const left = Math.max(0, budget.wallSeconds - spent.seconds);
  return (
    <section className="spent" aria-label="How the search stands">
      <p role="status" className={state === 'failed' ? 'role-red' : ''}>{words(race)}</p>
      <div className="spent-bars">
        <div className="spent-bar">
          <span className="muted">Time</span>
          <progress value={searching ? left : 0} max={budget.wallSeconds} aria-label="Time left of the budget" />
          <span className="number">{searching ? `${duration(Math.ceil(left))} of ${duration(budget.wallSeconds)} left` : `${duration(spent.seconds)} of ${duration(budget.wallSeconds)} spent`}</span>
        </div>
        <div className="spent-bar">
          <span className="muted">Calls</span>
          {budget.calls !== undefined && <progress value={searching ? Math.max(0, budget.calls - spent.calls) : 0} max={budget.calls} aria-label="Verifier calls left of the budget" />}
          <span className="number">{budget.calls === undefined ? counted(spent.calls, 'call') : `${spent.calls.toLocaleString('en')} of ${budget.calls.toLocaleString('en')} spent`}</span>
        </div>
      </div>
    </section>
  );
}

function words({ proof, goals }: Race): string {
  const { state, step, found, already } = proof;
  const green = already > 0 ? `, ${already.toLocaleString('en')} green before` : '';
  switch (state) {
    case 'running': return step === 'first-run' ? 'Checking what is to be proved, as it stands…' : `Searching: ${found.toLocaleString('en')} of ${counted(proof.goals, 'goal')} found so far${green}`;
    case 'cancelling': return 'Stopping…';
    case 'cancelled': return `Stopped: ${found.toLocaleString('en')} of ${counted(proof.goals, 'goal')} found${green}`;
    case 'failed': return `The search failed: ${proof.problem ?? 'no reason is known'}`;
    case 'finished': {
      if (proof.goals === 0) return already > 0 ? `Everything asked is green already (${already.toLocaleString('en')})` : 'Nothing to prove was found';
      const untried = goals.filter((goal) => goal.state === 'untried').length;
      return `Ended: ${found.toLocaleString('en')} of ${counted(proof.goals, 'goal')} found${untried > 0 ? `, ${untried.toLocaleString('en')} not tried` : ''}${green}`;
    }
  }
}
