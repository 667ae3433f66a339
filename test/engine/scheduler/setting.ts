/** A scheduler on a virtual clock, and jobs that only sleep. */
import type { Job, Learned, Measurement, Needs } from '../../../app/engine/scheduler/job.ts';
import { createScheduler, type Scheduler, type SchedulerOptions } from '../../../app/engine/scheduler/scheduler.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Setting {
  readonly clock: VirtualClock;
  readonly scheduler: Scheduler;
  /** Labels in the order in which they started. */
  readonly started: string[];
  readonly learned: Map<string, Learned>;
  readonly taught: [string, Measurement][];
  sleeper(label: string, seconds: number, more?: Omit<Partial<Job<string>>, 'needs'> & { readonly needs?: Partial<Needs> }): Job<string>;
}

export function setting(cores: number, more: Partial<SchedulerOptions> = {}): Setting {
  const clock = new VirtualClock();
  const learned = new Map<string, Learned>();
  const taught: [string, Measurement][] = [];
  const started: string[] = [];
  const scheduler = createScheduler({
    resources: { cores: { capacity: cores } }, memory: { totalMb: 100_000, reserveMb: 0 }, clock,
    learned: (key) => learned.get(key), onLearn: (key, measured) => taught.push([key, measured]), ...more,
  });
  return {
    clock, scheduler, started, learned, taught,
    sleeper: (label, seconds, job = {}) => ({
      label, key: label, obligations: [label], rank: 0,
      body: async (signal) => {
        started.push(label);
        await clock.sleep(seconds, signal);
        return signal.aborted ? `${label} was aborted` : label;
      },
      ...job, needs: { cores: 1, memoryMb: 10, ...job.needs },
    }),
  };
}

/** What became of a promise, as a value. */
export function outcomeOf<T>(promise: Promise<T>): Promise<T | string> {
  return promise.catch((error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)));
}
