/** The last search for proofs, as its events tell it. */
import type { BridgeEventOf, ProofGoal, ProofState } from '../../app/contract.ts';

export interface Race {
  readonly proof: ProofState;
  /** In the order in which the search heard of them. */
  readonly goals: readonly ProofGoal[];
}

/** Goals of an earlier search go with it. */
export function withProof(race: Race | undefined, { proof, goals }: Pick<BridgeEventOf<'proof'>, 'proof' | 'goals'>): Race {
  const known = race?.proof.proof === proof.proof ? race.goals : [];
  if (goals.length === 0) return { proof, goals: known };
  const changed = new Map(goals.map((goal) => [goal.obligation, goal]));
  const kept = known.map((goal) => { const next = changed.get(goal.obligation); changed.delete(goal.obligation); return next ?? goal; });
  return { proof, goals: [...kept, ...changed.values()] };
}

export const isSearching = (race: Race | undefined): boolean => race?.proof.state === 'running' || race?.proof.state === 'cancelling';
