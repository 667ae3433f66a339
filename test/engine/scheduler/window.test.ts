import { describe, expect, it } from 'vitest';
import { inFlight } from '../../../app/engine/scheduler/window.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('a window of units', () => {
  it('has at most so many in flight, in order, for 100,000 units', async () => {
    let now = 0, most = 0, last = -1, ordered = true;
    const units = Array.from({ length: 100_000 }, (_, index) => index);
    const window = inFlight({
      units, limit: 8,
      start: async (unit) => { ordered &&= unit === last + 1; last = unit; most = Math.max(most, ++now); await Promise.resolve(); now -= 1; },
    });
    expect(await window.done).toEqual({ started: 100_000, failed: 0, left: [] });
    expect([most, ordered, window.inFlight, window.waiting]).toEqual([8, true, 0, 0]);
  });

  it('goes on when a unit throws, at once or later, and says which', async () => {
    const failed: string[] = [];
    const window = inFlight({
      units: ['a', 'b', 'c', 'd'], limit: 2, onError: (unit, error) => { failed.push(`${unit}: ${(error as Error).message}`); throw new Error('and the listener too'); },
      start: (unit) => { if (unit === 'a') throw new Error('at once'); return unit === 'c' ? Promise.reject(new Error('later')) : Promise.resolve(); },
    });
    expect(await window.done).toEqual({ started: 4, failed: 2, left: [] });
    expect(failed).toEqual(['a: at once', 'c: later']);
  });

  it('starts none after the signal, and ends when those in flight have', async () => {
    const clock = new VirtualClock(), controller = new AbortController(), started: number[] = [];
    const window = inFlight({ units: [1, 2, 3, 4, 5], limit: 2, signal: controller.signal, start: async (unit) => { started.push(unit); await clock.sleep(unit); } });
    await clock.run(1.5);
    controller.abort();
    await clock.run();
    expect(await window.done).toEqual({ started: 3, failed: 0, left: [4, 5] });
    expect(started).toEqual([1, 2, 3]);
    expect(clock.now()).toBe(4);
    const none = inFlight({ units: [1], limit: 2, signal: controller.signal, start: async () => { started.push(9); } });
    expect(await none.done).toEqual({ started: 0, failed: 0, left: [1] });
  });

  it('lets units be preferred and the limit rise while it goes', async () => {
    const clock = new VirtualClock(), started: string[] = [];
    let limit = 1;
    const window = inFlight({ units: ['a', 'b', 'c', 'd'], limit: () => limit, start: async (unit) => { started.push(unit); await clock.sleep(1); } });
    await clock.run(0.5);
    window.prioritise((unit) => unit === 'd');
    limit = 3;
    window.poke();
    expect(started).toEqual(['a', 'd', 'b']);
    await clock.run();
    expect((await window.done).started).toBe(4);
    expect(clock.now()).toBe(2);
  });

  it('of nothing is done', async () => {
    expect(await inFlight({ units: [], limit: 1, start: async () => {} }).done).toEqual({ started: 0, failed: 0, left: [] });
  });
});
