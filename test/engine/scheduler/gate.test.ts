/** Cores shared between two schedulers, as two processes of Assay share them. */
import { describe, expect, it } from 'vitest';
import type { ResourceGate } from '../../../app/engine/scheduler/gate.ts';
import { createScheduler, type Scheduler } from '../../../app/engine/scheduler/scheduler.ts';
import { describeWait } from '../../../app/engine/scheduler/wait.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A fair gate in memory; each acquisition takes 5 ms, as one through a file does. */
class Shelf implements ResourceGate {
  held = 0;
  most = 0;
  acquisitions = 0;
  failing = false;
  #waiting: { count: number; grant: () => void }[] = [];
  constructor(readonly total: number, readonly clock: VirtualClock) {}

  async acquire(count: number, total: number, signal: AbortSignal): Promise<{ release: () => void }> {
    expect(total).toBe(this.total);
    await this.clock.sleep(0.005);
    if (this.failing) throw new Error('database is locked');
    await new Promise<void>((grant, refuse) => {
      const waiter = { count, grant };
      this.#waiting.push(waiter);
      signal.addEventListener('abort', () => { this.#waiting = this.#waiting.filter((each) => each !== waiter); refuse(signal.reason); });
      this.#hand();
    });
    this.acquisitions += 1;
    let released = false;
    return { release: () => { expect(released).toBe(false); released = true; this.held -= count; this.#hand(); } };
  }

  #hand(): void {
    for (let next = this.#waiting[0]; next && this.held + next.count <= this.total; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.held += next.count;
      this.most = Math.max(this.most, this.held);
      next.grant();
    }
  }
}

function pair(cores: number): { clock: VirtualClock; shelf: Shelf; a: Scheduler; b: Scheduler; busy: { now: number; most: number }; many: (scheduler: Scheduler, count: number, seconds: number, cores?: number) => Promise<string[]> } {
  const clock = new VirtualClock(), shelf = new Shelf(cores, clock), busy = { now: 0, most: 0 };
  const make = (): Scheduler => createScheduler({ resources: { cores: { capacity: cores } }, memory: { totalMb: 10_000 }, clock, coreGate: shelf });
  const many = (scheduler: Scheduler, count: number, seconds: number, wide = 1): Promise<string[]> => Promise.all(Array.from({ length: count }, (_, index) => scheduler.submit({
    label: `j${index}`, key: `j${index}`, obligations: [], needs: { cores: wide, memoryMb: 1 }, rank: index,
    body: async (signal) => {
      busy.now += wide;
      busy.most = Math.max(busy.most, busy.now);
      await clock.sleep(seconds, signal);
      busy.now -= wide;
      return `${clock.now()}`;
    },
  })));
  return { clock, shelf, a: make(), b: make(), busy, many };
}

describe('two processes on one machine', () => {
  it('together use no more cores than there are, and both come to an end', async () => {
    const { clock, shelf, a, b, busy, many } = pair(2);
    const first = many(a, 40, 0.5), second = many(b, 40, 0.5);
    await clock.run();
    expect([(await first).length, (await second).length, busy.most, shelf.most, shelf.held]).toEqual([40, 40, 2, 2, 0]);
    // 80 jobs of half a second on two cores take 20 s.
    expect(clock.now()).toBeLessThan(21.5);
  });

  it('take turns: neither waits for the whole work of the other', async () => {
    const { clock, a, b, many } = pair(2);
    void many(a, 200, 0.1);
    await clock.run(1);
    const second = many(b, 4, 0.1);
    await clock.run();
    expect(Math.max(...(await second).map(Number))).toBeLessThan(4);
  });

  it('wide jobs beside narrow ones do not block each other', async () => {
    const { clock, a, b, busy, many } = pair(4);
    const all = [many(a, 5, 0.3, 3), many(b, 5, 0.3, 3), many(a, 20, 0.2), many(b, 20, 0.2), many(b, 3, 0.1, 4)];
    await clock.run();
    expect((await Promise.all(all)).map((each) => each.length)).toEqual([5, 5, 20, 20, 3]);
    expect(busy.most).toBeLessThanOrEqual(4);
  });

  it('a thousand tiny jobs do not take a thousand leases', async () => {
    const { clock, shelf, a, many } = pair(2);
    const all = many(a, 1_000, 0.005);
    await clock.run();
    await all;
    expect(shelf.acquisitions).toBeLessThan(40);
    expect(shelf.held).toBe(0);
  });

  it('say what they wait for, give all back on dispose, and live through a gate that fails for a while', async () => {
    const { clock, shelf, a, b, many } = pair(1);
    void many(a, 1, 5);
    await clock.run(1);
    const late = many(b, 1, 1);
    await clock.run(1);
    const waiting = b.snapshot().queued[0];
    expect(waiting && describeWait(waiting.wait)).toBe('waits for 1 cores that another run of Assay holds');
    expect(b.lanes.all).toEqual(['core0']);
    await clock.run();
    await late;
    shelf.failing = true;
    const more = many(a, 1, 1);
    await clock.run(2);
    expect(a.snapshot().sharingFailure).toBe('database is locked');
    shelf.failing = false;
    await clock.run(3);
    expect(await more).toHaveLength(1);
    await Promise.all([a.dispose(), b.dispose()]);
    await clock.run(1);
    expect(shelf.held).toBe(0);
  });
});
