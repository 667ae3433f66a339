/** What is submitted to the scheduler, and what it says of a job that never started. */

/** Amounts that a job holds while it runs. `cores` may be 0 (a request to a server or a GPU). */
export interface Needs {
  readonly cores: number;
  /** A first guess in MiB, replaced by the learned peak once there is one. */
  readonly memoryMb?: number;
  /** Further resources of the same queue: "gpu", "gpuMemoryMb", "slots". */
  readonly [resource: string]: number | undefined;
}

/** What one finished run teaches. A field that is absent teaches nothing. */
export interface Measurement { readonly seconds?: number; readonly memoryMb?: number }

/** Handed to a body while it runs. */
export interface JobReport {
  /** Resident size of all that the job started, now. Optional: without it the growth of a job is estimated. */
  memory(megabytes: number): void;
}

export interface Job<T> {
  readonly label: string;
  /** Learned seconds and peak memory are kept under it. */
  readonly key: string;
  /** Jobs of a kind resemble each other ("z3"): an unknown one is guessed from the others. Default: the first word of `label`. */
  readonly kind?: string;
  readonly obligations: readonly string[];
  readonly needs: Needs;
  /** Lower first (order.ts). */
  readonly rank: number;
  readonly signal?: AbortSignal;
  /** Id of the announced work that this job is a part of ({@link Forecast}); a job of no announced work counts by itself. */
  readonly work?: string;
  /** Must settle soon after its signal fires: what the job holds is free only then. */
  readonly body: (signal: AbortSignal, report: JobReport) => Promise<T>;
  /** What the value teaches; undefined for nothing (a run that was cut short). Default: the seconds of an unaborted run. */
  readonly measured?: (value: T, seconds: number) => Measurement | undefined;
}

/** Learned from earlier runs. `runs` counts the measurements behind it. */
export interface Learned { readonly seconds?: number; readonly memoryMb?: number; readonly runs?: number }

/** The job's body was never called. `cancelled` has the name "AbortError", as all that waits on a signal expects. */
export class NotStarted extends Error {
  constructor(readonly reason: 'cancelled' | 'refused', message: string) {
    super(message);
    this.name = reason === 'cancelled' ? 'AbortError' : 'NotStarted';
  }
}

export function kindOf(job: { readonly kind?: string; readonly label: string }): string {
  if (job.kind !== undefined) return job.kind;
  const space = job.label.indexOf(' ');
  return space < 0 ? job.label : job.label.slice(0, space);
}
