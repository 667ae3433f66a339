/** One verdict for a statement that has several instances: the worst of theirs. */
import { classOf, type Verdict, type VerdictClass } from '../verdict.ts';

const ORDER: readonly VerdictClass[] = ['red', 'unchecked', 'open', 'green', 'none'];

/** @returns the verdict, and the index of the instance whose evidence stands for it */
export function joinVerdicts(verdicts: readonly Verdict[]): { readonly verdict: Verdict; readonly index: number } {
  let index = 0;
  for (const [at, verdict] of verdicts.entries()) if (isWorse(verdict, verdicts[index]!)) index = at;
  return { verdict: verdicts[index]!, index };
}

function isWorse(one: Verdict, other: Verdict): boolean {
  const rank = (verdict: Verdict): number => ORDER.indexOf(classOf(verdict.kind));
  if (rank(one) !== rank(other)) return rank(one) < rank(other);
  // Among green ones a bound is less than a proof, and the lower bound counts.
  if (one.kind === 'bounded') return other.kind !== 'bounded' || one.depth < other.depth;
  if (one.kind === 'refuted') return other.kind !== 'refuted';
  return false;
}
