/**
 * Time left, from past runs: what remains is laid out on the cores with the learned seconds; what is not known
 * is taken as the median of its kind; and all is scaled by how this run has compared with the learned seconds
 * so far. Nothing is said where nothing is known.
 */
import type { Learned } from './job.ts';
import { quantile } from './order.ts';
import { layOut } from './layout.ts';

export interface ExpectedWork extends Pick<Learned, 'seconds' | 'runs'> {
  /** Unit id, or any other that `begin` and `settle` repeat. */
  readonly id: string;
  readonly kind: string;
  /** Default 1. */
  readonly cores?: number;
}

export interface TimeLeft {
  readonly seconds: number;
  readonly basis: {
    /** Measurements of earlier runs behind it, and of this one where kinds are guessed. */
    readonly measurements: number;
    /** Remaining pieces of work with learned seconds, and without. */
    readonly known: number;
    readonly guessed: number;
  };
}

interface Work { readonly kind: string; readonly cores: number; readonly seconds?: number; readonly runs: number; begunAt?: number }

/** The share of the learned seconds so far is weighed against this many seconds of "as before". */
const PRIOR_SECONDS = 5;
const SCALE_BOUNDS = [0.25, 4] as const;
/** Work that has outlived its guess is taken to need this share of its age more. */
const OVERDUE_SHARE = 0.2;
/** A sample of a kind large enough for its median. */
const KEPT_PER_KIND = 501;

export class Forecast {
  #works = new Map<string, Work>();
  #byKind = new Map<string, number[]>();
  #seen = 0;
  #actual = PRIOR_SECONDS;
  #learned = PRIOR_SECONDS;
  #prepared = 0;
  #shown: { seconds: number; at: number } | undefined;

  constructor(readonly cores: number, readonly now: () => number) {}

  expect(works: Iterable<ExpectedWork>): void {
    for (const work of works) this.expectOne(work);
  }

  expectOne({ id, kind, seconds, runs, cores }: ExpectedWork): void {
    if (this.#works.has(id)) return;
    this.#works.set(id, { kind, cores: Math.min(this.cores, Math.max(1, cores ?? 1)), seconds, runs: seconds === undefined ? 0 : runs ?? 1 });
    this.#prepared += 1;
    if (seconds !== undefined) this.#sample(kind, seconds);
  }

  has(id: string): boolean { return this.#works.has(id); }

  /** Announced work of which nothing has begun yet. */
  get unbegun(): number { return this.#prepared; }

  begin(id: string): void {
    const work = this.#works.get(id);
    if (!work || work.begunAt !== undefined) return;
    work.begunAt = this.now();
    this.#prepared -= 1;
  }

  /** It is done; `seconds` of work where measured, undefined where it teaches nothing (cached, cancelled). */
  settle(id: string, seconds?: number): void {
    const work = this.#works.get(id);
    if (!work) return;
    this.#works.delete(id);
    if (work.begunAt === undefined) this.#prepared -= 1;
    if (seconds === undefined) return;
    this.#seen += 1;
    this.#sample(work.kind, seconds);
    if (work.seconds === undefined) return;
    this.#actual += seconds;
    this.#learned += work.seconds;
  }

  /** For display: counts down evenly, follows good news quickly and bad news slowly. */
  timeLeft(): TimeLeft | undefined {
    const left = this.estimate(), now = this.now();
    if (!left) return this.#shown = undefined;
    const shown = this.#shown ? smooth(this.#shown.seconds, now - this.#shown.at, left.seconds) : left.seconds;
    this.#shown = { seconds: shown, at: now };
    return { ...left, seconds: shown };
  }

  estimate(): TimeLeft | undefined {
    const now = this.now();
    const scale = Math.min(SCALE_BOUNDS[1], Math.max(SCALE_BOUNDS[0], this.#actual / this.#learned));
    const medians = new Map<string, number | undefined>();
    const overall = quantile([...this.#byKind.values()].flat(), 0.5);
    let known = 0, guessed = 0, measurements = 0;
    const running: { seconds: number; cores: number }[] = [], waiting: { seconds: number; cores: number }[] = [];
    for (const work of this.#works.values()) {
      if (!medians.has(work.kind)) medians.set(work.kind, quantile(this.#byKind.get(work.kind) ?? [], 0.5) ?? overall);
      const guess = work.seconds === undefined ? medians.get(work.kind) : work.seconds * scale;
      if (work.seconds === undefined) guessed += 1;
      else { known += 1; measurements += work.runs; }
      if (guess === undefined) continue;
      if (work.begunAt === undefined) waiting.push({ seconds: guess, cores: work.cores });
      else {
        const age = now - work.begunAt;
        running.push({ seconds: Math.max(guess - age, OVERDUE_SHARE * age), cores: work.cores });
      }
    }
    if (guessed > 0) measurements += this.#seen;
    if (measurements === 0) return this.#works.size === 0 && this.#seen > 0 ? { seconds: 0, basis: { measurements: this.#seen, known: 0, guessed: 0 } } : undefined;
    return { seconds: layOut(running, waiting, this.cores), basis: { measurements, known, guessed } };
  }

  #sample(kind: string, seconds: number): void {
    const list = this.#byKind.get(kind);
    if (!list) this.#byKind.set(kind, [seconds]);
    else if (list.length < KEPT_PER_KIND) list.push(seconds);
    else list[Math.floor(Math.random() * KEPT_PER_KIND)] = seconds;
  }
}

/** What to show `elapsed` seconds after `shown` was, when the estimate is now `estimate`. */
export function smooth(shown: number, elapsed: number, estimate: number): number {
  const counted = Math.max(0, shown - elapsed);
  if (estimate < counted) return counted + (estimate - counted) * 0.5;
  const noise = 1 + 0.15 * counted;
  return estimate > counted + noise ? counted + (estimate - counted) * 0.3 : Math.min(estimate, counted + elapsed);
}
