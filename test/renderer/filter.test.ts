import { describe, expect, it } from 'vitest';
import { parseFilter, quoted, toggleWord, wordsOf } from '../../renderer/ledger/filter.ts';
import { row } from './rows.ts';

const rows = [
  row('a', { verdict: { kind: 'failed' }, toolchain: 'dafny', file: 'src/search.dfy', symbol: 'Search', seconds: 6, sentence: 'Not shown: the second ensures' }),
  row('b', { verdict: { kind: 'proved' }, toolchain: 'dafny', file: 'src/sum.dfy', symbol: 'Sum', seconds: 0.4, assumptions: ['axiom', 'assume'] }),
  row('c', { verdict: { kind: 'refuted' }, toolchain: 'verilog', by: 'yosys 0.23, z3 4.8.12', file: 'rtl/fifo.sv', symbol: 'a b', memoryMb: 2048, values: true }),
  row('d', { verdict: { kind: 'timeout' }, toolchain: 'smt', file: 'q.smt2', symbol: 'check-sat 1', stale: 'the file changed', seconds: 30 }),
];
const found = (filter: string): string => rows.filter(parseFilter(filter).matches).map((one) => one.id).join('');

describe('the filter', () => {
  it.each([
    ['', 'abcd'], ['failed', 'a'], ['failed refuted', 'ac'], ['red', 'ac'], ['-green', 'acd'], ['tool:dafny', 'ab'], ['tool:z3', 'c'], ['tool:dafny,smt', 'abd'],
    ['failed tool:dafny time>5s file:src', 'a'], ['time>5s', 'ad'], ['time<500ms', 'bc'], ['time>=0.5min', 'd'], ['memory>1gb', 'c'], ['assumption:any', 'b'], ['assumption:none red', 'ac'],
    ['assumption:axiom', 'b'], ['assumption:sorry', ''], ['is:stale', 'd'], ['-is:stale', 'abc'], ['is:values,stale', 'cd'], ['symbol:"a b"', 'c'], ['SEARCH', 'a'], ['ensures', 'a'], ['-file:src red', 'c'],
  ])('%j lets %j through', (filter, ids) => { expect(found(filter)).toBe(ids); });
  it('says what it does not understand, and goes on without it', () => {
    const filter = parseFilter('failed time>soon is:odd file:');
    expect(filter.problems.map((problem) => problem.word)).toEqual(['time>soon', 'is:odd', 'file:']);
    expect(rows.filter(filter.matches).map((one) => one.id)).toEqual(['a']);
  });
  it('is not taken in by names of the language itself', () => {
    expect(parseFilter('is:constructor').problems).toHaveLength(1);
    expect(() => found('constructor:x __proto__:y toString:z')).not.toThrow();
  });
  it('keeps quoted words together, also an open one', () => { expect(wordsOf('a file:"b c" "d e')).toEqual(['a', 'file:b c', 'd e']); });
  it('toggles a word and leaves the others', () => {
    expect(toggleWord('tool:dafny', 'failed')).toBe('tool:dafny failed');
    expect(toggleWord('file:"a b" failed', 'failed')).toBe('file:"a b"');
  });
  it('quotes what has spaces', () => { expect([quoted('a'), quoted('a b')]).toEqual(['a', '"a b"']); });
});
