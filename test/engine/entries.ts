/** Ledger entries for tests of what reads a ledger. */
import type { Obligation } from '../../toolchains/contract.ts';
import type { Verdict } from '../../toolchains/verdict.ts';
import type { LedgerEntry } from '../../app/engine/ledger/types.ts';

export function obligationOf(symbol: string, more: Partial<Obligation> = {}): Obligation {
  return {
    id: `t:p#${symbol}`, project: 't:p', toolchain: 't', symbol, kind: 'assert', file: 'p.v',
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }, assumptions: [], assumptionScope: 'exact', ...more,
  };
}

export function entryOf(verdict: Verdict, symbol: string = verdict.kind, more: Partial<Obligation> = {}): LedgerEntry {
  const obligation = obligationOf(symbol, more);
  return {
    obligation, stale: false, cached: false, at: '2026-01-01T00:00:00.000Z', inputs: [],
    result: { obligation: obligation.id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0.1, memoryMb: 10 },
  };
}
