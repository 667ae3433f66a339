/** `--budget` of `prove`: entries with commas between, each once. */
import { DEFAULT_BUDGET, type Budget } from '../engine/synthesis/budget.ts';
import { UsageError } from './arguments.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

export function budgetOf(text: string | undefined): Budget {
  let budget = DEFAULT_BUDGET;
  for (const part of text?.split(',') ?? []) {
    const match = /^(wall|calls|tokens|usd|requests)=(\d+(?:\.\d+)?)([smh]?)$/.exec(part.trim());
    if (!match) throw new UsageError(`--budget wants wall=SECONDSs, calls=N, tokens=N, usd=DOLLARS and requests=N with commas between, not "${part}"`);
    const [, name, number, unit] = match;
    const value = Number(number);
    if (name === 'wall') {
      const wallSeconds = value * UNITS[unit!]!;
      if (wallSeconds < 1 || wallSeconds > 604_800) throw new UsageError('the wall of --budget is from 1 s to 7 days');
      budget = { ...budget, wallSeconds };
      continue;
    }
    if (unit !== '') throw new UsageError(`the ${name} of --budget has no unit`);
    if (name !== 'usd' && (!Number.isInteger(value) || value < 1)) throw new UsageError(`the ${name} of --budget are a whole number from 1`);
    budget = name === 'calls' ? { ...budget, calls: value } : { ...budget, model: { ...budget.model, [name!]: value } };
  }
  return budget;
}
