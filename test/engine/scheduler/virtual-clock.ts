/** A clock that jumps from event to event, so that hours of scheduling take milliseconds. */
import type { Clock } from '../../../app/engine/scheduler/clock.ts';
import { Heap } from '../../../app/engine/scheduler/heap.ts';

interface Event { readonly at: number; readonly order: number; readonly call: () => void; cancelled: boolean; readonly background: boolean }

export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  /** Added to the wall clock: a suspension that the monotonic clock did not see. */
  wallAhead = 0;
  #foreground = 0;
  #events = new Heap<Event>((a, b) => (a.at === b.at ? a.order < b.order : a.at < b.at), (event) => event.cancelled);

  now = (): number => this.#now;
  wall = (): number => this.#now + this.wallAhead;
  after = (seconds: number, call: () => void): (() => void) => this.#add(seconds, call, true);

  /** Resolves after so many seconds, or at once when the signal fires. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const aborted = (): void => { cancel(); resolve(); };
      const cancel = this.#add(seconds, () => { signal?.removeEventListener('abort', aborted); resolve(); }, false);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  /** Until nothing but timers of the scheduler's own are left, or for so long. */
  async run(forSeconds = Number.POSITIVE_INFINITY): Promise<void> {
    const until = this.#now + forSeconds;
    await settled();
    for (;;) {
      const event = this.#events.peek();
      if (!event || event.at > until || (this.#foreground === 0 && forSeconds === Number.POSITIVE_INFINITY)) break;
      this.#events.pop();
      event.cancelled = true;
      this.#now = Math.max(this.#now, event.at);
      if (!event.background) this.#foreground -= 1;
      event.call();
      await settled();
    }
    if (Number.isFinite(until)) this.#now = until;
  }

  #add(seconds: number, call: () => void, background: boolean): () => void {
    const event: Event = { at: this.#now + seconds, order: this.#order++, call, cancelled: false, background };
    this.#events.push(event);
    if (!background) this.#foreground += 1;
    return () => {
      if (event.cancelled) return;
      event.cancelled = true;
      if (!background) this.#foreground -= 1;
    };
  }
}

/** All microtasks are done. */
function settled(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}
