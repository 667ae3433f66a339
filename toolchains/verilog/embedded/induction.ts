/**
 * A last try on what reachability left open: the step of k-induction, with every property that is proved by now
 * as a lemma. Its base is the bounded search of the same length that was done already.
 */
import type { Attempt } from '../../contract.ts';
import type { ModelChecker } from '../aiger/reach.ts';
import type { System, SystemProperty } from '../aiger/system.ts';
import { inductionStep } from '../native/group.ts';

export interface Inductive { readonly property: SystemProperty; readonly attempt?: Attempt; readonly lemmas: number }

/**
 * @param open properties without a violation in the first `depth` steps
 * @param proved properties that no lawful run violates
 */
export async function* proveByInduction(checker: ModelChecker, system: System, open: readonly SystemProperty[], proved: readonly SystemProperty[], depth: number, seconds: number, signal: AbortSignal): AsyncGenerator<Inductive> {
  const lemmas = proved.map((property) => property.target);
  let left = [...open];
  for (let progress = true; progress && left.length > 0;) {
    progress = false;
    for (const property of left) {
      if (signal.aborted) return;
      const { holds, attempt } = await inductionStep(checker, system, new Map([[property.cell, property.target]]), depth, seconds, lemmas);
      if (!holds) continue;
      yield { property, lemmas: lemmas.length, ...(attempt && { attempt }) };
      lemmas.push(property.target);
      left = left.filter((other) => other !== property);
      progress = true;
    }
  }
}
