/**
 * Asks an and-inverter engine about several properties at once: "can any of them fail?". One clean answer settles
 * all; a trace is replayed, and tells which of them it breaks.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { decideReach, type ModelChecker, type Question, type Reach } from '../aiger/reach.ts';
import { replayWitness } from '../aiger/replay.ts';
import type { System } from '../aiger/system.ts';
import type { Witness } from '../aiger/witness.ts';

export interface GroupHit { readonly name: string; readonly step: number; readonly witness: Witness }

export type GroupAnswer =
  | { readonly kind: 'hit'; readonly hits: readonly GroupHit[]; readonly attempt?: Attempt }
  | { readonly kind: 'free-up-to'; readonly frames: number; readonly attempt?: Attempt }
  | { readonly kind: 'never'; readonly attempt?: Attempt }
  | { readonly kind: 'open'; readonly verdict: Verdict; readonly attempt?: Attempt };

export async function askGroup(checker: ModelChecker, system: System, targets: ReadonlyMap<string, number>, question: Question, label: string): Promise<GroupAnswer> {
  const literals = [...targets.values()];
  const reach = await decideReach(checker, { aig: system.aig, roots: literals, target: (builder, copy) => builder.any(literals.map(copy)) }, question, label);
  if (reach.kind !== 'reached') return reach;
  const hits = hitsOf(system, targets, reach);
  if (hits.length > 0) return { kind: 'hit', hits, ...(reach.attempt && { attempt: reach.attempt }) };
  return { kind: 'open', verdict: { kind: 'unknown', reason: 'the trace of the engine breaks no property on the design' }, ...(reach.attempt && { attempt: reach.attempt }) };
}

function hitsOf(system: System, targets: ReadonlyMap<string, number>, reach: Extract<Reach, { kind: 'reached' }>): GroupHit[] {
  return [...targets].flatMap(([name, target]) => {
    const replay = replayWitness(system.aig, reach.witness, target);
    return replay.reachedAt === undefined ? [] : [{ name, step: replay.reachedAt, witness: reach.witness }];
  });
}
