/** The time line of a run: which lane worked on what from when to when, and why it stood idle between. Bounded. */

export type LaneOutcome = 'finished' | 'cancelled' | 'failed';

export interface LaneSpan {
  /** The first of `lanes`; "" for a job that takes no lane. */
  readonly lane: string;
  readonly lanes: readonly string[];
  readonly label: string;
  readonly obligations: readonly string[];
  /** Seconds of the scheduler's monotonic clock. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** `cancelled`: its signal fired before it settled; `failed`: its body threw. */
  readonly outcome: LaneOutcome;
}

/** `memory`, `cores` (not enough for a wide job), `other-process` or another resource: the first job waits for it. `reserved`: kept free for one that has waited for long. `input`: announced work is being prepared. */
export type IdleReason = 'nothing-to-do' | 'input' | (string & {});

export interface LaneGap { readonly lane: string; readonly reason: IdleReason; readonly startedAt: number; readonly endedAt: number }

const KEPT = 20_000;
/** Shorter gaps are the scheduler at work. */
const SHORTEST_GAP_SECONDS = 0.001;

export class LaneLog {
  #spans: LaneSpan[] = [];
  #gaps: LaneGap[] = [];
  #idle = new Map<string, { reason: IdleReason; since: number }>();
  #listeners = new Set<(span: LaneSpan) => void>();
  /** Spans no longer kept. */
  dropped = 0;

  constructor(readonly all: readonly string[], now: number, readonly kept = KEPT) {
    for (const lane of all) this.#idle.set(lane, { reason: 'nothing-to-do', since: now });
  }

  get spans(): readonly LaneSpan[] { return this.#spans; }
  get gaps(): readonly LaneGap[] { return this.#gaps; }

  onSpan(listener: (span: LaneSpan) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(lanes: readonly string[], now: number): void {
    for (const lane of lanes) {
      this.#close(lane, now);
      this.#idle.delete(lane);
    }
  }

  end(span: LaneSpan): void {
    for (const lane of span.lanes) this.#idle.set(lane, { reason: 'nothing-to-do', since: span.endedAt });
    this.#spans.push(span);
    if (this.#spans.length > this.kept * 2) {
      this.#spans = this.#spans.slice(-this.kept);
      this.dropped += this.kept + 1;
    }
    for (const listener of this.#listeners) listener(span);
  }

  /** Why the lanes that are idle now are idle. */
  idle(reason: IdleReason, now: number): void {
    for (const [lane, state] of this.#idle) {
      if (state.reason === reason) continue;
      this.#close(lane, now);
      this.#idle.set(lane, { reason, since: now });
    }
  }

  #close(lane: string, now: number): void {
    const state = this.#idle.get(lane);
    if (!state || now - state.since < SHORTEST_GAP_SECONDS) return;
    this.#gaps.push({ lane, reason: state.reason, startedAt: state.since, endedAt: now });
    if (this.#gaps.length > this.kept * 2) this.#gaps = this.#gaps.slice(-this.kept);
  }
}
