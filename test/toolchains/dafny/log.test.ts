import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLog } from '../../../toolchains/dafny/log.ts';

const recorded = join(import.meta.dirname, '../../../../shared/data/recorded/dafny-4.11');
const isThere = existsSync(recorded);
const bytes = (name: string): Buffer => readFileSync(join(recorded, `${name}.stdout`));
const status = (value: string): string => `${JSON.stringify({ type: 'status', value })}\n`;
const log = (...symbols: readonly [string, string, readonly string[]][]): string => status(JSON.stringify({
  verificationResults: symbols.map(([name, outcome, tasks]) => ({ name, outcome, runTime: '00:00:00', resourceCount: 1, vcResults: tasks.map((task, index) => ({ vcNum: index + 1, outcome: task, runTime: '00:00:00.1', resourceCount: 1, assertions: [] })) })),
}));
const closing = (text: string): string => status(`\nDafny program verifier finished with ${text}\n`);
const read = (text: string): ReturnType<typeof readLog> => readLog(Buffer.from(text), false);

describe.skipIf(!isThere)('recorded outputs (needs shared data)', () => {
  it('mixed: every symbol with its tasks, errors with related places', () => {
    const reading = readLog(bytes('mixed-log-json'), false);
    expect(reading).toMatchObject({ closing: { verified: 5, errors: 2 }, stray: [] });
    expect(reading.doubt).toBeUndefined();
    expect(reading.symbols?.map((one) => `${one.name} ${one.aspect} ${one.outcome}`)).toEqual([
      'Sorted well-formedness Correct', 'Search well-formedness Correct', 'Search correctness Correct', 'Sum well-formedness Correct', 'Sum correctness Errors', 'Assumed correctness Correct', 'F well-formedness Errors',
    ]);
    expect(reading.diagnostics.filter((one) => one.severity === 'error').map((one) => [one.message, one.place.start, one.related[0]?.message])).toEqual([
      ['a postcondition could not be proved on this return path', { line: 22, column: 1 }, 'this is the postcondition that could not be proved'],
      ['decreases expression must be bounded below by 0', { line: 32, column: 50 }, 'this decreases clause was not satisfied'],
    ]);
  });
  it('a log cut anywhere is never whole and undoubted', () => {
    const whole = bytes('mixed-log-json');
    for (let length = 0; length < whole.length - 2; length += 61) {
      const reading = readLog(whole.subarray(0, length), false);
      expect(reading.symbols !== undefined && reading.closing !== undefined && reading.doubt === undefined).toBe(false);
    }
    expect(readLog(whole, true).doubt).toBeDefined();
  });
  it.each(['syntax', 'types'])('%s: refused', (name) => {
    const reading = readLog(bytes(name), false);
    expect(reading).toMatchObject({ refused: expect.stringContaining('errors detected in') as string });
    expect(reading.closing).toBeUndefined();
  });
  it('arguments of a message are put in place', () => { expect(readLog(bytes('types'), false).diagnostics[0]?.message).toBe('unresolved identifier: z'); });
  it.each(['bad-solver', 'liar-solver', 'no-solver', 'missing', 'unknown-option'])('%s: no closing line', (name) => { expect(readLog(bytes(name), false).closing).toBeUndefined(); });
  it('time-outs and resource limits', () => {
    expect(readLog(bytes('rlimit'), false).symbols?.flatMap((one) => one.tasks.map((task) => task.outcome))).toContain('OutOfResource');
  });
});

describe('a log that lies', () => {
  const good = log(['A (correctness)', 'Correct', ['Valid']]);
  it('is believed where it agrees', () => { expect(read(closing('1 verified, 0 errors') + good).doubt).toBeUndefined(); });
  it.each([
    ['another count', closing('2 verified, 0 errors') + good],
    ['no log', closing('1 verified, 0 errors')],
    ['two logs', closing('1 verified, 0 errors') + good + good],
    ['two closing lines', closing('1 verified, 0 errors') + closing('1 verified, 0 errors') + good],
    ['a correct symbol without a task', closing('0 verified, 0 errors') + log(['A (correctness)', 'Correct', []])],
    ['a correct symbol with an invalid task', closing('0 verified, 1 error') + log(['A (correctness)', 'Correct', ['Invalid']])],
    ['an invalid task and no error', closing('1 verified, 0 errors') + log(['A (correctness)', 'Errors', ['Valid', 'Invalid']])],
    ['a log of another form', closing('1 verified, 0 errors') + status('{"verificationResults":[{"name":"A"}]}')],
  ])('is not believed: %s', (_, text) => { expect(read(text).doubt).toBeDefined(); });
  it.each(['finished with 1 verified, 0 errors', 'Dafny program verifier finished with 1 verified, 0 errors, perhaps', 'Dafny program verifier finished'])('"%s" is no closing line', (text) => {
    expect(read(status(text) + good).closing).toBeUndefined();
  });
  it('the closing words in plain text or in a message do not count', () => {
    expect(read(`Dafny program verifier finished with 1 verified, 0 errors\n${good}`).closing).toBeUndefined();
  });
});
