/**
 * Keeps a bounded number of units in flight, in their order, so that 100,000 of them do not all hold files and
 * promises at once. A unit that fails is reported and stops no other.
 */
export interface WindowOptions<U> {
  /** In the order to start them. */
  readonly units: Iterable<U>;
  /** At most so many at once; a function is asked again at each start, and after `poke`. Less than 1 counts as 1. */
  readonly limit: number | (() => number);
  readonly start: (unit: U) => Promise<void>;
  readonly signal?: AbortSignal;
  /** A body of a unit threw: a bug of ours, told for that unit. */
  readonly onError?: (unit: U, error: unknown) => void;
}

export interface WindowEnd<U> {
  readonly started: number;
  readonly failed: number;
  /** Never started, because the signal fired first. */
  readonly left: readonly U[];
}

export interface UnitWindow<U> {
  /** Settles when nothing is in flight and nothing will start. Never rejects. */
  readonly done: Promise<WindowEnd<U>>;
  readonly inFlight: number;
  readonly waiting: number;
  /** Those that match come first, the rest keep their order. */
  prioritise(matches: (unit: U) => boolean): void;
  /** The limit may have risen. */
  poke(): void;
}

export function inFlight<U>(options: WindowOptions<U>): UnitWindow<U> {
  let units = [...options.units];
  let next = 0, running = 0, failed = 0, started = 0, filling = false, ended = false;
  let settle: (end: WindowEnd<U>) => void = () => {};
  const done = new Promise<WindowEnd<U>>((resolve) => { settle = resolve; });
  const { limit, signal, start } = options;
  const cancelled = (): boolean => signal?.aborted ?? false;
  const room = (): boolean => running < Math.max(1, typeof limit === 'function' ? limit() : limit);

  async function run(unit: U): Promise<void> {
    try {
      await start(unit);
    } catch (error) {
      failed += 1;
      try { options.onError?.(unit, error); } catch { /* the listener's own failure must not lose the window */ }
    }
    running -= 1;
    fill();
  }

  function fill(): void {
    if (filling || ended) return;
    filling = true;
    while (next < units.length && !cancelled() && room()) {
      running += 1;
      started += 1;
      void run(units[next++]!);
    }
    filling = false;
    if (running > 0 || (next < units.length && !cancelled())) return;
    ended = true;
    signal?.removeEventListener('abort', fill);
    settle({ started, failed, left: units.slice(next) });
  }

  signal?.addEventListener('abort', fill);
  fill();
  return {
    done,
    get inFlight() { return running; },
    get waiting() { return units.length - next; },
    prioritise(matches) {
      const rest = units.slice(next);
      units = [...rest.filter(matches), ...rest.filter((unit) => !matches(unit))];
      next = 0;
    },
    poke: fill,
  };
}
