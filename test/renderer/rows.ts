/** Rows made up for tests of the window's store. Everything has a default; a test names what it is about. */
import type { LedgerRow } from '../../app/contract.ts';

export function row(id: string, details: Partial<LedgerRow> = {}): LedgerRow {
  const start = { line: 1, column: 1 };
  return {
    id, project: 'dafny:src', toolchain: 'dafny', symbol: id, kind: 'method', file: 'src/a.dfy', range: { start, end: start }, verdict: { kind: 'not-run', reason: 'nothing ran yet' },
    sentence: 'Not run', asExpected: false, cached: false, confirmed: 0, assumptions: [], assumptionScope: 'exact', seconds: 0, memoryMb: 0, values: false, trace: false, ...details,
  };
}
