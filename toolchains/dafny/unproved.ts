/** Which symbols stay open after some runs of their program. */
import { classOf, REASON } from '../verdict.ts';
import type { RunOutcome } from './report.ts';

/** What another solver could still prove; one empty string where no run says anything of single symbols. */
export function unproved(outcomes: readonly RunOutcome[]): readonly string[] {
  if (outcomes.length === 0 || outcomes.some((outcome) => outcome.whole?.kind === 'malformed')) return [];
  const open = new Map<string, boolean>();
  for (const outcome of outcomes) for (const { obligation, symbol, verdict } of outcome.symbols) {
    const isOpen = classOf(verdict.kind) !== 'green' && verdict.kind !== 'nothing-to-prove' && verdict.kind !== 'refuted' && !symbol?.narrowed && !(verdict.kind === 'failed' && verdict.reason === REASON.vacuous);
    open.set(obligation.id, (open.get(obligation.id) ?? true) && isOpen);
  }
  return open.size === 0 && outcomes.every((outcome) => outcome.whole) ? [''] : [...open].filter(([, isOpen]) => isOpen).map(([id]) => id);
}
