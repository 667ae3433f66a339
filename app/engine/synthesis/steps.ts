/** What a search for proofs tells while it goes on. */
import type { SearchStep } from '../../../toolchains/synthesis.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import type { AcceptedProof, GoalOutcome, RefusedOffer } from './prove.ts';

export type ProveStep =
  /** The first run has ended: what it left open, and how many of those asked were green. */
  | { readonly type: 'open'; readonly goals: readonly LedgerEntry[]; readonly already: number }
  /** The goals of one unit, by id; `settled` ends them. */
  | { readonly type: 'searching'; readonly goals: readonly string[] }
  | { readonly type: 'pass'; readonly step: SearchStep }
  /** An offer is before the guard and the clean run. */
  | { readonly type: 'judging'; readonly proves: readonly string[] }
  | { readonly type: 'refused'; readonly refused: RefusedOffer; readonly proves: readonly string[] }
  /** `accepted` holds from now on: of several offers of the unit, the last. */
  | { readonly type: 'settled'; readonly goals: readonly GoalOutcome[]; readonly accepted?: AcceptedProof };
