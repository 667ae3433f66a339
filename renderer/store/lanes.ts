/** The time line of the cores as the window holds it: bounded, merged from the first answer and the events after it. */
import type { BridgeEventOf, LaneGapView, LaneJobView, LaneSpanView, LaneView } from '../../app/contract.ts';

export interface LaneTimeline {
  readonly lanes: readonly string[];
  readonly spans: readonly LaneSpanView[];
  readonly gaps: readonly LaneGapView[];
  readonly running: readonly LaneJobView[];
  /** Seconds of the engine's clock, when this was true. */
  readonly now: number;
  readonly dropped: number;
}

const KEPT = 20_000;

export function lanesFrom(view: LaneView): LaneTimeline {
  return { ...view, spans: view.spans.slice(-KEPT), gaps: view.gaps.slice(-KEPT), dropped: view.dropped + Math.max(0, view.spans.length - KEPT) };
}

export function withLanes(timeline: LaneTimeline | undefined, event: BridgeEventOf<'lanes'>): LaneTimeline {
  const before: LaneTimeline = timeline ?? { lanes: [], spans: [], gaps: [], running: [], now: 0, dropped: 0 };
  const spans = event.ended.length === 0 ? before.spans : [...before.spans, ...event.ended];
  const gaps = event.gaps.length === 0 ? before.gaps : [...before.gaps, ...event.gaps];
  const seen = new Set(before.lanes);
  const added = [...event.ended, ...event.running].flatMap((job) => job.lanes).filter((lane) => !seen.has(lane) && seen.add(lane));
  return {
    lanes: added.length === 0 ? before.lanes : [...before.lanes, ...added].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    spans: spans.length > KEPT * 1.5 ? spans.slice(-KEPT) : spans, gaps: gaps.length > KEPT * 1.5 ? gaps.slice(-KEPT) : gaps,
    running: event.running, now: event.now, dropped: before.dropped + (spans.length > KEPT * 1.5 ? spans.length - KEPT : 0),
  };
}
