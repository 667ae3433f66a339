/** Counts by verdict kind, and the words for them. */
import { VERDICT_KINDS, type VerdictKind } from '../../../toolchains/verdict.ts';
import type { LedgerEntry } from '../ledger/types.ts';

/** Only kinds that occur, in the fixed order. */
export function summarise(entries: readonly Pick<LedgerEntry, 'result'>[]): Record<string, number> {
  const counts = new Map<VerdictKind, number>();
  for (const entry of entries) counts.set(entry.result.verdict.kind, (counts.get(entry.result.verdict.kind) ?? 0) + 1);
  return Object.fromEntries(VERDICT_KINDS.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind)!]] : [])));
}
