import { describe, expect, it } from 'vitest';
import { Spending } from '../../../app/engine/synthesis/budget.ts';

describe('the budget of a search', () => {
  it('is shared in equal parts, and what one does not use goes to the next ones', () => {
    const spending = new Spending({ wallSeconds: 100_000 });
    const left = spending.searchLeft();
    expect(spending.share(4)).toBeCloseTo(left / 4, 0);
    // The first of four took nothing.
    expect(spending.share(3)).toBeCloseTo(left / 3, 0);
    expect(spending.share(1)).toBeCloseTo(left, 0);
  });
  it('keeps something for the clean run, more where the first run was slow', () => {
    const spending = new Spending({ wallSeconds: 1000 });
    expect(spending.secondsLeft() - spending.searchLeft()).toBeGreaterThan(3);
    const before = spending.searchLeft();
    spending.learnClean(100);
    expect(spending.searchLeft()).toBeLessThan(before - 100);
  });
  it('counts calls, and has none when they are spent', () => {
    const spending = new Spending({ wallSeconds: 10, calls: 2 });
    expect([spending.spend(), spending.spend(), spending.spend()]).toEqual([true, true, false]);
    expect(spending.calls).toBe(2);
  });
});
