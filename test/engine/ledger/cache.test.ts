import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRechecks, contradict, disagrees, lifetimeOf, reusable, reuse, unitKey } from '../../../app/engine/ledger/cache.ts';
import type { KeyMaterial, ReuseRequest } from '../../../app/engine/ledger/cache.ts';
import type { CachedResult } from '../../../app/engine/ledger/types.ts';
import type { Limits } from '../../../toolchains/contract.ts';
import { VERDICT_KINDS } from '../../../toolchains/verdict.ts';
import type { Verdict, VerdictKind } from '../../../toolchains/verdict.ts';
import { attempt, limits, obligation, result } from './samples.ts';

const material: KeyMaterial = {
  toolchain: 'smt', revision: 1, unit: 'smt:a.smt2', options: { engines: ['z3'], mode: { b: 1, a: 2 } },
  inputs: [{ path: 'a.smt2', sha256: 'aa' }, { path: 'b.smt2', sha256: 'absent' }], environment: { LANG: 'C' }, platform: 'linux-x64', limits: {},
};

function verdictOf(kind: VerdictKind): Verdict {
  switch (kind) {
    case 'bounded': return { kind, depth: 10 };
    case 'unknown': case 'malformed': case 'tool-missing': case 'crashed': case 'not-run': return { kind, reason: 'why' };
    default: return { kind };
  }
}

function cachedResult(verdict: Verdict, over: Partial<CachedResult> = {}): CachedResult {
  return {
    unitKey: 'key', obligation: obligation('a'), result: result('a', verdict, [attempt()]), limits, usedTools: ['print-z3'], toolSet: 'tools',
    at: '2026-11-05T10:00:00.000Z', inputs: [], source: { packet: 1, place: 0, of: 1 }, ...over,
  };
}

const request: ReuseRequest = { limits, toolSet: 'tools', installedFingerprints: new Set(['print-z3', 'print-cvc5']) };

describe('unitKey', () => {
  it('is the same for the same content in another order', () => {
    const other = { ...material, options: { mode: { a: 2, b: 1 }, engines: ['z3'], none: undefined }, inputs: [...material.inputs].reverse() };
    expect(unitKey(other)).toBe(unitKey(material));
  });

  const changes: Record<string, Partial<KeyMaterial>> = {
    'the bytes of an input': { inputs: [{ path: 'a.smt2', sha256: 'ab' }, material.inputs[1]!] },
    'an absent name that appears': { inputs: [material.inputs[0]!, { path: 'b.smt2', sha256: 'bb' }] },
    'one more input': { inputs: [...material.inputs, { path: 'c', sha256: 'cc' }] },
    'a renamed input': { inputs: [{ path: 'z.smt2', sha256: 'aa' }, material.inputs[1]!] },
    'an option': { options: { engines: ['cvc5'], mode: { b: 1, a: 2 } } },
    'the environment': { environment: { LANG: 'de_DE' } },
    'the platform': { platform: 'darwin-arm64' },
    'the depth': { limits: { depth: 20 } },
    'the expectation': { limits: { expect: 'sat' } },
    'trust': { trusted: true },
    'the revision': { revision: 2 },
    'the unit': { unit: 'smt:b.smt2' },
    'the toolchain': { toolchain: 'sat' },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`changes with ${what}`, () => expect(unitKey({ ...material, ...change })).not.toBe(unitKey(material)));
  }
});

