/** How long whole runs take on the virtual clock, against max(total / cores, longest). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makespan } from '../../../app/engine/scheduler/makespan.ts';
import { inOrder } from '../../../app/engine/scheduler/order.ts';
import { inFlight } from '../../../app/engine/scheduler/window.ts';
import { setting } from './setting.ts';

interface Unit { readonly label: string; readonly seconds: number; readonly learned?: number; readonly bytes: number }

async function ratioOf(units: readonly Unit[], cores: number): Promise<number> {
  const { scheduler, clock, sleeper, learned } = setting(cores);
  for (const unit of units) if (unit.learned !== undefined) learned.set(unit.label, { seconds: unit.learned, memoryMb: 10 });
  const ordered = inOrder(units, (unit) => ({ seconds: unit.learned, bytes: unit.bytes, kind: 'z3' })).map((unit, rank) => ({ unit, rank }));
  const window = inFlight({ units: ordered, limit: cores * 3, start: async ({ unit, rank }) => { await scheduler.submit(sleeper(unit.label, unit.seconds, { rank })); } });
  await clock.run();
  await window.done;
  return makespan(scheduler.lanes.spans, cores)!.ratio;
}

/** Times of solver runs spread over orders of magnitude: exp of a normal deviate. */
function mixedSet(seed: number, count: number): Unit[] {
  let state = seed >>> 0;
  const random = (): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return (state + 1) / 4294967297; };
  return Array.from({ length: count }, (_, index) => {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const seconds = Math.min(30, Math.exp(normal * 1.5 - 1));
    return { label: `u${index}`, seconds, bytes: Math.round(1000 * Math.exp(Math.log(seconds) * 0.3 + random() * 3)) };
  });
}

const SEEDS = Array.from({ length: 25 }, (_, index) => index * 7919 + 1);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe('the makespan of mixed sets of 200 units', () => {
  for (const cores of [2, 4, 8]) {
    it(`with learned times is within 1.05 of the lower bound on ${cores} cores`, async () => {
      for (const seed of SEEDS) expect(await ratioOf(mixedSet(seed, 200).map((unit) => ({ ...unit, learned: unit.seconds })), cores)).toBeLessThanOrEqual(1.05);
    });

    it(`without any is typically within 1.2 on ${cores} cores, and with a fifth unknown within 1.1`, async () => {
      const first = await Promise.all(SEEDS.map((seed) => ratioOf(mixedSet(seed, 200), cores)));
      expect(median(first)).toBeLessThanOrEqual(1.2);
      const partly = await Promise.all(SEEDS.map((seed) => ratioOf(mixedSet(seed, 200).map((unit, index) => ({ ...unit, learned: index % 5 === 0 ? undefined : unit.seconds })), cores)));
      expect(median(partly)).toBeLessThanOrEqual(1.1);
    });
  }

  it('never leaves a core idle while a job waits, for any set: within total / cores + longest · (1 − 1 / cores)', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 6 }), fc.boolean(), async (times, cores, known) => {
      const total = times.reduce((sum, each) => sum + each, 0), longest = Math.max(...times);
      const ratio = await ratioOf(times.map((seconds, index) => ({ label: `u${index}`, seconds, learned: known ? seconds : undefined, bytes: 0 })), cores);
      expect(ratio * Math.max(total / cores, longest)).toBeLessThanOrEqual(total / cores + longest * (1 - 1 / cores) + 1e-6);
    }), { numRuns: 100 });
  });
});

it('counts cores, bounds and idle time as they are', () => {
  const span = (lanes: readonly string[], startedAt: number, endedAt: number) => ({ lane: lanes[0] ?? '', lanes, label: '', obligations: [], startedAt, endedAt, outcome: 'finished' as const });
  expect(makespan([], 2)).toBeUndefined();
  expect(makespan([span(['core0', 'core1'], 0, 2), span(['core0'], 2, 6), span(['gpu0'], 0, 1)], 2)).toEqual({ jobs: 3, seconds: 6, lowerBoundSeconds: 4, ratio: 1.5, busyCoreSeconds: 8, longestSeconds: 4 });
  expect(makespan([span(['core0'], 1, 3)], 1, { from: 0, to: 4 })).toMatchObject({ seconds: 4, ratio: 2 });
});
