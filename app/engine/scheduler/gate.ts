/**
 * Cores shared with other processes of Assay. Leases are taken as jobs need them, handed on from job to job, and
 * given back when unused or held for long, so that a thousand tiny jobs do not cost a thousand leases and the other
 * process still gets its turn.
 */
import { setMaxListeners } from 'node:events';
import type { Clock } from './clock.ts';

/** What is held until released. */
export interface ResourceLease { release(): void | Promise<void> }

/** Leases of a resource that several processes share: all `count` at once or none, waiting in fair order. Rejects when `signal` fires. */
export interface ResourceGate {
  acquire(count: number, total: number, signal: AbortSignal): Promise<ResourceLease>;
}

interface Bundle { readonly lease: ResourceLease; readonly count: number; readonly since: number; idle: number; ended: boolean }

/** After so long a lease is returned with the end of its job, and waits its turn again: short beside what a person notices, long beside a tiny job. */
const TENURE_SECONDS = 0.25;
/** An unused lease is kept for the next job so long. */
const LINGER_SECONDS = 0.02;
/** After a gate that failed (a locked store), the next try. */
const RETRY_SECONDS = 0.25;

export class SharedCores {
  #bundles = new Set<Bundle>();
  #asked = 0;
  #stop = new AbortController();
  #lingering: (() => void) | undefined;
  #pausedUntil = 0;
  /** What the gate last failed with, for the snapshot; undefined after a success. */
  failure: string | undefined;

  constructor(readonly gate: ResourceGate, readonly total: number, readonly clock: Clock, readonly granted: () => void) {
    // One listener for each core that is asked for.
    setMaxListeners(0, this.#stop.signal);
  }

  get idle(): number {
    let idle = 0;
    for (const bundle of this.#bundles) if (!bundle.ended) idle += bundle.idle;
    return idle;
  }

  /** Takes cores that are idle here; the caller has looked that there are enough. */
  take(count: number): Bundle[] {
    const from: Bundle[] = [];
    for (const bundle of this.#bundles) {
      while (!bundle.ended && bundle.idle > 0 && from.length < count) {
        bundle.idle -= 1;
        from.push(bundle);
      }
    }
    return from;
  }

  give(from: readonly Bundle[]): void {
    for (const bundle of from) {
      bundle.idle += 1;
      if (this.#stop.signal.aborted || this.clock.now() - bundle.since >= TENURE_SECONDS) bundle.ended = true;
      if (bundle.ended && bundle.idle === bundle.count) this.#release(bundle);
    }
    this.#lingering ??= this.clock.after(LINGER_SECONDS, () => { this.#lingering = undefined; this.releaseIdle(); });
  }

  /** Asks for what is missing: `widest` for the next job in turn, `demand` for all that could start now. */
  want(widest: number, demand: number): void {
    if (this.#stop.signal.aborted || this.clock.now() < this.#pausedUntil) return;
    // Idle ones are given up for a wide job: holding some and waiting for more is how two processes block each other.
    if (widest > 1 && this.idle < widest && this.#asked === 0) {
      this.releaseIdle();
      this.#ask(widest);
    }
    while (this.idle + this.#asked < demand) this.#ask(1);
  }

  releaseIdle(): void {
    for (const bundle of this.#bundles) if (bundle.idle === bundle.count) this.#release(bundle);
  }

  /** Gives back what is idle and asks for no more; what running jobs hold follows with them. */
  stop(): void {
    this.#stop.abort();
    this.#lingering?.();
    this.#lingering = undefined;
    this.releaseIdle();
  }

  #ask(count: number): void {
    this.#asked += count;
    this.gate.acquire(count, this.total, this.#stop.signal).then(
      (lease) => {
        this.#asked -= count;
        this.failure = undefined;
        const bundle = { lease, count, since: this.clock.now(), idle: count, ended: false };
        this.#bundles.add(bundle);
        if (this.#stop.signal.aborted) this.#release(bundle);
        else {
          this.#lingering ??= this.clock.after(LINGER_SECONDS, () => { this.#lingering = undefined; this.releaseIdle(); });
          this.granted();
        }
      },
      (error: unknown) => {
        this.#asked -= count;
        if (this.#stop.signal.aborted) return;
        this.failure = error instanceof Error ? error.message : String(error);
        this.#pausedUntil = this.clock.now() + RETRY_SECONDS;
        this.clock.after(RETRY_SECONDS, this.granted, true);
      });
  }

  #release(bundle: Bundle): void {
    this.#bundles.delete(bundle);
    void Promise.resolve(bundle.lease.release()).catch((error: unknown) => { this.failure = error instanceof Error ? error.message : String(error); });
  }
}

export type HeldCores = ReturnType<SharedCores['take']>;
