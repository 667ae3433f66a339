import { useState } from 'react';
import { shortDate } from '../../ledger/format.ts';
import { compareRuns } from '../../session/run.ts';
import { useSession, useWindow } from '../../session/react.ts';
import { valueOf } from '../../store/loadable.ts';

export function ChooseRuns() {
  const session = useSession();
  const runs = useWindow((state) => valueOf(state.runs)) ?? [];
  const shown = useWindow((state) => valueOf(state.comparison));
  const [chosen, setChosen] = useState<{ readonly before?: string; readonly after?: string }>({});
  if (runs.length < 2) return <p className="muted">{runs.length === 0 ? 'No run has been made yet.' : 'One run has been made; a second is needed.'}</p>;
  const before = chosen.before ?? shown?.before.run ?? runs[1]!.run;
  const after = chosen.after ?? shown?.after.run ?? runs[0]!.run;
  const options = runs.map((run) => <option key={run.run} value={run.run}>{shortDate(run.startedAt)}{run.commit === undefined ? '' : ` ${run.commit.slice(0, 7)}`} · {run.outcome} · effort {run.limits.effort}</option>);
  return (
    <div className="actions">
      <label className="field-label">Before <select className="field" value={before} onChange={(event) => { setChosen({ ...chosen, before: event.target.value }); }}>{options}</select></label>
      <label className="field-label">After <select className="field" value={after} onChange={(event) => { setChosen({ ...chosen, after: event.target.value }); }}>{options}</select></label>
      <button type="button" className="button primary" disabled={before === after} onClick={() => { void compareRuns(session, before, after); }}>Compare</button>
    </div>
  );
}
