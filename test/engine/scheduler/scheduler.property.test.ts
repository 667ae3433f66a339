/** Random sets of jobs, cancellations and wishes: no resource is ever exceeded, every job settles once, none is forgotten. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Needs } from '../../../app/engine/scheduler/job.ts';
import { setting } from './setting.ts';

const CORES = 4, MEMORY_MB = 1000, GPUS = 2, GPU_MEMORY_MB = 24_000;

interface RandomJob { readonly at: number; readonly seconds: number; readonly rank: number; readonly needs: Needs; readonly cancelAfter?: number; readonly linger: number; readonly known: boolean; readonly throws: boolean }

const randomJob: fc.Arbitrary<RandomJob> = fc.record({
  at: fc.integer({ min: 0, max: 30 }),
  seconds: fc.integer({ min: 0, max: 20 }),
  rank: fc.integer({ min: 0, max: 5 }),
  needs: fc.record({
    cores: fc.integer({ min: 0, max: CORES + 2 }),
    memoryMb: fc.integer({ min: 0, max: MEMORY_MB + 300 }),
    gpu: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: GPUS })),
    gpuMemoryMb: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: GPU_MEMORY_MB })),
  }),
  cancelAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  linger: fc.integer({ min: 0, max: 3 }),
  known: fc.boolean(),
  throws: fc.boolean(),
});

/** Cores, MiB, seconds, known: here the wanted job, once it fitted, yielded for ever to reservations of those after it. */
const YIELDED_TO_LATER: readonly (readonly [number, number, number, boolean])[] = [
  [1, 64, 1, true], [1, 473, 1, true], [2, 540, 1, false], [2, 464, 1, false], [1, 76, 1, false], [1, 846, 1, false], [2, 464, 2, true], [4, 1, 1, false], [1, 15, 3, true],
];

describe('any set of jobs', () => {
  it('exceeds no resource, settles each job once, starts none after its cancel, and gives every lane to one job at a time', async () => {
    await fc.assert(fc.asyncProperty(fc.array(randomJob, { maxLength: 40 }), fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }), async (jobs, cancelAllAt) => {
      const { scheduler, clock, learned } = setting(CORES, {
        resources: { cores: { capacity: CORES }, gpu: { capacity: GPUS, lanes: true }, gpuMemoryMb: { capacity: GPU_MEMORY_MB } },
        memory: { totalMb: MEMORY_MB, reserveMb: 0 }, patienceSeconds: 5,
      });
      const held = { cores: 0, memoryMb: 0, gpu: 0, gpuMemoryMb: 0 };
      const settled = jobs.map(() => 0), began = jobs.map(() => 0);
      const hold = (needs: Needs, sign: 1 | -1): void => {
        held.cores += sign * Math.min(needs.cores, CORES);
        held.memoryMb += sign * Math.min(needs.memoryMb ?? 0, MEMORY_MB);
        held.gpu += sign * (needs['gpu'] ?? 0);
        held.gpuMemoryMb += sign * (needs['gpuMemoryMb'] ?? 0);
        expect(held.cores).toBeLessThanOrEqual(CORES);
        expect(held.memoryMb).toBeLessThanOrEqual(MEMORY_MB);
        expect(held.gpu).toBeLessThanOrEqual(GPUS);
        expect(held.gpuMemoryMb).toBeLessThanOrEqual(GPU_MEMORY_MB);
      };
      const violations: unknown[] = [];
      const submitted = jobs.map(async (job, index) => {
        await clock.sleep(job.at);
        const controller = new AbortController();
        if (job.known) learned.set(`${index}`, { seconds: job.seconds });
        if (job.cancelAfter !== undefined) void clock.sleep(job.cancelAfter).then(() => controller.abort());
        await scheduler.submit({
          label: `job ${index}`, key: `${index}`, obligations: [`${index % 7}`], needs: job.needs, rank: job.rank, signal: controller.signal,
          body: async (signal) => {
            began[index]! += 1;
            try {
              expect(controller.signal.aborted).toBe(false);
              hold(job.needs, 1);
            } catch (error) { violations.push(error); }
            await clock.sleep(job.seconds, signal);
            if (signal.aborted) await clock.sleep(job.linger);
            hold(job.needs, -1);
            if (job.throws) throw new Error('thrown');
          },
        }).catch(() => {});
        settled[index]! += 1;
      });
      void clock.sleep(15).then(() => scheduler.prioritise(['3']));
      if (cancelAllAt !== undefined) void clock.sleep(cancelAllAt).then(() => scheduler.cancelAll());
      await clock.run();
      await Promise.race([Promise.all(submitted), new Promise((resolve) => { setImmediate(resolve); })]);
      expect(violations).toEqual([]);
      expect(settled).toEqual(jobs.map(() => 1));
      expect(Math.max(0, ...began)).toBeLessThanOrEqual(1);
      if (cancelAllAt === undefined) jobs.forEach((job, index) => { if (job.cancelAfter === undefined) expect(began[index]).toBe(1); });
      expect(held).toEqual({ cores: 0, memoryMb: 0, gpu: 0, gpuMemoryMb: 0 });
      expect(scheduler.snapshot().resources.map((each) => each.free)).toEqual([CORES, GPUS, GPU_MEMORY_MB]);
      expect(scheduler.counts()).toMatchObject({ running: 0, queued: 0 });
      await scheduler.idle();
      for (const lane of scheduler.lanes.all) {
        const spans = scheduler.lanes.spans.filter((span) => span.lanes.includes(lane)).sort((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt);
        for (let index = 1; index < spans.length; index += 1) expect(spans[index]!.startedAt).toBeGreaterThanOrEqual(spans[index - 1]!.endedAt);
      }
    }), { numRuns: 300 });
  });

  it('is starved by no stream of jobs that come after it in order', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ cores: fc.integer({ min: 1, max: CORES }), memoryMb: fc.integer({ min: 1, max: MEMORY_MB }), seconds: fc.integer({ min: 1, max: 5 }), known: fc.boolean() }), { minLength: 3, maxLength: 12 }),
      fc.record({ cores: fc.integer({ min: 1, max: CORES }), memoryMb: fc.integer({ min: 1, max: MEMORY_MB }) }),
      async (streams, wanted) => {
        const { scheduler, clock, sleeper, learned } = setting(CORES, { memory: { totalMb: MEMORY_MB, reserveMb: 0 }, patienceSeconds: 20 });
        let stop = false;
        for (const [index, { seconds, known, ...needs }] of streams.entries()) {
          if (known) learned.set(`stream ${index}`, { seconds });
          void (async () => { while (!stop) await scheduler.submit(sleeper(`stream ${index}`, seconds, { rank: 2, needs })); })().catch(() => {});
        }
        await clock.run(3.5);
        let startedAt = Number.POSITIVE_INFINITY;
        void scheduler.submit({ ...sleeper('wanted', 1, { rank: 1, needs: wanted }), body: async () => { startedAt = clock.now(); return ''; } });
        await clock.run(60);
        stop = true;
        // Its patience, and then the longest of those that ran when it ended.
        expect(startedAt).toBeLessThanOrEqual(3.5 + 20 + 2 * 5);
        scheduler.cancelAll();
        await clock.run();
      }), { numRuns: 100, examples: [[YIELDED_TO_LATER.map(([cores, memoryMb, seconds, known]) => ({ cores, memoryMb, seconds, known })), { cores: 1, memoryMb: 932 }]] });
  });
});
