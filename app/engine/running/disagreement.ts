/** A fresh verdict against one that is kept for exactly the same content: a disagreement is told, and what was kept is void. */
import type { EngineParts } from '../engine.ts';
import type { EventSink } from '../events.ts';
import { disagrees } from '../ledger/cache.ts';
import type { LedgerEntry, UnitKey } from '../ledger/types.ts';

export interface Judged {
  readonly runId: string;
  readonly unitKey: UnitKey;
  /** What is kept of an obligation; undefined where nothing is. */
  readonly kept: (obligation: string) => LedgerEntry | undefined;
  readonly fresh: readonly LedgerEntry[];
  readonly onEvent: EventSink;
}

/** @returns the fresh entries that disagree; the caller records them after this, else they would be void too */
export function judgeAgainstKept(parts: EngineParts, judged: Judged): LedgerEntry[] {
  const contrary: LedgerEntry[] = [];
  for (const after of judged.fresh) {
    const before = judged.kept(after.obligation.id);
    if (!before || !disagrees(before.result.verdict, after.result.verdict)) continue;
    const reason = `${after.obligation.id} was ${before.result.verdict.kind}, a fresh run says ${after.result.verdict.kind}`;
    if (contrary.length === 0) parts.store.voidEntry(judged.unitKey, { reason, at: new Date().toISOString(), run: judged.runId });
    contrary.push(after);
    judged.onEvent({ type: 'disagreement', before, after });
    judged.onEvent({ type: 'notice', severity: 'warning', message: `A kept verdict did not hold: ${reason}. What was kept for this unit is void.` });
  }
  return contrary;
}
