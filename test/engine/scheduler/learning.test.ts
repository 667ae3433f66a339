import { expect, it } from 'vitest';
import { KindPeaks, Learning, merge } from '../../../app/engine/scheduler/learning.ts';

it('times move towards the newest, peaks rise at once and fade slowly', () => {
  const first = merge(undefined, { seconds: 10, memoryMb: 100 });
  expect(first).toEqual({ seconds: 10, memoryMb: 100, runs: 1 });
  expect(merge(first, { seconds: 20, memoryMb: 400 })).toEqual({ seconds: 14, memoryMb: 400, runs: 2 });
  expect(merge(first, { memoryMb: 50 })).toEqual({ seconds: 10, memoryMb: 95, runs: 1 });
  expect(merge(first, { seconds: 10 })).toEqual({ seconds: 10, memoryMb: 100, runs: 2 });
});

it('what was learned is handed out once, for the store', () => {
  const learning = new Learning([['a', { seconds: 1, runs: 4 }]]);
  learning.learn('a', { seconds: 1 });
  learning.learn('b', { memoryMb: 7 });
  expect(learning.get('a')).toMatchObject({ seconds: 1, runs: 5 });
  expect([...learning.takeChanged().keys()]).toEqual(['a', 'b']);
  expect(learning.takeChanged().size).toBe(0);
});

it('a kind is guessed high by what it lately needed, and one giant does not decide for long', () => {
  const peaks = new KindPeaks();
  expect(peaks.of('z3')).toBeUndefined();
  peaks.add('z3', 20_000);
  expect(peaks.of('z3')).toBe(20_000);
  for (let index = 0; index < 20; index += 1) peaks.add('z3', 50 + index);
  expect(peaks.of('z3')).toBe(68);
  expect(peaks.of('dafny')).toBeUndefined();
});
