/** Runs of the repository, newest first; two of them can be compared. */
import { useEffect, useState } from 'react';
import { duration, shortDate } from '../../ledger/format.ts';
import { Empty, Loaded } from '../../parts/Loaded.tsx';
import { compareRuns, loadRuns } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';
import type { RunSummary } from '../../../app/contract.ts';

export function HistoryView() {
  const session = useSession();
  const runs = useWindow((state) => state.runs);
  const isOpen = useWindow((state) => state.plan.state !== 'idle');
  useEffect(() => { if (isOpen) void loadRuns(session); }, [session, isOpen]);
  return (
    <Loaded of={runs} what="the runs" again={() => { void loadRuns(session); }}>
      {(list) => list.length === 0 ? <Empty title="No run yet"><p>Each run is kept with its commit, limits and verdicts.</p></Empty> : <Runs runs={list} />}
    </Loaded>
  );
}

function Runs({ runs }: { readonly runs: readonly RunSummary[] }) {
  const session = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (run: string): void => { setChosen((before) => (before.includes(run) ? before.filter((one) => one !== run) : [...before, run].slice(-2))); };
  const pair = runs.filter((run) => chosen.includes(run.run));
  const compare = (before: RunSummary | undefined, after: RunSummary | undefined): void => { if (before && after) void compareRuns(session, before.run, after.run); };
  return (
    <div className="history" tabIndex={0} role="region" aria-label="Runs">
      <div className="actions">
        <button type="button" className="button" disabled={pair.length !== 2} onClick={() => { compare(pair[1], pair[0]); }}>Compare the two ticked</button>
        <button type="button" className="button" disabled={runs.length < 2} onClick={() => { compare(runs[1], runs[0]); }}>Compare the last two</button>
      </div>
      <table className="list">
        <thead><tr><th scope="col"><span className="unseen">Tick</span></th><th scope="col">Started</th><th scope="col">Ended</th><th scope="col" className="number">Took</th><th scope="col">Commit</th><th scope="col">Limits</th><th scope="col">Run</th></tr></thead>
        <tbody>{runs.map((run) => (
          <tr key={run.run}>
            <td><input type="checkbox" aria-label={`Tick the run of ${shortDate(run.startedAt)}`} checked={chosen.includes(run.run)} onChange={() => { toggle(run.run); }} /></td>
            <td className="number">{shortDate(run.startedAt)}</td><td>{run.outcome}</td><td className="number">{run.seconds === undefined ? '' : duration(run.seconds)}</td><td><code>{run.commit?.slice(0, 7) ?? ''}</code></td>
            <td>effort {run.limits.effort}, {duration(run.limits.wallSeconds)}</td><td><code className="muted">{run.run}</code></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
