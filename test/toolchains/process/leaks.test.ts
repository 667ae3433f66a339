import { getEventListeners } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from './programs.ts';

const children = (): number[] => readdirSync('/proc').filter((name) => {
  try { return /^\d+$/.test(name) && readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /, '').split(' ')[1] === String(process.pid); } catch { return false; }
}).map(Number);
const descriptors = (): number => readdirSync('/proc/self/fd').length;
/** Handles of children and pipes; the test runner's own are the same before and after. */
const handles = (): string[] => process.getActiveResourcesInfo().filter((name) => /Process|Pipe/.test(name)).sort();
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const turn = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 50); });

describe.runIf(process.platform === 'linux')('a hundred starts and cancels', () => {
  it('leave no child, descriptor, timer or listener', async () => {
    const shared = new AbortController();
    await run('/bin/true', [], { signal: shared.signal }); // starts the watchdog, which stays
    await turn();
    const before = { children: children(), descriptors: descriptors(), handles: handles() };
    const timersBefore = timers();
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 10 }, async (_, at) => {
        const own = new AbortController();
        const running = run('/bin/sh', ['-c', 'sleep 1000 & sleep 1000'], { signal: own.signal });
        setTimeout(() => { own.abort(); }, at * 7);
        expect((await running).exit.reason).toBe('cancelled');
        expect(getEventListeners(own.signal, 'abort')).toEqual([]);
      }));
    }
    for (let round = 0; round < 20; round++) await run('/bin/true', [], { signal: shared.signal });
    await turn();
    expect({ children: children(), descriptors: descriptors(), handles: handles() }).toEqual(before);
    expect(timers()).toBeLessThanOrEqual(timersBefore); // the test runner's own come and go
    expect(getEventListeners(shared.signal, 'abort')).toEqual([]);
  });

  it('at once, under one signal: all are ended by it', async () => {
    const shared = new AbortController();
    const running = Array.from({ length: 40 }, () => run('/bin/sleep', ['1000'], { signal: shared.signal }));
    setTimeout(() => { shared.abort(); }, 100);
    const reasons = (await Promise.all(running)).map((result) => result.exit.reason);
    expect(reasons).toEqual(Array.from({ length: 40 }, () => 'cancelled'));
    expect(getEventListeners(shared.signal, 'abort')).toEqual([]);
  });
});
