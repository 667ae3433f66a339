import { describe, expect, it } from 'vitest';
import { Forecast, smooth } from '../../../app/engine/scheduler/forecast.ts';
import { layOut } from '../../../app/engine/scheduler/layout.ts';
import { setting } from './setting.ts';

describe('time left', () => {
  it('is unknown while nothing is known', () => {
    const forecast = new Forecast(2, () => 0);
    expect(forecast.timeLeft()).toBeUndefined();
    forecast.expect([{ id: 'a', kind: 'z3' }]);
    expect(forecast.timeLeft()).toBeUndefined();
  });

  it('lays the learned seconds out on the cores, and says on how many measurements it rests', () => {
    const forecast = new Forecast(2, () => 0);
    forecast.expect([{ id: 'a', kind: 'z3', seconds: 10, runs: 3 }, { id: 'b', kind: 'z3', seconds: 4, runs: 1 }, { id: 'c', kind: 'z3', seconds: 4, runs: 2 }, { id: 'd', kind: 'z3' }]);
    expect(forecast.timeLeft()).toEqual({ seconds: 12, basis: { measurements: 6, known: 3, guessed: 1 } });
  });

  it('is corrected by how this run compares with the learned seconds', () => {
    let now = 0;
    const forecast = new Forecast(1, () => now);
    forecast.expect(Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, kind: 'z3', seconds: 10, runs: 1 })));
    expect(forecast.estimate()?.seconds).toBe(200);
    for (let index = 0; index < 10; index += 1) { forecast.begin(`${index}`); now += 20; forecast.settle(`${index}`, 20); }
    expect(forecast.estimate()?.seconds).toBeGreaterThan(185);
    expect(forecast.estimate()?.seconds).toBeLessThanOrEqual(200);
  });

  it('guesses a kind from what this run has seen of it, and forgets what was cached', () => {
    const forecast = new Forecast(1, () => 0);
    forecast.expect(['a', 'b', 'c', 'd'].map((id) => ({ id, kind: 'z3' })));
    forecast.settle('a');
    expect(forecast.estimate()).toBeUndefined();
    forecast.settle('b', 3);
    expect(forecast.estimate()).toEqual({ seconds: 6, basis: { measurements: 1, known: 0, guessed: 2 } });
    forecast.settle('c', 3);
    forecast.settle('d', 3);
    expect(forecast.estimate()?.seconds).toBe(0);
  });

  it('shrinks while work runs, and does not claim that overdue work ends now', () => {
    let now = 0;
    const forecast = new Forecast(1, () => now);
    forecast.expect([{ id: 'a', kind: 'z3', seconds: 10 }]);
    forecast.begin('a');
    now = 6;
    expect(forecast.estimate()?.seconds).toBe(4);
    now = 50;
    expect(forecast.estimate()?.seconds).toBe(10);
  });

  it('shown counts down with the clock, falls quickly and rises slowly', () => {
    expect(smooth(100, 1, 99)).toBe(99);
    expect(smooth(100, 1, 100)).toBe(100);
    expect(smooth(100, 1, 50)).toBeCloseTo(74.5);
    expect(smooth(100, 1, 200)).toBeCloseTo(99 + 0.3 * 101);
    expect(smooth(1, 5, 0)).toBe(0);
  });

  it('of a real schedule comes out near the truth from its start on', async () => {
    const { scheduler, clock, sleeper, learned } = setting(4);
    const seconds = Array.from({ length: 60 }, (_, index) => 1 + ((index * 37) % 23));
    seconds.forEach((each, index) => learned.set(`j${index}`, { seconds: each, memoryMb: 10, runs: 2 }));
    const order = seconds.map((each, index) => ({ each, index })).sort((a, b) => b.each - a.each);
    for (const [rank, { each, index }] of order.entries()) void scheduler.submit(sleeper(`j${index}`, each * 1.2, { rank }));
    await clock.run(0.1);
    const first = scheduler.timeLeft()!;
    const errors: number[] = [];
    while (scheduler.counts().running > 0) {
      const left = scheduler.forecast.estimate()!.seconds, at = clock.now();
      errors.push(left + at);
      await clock.run(10);
    }
    const end = scheduler.lanes.spans.at(-1)!.endedAt;
    expect(first.basis).toEqual({ measurements: 120, known: 60, guessed: 0 });
    expect(first.seconds / end).toBeGreaterThan(0.75);
    expect(Math.max(...errors) / end).toBeLessThan(1.15);
    expect(Math.min(...errors.slice(4)) / end).toBeGreaterThan(0.9);
  });
});

it('a layout of many pieces is its lower bound, and of few their list schedule', () => {
  const piece = (seconds: number, cores = 1): { seconds: number; cores: number } => ({ seconds, cores });
  expect(layOut([piece(3)], [piece(4), piece(2), piece(1, 2)], 2)).toBe(6);
  expect(layOut([], [piece(1, 9)], 2)).toBe(1);
  expect(layOut([], Array.from({ length: 4_000 }, () => piece(0.5)), 4)).toBe(500);
});
