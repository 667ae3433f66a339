import { describe, expect, it } from 'vitest';
import { NotStarted } from '../../../app/engine/scheduler/job.ts';
import { describeWait } from '../../../app/engine/scheduler/wait.ts';
import { outcomeOf, setting } from './setting.ts';

describe('the order in which jobs start', () => {
  it('is by rank among those that arrive together, then by arrival', async () => {
    const { scheduler, clock, sleeper, started } = setting(1);
    for (const [label, rank] of [['c', 3], ['a', 1], ['b1', 2], ['b2', 2]] as const) void scheduler.submit(sleeper(label, 1, { rank }));
    await clock.run();
    expect(started).toEqual(['a', 'b1', 'b2', 'c']);
    expect(clock.now()).toBe(4);
  });

  it('puts jobs of asked obligations first, those that wait and those yet to come', async () => {
    const { scheduler, clock, sleeper, started } = setting(1);
    for (let index = 0; index < 4; index += 1) void scheduler.submit(sleeper(`job${index}`, 1, { rank: index }));
    await clock.run(0.5);
    scheduler.prioritise(['job3', 'late']);
    void scheduler.submit(sleeper('late', 1, { rank: 9 }));
    await clock.run();
    expect(started).toEqual(['job0', 'job3', 'late', 'job1', 'job2']);
  });

  it('uses all cores and never more', async () => {
    const { scheduler, clock, sleeper } = setting(3);
    const jobs = Array.from({ length: 9 }, (_, index) => scheduler.submit(sleeper(`j${index}`, 2)));
    await clock.run(1);
    expect(scheduler.counts()).toEqual({ running: 3, queued: 6, freeCores: 0, finished: 0 });
    await clock.run();
    expect(await Promise.all(jobs)).toHaveLength(9);
    expect(clock.now()).toBe(6);
  });
});

describe('needs beyond the machine', () => {
  it('clamps cores to all there are', async () => {
    const { scheduler, clock, sleeper } = setting(2);
    const wide = scheduler.submit(sleeper('wide', 1, { needs: { cores: 16 } }));
    void scheduler.submit(sleeper('narrow', 1, { rank: 1 }));
    await clock.run(0.5);
    expect(scheduler.counts()).toMatchObject({ running: 1, queued: 1 });
    await clock.run();
    expect(await wide).toBe('wide');
  });

  it('refuses a resource that is not there, by name', async () => {
    const { scheduler, sleeper } = setting(2, { resources: { cores: { capacity: 2 }, gpu: { capacity: 1, lanes: true } } });
    await expect(scheduler.submit(sleeper('two', 1, { needs: { cores: 0, gpu: 2 } }))).rejects.toThrow('two cannot run: it needs 2 gpu, and this machine has 1');
    await expect(scheduler.submit(sleeper('slot', 1, { needs: { cores: 0, slots: 1 } }))).rejects.toMatchObject({ reason: 'refused', name: 'NotStarted' });
    await scheduler.idle();
  });
});

describe('memory', () => {
  it('never starts what will not fit beside what runs, and says what holds it', async () => {
    const { scheduler, clock, sleeper, started, learned } = setting(4, { memory: { totalMb: 1000, reserveMb: 100 } });
    learned.set('big', { seconds: 5, memoryMb: 600 });
    void scheduler.submit(sleeper('first', 4, { rank: 0, needs: { memoryMb: 500 } }));
    void scheduler.submit(sleeper('big', 5, { rank: 1 }));
    void scheduler.submit(sleeper('small', 1, { rank: 2, needs: { memoryMb: 300 } }));
    await clock.run(0.5);
    expect(started).toEqual(['first', 'small']);
    const [waiting] = scheduler.snapshot().queued;
    expect(waiting && describeWait(waiting.wait)).toBe('waits for 660 MiB of memory, 100 free (held by first, small)');
    await clock.run();
    expect(started).toEqual(['first', 'small', 'big']);
    expect(scheduler.lanes.gaps.some((gap) => gap.reason === 'memory')).toBe(true);
  });

  it('counts what other programs take, and looks again', async () => {
    let freeMb = 300;
    const { scheduler, clock, sleeper, started } = setting(4, { memory: { totalMb: 1000, reserveMb: 0, freeMb: () => freeMb } });
    void scheduler.submit(sleeper('one', 100, { needs: { memoryMb: 100 } }));
    void scheduler.submit(sleeper('two', 1, { rank: 1, needs: { memoryMb: 400 } }));
    await clock.run(10);
    expect(started).toEqual(['one']);
    freeMb = 600;
    await clock.run(1);
    expect(started).toEqual(['one', 'two']);
    await clock.run();
  });

  it('lets one start when nothing runs, unless it took more than the machine has', async () => {
    const { scheduler, clock, sleeper, learned } = setting(2, { memory: { totalMb: 1000, reserveMb: 200, freeMb: () => 50 } });
    learned.set('huge', { memoryMb: 1500 });
    const huge = outcomeOf(scheduler.submit(sleeper('huge', 1)));
    const guessed = scheduler.submit(sleeper('guessed', 1, { needs: { memoryMb: 4000 } }));
    await clock.run();
    expect(await guessed).toBe('guessed');
    expect(await huge).toBe('NotStarted: huge cannot run: it took 1500 MiB of memory before, and this machine has 1000');
  });

  it('uses what a job reports to hold', async () => {
    const { scheduler, clock, sleeper, started } = setting(4, { memory: { totalMb: 1000, reserveMb: 0 } });
    void scheduler.submit({ ...sleeper('grows', 10, { needs: { memoryMb: 100 } }), body: async (signal, report) => { started.push('grows'); report.memory(800); await clock.sleep(10, signal); return ''; } });
    await clock.run(1);
    void scheduler.submit(sleeper('next', 1, { needs: { memoryMb: 300 } }));
    await clock.run(1);
    expect(started).toEqual(['grows']);
    await clock.run();
    expect(started).toEqual(['grows', 'next']);
  });
});

