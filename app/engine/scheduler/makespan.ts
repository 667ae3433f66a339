/** How near a run came to the best possible one, from its time line. */
import type { LaneSpan } from './lanes.ts';

export interface Makespan {
  readonly jobs: number;
  /** First start to last end. */
  readonly seconds: number;
  /** max(total / cores, longest): no schedule of these jobs, as long as they took here, is shorter. */
  readonly lowerBoundSeconds: number;
  readonly ratio: number;
  readonly busyCoreSeconds: number;
  readonly longestSeconds: number;
}

/** Undefined for no jobs. `from`, `to`: the run's own bounds, where the time before its first and after its last job counts. */
export function makespan(spans: readonly LaneSpan[], cores: number, bounds: { readonly from?: number; readonly to?: number } = {}): Makespan | undefined {
  if (spans.length === 0) return undefined;
  let from = bounds.from ?? Number.POSITIVE_INFINITY, to = bounds.to ?? Number.NEGATIVE_INFINITY;
  let busyCoreSeconds = 0, longestSeconds = 0;
  for (const span of spans) {
    const seconds = span.endedAt - span.startedAt;
    from = Math.min(from, span.startedAt);
    to = Math.max(to, span.endedAt);
    busyCoreSeconds += seconds * span.lanes.filter((lane) => lane.startsWith('core')).length;
    longestSeconds = Math.max(longestSeconds, seconds);
  }
  const lowerBoundSeconds = Math.max(busyCoreSeconds / cores, longestSeconds);
  const seconds = to - from;
  return { jobs: spans.length, seconds, lowerBoundSeconds, ratio: lowerBoundSeconds > 0 ? seconds / lowerBoundSeconds : 1, busyCoreSeconds, longestSeconds };
}
