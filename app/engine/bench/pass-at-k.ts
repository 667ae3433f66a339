/** The share of tasks that k attempts would solve, from n attempts of each (the unbiased estimator of Chen et al. 2021), with an interval over tasks. */
import type { Interval } from '../retrieval/wilson.ts';

/** 1 − C(n−c, k) / C(n, k). @param k at most n */
export function passAtK(attempts: number, solved: number, k: number): number {
  if (attempts - solved < k) return 1;
  let missed = 1;
  for (let at = attempts - solved + 1; at <= attempts; at++) missed *= 1 - k / at;
  return 1 - missed;
}

const RESAMPLES = 4000;

/** Mean over tasks, with the 95 % interval of its bootstrap over tasks (Efron 1979). The same numbers give the same interval. */
export function meanOf(values: readonly number[]): Interval {
  const count = values.length;
  const share = values.reduce((sum, value) => sum + value, 0) / count;
  let state = 20_231;
  const random = (): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32; };
  const means = Array.from({ length: RESAMPLES }, () => { let sum = 0; for (let at = 0; at < count; at++) sum += values[Math.floor(random() * count)]!; return sum / count; }).sort((a, b) => a - b);
  return { share, low: means[Math.floor(RESAMPLES * 0.025)]!, high: means[Math.ceil(RESAMPLES * 0.975) - 1]! };
}
