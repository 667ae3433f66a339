/** What each core does, as it happens: jobs begun and ended, gaps with their reason, and the load of the machine. */
import type { BridgeEvent, LaneJobView, LaneView, MachineLoad } from '../contract.ts';
import { systemClock } from '../engine/scheduler/clock.ts';
import type { LaneSpan } from '../engine/scheduler/lanes.ts';
import type { Scheduler } from '../engine/scheduler/scheduler.ts';
import { describeWait } from '../engine/scheduler/wait.ts';

/** Between two looks at the queue, milliseconds. */
const PERIOD = 200;
/** What an answer and an event carry at most; a span knows its obligations, a long list is cut. */
const SPANS_SHOWN = 5_000, OBLIGATIONS_SHOWN = 50;

export class LaneFeed {
  readonly #stops: (() => void)[];
  #ended: LaneSpan[] = [];
  #gapsTold = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly scheduler: Scheduler, private readonly tell: (event: BridgeEvent) => void) {
    this.#stops = [
      scheduler.lanes.onSpan((span) => { this.#ended.push(span); this.#soon(); }),
      scheduler.onChange(() => { this.#soon(); }),
    ];
  }

  view(): LaneView {
    const { lanes } = this.scheduler;
    return {
      lanes: [...lanes.all], spans: lanes.spans.slice(-SPANS_SHOWN).map(viewOf), gaps: lanes.gaps.slice(-SPANS_SHOWN).map((gap) => ({ ...gap })),
      running: this.#running(), now: systemClock.now(), dropped: lanes.dropped + Math.max(0, lanes.spans.length - SPANS_SHOWN),
    };
  }

  load(): MachineLoad {
    const snapshot = this.scheduler.snapshot(1);
    const cores = snapshot.resources.find((resource) => resource.name === 'cores');
    const [first] = snapshot.queued;
    return {
      cores: cores?.capacity ?? 0, coresInUse: (cores?.capacity ?? 0) - (cores?.free ?? 0), memoryMb: snapshot.memory.totalMb, memoryFreeMb: Math.max(0, snapshot.memory.headroomMb),
      running: snapshot.running.length, queued: snapshot.queuedCount, ...(first ? { waits: `${first.label} ${describeWait(first.wait)}` } : {}),
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #soon(): void { this.#timer ??= setTimeout(() => { this.#timer = undefined; this.#send(); }, PERIOD); }

  #send(): void {
    const { lanes } = this.scheduler;
    const now = systemClock.now();
    const gaps = lanes.gaps.filter((gap) => gap.endedAt > this.#gapsTold);
    this.#gapsTold = Math.max(this.#gapsTold, ...gaps.slice(-1).map((gap) => gap.endedAt));
    this.tell({ type: 'lanes', now, running: this.#running(), ended: this.#ended.splice(0).map(viewOf), gaps: gaps.map((gap) => ({ ...gap })) });
    this.tell({ type: 'load', load: this.load() });
  }

  #running(): LaneJobView[] {
    const now = systemClock.now();
    return this.scheduler.snapshot(0).running.map(({ label, obligations, seconds, lanes, memoryMb, ending }) => ({
      label, obligations: obligations.slice(0, OBLIGATIONS_SHOWN), lanes: [...lanes], startedAt: now - seconds, memoryMb, ending,
    }));
  }
}

function viewOf({ lanes, label, obligations, startedAt, endedAt, outcome }: LaneSpan): LaneView['spans'][number] {
  return { lanes: [...lanes], label, obligations: obligations.slice(0, OBLIGATIONS_SHOWN), startedAt, endedAt, outcome };
}