describe('a job that has waited for long', () => {
  it('is not starved by an endless stream of small ones', async () => {
    const { scheduler, clock, sleeper, started } = setting(2, { patienceSeconds: 10, memory: { totalMb: 1000, reserveMb: 0 } });
    let stop = false;
    const stream = async (name: string): Promise<void> => {
      for (let index = 0; !stop; index += 1) await scheduler.submit(sleeper(`${name}${index}`, 3, { rank: 2, needs: { memoryMb: 200 } }));
    };
    void stream('a');
    await clock.run(1);
    void stream('b');
    const big = scheduler.submit(sleeper('big', 1, { rank: 1, needs: { memoryMb: 900 } })).then(() => clock.now());
    const wide = scheduler.submit(sleeper('wide', 1, { rank: 1, needs: { cores: 2 } })).then(() => clock.now());
    await clock.run(11);
    expect(started).not.toContain('big');
    await clock.run(30);
    stop = true;
    await clock.run();
    expect(await big).toBeLessThan(25);
    expect(await wide).toBeLessThan(45);
  });

  it('lets those go first that do not delay it', async () => {
    const { scheduler, clock, sleeper, started, learned } = setting(2, { patienceSeconds: 0 });
    learned.set('running', { seconds: 10 });
    learned.set('short', { seconds: 5 });
    learned.set('long', { seconds: 50 });
    void scheduler.submit(sleeper('running', 10));
    await clock.run(0.1);
    void scheduler.submit(sleeper('wide', 1, { rank: 1, needs: { cores: 2 } }));
    void scheduler.submit(sleeper('tiny', 0.1, { rank: 2 }));
    await clock.run(1);
    void scheduler.submit(sleeper('long', 50, { rank: 2 }));
    void scheduler.submit(sleeper('short', 5, { rank: 3 }));
    await clock.run(1);
    expect(scheduler.snapshot().queued.map((view) => `${view.label} ${describeWait(view.wait)}`)).toEqual([
      'wide waits for 2 cores, 0 free (held by running, short)',
      'long waits for 1 cores, 0 free (held by running, short)',
    ]);
    expect(scheduler.snapshot(0)).toMatchObject({ queued: [], queuedCount: 2 });
    await clock.run(5);
    expect(scheduler.snapshot().queued.at(-1)).toMatchObject({ label: 'long', wait: { for: 'job', label: 'wide' } });
    await clock.run();
    expect(started).toEqual(['running', 'tiny', 'short', 'wide', 'long']);
  });
});

