import { describe, expect, it } from 'vitest';
import { compareLedgers, isWorse } from '../../app/engine/compare.ts';
import type { Verdict } from '../../toolchains/verdict.ts';
import { assumption, entry, ledger, LIMITS, tool } from './made-up-ledger.ts';

const compareOne = (before: Verdict, after: Verdict) => compareLedgers(ledger([entry(before)]), ledger([entry(after)]));
const where = (before: Verdict, after: Verdict): string => {
  const comparison = compareOne(before, after);
  return (['newlyFailing', 'lost', 'newlyProved', 'otherwiseChanged'] as const).filter((list) => comparison[list].length > 0).join() || `${comparison.unchanged} unchanged`;
};

describe('a changed verdict', () => {
  const cases: readonly [Verdict, Verdict, string][] = [
    [{ kind: 'proved' }, { kind: 'refuted' }, 'newlyFailing'],
    [{ kind: 'timeout' }, { kind: 'failed' }, 'newlyFailing'],
    [{ kind: 'covered' }, { kind: 'unreachable', depth: 5 }, 'newlyFailing'],
    [{ kind: 'proved' }, { kind: 'timeout', seconds: 10 }, 'lost'],
    [{ kind: 'proved' }, { kind: 'tool-missing', reason: 'z3' }, 'lost'],
    [{ kind: 'bounded', depth: 5 }, { kind: 'nothing-to-prove' }, 'lost'],
    [{ kind: 'refuted' }, { kind: 'proved' }, 'newlyProved'],
    [{ kind: 'bounded', depth: 5 }, { kind: 'proved' }, 'newlyProved'],
    [{ kind: 'unknown', reason: 'incomplete' }, { kind: 'covered' }, 'newlyProved'],
    [{ kind: 'proved' }, { kind: 'bounded', depth: 5 }, 'otherwiseChanged'],
    [{ kind: 'bounded', depth: 5 }, { kind: 'bounded', depth: 6 }, 'otherwiseChanged'],
    [{ kind: 'refuted' }, { kind: 'failed', reason: 'vacuous' }, 'otherwiseChanged'],
    [{ kind: 'failed', reason: 'no invariant' }, { kind: 'failed', reason: 'vacuous' }, 'otherwiseChanged'],
    [{ kind: 'unknown', reason: 'disputed' }, { kind: 'unknown', reason: 'incomplete' }, 'otherwiseChanged'],
    [{ kind: 'unreachable', depth: 5 }, { kind: 'unreachable', depth: 5, proven: true }, 'otherwiseChanged'],
    [{ kind: 'unknown', reason: 'gave up after 1 s' }, { kind: 'unknown', reason: 'gave up after 2 s' }, '1 unchanged'],
    [{ kind: 'proved', answer: 'unsat' }, { kind: 'proved', answer: 'unsat' }, '1 unchanged'],
  ];
  it.each(cases)('from %j to %j is %s', (before, after, list) => { expect(where(before, after)).toBe(list); });
});

describe('a comparison', () => {
  it('names obligations of one run only', () => {
    const [a, b] = [entry({ kind: 'proved' }, { symbol: 'a' }), entry({ kind: 'refuted' }, { symbol: 'b' })];
    const comparison = compareLedgers(ledger([a]), ledger([b]));
    expect(comparison).toMatchObject({ added: [b], removed: [a], unchanged: 0 });
    expect(isWorse(comparison)).toBe(true);
    expect(isWorse(compareLedgers(ledger([a]), ledger([a])))).toBe(false);
  });

  it('does not take a shifted assumption for a new one, but a second equal one', () => {
    const assume = (id: string, text = 'assume (x)') => assumption('assume property', { id, text });
    const before = ledger([], { assumptions: [assume('line 3'), assume('line 9', 'assume (gone)')] });
    const after = ledger([], { assumptions: [assume('line 4'), assume('line 8')] });
    const comparison = compareLedgers(before, after);
    expect(comparison.newAssumptions.map(({ id }) => id)).toEqual(['line 8']);
    expect(comparison.goneAssumptions.map(({ text }) => text)).toEqual(['assume (gone)']);
    expect(isWorse(comparison)).toBe(true);
  });

  it('names what got slower and faster beyond both thresholds, and only where both are decided', () => {
    const run = (seconds: Readonly<Record<string, number>>, verdict: Verdict = { kind: 'proved' }) =>
      ledger(Object.entries(seconds).map(([symbol, value]) => entry(verdict, { symbol, seconds: value })));
    const before = run({ slow: 1, slower: 1, fast: 4, tiny: 0.01, little: 10 });
    const after = run({ slow: 2, slower: 9, fast: 1, tiny: 0.4, little: 14 });
    const comparison = compareLedgers(before, after);
    expect(comparison.slower.map((pair) => [pair.after.obligation.symbol, pair.ratio])).toEqual([['slower', 9], ['slow', 2]]);
    expect(comparison.faster.map((pair) => [pair.after.obligation.symbol, pair.ratio])).toEqual([['fast', 0.25]]);
    expect(compareLedgers(before, after, { ratio: 1.3, seconds: 0.1 }).slower).toHaveLength(4);
    expect(compareLedgers(run({ a: 1 }), run({ a: 10 }, { kind: 'timeout' })).slower).toEqual([]);
  });

  it('names tools that came, went, changed their version or only their bytes', () => {
    const before = ledger([], { tools: [tool('z3', '4.8.12'), tool('cvc5', '1.0'), tool('yosys', '0.23'), tool('same', '1'), tool('old', '0', { unfit: 'too old' })] });
    const after = ledger([], { tools: [tool('z3', '4.13.3'), tool('yosys', '0.23', { fingerprint: 'rebuilt' }), tool('same', '1'), tool('kissat', '4.0')] });
    expect(compareLedgers(before, after).tools).toEqual([
      { id: 'cvc5', path: '/usr/bin/cvc5', before: '1.0' },
      { id: 'kissat', path: '/usr/bin/kissat', after: '4.0' },
      { id: 'yosys', path: '/usr/bin/yosys', before: '0.23', after: '0.23 (other build)' },
      { id: 'z3', path: '/usr/bin/z3', before: '4.8.12', after: '4.13.3' },
    ]);
  });

  it('says where the runs themselves differ', () => {
    const before = ledger([]);
    const after = ledger([], { run: { outcome: 'cancelled', root: '/other', limits: { ...LIMITS, wallSeconds: 2, depth: 5 } }, machine: { platform: 'linux-x64', cores: 8 } });
    expect(compareLedgers(before, after).caveats).toEqual([
      'The later run did not finish (cancelled)', 'The runs are of different folders',
      'The limits differ: wallSeconds 10 before, 2 after, depth none before, 5 after', 'The machines differ: cores 2 before, 8 after',
    ]);
    expect(compareLedgers(before, before).caveats).toEqual([]);
  });
});
