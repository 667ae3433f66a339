import { describe, expect, it } from 'vitest';
import { LaneLog } from '../../../app/engine/scheduler/lanes.ts';
import { setting } from './setting.ts';

describe('the time line', () => {
  it('says which lanes worked on what, and why others stood idle', async () => {
    const { scheduler, clock, sleeper } = setting(2, { resources: { cores: { capacity: 2 }, gpu: { capacity: 1, lanes: true }, gpuMemoryMb: { capacity: 1000 } } });
    const seen: string[] = [];
    scheduler.lanes.onSpan((span) => seen.push(span.label));
    void scheduler.submit(sleeper('draft', 4, { needs: { cores: 0, gpu: 1, gpuMemoryMb: 800 } }));
    void scheduler.submit(sleeper('check', 1, { rank: 1 }));
    void scheduler.submit(sleeper('wide', 2, { rank: 2, needs: { cores: 2 } }));
    await clock.run();
    expect(scheduler.lanes.all).toEqual(['core0', 'core1', 'gpu0']);
    expect(scheduler.lanes.spans.map(({ label, lane, lanes, startedAt, endedAt }) => ({ label, lane, lanes, startedAt, endedAt }))).toEqual([
      { label: 'check', lane: 'core0', lanes: ['core0'], startedAt: 0, endedAt: 1 },
      { label: 'wide', lane: 'core0', lanes: ['core0', 'core1'], startedAt: 1, endedAt: 3 },
      { label: 'draft', lane: 'gpu0', lanes: ['gpu0'], startedAt: 0, endedAt: 4 },
    ]);
    expect(seen).toEqual(['check', 'wide', 'draft']);
    expect(scheduler.lanes.gaps).toEqual([{ lane: 'core1', reason: 'cores', startedAt: 0, endedAt: 1 }]);
  });

  it('tells waiting for input from nothing to do', async () => {
    const { scheduler, clock, sleeper } = setting(1);
    scheduler.forecast.expect([{ id: 'unit', kind: 'z3' }]);
    void scheduler.submit(sleeper('a', 1));
    await clock.run();
    await clock.run(2);
    void scheduler.submit(sleeper('unit job', 1, { work: 'unit' }));
    await clock.run();
    scheduler.forecast.settle('unit');
    await clock.run(3);
    void scheduler.submit(sleeper('b', 1));
    await clock.run();
    expect(scheduler.lanes.gaps).toEqual([
      { lane: 'core0', reason: 'input', startedAt: 1, endedAt: 3 },
      { lane: 'core0', reason: 'nothing-to-do', startedAt: 4, endedAt: 7 },
    ]);
  });

  it('keeps a bounded number, the latest', () => {
    const log = new LaneLog(['core0'], 0, 10);
    for (let index = 0; index < 1000; index += 1) {
      log.begin(['core0'], index);
      log.end({ lane: 'core0', lanes: ['core0'], label: `${index}`, obligations: [], startedAt: index, endedAt: index + 0.5, outcome: 'finished' });
    }
    expect(log.spans.length).toBeLessThanOrEqual(20);
    expect(log.gaps.length).toBeLessThanOrEqual(20);
    expect(log.spans.at(-1)?.label).toBe('999');
    expect(log.spans.length + log.dropped).toBe(1000);
  });
});