describe('cancelling', () => {
  it('a waiting job never starts it, at once', async () => {
    const { scheduler, clock, sleeper, started } = setting(1);
    const controller = new AbortController();
    void scheduler.submit(sleeper('first', 5));
    const second = scheduler.submit(sleeper('second', 5, { rank: 1, signal: controller.signal }));
    await clock.run(1);
    controller.abort();
    await expect(second).rejects.toBeInstanceOf(NotStarted);
    await expect(second).rejects.toMatchObject({ name: 'AbortError', reason: 'cancelled' });
    await clock.run();
    expect(started).toEqual(['first']);
    await expect(scheduler.submit(sleeper('third', 1, { signal: controller.signal }))).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('a running job fires its signal, and its core is free only when it has settled', async () => {
    const { scheduler, clock, sleeper, started } = setting(1);
    const controller = new AbortController();
    const slow = scheduler.submit({
      ...sleeper('slow', 0), signal: controller.signal,
      body: async (signal) => { started.push('slow'); await clock.sleep(100, signal); await clock.sleep(3); return signal.reason === controller.signal.reason ? 'gone' : 'no'; },
    });
    const next = scheduler.submit(sleeper('next', 1, { rank: 1 }));
    await clock.run(1);
    controller.abort(new Error('lost the race'));
    await clock.run(2);
    expect(started).toEqual(['slow']);
    expect(scheduler.snapshot().running).toMatchObject([{ label: 'slow', ending: true }]);
    await clock.run();
    expect(await slow).toBe('gone');
    expect(await next).toBe('next');
    expect(scheduler.lanes.spans.map((span) => [span.label, span.outcome, span.endedAt])).toEqual([['slow', 'cancelled', 4], ['next', 'finished', 5]]);
  });

  it('all leaves nothing that waits or runs, and dispose refuses what comes later', async () => {
    const { scheduler, clock, sleeper, started } = setting(2);
    const jobs = Array.from({ length: 6 }, (_, index) => outcomeOf(scheduler.submit(sleeper(`j${index}`, 5))));
    await clock.run(1);
    const gone = scheduler.dispose();
    await clock.run();
    await gone;
    expect(started).toHaveLength(2);
    expect((await Promise.all(jobs)).sort()).toEqual(['AbortError: j2 was cancelled before it started', 'AbortError: j3 was cancelled before it started', 'AbortError: j4 was cancelled before it started', 'AbortError: j5 was cancelled before it started', 'j0 was aborted', 'j1 was aborted']);
    await expect(scheduler.submit(sleeper('late', 1))).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('what a body throws', () => {
  it('is what submit rejects with, thrown at once or later, and the rest goes on', async () => {
    const { scheduler, clock, sleeper } = setting(1);
    const atOnce = outcomeOf(scheduler.submit({ ...sleeper('x', 1), body: () => { throw new TypeError('bug'); } }));
    const later = outcomeOf(scheduler.submit({ ...sleeper('y', 1), body: async () => { await clock.sleep(1); throw new TypeError('late bug'); } }));
    const measured = outcomeOf(scheduler.submit({ ...sleeper('z', 1), measured: () => { throw new TypeError('bad measure'); } }));
    const fine = scheduler.submit(sleeper('fine', 1));
    await clock.run();
    expect(await Promise.all([atOnce, later, measured, fine])).toEqual(['TypeError: bug', 'TypeError: late bug', 'TypeError: bad measure', 'fine']);
    await scheduler.idle();
  });
});

describe('what is learned', () => {
  it('is the seconds of runs that were not cut short, or what the job says of its value', async () => {
    const { scheduler, clock, sleeper, taught } = setting(4);
    const controller = new AbortController();
    void scheduler.submit(sleeper('plain', 2));
    void scheduler.submit(sleeper('lost', 9, { signal: controller.signal }));
    void scheduler.submit(sleeper('measured', 3, { measured: (_value, seconds) => ({ seconds, memoryMb: 77 }) }));
    void scheduler.submit(sleeper('not', 1, { measured: () => undefined }));
    await clock.run(5);
    controller.abort();
    await clock.run();
    expect(taught).toEqual([['plain', { seconds: 2, memoryMb: undefined }], ['measured', { seconds: 3, memoryMb: 77 }]]);
  });

  it('leaves out the seconds of a run during which the machine was suspended', async () => {
    const { scheduler, clock, sleeper, taught } = setting(2);
    void scheduler.submit(sleeper('before', 3));
    void scheduler.submit(sleeper('across', 20, { measured: (_value, seconds) => ({ seconds, memoryMb: 5 }) }));
    await clock.run(10);
    clock.wallAhead = 3600;
    await clock.run();
    void scheduler.submit(sleeper('after', 4));
    await clock.run();
    expect(taught).toEqual([['before', { seconds: 3, memoryMb: undefined }], ['across', { seconds: undefined, memoryMb: 5 }], ['after', { seconds: 4, memoryMb: undefined }]]);
  });
});
