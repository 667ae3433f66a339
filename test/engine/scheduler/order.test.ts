import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, quantile, type Orderable } from '../../../app/engine/scheduler/order.ts';

const labels = (items: readonly (Orderable & { label: string })[]): string => inOrder(items, (item) => item).map((item) => item.label).join(' ');

describe('the order of units', () => {
  it('is asked for, failed last time, then longest first', () => {
    expect(labels([
      { label: 'short', seconds: 1 }, { label: 'failed', seconds: 0.1, failedLast: true }, { label: 'long', seconds: 9 },
      { label: 'asked', seconds: 0.2, asked: true }, { label: 'asked-failed', seconds: 0.1, asked: true, failedLast: true },
    ])).toBe('asked-failed asked failed long short');
  });

  it('puts unknown ones after the long ones of their kind and before the rest, larger files first', () => {
    expect(labels([
      { label: 's1', seconds: 1, kind: 'z3' }, { label: 'small?', bytes: 10, kind: 'z3' }, { label: 's60', seconds: 60, kind: 'z3' },
      { label: 's2', seconds: 2, kind: 'z3' }, { label: 's3', seconds: 3, kind: 'z3' }, { label: 'large?', bytes: 5_000, kind: 'z3' }, { label: 'd4', seconds: 4, kind: 'dafny' },
    ])).toBe('s60 d4 large? small? s3 s2 s1');
  });

  it('goes by size where nothing is known, and keeps the given order of equal ones', () => {
    expect(labels([{ label: 'a', bytes: 1 }, { label: 'b', bytes: 7 }, { label: 'c', bytes: 1 }, { label: 'd' }])).toBe('b a c d');
    expect(labels([{ label: 'unknown', kind: 'yosys' }, { label: 'k', seconds: 4, kind: 'z3' }, { label: 'l', seconds: 2, kind: 'z3' }, { label: 'm', seconds: 1, kind: 'z3' }, { label: 'n', seconds: 1, kind: 'z3' }])).toBe('k unknown l m n');
  });

  it('loses and doubles nothing, and is its own fixed point', () => {
    const item = fc.record({ asked: fc.boolean(), failedLast: fc.boolean(), seconds: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }), bytes: fc.nat(), kind: fc.constantFrom('z3', 'dafny') });
    fc.assert(fc.property(fc.array(item), (items) => {
      const once = inOrder(items, (each) => each);
      expect(new Set(once)).toEqual(new Set(items));
      expect(once).toHaveLength(items.length);
      expect(inOrder(once, (each) => each)).toEqual(once);
    }));
  });
});

it('a quantile is a value of the list', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect([quantile([3, 1, 2], 0), quantile([3, 1, 2], 0.5), quantile([3, 1, 2], 1)]).toEqual([1, 2, 3]);
});
