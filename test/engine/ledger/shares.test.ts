import fc from 'fast-check';
import { expect, it } from 'vitest';
import { divide } from '../../../app/engine/ledger/shares.ts';

const anyClaims = fc.uniqueArray(fc.record({
  process: fc.integer({ min: 1, max: 50 }), need: fc.integer({ min: 1, max: 20 }), demand: fc.integer({ min: 0, max: 40 }), turn: fc.integer({ min: 1, max: 9 }),
}), { selector: (claim) => claim.process, maxLength: 12 });
const anyTotal = fc.integer({ min: 1, max: 16 });

it('never gives out more than there is', () => {
  fc.assert(fc.property(anyClaims, anyTotal, (claims, total) => {
    expect([...divide(claims, total).values()].reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(total);
  }));
});

it('gives the first in turn what its job needs', () => {
  fc.assert(fc.property(anyClaims, anyTotal, (claims, total) => {
    const first = claims.filter((claim) => claim.demand > 0).sort((a, b) => a.turn - b.turn || a.process - b.process)[0];
    fc.pre(first !== undefined);
    expect(divide(claims, total).get(first.process)).toBeGreaterThanOrEqual(Math.min(first.need, total));
  }));
});

it('leaves no core idle that somebody with a share could use', () => {
  fc.assert(fc.property(anyClaims, anyTotal, (claims, total) => {
    const shares = divide(claims, total);
    const given = [...shares.values()].reduce((sum, share) => sum + share, 0);
    const hungry = claims.some((claim) => { const share = shares.get(claim.process) ?? 0; return share > 0 && share < claim.demand; });
    expect(hungry && given < total).toBe(false);
  }));
});

it('is the same for everybody who computes it, in any order of rows', () => {
  fc.assert(fc.property(anyClaims, anyTotal, (claims, total) => {
    expect([...divide([...claims].reverse(), total)].sort()).toEqual([...divide(claims, total)].sort());
  }));
});

it('divides evenly', () => {
  const claims = [1, 2, 3].map((process) => ({ process, need: 1, demand: 99, turn: process }));
  expect([...divide(claims, 8).values()]).toEqual([3, 3, 2]);
});
