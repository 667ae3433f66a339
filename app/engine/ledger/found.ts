/** Assumptions that a run found, beside those that the outline knew. */
import type { Assumption, Obligation, ObligationResult } from '../../../toolchains/contract.ts';
import { resolveJustifications } from '../justify/resolve.ts';
import type { JustifyFile } from '../justify/types.ts';
import type { Ledger, LedgerEntry } from './types.ts';

/** The obligation, resting on what its run found as well. */
export function restingOn(obligation: Obligation, result: ObligationResult): Obligation {
  const found = (result.assumptions ?? []).map((assumption) => assumption.id).filter((id) => !obligation.assumptions.includes(id));
  return found.length === 0 ? obligation : { ...obligation, assumptions: [...obligation.assumptions, ...found] };
}

/** Of a ledger: each once. */
export function withFound(known: readonly Assumption[], entries: readonly LedgerEntry[]): readonly Assumption[] {
  const found = entries.flatMap((entry) => entry.result.assumptions ?? []);
  return found.length === 0 ? known : [...new Map([...known, ...found].map((assumption) => [assumption.id, assumption])).values()];
}

/** What a run rests on, with the signatures of the repository held against it. */
export function trustOf(frame: { readonly assumptions: readonly Assumption[]; readonly justify?: JustifyFile }, entries: readonly LedgerEntry[]): Pick<Ledger, 'assumptions' | 'justifications'> {
  const assumptions = withFound(frame.assumptions, entries);
  const justifications = resolveJustifications(frame.justify, assumptions, entries);
  return { assumptions, ...(justifications ? { justifications } : {}) };
}
