/** The same as the canvas, as a list: what runs now, then what ended last. For the keyboard and for assistive programs. */
import { VirtualList } from '../../parts/VirtualList.tsx';
import { selectObligation } from '../../session/inspect.ts';
import { useSession } from '../../session/react.ts';
import { duration } from '../../ledger/format.ts';
import type { LaneTimeline } from '../../store/lanes.ts';

const SHOWN = 200;

export function LaneList({ timeline }: { readonly timeline: LaneTimeline }) {
  const session = useSession();
  const jobs = [
    ...timeline.running.map((job) => ({ lanes: job.lanes, label: job.label, obligations: job.obligations, seconds: timeline.now - job.startedAt, state: job.ending ? 'ending' : 'running' })),
    ...timeline.spans.slice(-SHOWN).reverse().map((span) => ({ lanes: span.lanes, label: span.label, obligations: span.obligations, seconds: span.endedAt - span.startedAt, state: span.outcome as string })),
  ];
  return (
    <div className="lane-list">
      <VirtualList label="Jobs, those that run first" items={jobs} choose={(job) => { if (job.obligations[0] !== undefined) selectObligation(session, job.obligations[0]); }}>
        {(job) => <><span className="ellipsis lane-job" title={job.label}>{job.label}</span><span className={job.state === 'running' ? 'role-blue' : 'muted'}>{job.state}</span><span className="number lane-time">{duration(job.seconds)}</span></>}
      </VirtualList>
    </div>
  );
}
