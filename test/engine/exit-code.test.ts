import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../app/engine/exit-code.ts';
import { VERDICT_KINDS, type Verdict } from '../../toolchains/verdict.ts';
import { entryOf } from './entries.ts';

const plain = { cancelled: false, depthGiven: false, strict: false };
const sample = (kind: Verdict['kind']): Verdict => ({ kind, depth: 5, reason: 'r' }) as Verdict;

describe('exit code of verify', () => {
  const expected: Record<Verdict['kind'], number> = {
    proved: 0, covered: 0, bounded: 2, refuted: 1, failed: 1, unreachable: 1, timeout: 2, 'out-of-resource': 2, 'out-of-memory': 2,
    unknown: 2, malformed: 3, crashed: 3, 'tool-missing': 3, cancelled: 2, 'not-run': 2, 'nothing-to-prove': 3,
  };
  for (const kind of VERDICT_KINDS) it(`is ${expected[kind]} for ${kind} alone`, () => {
    expect(exitCodeOf([entryOf(sample(kind))], plain)).toBe(expected[kind]);
  });

  it('is 3 for no obligation at all', () => { expect(exitCodeOf([], plain)).toBe(3); });
  it('is 130 when cancelled, whatever was found', () => { expect(exitCodeOf([entryOf({ kind: 'refuted' })], { ...plain, cancelled: true })).toBe(130); });
  it('is 0 for bounded where a bound was asked for, by the file or by --depth', () => {
    expect(exitCodeOf([entryOf({ kind: 'bounded', depth: 5 }, 'a', { goal: 'bound' })], plain)).toBe(0);
    expect(exitCodeOf([entryOf({ kind: 'bounded', depth: 5 })], { ...plain, depthGiven: true })).toBe(0);
  });
  it('puts wrong before unchecked before undecided', () => {
    const all = [entryOf({ kind: 'timeout' }), entryOf({ kind: 'malformed', reason: '' }), entryOf({ kind: 'failed' }), entryOf({ kind: 'proved' })];
    expect(exitCodeOf(all, plain)).toBe(1);
    expect(exitCodeOf(all.filter((entry) => entry.result.verdict.kind !== 'failed'), plain)).toBe(3);
    expect(exitCodeOf([entryOf({ kind: 'timeout' }), entryOf({ kind: 'proved' })], plain)).toBe(2);
  });

  describe('where the file expects a failure', () => {
    const expects = { expected: ['refuted', 'failed'] as const, task: 'fail' };
    it('is 0 when one property fails and the others hold up to a bound', () => {
      expect(exitCodeOf([entryOf({ kind: 'refuted' }, 'a', expects), entryOf({ kind: 'bounded', depth: 3 }, 'b', expects)], plain)).toBe(0);
    });
    it('is 1 when all hold', () => { expect(exitCodeOf([entryOf({ kind: 'proved' }, 'a', expects)], plain)).toBe(1); });
    it('is 2 when nothing is decided', () => { expect(exitCodeOf([entryOf({ kind: 'timeout' }, 'a', expects)], plain)).toBe(2); });
    it('says nothing about another task of the same file', () => {
      expect(exitCodeOf([entryOf({ kind: 'refuted' }, 'a', expects), entryOf({ kind: 'refuted' }, 'b', { task: 'pass' })], plain)).toBe(1);
    });
  });

  it('with --strict is 1 where a green verdict rests on an assumption that nobody signed', () => {
    const entry = entryOf({ kind: 'proved' }, 'a', { assumptions: ['t:assume:1'] });
    expect(exitCodeOf([entry], plain)).toBe(0);
    expect(exitCodeOf([entry], { ...plain, strict: true })).toBe(1);
    expect(exitCodeOf([entry], { ...plain, strict: true, justified: new Set(['t:assume:1']) })).toBe(0);
  });
});
