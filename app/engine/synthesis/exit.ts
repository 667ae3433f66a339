/** The exit code of `prove` (DESIGN, "The command line"). */
import { classOf } from '../../../toolchains/verdict.ts';
import type { ApplyAnswer } from './apply.ts';
import type { ProveOutcome } from './prove.ts';

export function proveExit(outcome: ProveOutcome, { cancelled, applied }: { readonly cancelled: boolean; readonly applied?: ApplyAnswer }): 0 | 1 | 2 | 3 | 130 {
  if (cancelled) return 130;
  const judged = outcome.entries.filter((entry) => entry.result.verdict.kind !== 'nothing-to-prove');
  if (judged.length === 0) return 3;
  const left = outcome.goals.filter((goal) => !goal.proved).map((goal) => goal.entry.result.verdict.kind);
  if (left.includes('refuted')) return 1;
  if (left.some((kind) => classOf(kind) === 'unchecked')) return 3;
  if (left.length > 0) return 2;
  return applied?.kind === 'refused' ? 3 : 0;
}
