/** Learned run times and memory: kept in memory, filled from the store, written back in batches by whoever owns the store. */
import type { Learned, Measurement } from './job.ts';
import { quantile } from './order.ts';

/** Weight of the newest time: old runs fade, one odd run does not decide. */
const NEWEST_SECONDS_WEIGHT = 0.4;
/** A peak counts at once, and fades slowly: too little memory reserved costs more than too much. */
const PEAK_FADE = 0.95;

export function merge(before: Learned | undefined, measured: Measurement): Learned {
  const seconds = measured.seconds === undefined ? before?.seconds
    : before?.seconds === undefined ? measured.seconds
    : before.seconds + (measured.seconds - before.seconds) * NEWEST_SECONDS_WEIGHT;
  const memoryMb = measured.memoryMb === undefined ? before?.memoryMb
    : Math.max(measured.memoryMb, (before?.memoryMb ?? 0) * PEAK_FADE);
  return { seconds, memoryMb, runs: (before?.runs ?? 0) + (measured.seconds === undefined ? 0 : 1) };
}

export class Learning {
  #known: Map<string, Learned>;
  #changed = new Set<string>();

  constructor(known: Iterable<readonly [string, Learned]> = []) { this.#known = new Map(known); }

  get(key: string): Learned | undefined { return this.#known.get(key); }

  learn(key: string, measured: Measurement): void {
    this.#known.set(key, merge(this.#known.get(key), measured));
    this.#changed.add(key);
  }

  /** What was learned since the last call. */
  takeChanged(): Map<string, Learned> {
    const changed = new Map([...this.#changed].map((key) => [key, this.#known.get(key)!] as const));
    this.#changed.clear();
    return changed;
  }
}

const PEAKS_KEPT = 32;
/** High, since memory short costs a run; not the highest, since one giant would then make every unknown job wait to run alone. */
const PEAK_QUANTILE = 0.9;

/** What jobs of a kind have lately needed, as the guess for one that was never seen. */
export class KindPeaks {
  #kinds = new Map<string, { readonly latest: number[]; next: number; guess: number }>();

  /** MiB; undefined for a kind of which nothing is known. */
  of(kind: string): number | undefined { return this.#kinds.get(kind)?.guess; }

  add(kind: string, memoryMb: number): void {
    let known = this.#kinds.get(kind);
    if (!known) this.#kinds.set(kind, known = { latest: [], next: 0, guess: memoryMb });
    known.latest[known.next] = memoryMb;
    known.next = (known.next + 1) % PEAKS_KEPT;
    known.guess = quantile(known.latest, PEAK_QUANTILE)!;
  }
}
