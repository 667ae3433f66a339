/**
 * A random share of what was taken over from earlier runs is checked again, fresh, after the answer was given.
 * A disagreement is shown, voids what was kept, and the fresh verdict holds.
 */
import type { EngineParts } from '../engine.ts';
import type { EventSink } from '../events.ts';
import { chooseRechecks } from '../ledger/cache.ts';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import { judgeAgainstKept } from './disagreement.ts';
import type { VerifyOutcome } from './verify.ts';

const DEFAULT_SHARE = 0.01;

/** `ASSAY_RECHECK_SHARE`, from 0 to 1; anything else is the default of one in a hundred. */
export function recheckShare(text: string | undefined = process.env.ASSAY_RECHECK_SHARE): number {
  const share = text === undefined || text.trim() === '' ? DEFAULT_SHARE : Number(text);
  return share >= 0 && share <= 1 ? share : DEFAULT_SHARE;
}

export interface RecheckOptions { readonly share: number; readonly signal: AbortSignal; readonly onEvent: EventSink }

export async function recheckSome(parts: EngineParts, outcome: VerifyOutcome, ledger: Ledger, options: RecheckOptions): Promise<Ledger> {
  const chosen = chooseRechecks(outcome.reusedUnits.map((unit) => ({ unitKey: unit.key, unit })), options.share, outcome.run.id);
  if (chosen.length === 0 || options.signal.aborted) return ledger;
  const entries = new Map(ledger.entries.map((entry) => [entry.obligation.id, entry]));
  await Promise.all(chosen.map(async ({ unit }) => {
    const fresh = await outcome.recheck(unit);
    if (options.signal.aborted) return;
    const kept = (id: string): LedgerEntry | undefined => { const entry = entries.get(id); return entry?.cached ? entry : undefined; };
    const contrary = judgeAgainstKept(parts, { runId: outcome.run.id, unitKey: unit.key, kept, fresh: fresh.entries, onEvent: options.onEvent });
    for (const entry of contrary) entries.set(entry.obligation.id, entry);
    if (contrary.length > 0) parts.store.record(outcome.run.id, [fresh]);
  }));
  return { ...ledger, entries: [...entries.values()] };
}