describe('reusable', () => {
  const never: readonly VerdictKind[] = ['crashed', 'tool-missing', 'out-of-memory', 'cancelled', 'not-run'];
  const decided: readonly VerdictKind[] = ['proved', 'refuted', 'covered', 'bounded'];
  const anyLimits = fc.record({
    wallSeconds: fc.integer({ min: 1, max: 20 }), memoryMb: fc.integer({ min: 1, max: 20 }),
    effort: fc.constantFrom<Limits['effort'][]>(0, 1, 2, 3, 4), resource: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  });
  const anyVerdict = fc.constantFrom(...VERDICT_KINDS).map(verdictOf);
  const anyTools = fc.subarray(['print-z3', 'print-cvc5', 'print-yosys'], { minLength: 1 });
  const anyRequest = fc.record({ limits: anyLimits, toolSet: fc.constantFrom('tools', 'others'), installedFingerprints: anyTools.map((tools) => new Set(tools)) });

  it('never reuses what speaks of the moment', () => {
    fc.assert(fc.property(fc.constantFrom(...never).map(verdictOf), anyLimits, anyRequest, (verdict, stored, asked) => {
      expect(reusable(cachedResult(verdict, { limits: stored }), asked)).toBe(false);
    }));
  });

  it('never reuses a verdict whose tool is not installed any more', () => {
    fc.assert(fc.property(anyVerdict, anyTools, anyRequest, (verdict, usedTools, asked) => {
      fc.pre(usedTools.some((tool) => !asked.installedFingerprints.has(tool)));
      expect(reusable(cachedResult(verdict, { usedTools }), asked)).toBe(false);
    }));
  });

  it('is monotone: what stands for some limits stands for smaller ones', () => {
    fc.assert(fc.property(anyVerdict, anyLimits, anyRequest, anyLimits, (verdict, stored, asked, other) => {
      const smaller: Limits = {
        wallSeconds: Math.min(asked.limits.wallSeconds, other.wallSeconds), memoryMb: Math.min(asked.limits.memoryMb, other.memoryMb),
        effort: Math.min(asked.limits.effort, other.effort) as Limits['effort'],
        resource: Math.min(asked.limits.resource ?? Infinity, other.resource ?? Infinity) === Infinity ? undefined : Math.min(asked.limits.resource ?? Infinity, other.resource ?? Infinity),
      };
      const cached = cachedResult(verdict, { limits: stored });
      if (reusable(cached, asked)) expect(reusable(cached, { ...asked, limits: smaller })).toBe(true);
    }));
  });

  it('reuses an open verdict only within the stored limits and with the same tools', () => {
    fc.assert(fc.property(anyVerdict, anyLimits, anyRequest, (verdict, stored, asked) => {
      fc.pre(!decided.includes(verdict.kind));
      if (!reusable(cachedResult(verdict, { limits: stored }), asked)) return;
      expect(asked.toolSet).toBe('tools');
      expect(asked.limits.wallSeconds).toBeLessThanOrEqual(stored.wallSeconds);
      expect(asked.limits.memoryMb).toBeLessThanOrEqual(stored.memoryMb);
      expect(asked.limits.effort).toBeLessThanOrEqual(stored.effort);
      expect(asked.limits.resource ?? Infinity).toBeLessThanOrEqual(stored.resource ?? Infinity);
    }));
  });

  it('reuses a decided verdict under any limits', () => {
    for (const kind of decided) expect(reusable(cachedResult(verdictOf(kind)), { ...request, toolSet: 'others', limits: { ...limits, wallSeconds: 600, effort: 4 } })).toBe(true);
  });

  it('takes a proof that stopped early for open', () => {
    const stopped = cachedResult({ kind: 'bounded', depth: 10, reason: 'induction ran out of time' });
    expect(reusable(stopped, request)).toBe(true);
    expect(reusable(stopped, { ...request, limits: { ...limits, wallSeconds: 11 } })).toBe(false);
  });

  it('never reuses a dispute, a verdict without an attempt, or one of another depth', () => {
    expect(reusable(cachedResult({ kind: 'unknown', reason: 'disputed' }), request)).toBe(false);
    expect(reusable(cachedResult({ kind: 'unknown', reason: 'disputed: z3 says unsat, cvc5 says sat' }), request)).toBe(false);
    expect(reusable(cachedResult({ kind: 'proved' }, { result: result('a', { kind: 'proved' }, []), usedTools: [] }), request)).toBe(false);
    expect(reusable(cachedResult({ kind: 'proved' }), { ...request, limits: { ...limits, depth: 5 } })).toBe(false);
  });

  it('takes a malformed file only from a tool that came to its own end', () => {
    const killed = attempt('', { exit: { code: null, signal: 'SIGKILL', reason: 'output' } });
    expect(reusable(cachedResult({ kind: 'malformed', reason: 'line 3' }), request)).toBe(true);
    expect(reusable(cachedResult({ kind: 'malformed', reason: 'line 3' }, { result: result('a', { kind: 'malformed', reason: 'line 3' }, [killed]) }), request)).toBe(false);
  });
});

