import { describe, expect, it } from 'vitest';
import { settle, type UnitOutcome } from '../../../app/engine/running/settle.ts';
import type { Attempt, ObligationResult } from '../../../toolchains/contract.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import { obligationOf } from '../entries.ts';

const attempt = (said: Verdict | undefined, bytes = 10): Attempt => ({
  tool: 'z3', toolVersion: '1', fingerprint: 'f', argv: ['z3'], cwd: '/', env: {}, exit: { code: 0, signal: null, reason: 'exited' },
  limits: { wallSeconds: 1, memoryMb: 100, effort: 1 }, startedAt: '', seconds: 0.1, peakMemoryMb: 1,
  outputs: [{ name: 'stdout', content: Buffer.alloc(bytes), bytes, truncated: false }], ...(said ? { said } : {}),
});
const result = (symbol: string, verdict: Verdict, attempts: Attempt[]): ObligationResult =>
  ({ obligation: `t:p#${symbol}`, verdict, diagnostics: [], attempts, confirmed: [], seconds: 0, memoryMb: 0 });
const outcome = (results: ObligationResult[], more: Partial<UnitOutcome> = {}): UnitOutcome => ({
  asked: [obligationOf('a'), obligationOf('b')], discovered: [], reported: new Map(results.map((entry) => [entry.obligation, entry])), cancelled: false, changed: [], ...more,
});
const kinds = (settled: ReturnType<typeof settle>): string[] => settled.map((entry) => `${entry.obligation.symbol} ${entry.result.verdict.kind}`);
const proved = result('a', { kind: 'proved' }, [attempt({ kind: 'proved' })]);

describe('settling a unit', () => {
  it('gives no verdict to what was not named', () => { expect(kinds(settle(outcome([proved])))).toEqual(['a proved', 'b crashed']); });
  it('says cancelled of what a cancelled unit did not reach', () => { expect(kinds(settle(outcome([proved], { cancelled: true })))).toEqual(['a proved', 'b cancelled']); });
  it('says what was thrown', () => { expect(settle(outcome([], { thrown: 'boom' }))[0]!.result.verdict).toMatchObject({ kind: 'crashed', reason: 'internal error: boom' }); });
  it('adds what the outline did not know', () => {
    const found = result('c', { kind: 'refuted' }, [attempt({ kind: 'refuted' })]);
    expect(kinds(settle(outcome([proved, found], { discovered: [obligationOf('c')] })))).toEqual(['a proved', 'b crashed', 'c refuted']);
  });
  it('takes back every verdict where an input changed meanwhile', () => {
    const settled = settle(outcome([proved], { changed: ['p.v'] }));
    expect(kinds(settled)).toEqual(['a not-run', 'b not-run']);
    expect(settled[0]!.result.verdict).toMatchObject({ reason: expect.stringContaining('input-changed') });
  });
  it.each([
    ['no attempt', []], ['an attempt that printed nothing', [attempt({ kind: 'proved' }, 0)]], ['an attempt that said otherwise', [attempt({ kind: 'timeout' })]],
  ])('does not believe green with %s', (_name, attempts) => {
    expect(kinds(settle(outcome([result('a', { kind: 'proved' }, attempts)])))[0]).toBe('a crashed');
  });
});
