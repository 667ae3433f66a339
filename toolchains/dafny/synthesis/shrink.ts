/** Removes what a proof does not need: halves first, then single candidates (delta debugging, Zeller and Hildebrandt 2002). */
import type { Candidate } from './candidate.ts';
import type { Checker } from './checker.ts';
import type { Muting } from './edit.ts';

export async function shrink(checker: Checker, base: string, muted: readonly Muting[], proof: readonly Candidate[], { plain, secondsLeft, wallSeconds }: { plain: boolean; secondsLeft: () => number; wallSeconds: number }): Promise<readonly Candidate[]> {
  let kept = [...proof].sort((a, b) => a.tier - b.tier || a.order - b.order);
  let size = Math.ceil(kept.length / 2);
  while (size >= 1 && kept.length > 1) {
    let removed = false;
    for (let from = kept.length - size; from > -size; from -= size) {
      const low = Math.max(0, from);
      const rest = [...kept.slice(0, low), ...kept.slice(Math.max(low, from + size))];
      if (secondsLeft() < 0.5) return kept;
      if (rest.length === kept.length) continue;
      const answer = await checker.check(base, rest, { muted, plain, wallSeconds: Math.min(wallSeconds, secondsLeft()) });
      if (answer.proved) { kept = rest; removed = true; }
    }
    if (size === 1 && !removed) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
    if (size === 1 && kept.length > 14) break;
  }
  return kept;
}
