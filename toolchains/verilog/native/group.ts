/**
 * Asks an and-inverter engine about several properties at once: "can any of them fail?". One clean answer settles
 * all; a trace is replayed, and tells which of them it breaks.
 */
import type { Attempt } from '../../contract.ts';
import type { Verdict } from '../../verdict.ts';
import { type Aig, negate } from '../aiger/model.ts';
import { atStep } from '../aiger/runs.ts';
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

/** @param lemmas targets that are known to be never reached: they may be assumed */
export async function askGroup(checker: ModelChecker, system: System, targets: ReadonlyMap<string, number>, question: Question, label: string, lemmas: readonly number[] = []): Promise<GroupAnswer> {
  const literals = [...targets.values()];
  const reach = await decideReach(checker, { aig: withLemmas(system.aig, lemmas), roots: literals, target: (builder, copy) => builder.any(literals.map(copy)) }, question, label);
  if (reach.kind !== 'reached') return reach;
  const hits = hitsOf(system, targets, reach);
  if (hits.length > 0) return { kind: 'hit', hits, ...(reach.attempt && { attempt: reach.attempt }) };
  return { kind: 'open', verdict: { kind: 'unknown', reason: 'the trace of the engine breaks no property on the design' }, ...(reach.attempt && { attempt: reach.attempt }) };
}

/** What is proved for every run may be taken for granted in every run. */
export function withLemmas(aig: Aig, lemmas: readonly number[]): Aig {
  return lemmas.length === 0 ? aig : { ...aig, constraints: [...aig.constraints, ...lemmas.map(negate)] };
}

/**
 * The step of k-induction: from any state, can a run of k steps without a hit be followed by a hit? If not, and if no
 * run from an initial state hits in its first k steps, none ever does. States that nobody reaches are allowed, so
 * an answer "yes" says nothing.
 */
export async function inductionStep(checker: ModelChecker, system: System, targets: ReadonlyMap<string, number>, length: number, seconds: number, lemmas: readonly number[]): Promise<{ readonly holds: boolean; readonly attempt?: Attempt }> {
  const literals = [...targets.values()];
  const anyState: Aig = { ...system.aig, latches: system.aig.latches.map(latch => ({ ...latch, reset: 'free' as const })) };
  const reach = await decideReach(checker, {
    aig: withLemmas(anyState, lemmas), roots: literals,
    target: (builder, copy) => {
      const hit = builder.any(literals.map(copy));
      const before = builder.latch(0);
      builder.setNext(before, builder.or(before, hit));
      return builder.all([hit, negate(before), atStep(builder, length)]);
    },
  }, { kind: 'bmc', frames: length + 1, seconds }, `induction ${length}`);
  return { holds: reach.kind === 'free-up-to' || reach.kind === 'never', ...('attempt' in reach && reach.attempt && { attempt: reach.attempt }) };
}

function hitsOf(system: System, targets: ReadonlyMap<string, number>, reach: Extract<Reach, { kind: 'reached' }>): GroupHit[] {
  return [...targets].flatMap(([name, target]) => {
    const replay = replayWitness(system.aig, reach.witness, target);
    return replay.reachedAt === undefined ? [] : [{ name, step: replay.reachedAt, witness: reach.witness }];
  });
}
