import { describe, expect, it } from 'vitest';
import { exitedByCrash, retryCrashedOnce } from '../../../app/engine/scheduler/retry.ts';
import type { ProcessExit } from '../../../toolchains/process.ts';

describe('a second try', () => {
  it('is made once, keeps the crashed run, and is not made for anything else', async () => {
    const answers = ['crash', 'fine'];
    expect(await retryCrashedOnce(async (attempt) => answers[attempt], (value) => value === 'crash')).toEqual({ value: 'fine', crashed: ['crash'] });
    expect(await retryCrashedOnce(async (attempt) => `crash ${attempt}`, () => true)).toEqual({ value: 'crash 1', crashed: ['crash 0'] });
    expect(await retryCrashedOnce(async (attempt) => `timeout ${attempt}`, () => false)).toEqual({ value: 'timeout 0', crashed: [] });
  });

  it('is not made after a cancellation', async () => {
    const controller = new AbortController();
    expect(await retryCrashedOnce(async (attempt) => { controller.abort(); return attempt; }, () => true, controller.signal)).toEqual({ value: 0, crashed: [] });
  });
});

it('a crash is a signal that nobody sent on purpose and that no lack of memory explains', () => {
  const exit = (reason: ProcessExit['reason'], signal: string | null = null): ProcessExit => ({ code: null, signal, reason });
  expect([exit('signalled', 'SIGSEGV'), exit('signalled', 'SIGABRT'), exit('signalled', 'SIGBUS')].map(exitedByCrash)).toEqual([true, true, true]);
  expect([exit('signalled', 'SIGKILL'), exit('signalled', 'SIGTERM'), exit('wall', 'SIGKILL'), exit('memory', 'SIGKILL'), exit('cancelled', 'SIGTERM'), exit('output'), exit('not-started'), exit('exited')].map(exitedByCrash)).toEqual(Array(8).fill(false));
});
