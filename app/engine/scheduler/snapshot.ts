/** What runs, what waits, and what each waits for: plain data for the window and the command line. */
import type { Admission } from './admission.ts';
import type { Entry } from './queue.ts';
import type { Wait } from './wait.ts';

export interface RunningView {
  readonly label: string;
  readonly obligations: readonly string[];
  readonly seconds: number;
  readonly lanes: readonly string[];
  /** Expected peak, or what it holds now where that is more; MiB. */
  readonly memoryMb: number;
  /** Cancelled, and not yet gone. */
  readonly ending: boolean;
}

export interface QueuedView { readonly label: string; readonly obligations: readonly string[]; readonly wait: Wait }

export interface Snapshot {
  readonly running: readonly RunningView[];
  /** The first in order; `queuedCount` are all. */
  readonly queued: readonly QueuedView[];
  readonly queuedCount: number;
  readonly resources: readonly { readonly name: string; readonly capacity: number; readonly free: number }[];
  readonly memory: { readonly totalMb: number; readonly headroomMb: number };
  /** What the sharing of cores with other processes failed with last. */
  readonly sharingFailure?: string;
}

export function takeSnapshot(admission: Admission, running: ReadonlySet<Entry>, queuedAtMost: number, sharingFailure: string | undefined): Snapshot {
  const { resources, memory, queue } = admission.situation, now = admission.now;
  return {
    running: [...running].map((entry) => ({
      label: entry.job.label, obligations: entry.job.obligations, seconds: now - entry.running!.startedAt, lanes: entry.running!.lanes,
      memoryMb: Math.max(entry.memoryMb, entry.running!.reportedMb ?? 0), ending: entry.running!.controller.signal.aborted,
    })),
    queued: queue.first(queuedAtMost).map((entry) => ({ label: entry.job.label, obligations: entry.job.obligations, wait: admission.wait(entry) })),
    queuedCount: queue.size,
    resources: resources.names.map((name, index) => ({ name, capacity: resources.capacity[index]!, free: resources.free[index]! })),
    memory: { totalMb: memory.totalMb, headroomMb: admission.headroomMb },
    ...(sharingFailure === undefined ? {} : { sharingFailure }),
  };
}
