/**
 * Weighs what a toolchain reported for a unit against what was asked, by name and both ways, and holds every
 * green verdict to its evidence. The last line of defence against a reader that is wrong.
 */
import type { Obligation, ObligationResult } from '../../../toolchains/contract.ts';
import { restingOn } from '../ledger/found.ts';
import { classOf, REASON, type Verdict } from '../../../toolchains/verdict.ts';

export interface Settled { readonly obligation: Obligation; readonly result: ObligationResult }

export interface UnitOutcome {
  readonly asked: readonly Obligation[];
  readonly discovered: readonly Obligation[];
  readonly reported: ReadonlyMap<string, ObligationResult>;
  readonly cancelled: boolean;
  /** `check` threw: a bug of ours, said as such. */
  readonly thrown?: string;
  /** Paths whose content changed between the hash before and the hash after. */
  readonly changed: readonly string[];
}

export function settle(outcome: UnitOutcome): Settled[] {
  const known = new Map<string, Obligation>();
  for (const obligation of outcome.asked) known.set(obligation.id, obligation);
  for (const obligation of outcome.discovered) if (!known.has(obligation.id)) known.set(obligation.id, obligation);
  const settled: Settled[] = [];
  for (const obligation of known.values()) {
    const result = outcome.reported.get(obligation.id);
    const settledResult = verdictFor(obligation, result, outcome);
    settled.push({ obligation: restingOn(obligation, settledResult), result: settledResult });
  }
  return settled;
}

function verdictFor(obligation: Obligation, result: ObligationResult | undefined, outcome: UnitOutcome): ObligationResult {
  if (outcome.changed.length > 0) {
    const verdict: Verdict = { kind: 'not-run', reason: `${REASON.inputChanged}: ${outcome.changed.join(', ')} changed while it was being checked` };
    return { ...(result ?? empty(obligation.id, verdict)), verdict, confirmed: [], certificate: undefined };
  }
  if (!result) {
    if (outcome.cancelled) return empty(obligation.id, { kind: 'cancelled' });
    if (outcome.thrown !== undefined) return empty(obligation.id, { kind: 'crashed', reason: `internal error: ${outcome.thrown}` });
    return empty(obligation.id, { kind: 'crashed', reason: 'the checker ended without a word about this obligation' });
  }
  const doubt = withoutEvidence(result);
  return doubt === undefined ? result : { ...result, verdict: { kind: 'crashed', reason: doubt }, confirmed: [] };
}

/** A green verdict stands on a finished attempt that itself said so and whose output is there. */
function withoutEvidence(result: ObligationResult): string | undefined {
  if (classOf(result.verdict.kind) !== 'green') return undefined;
  const deciding = result.attempts[0];
  if (!deciding) return `${result.verdict.kind} without evidence: no finished run stands behind it`;
  if (deciding.outputs.every((output) => output.bytes === 0)) return `${result.verdict.kind} without evidence: the run printed nothing`;
  if (deciding.said !== undefined && classOf(deciding.said.kind) !== 'green') return `${result.verdict.kind}, but the deciding run said ${deciding.said.kind}`;
  return undefined;
}

export function empty(obligation: string, verdict: Verdict): ObligationResult {
  return { obligation, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 };
}
