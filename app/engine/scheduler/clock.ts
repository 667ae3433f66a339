/**
 * Time as the scheduler sees it. `now` is monotonic; what it does while the machine is suspended or the process
 * is stopped differs by system (Linux halts it in suspension, others do not), so a jump is watched for as well.
 */
export interface Clock {
  /** Monotonic seconds. */
  now(): number;
  /** Wall-clock seconds. */
  wall(): number;
  /** Calls once after so many seconds; keeps the process alive only where `holds`. Returns what takes it back. */
  after(seconds: number, call: () => void, holds?: boolean): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  wall: () => Date.now() / 1000,
  after(seconds, call, holds = false) {
    const timer = setTimeout(call, seconds * 1000);
    if (!holds) timer.unref();
    return () => clearTimeout(timer);
  },
};

const BEAT_SECONDS = 1;
/** A beat later than this is a machine or process that stood still, not a busy one: our own longest synchronous work is far below. */
const JUMP_SECONDS = 5;

/** Counts the times that the machine stood still. Beats only between `start` and `stop`. */
export class StandstillWatch {
  #jumps = 0;
  #cancel: (() => void) | undefined;
  #now = 0;
  #wall = 0;

  constructor(readonly clock: Clock) {}

  /** A run that saw this change is not learned from. */
  get jumps(): number {
    if (this.#cancel) this.#look();
    return this.#jumps;
  }

  start(): void {
    if (this.#cancel) return;
    this.#now = this.clock.now();
    this.#wall = this.clock.wall();
    this.#beat();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #beat(): void {
    this.#cancel = this.clock.after(BEAT_SECONDS, () => { this.#look(); this.#beat(); });
  }

  /** Either clock may be the one that went on; a wall clock set back is no standstill. */
  #look(): void {
    const now = this.clock.now(), wall = this.clock.wall();
    const monotonic = now - this.#now, byWall = wall - this.#wall;
    if (monotonic > BEAT_SECONDS + JUMP_SECONDS || byWall - monotonic > JUMP_SECONDS) this.#jumps += 1;
    this.#now = now;
    this.#wall = wall;
  }
}
