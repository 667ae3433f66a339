/**
 * The claims of a report held against a fresh run: every decided verdict with what it rests on, and that nothing was left
 * out. Open verdicts claim nothing. Pure: compares two ledgers and the present hashes of the inputs.
 */
import { classOf } from '../../../toolchains/verdict.ts';
import type { Ledger, LedgerEntry } from '../ledger/types.ts';
import { holds, type ObligationJson } from './totals.ts';
import type { LedgerJson } from './schema.ts';

export type ClaimOutcome =
  | { readonly kind: 'holds' }
  /** The fresh run says another thing. */
  | { readonly kind: 'contradicted'; readonly why: string }
  /** It holds only on something new. */
  | { readonly kind: 'weaker'; readonly why: string }
  | { readonly kind: 'input-changed'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string }
  | { readonly kind: 'unchecked'; readonly why: string };

export interface JudgedClaim { readonly claim: ObligationJson; readonly outcome: ClaimOutcome }

export interface Judgement {
  readonly claims: readonly JudgedClaim[];
  /** Obligations that the sources have and the report does not speak of, though it speaks for the whole. */
  readonly leftOut: readonly LedgerEntry[];
}

export function isClaim(entry: ObligationJson): boolean {
  const of = classOf(entry.verdict.kind);
  return holds(entry) && (of === 'green' || of === 'red');
}

/** @param hashes present hash by path of every input that the claims name */
export function judge(report: LedgerJson, fresh: Ledger, hashes: ReadonlyMap<string, string>): Judgement {
  const now = new Map(fresh.entries.map((entry) => [entry.obligation.id, entry]));
  const known = new Set(report.obligations.map((entry) => entry.id));
  const whole = (report.notAsked ?? 0) === 0;
  return {
    claims: report.obligations.filter(isClaim).map((claim) => ({ claim, outcome: judgeOne(claim, now.get(claim.id), hashes) })),
    leftOut: whole ? fresh.entries.filter((entry) => !known.has(entry.obligation.id) && classOf(entry.result.verdict.kind) !== 'none') : [],
  };
}

function judgeOne(claim: ObligationJson, entry: LedgerEntry | undefined, hashes: ReadonlyMap<string, string>): ClaimOutcome {
  const changed = claim.evidence?.inputs.filter((input) => hashes.get(input.path) !== input.sha256).map((input) => input.path) ?? [];
  if (changed.length > 0) return { kind: 'input-changed', why: `${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''} ${changed.length === 1 ? 'has' : 'have'} other bytes than the report says` };
  if (!entry) return { kind: 'contradicted', why: 'the sources have no such obligation' };
  const { verdict } = entry.result;
  const was = classOf(claim.verdict.kind), is = classOf(verdict.kind);
  if (is === 'open') return { kind: 'undecided', why: verdict.kind + ('reason' in verdict && verdict.reason ? `: ${verdict.reason}` : '') };
  if (is === 'unchecked') return { kind: 'unchecked', why: verdict.kind + ('reason' in verdict && verdict.reason ? `: ${verdict.reason}` : '') };
  if (was !== is || (was === 'green' && strength(verdict) < strength(claim.verdict))) return { kind: 'contradicted', why: `now ${verdict.kind}${'depth' in verdict && verdict.depth !== undefined ? ` (${verdict.depth} steps)` : ''}` };
  if (was === 'green') {
    const old = new Set(claim.assumptions);
    const added = assumptionsOf(entry).filter((id) => !old.has(id));
    if (added.length > 0) return { kind: 'weaker', why: `it rests on ${added.length} assumption${added.length === 1 ? '' : 's'} that the report does not name: ${added[0]}` };
  }
  return { kind: 'holds' };
}

function assumptionsOf({ obligation, result }: LedgerEntry): string[] {
  return [...new Set([...obligation.assumptions, ...(result.assumptions ?? []).map((assumption) => assumption.id)])];
}

/** Bounded verdicts by their depth, below everything that is unbounded. */
function strength(verdict: { readonly kind: string; readonly depth?: number }): number {
  return verdict.kind === 'bounded' ? verdict.depth ?? 0 : Infinity;
}