describe('reuse', () => {
  it('prefers a decided verdict to a newer open one', () => {
    const chosen = reuse([cachedResult({ kind: 'timeout' }), cachedResult({ kind: 'proved' })], request);
    expect(chosen.get(obligation('a').id)?.result.verdict.kind).toBe('proved');
  });
  it('takes neither of two that contradict each other', () => {
    expect(reuse([cachedResult({ kind: 'refuted' }), cachedResult({ kind: 'proved' })], request).size).toBe(0);
    expect(reuse([cachedResult({ kind: 'proved' }), cachedResult({ kind: 'refuted' })], request).size).toBe(0);
  });
  it('sees a contradiction though the other one is not reusable', () => {
    expect(reuse([cachedResult({ kind: 'proved' }), cachedResult({ kind: 'refuted' }, { usedTools: ['gone'] })], request).size).toBe(0);
  });
});

describe('disagreement', () => {
  it('is a decided verdict against another', () => {
    expect(disagrees({ kind: 'proved' }, { kind: 'refuted' })).toBe(true);
    expect(disagrees({ kind: 'proved' }, { kind: 'failed', reason: 'vacuous' })).toBe(true);
    expect(disagrees({ kind: 'refuted' }, { kind: 'proved' })).toBe(true);
    expect(disagrees({ kind: 'proved' }, { kind: 'unknown', reason: 'disputed' })).toBe(true);
  });
  it('is not a search that ended open, nor a proof after a bounded search', () => {
    for (const kind of ['timeout', 'crashed', 'cancelled', 'out-of-memory', 'tool-missing'] as const) expect(disagrees({ kind: 'proved' }, verdictOf(kind))).toBe(false);
    expect(disagrees({ kind: 'bounded', depth: 5 }, { kind: 'proved' })).toBe(false);
    expect(disagrees({ kind: 'timeout' }, { kind: 'proved' })).toBe(false);
  });
  it('knows which verdicts cannot both be true', () => {
    const trace = (failingStep: number): Verdict => ({ kind: 'refuted', counterexample: { status: 'checked', values: [], failingStep } });
    expect(contradict({ kind: 'bounded', depth: 5 }, trace(4))).toBe(true);
    expect(contradict({ kind: 'bounded', depth: 5 }, trace(5))).toBe(false);
    expect(contradict({ kind: 'proved' }, { kind: 'failed' })).toBe(false);
  });
  it('gives every kind a lifetime', () => {
    for (const kind of VERDICT_KINDS) expect(['decided', 'open', 'never']).toContain(lifetimeOf(verdictOf(kind)));
  });
});

describe('chooseRechecks', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => ({ unitKey: `unit-${index}` }));
  it('draws about the share asked for, the same ones for the same seed', () => {
    const drawn = chooseRechecks(items, 0.01, 'seed');
    expect(drawn.length).toBeGreaterThan(120);
    expect(drawn.length).toBeLessThan(280);
    expect(chooseRechecks(items, 0.01, 'seed')).toEqual(drawn);
    expect(chooseRechecks(items, 0.01, 'other')).not.toEqual(drawn);
  });
  it('draws none at 0 and all at 1', () => {
    expect(chooseRechecks(items, 0, 'seed')).toEqual([]);
    expect(chooseRechecks(items, 1, 'seed')).toHaveLength(items.length);
  });
});
