import { describe, expect, it } from 'vitest';
import { comparisonJson, renderComparison } from '../../app/cli/compare.ts';
import type { Style } from '../../app/cli/style.ts';
import { compareLedgers } from '../../app/engine/compare.ts';
import { assumption, entry, ledger, tool } from '../engine/made-up-ledger.ts';

const style: Style = { color: false, unicode: true, width: Infinity };
const before = ledger([
  entry({ kind: 'proved' }, { symbol: 'broke' }), entry({ kind: 'proved' }, { symbol: 'lost', line: 2 }), entry({ kind: 'timeout' }, { symbol: 'won', line: 3 }),
  entry({ kind: 'proved' }, { symbol: 'slow', line: 4, seconds: 1 }), entry({ kind: 'proved' }, { symbol: 'gone', line: 5 }), entry({ kind: 'proved' }, { symbol: 'same', line: 6 }),
], { assumptions: [assumption('axiom')] });
const after = ledger([
  entry({ kind: 'refuted', answer: 'sat' }, { symbol: 'broke', by: 'z3 4.13.3' }), entry({ kind: 'timeout', seconds: 10 }, { symbol: 'lost', line: 2 }), entry({ kind: 'proved' }, { symbol: 'won', line: 3 }),
  entry({ kind: 'proved' }, { symbol: 'slow', line: 4, seconds: 3 }), entry({ kind: 'unknown', reason: 'incomplete' }, { symbol: 'new\n', line: 7 }), entry({ kind: 'proved' }, { symbol: 'same', line: 6 }),
], { assumptions: [assumption('admit', { text: 'admit()\x1b[2J' })], tools: [tool('z3', '4.13.3')], run: { id: 'run-2', limits: { wallSeconds: 2, memoryMb: 4096, effort: 1 } } });

describe('a comparison for people', () => {
  it('names what got worse first', () => {
    expect(renderComparison(compareLedgers(before, after), style)).toMatchInlineSnapshot(`
      "Before run-1  2026-01-02 03:04:05  /repository
      After  run-2  2026-01-02 03:04:05  /repository

      Newly failing (1)
        ✗ a.smt2:1  broke  Proved → Refuted: a model was found  (z3 4.8.12 → z3 4.13.3)

      No longer shown (1)
        ◷ a.smt2:2  lost  Proved → Ran out of time (10 s)

      New assumptions (1)
        a.v:1  admit  admit()\\x1b[2J

      Slower (1)
        a.smt2:4  slow  1.0 s → 3.0 s  3.0×

      Newly proved (1)
        ✓ a.smt2:3  won  Ran out of time → Proved

      New obligations (1)
        ? a.smt2:7  new\\n  Unknown: incomplete

      Obligations that are gone (1)
        ✓ a.smt2:5  gone  Proved

      Assumptions that are gone (1)
        a.v:1  axiom

      Tools (1)
        z3  4.8.12 → 4.13.3  /usr/bin/z3

      The limits differ: wallSeconds 10 before, 2 after

      Worse than before: 2 obligations unchanged
      "
    `);
  });

  it('of a run with itself says that nothing changed', () => {
    expect(renderComparison(compareLedgers(before, before), style)).toMatch(/Not worse than before: 6 obligations unchanged\n$/);
  });
});

it('a comparison as JSON has every list', () => {
  const json = JSON.parse(JSON.stringify(comparisonJson(compareLedgers(before, after)))) as Record<string, unknown[]>;
  expect(json).toMatchObject({ schema: 1, worse: true, unchanged: 2, before: { id: 'run-1' }, after: { id: 'run-2' } });
  expect(json.newlyFailing).toEqual([expect.objectContaining({ after: expect.objectContaining({ symbol: 'broke', verdict: { kind: 'refuted', answer: 'sat' } }) as unknown })]);
  for (const list of ['lost', 'newlyProved', 'added', 'removed', 'newAssumptions', 'goneAssumptions', 'slower', 'tools', 'caveats']) expect(json[list], list).toHaveLength(1);
  for (const list of ['otherwiseChanged', 'faster']) expect(json[list], list).toEqual([]);
});
