import { describe, expect, it } from 'vitest';
import { race } from '../../toolchains/race.ts';

const wait = (milliseconds: number, signal: AbortSignal): Promise<boolean> => new Promise((resolve) => {
  const timer = setTimeout(() => { resolve(true); }, milliseconds);
  signal.addEventListener('abort', () => { clearTimeout(timer); setTimeout(() => { resolve(false); }, 20); });
});
/** Says its name, or its name in brackets where it was stopped; takes 20 ms to stop. */
const attempt = (name: string, milliseconds: number) => async (signal: AbortSignal): Promise<string> =>
  !signal.aborted && await wait(milliseconds, signal) ? name : `(${name})`;
const whole = (text: string): boolean => !text.startsWith('(');

describe('a race', () => {
  it('ends when all have ended, the losers stopped', async () => {
    const result = await race([attempt('slow', 10_000), attempt('fast', 10), attempt('slower', 20_000)], whole, new AbortController().signal);
    expect(result).toEqual({ winner: 'fast', all: ['fast', '(slow)', '(slower)'] });
  });

  it('passes over what is not accepted', async () => {
    const result = await race([attempt('unknown', 5), attempt('unsat', 60)], (text) => text === 'unsat', new AbortController().signal);
    expect(result).toEqual({ winner: 'unsat', all: ['unknown', 'unsat'] });
    expect(await race([attempt('unknown', 5)], () => false, new AbortController().signal)).toEqual({ all: ['unknown'] });
    expect(await race([], () => true, new AbortController().signal)).toEqual({ all: [] });
  });

  it('is stopped from outside, before and during', async () => {
    expect(await race([attempt('a', 10)], whole, AbortSignal.abort())).toEqual({ all: ['(a)'] });
    const outer = new AbortController();
    setTimeout(() => { outer.abort(); }, 10);
    expect(await race([attempt('a', 10_000), attempt('b', 10_000)], whole, outer.signal)).toEqual({ all: ['(a)', '(b)'] });
  });

  it('throws what an attempt throws, once the others have ended', async () => {
    let ended = false;
    const running = race([
      () => Promise.reject(new Error('a bug')),
      async (signal) => { await wait(10_000, signal); ended = true; return ''; },
    ], whole, new AbortController().signal);
    await expect(running).rejects.toThrow('a bug');
    expect(ended).toBe(true);
  });
});
