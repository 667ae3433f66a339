/** A report's claims against a fresh run: nothing holds that the sources, the run or its assumptions do not bear out. */
import { describe, expect, it } from 'vitest';
import { judge } from '../../../app/engine/report/claims.ts';
import { ledgerJson } from '../../../app/engine/report/json.ts';
import type { LedgerEntry } from '../../../app/engine/ledger/types.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';
import { entry, ledger, type EntryDetails } from '../made-up-ledger.ts';

const INPUTS = [{ path: 'a.smt2', sha256: 'one' }];
const HASHES = new Map([['a.smt2', 'one']]);
const made = (verdict: Verdict, details: EntryDetails = {}): LedgerEntry => ({ ...entry(verdict, details), inputs: INPUTS });
const outcomes = (said: readonly LedgerEntry[], fresh: readonly LedgerEntry[], hashes = HASHES, more = {}) => {
  const judgement = judge(ledgerJson(ledger(said, more)), ledger(fresh), hashes);
  return [...judgement.claims.map(({ outcome }) => outcome.kind), ...judgement.leftOut.map(() => 'left out')];
};
const proved: Verdict = { kind: 'proved' };

describe('a claim', () => {
  it('holds where the fresh run says the same', () => { expect(outcomes([made(proved)], [made(proved)])).toEqual(['holds']); });
  it('of a refutation is a claim as well', () => {
    expect(outcomes([made({ kind: 'refuted' })], [made({ kind: 'failed' })])).toEqual(['holds']);
    expect(outcomes([made({ kind: 'refuted' })], [made(proved)])).toEqual(['contradicted']);
  });
  it.each([
    ['is refuted now', { kind: 'refuted' }, 'contradicted'], ['is bounded now', { kind: 'bounded', depth: 99 }, 'contradicted'], ['has nothing to prove now', { kind: 'nothing-to-prove' }, 'contradicted'],
    ['runs out of time now', { kind: 'timeout' }, 'undecided'], ['crashes now', { kind: 'crashed', reason: 'x' }, 'unchecked'],
  ] as const)('does not hold where it %s', (_, now, kind) => { expect(outcomes([made(proved)], [made(now)])).toEqual([kind]); });
  it('of a bound holds for as many steps, not for fewer', () => {
    expect(outcomes([made({ kind: 'bounded', depth: 10 })], [made({ kind: 'bounded', depth: 12 })])).toEqual(['holds']);
    expect(outcomes([made({ kind: 'bounded', depth: 10 })], [made({ kind: 'bounded', depth: 9 })])).toEqual(['contradicted']);
    expect(outcomes([made({ kind: 'bounded', depth: 10 })], [made(proved)])).toEqual(['holds']);
  });
  it('does not hold of other bytes, nor of an obligation that is gone', () => {
    expect(outcomes([made(proved)], [made(proved)], new Map([['a.smt2', 'two']]))).toEqual(['input-changed']);
    expect(outcomes([made(proved)], [made(proved)], new Map())).toEqual(['input-changed']);
    expect(outcomes([made(proved)], [])).toEqual(['contradicted']);
  });
  it('does not hold on an assumption that the report hid', () => {
    expect(outcomes([made(proved)], [made(proved, { obligation: { assumptions: ['axiom'] } })])).toEqual(['weaker']);
    expect(outcomes([made(proved, { obligation: { assumptions: ['axiom'] } })], [made(proved, { obligation: { assumptions: ['axiom'] } })])).toEqual(['holds']);
  });
});

describe('a report for the whole', () => {
  const other = made({ kind: 'failed' }, { symbol: 'hidden' });
  it('may leave nothing out', () => { expect(outcomes([made(proved)], [made(proved), other])).toEqual(['holds', 'left out']); });
  it('says so where it is for a part', () => { expect(outcomes([made(proved)], [made(proved), other], HASHES, { notAsked: 1 })).toEqual(['holds']); });
  it('claims nothing by what is open, stale or void', () => {
    expect(outcomes([made({ kind: 'timeout' }), made(proved, { symbol: 'b', flags: { stale: true } })], [made(proved), made(proved, { symbol: 'b' })])).toEqual([]);
  });
});
