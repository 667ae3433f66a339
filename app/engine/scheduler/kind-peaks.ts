/** The guess of memory for a job that was never seen, from its kind in this run. Learned figures of jobs that were are the store's. */
import { quantile } from './order.ts';

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
