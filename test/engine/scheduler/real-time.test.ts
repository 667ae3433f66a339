/** The scheduler on the machine's own clock, memory and signals, with bodies that are promises. */
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { machineMemory } from '../../../app/engine/scheduler/machine-memory.ts';
import { createScheduler } from '../../../app/engine/scheduler/scheduler.ts';
import { makespan } from '../../../app/engine/scheduler/makespan.ts';

it('runs ten thousand jobs on four cores, tells of changes, and leaves nothing behind', async () => {
  const scheduler = createScheduler({ resources: { cores: { capacity: 4 } }, memory: machineMemory() });
  let changes = 0, running = 0, most = 0;
  const end = scheduler.onChange(() => { changes += 1; });
  const controller = new AbortController();
  const jobs = Array.from({ length: 10_000 }, (_, index) => scheduler.submit({
    label: `tiny ${index}`, key: `${index}`, obligations: [`${index}`], needs: { cores: 1, memoryMb: 1 }, rank: index, signal: controller.signal,
    body: async () => { most = Math.max(most, ++running); await Promise.resolve(); running -= 1; return index; },
  }));
  expect((await Promise.all(jobs)).reduce((sum, each) => sum + each, 0)).toBe(49_995_000);
  await scheduler.idle();
  await sleep(20);
  expect(most).toBe(4);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  expect(changes).toBeGreaterThan(0);
  expect(makespan(scheduler.lanes.spans, 4)!.jobs).toBe(10_000);
  end();
  await scheduler.dispose();
});

it('ends a running job by its signal, also through signals made of others', async () => {
  const scheduler = createScheduler({ resources: { cores: { capacity: 1 } }, memory: machineMemory() });
  const unit = new AbortController(), race = new AbortController();
  const body = (signal: AbortSignal): Promise<string> => sleep(30_000, 'slept', { signal, ref: false }).catch(() => 'woken');
  const common = { obligations: [], needs: { cores: 1 }, rank: 0 };
  const running = scheduler.submit({ label: 'a', key: 'a', ...common, signal: AbortSignal.any([unit.signal, race.signal]), body });
  const waiting = scheduler.submit({ label: 'b', key: 'b', ...common, signal: AbortSignal.any([unit.signal, race.signal]), body });
  await sleep(5);
  race.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError', reason: 'cancelled' });
  expect(await running).toBe('woken');
  const held = new AbortController(), gone = new AbortController();
  const holder = scheduler.submit({ label: 'c', key: 'c', ...common, signal: held.signal, body });
  const cancelled = scheduler.submit({ label: 'd', key: 'd', ...common, signal: gone.signal, body }).catch((error: Error) => error.name);
  await sleep(5);
  scheduler.cancelAll();
  expect([await holder, await cancelled]).toEqual(['woken', 'AbortError']);
  expect([...getEventListeners(held.signal, 'abort'), ...getEventListeners(gone.signal, 'abort')]).toEqual([]);
  await scheduler.dispose();
});
