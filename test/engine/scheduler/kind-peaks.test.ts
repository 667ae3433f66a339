import { expect, it } from 'vitest';
import { KindPeaks } from '../../../app/engine/scheduler/kind-peaks.ts';

it('a kind is guessed high by what it lately needed, and one giant does not decide for long', () => {
  const peaks = new KindPeaks();
  expect(peaks.of('z3')).toBeUndefined();
  peaks.add('z3', 20_000);
  expect(peaks.of('z3')).toBe(20_000);
  for (let index = 0; index < 20; index += 1) peaks.add('z3', 50 + index);
  expect(peaks.of('z3')).toBe(68);
  expect(peaks.of('dafny')).toBeUndefined();
});
