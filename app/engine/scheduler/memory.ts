/**
 * Admission by memory. A job is started only if its expected peak fits beside the peaks that the running ones
 * have still before them. Two bounds hold at once: the machine's memory less all expected peaks, and the memory
 * free now less what the running jobs will still grow by (other programs use memory too).
 */
export interface MemoryOptions {
  /** Memory of the machine (or of the container), MiB. */
  readonly totalMb: number;
  /** Kept free for the system and ourselves. Default: a twentieth, at least 256 MiB, at most 2 GiB. */
  readonly reserveMb?: number;
  /** Memory that could be had now, MiB; undefined where the system does not say. */
  readonly freeMb?: () => number | undefined;
}

/** Memory of one running job. */
export interface Holder {
  /** Expected peak, MiB. */
  readonly memoryMb: number;
  readonly startedAt: number;
  /** Learned seconds, over which it is taken to grow evenly where it does not report. */
  readonly seconds?: number;
  readonly reportedMb?: number;
}

/** A solver that reports nothing is taken to have reached its peak after this many seconds. */
const UNREPORTED_GROWTH_SECONDS = 5;
const SHORTEST_GROWTH_SECONDS = 0.01;
/** Reading the system's figure costs some 20 µs: not for each of a thousand tiny jobs. */
const PROBE_EVERY_SECONDS = 0.1;

export class Memory {
  readonly totalMb: number;
  readonly reserveMb: number;
  #probedAt = Number.NEGATIVE_INFINITY;
  #probed: number | undefined;

  constructor(readonly options: MemoryOptions, readonly now: () => number) {
    this.totalMb = options.totalMb;
    this.reserveMb = options.reserveMb ?? Math.min(2048, Math.max(256, options.totalMb / 20));
  }

  /** The most that one job can be admitted with. */
  get usableMb(): number { return Math.max(0, this.totalMb - this.reserveMb); }

  /** MiB that a further job may come to need now. May be negative. */
  headroomMb(running: Iterable<Holder>): number {
    const now = this.now();
    let peaks = 0, growth = 0;
    for (const holder of running) {
      const peak = Math.max(holder.memoryMb, holder.reportedMb ?? 0);
      peaks += peak;
      growth += peak - (holder.reportedMb ?? peak * Math.min(1, (now - holder.startedAt) / Math.max(SHORTEST_GROWTH_SECONDS, holder.seconds ?? UNREPORTED_GROWTH_SECONDS)));
    }
    const free = this.#free(now);
    const byPeaks = this.usableMb - peaks;
    return free === undefined ? byPeaks : Math.min(byPeaks, free - this.reserveMb - growth);
  }

  /** The next look is a fresh one: memory was just given back. */
  expire(): void { this.#probedAt = Number.NEGATIVE_INFINITY; }

  #free(now: number): number | undefined {
    if (now - this.#probedAt >= PROBE_EVERY_SECONDS) {
      this.#probedAt = now;
      this.#probed = this.options.freeMb?.();
    }
    return this.#probed;
  }
}
