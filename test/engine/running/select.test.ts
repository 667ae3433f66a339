import { describe, expect, it } from 'vitest';
import { matcher } from '../../../app/engine/running/select.ts';
import { obligationOf } from '../entries.ts';

const all = ['top.assert(a||b)', 'top.assert(a)', 'fifo.full', 'fifo.empty'].map((symbol) => obligationOf(symbol, { task: symbol.startsWith('fifo') ? 'fifo' : 'top' }));
const chosen = (selection: Parameters<typeof matcher>[0]): string[] => all.filter(matcher(selection, all)).map(({ symbol }) => symbol);

describe('--only and --task', () => {
  it('take a part of a name, a pattern, alternatives', () => {
    expect(chosen({ only: 'fifo' })).toEqual(['fifo.full', 'fifo.empty']);
    expect(chosen({ only: '*full' })).toEqual(['fifo.full']);
    expect(chosen({ only: 'full|empty' })).toEqual(['fifo.full', 'fifo.empty']);
    expect(chosen({ only: 'full*' }), 'a pattern is of the whole name').toEqual([]);
  });
  it('take a whole name as it is, whatever stands in it', () => {
    expect(chosen({ only: 'top.assert(a||b)' })).toEqual(['top.assert(a||b)']);
    expect(chosen({ only: 't:p#fifo.full' })).toEqual(['fifo.full']);
  });
  it('hold together', () => {
    expect(chosen({ tasks: ['fifo'] })).toEqual(['fifo.full', 'fifo.empty']);
    expect(chosen({ tasks: ['top'], only: 'fifo' })).toEqual([]);
    expect(chosen({ tasks: [] })).toHaveLength(4);
    expect(chosen({ only: '.*' }), 'no regular expression').toEqual([]);
  });
});
