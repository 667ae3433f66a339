/**
 * The largest subset of candidates that is inductive: check, drop what fails, check again (Flanagan and Leino, "Houdini, an
 * annotation assistant", 2001). All failures of a pass come together, since the checker does not assume what it has checked.
 */
import type { Diagnostic } from '../../contract.ts';
import type { Candidate } from './candidate.ts';
import type { Checker, Verdicts } from './checker.ts';
import type { Muting } from './edit.ts';

export interface HoudiniRequest {
  readonly checker: Checker;
  readonly base: string;
  readonly muted: readonly Muting[];
  /** Already known to be inductive together: dropped last. */
  readonly kept: readonly Candidate[];
  readonly candidates: readonly Candidate[];
  readonly secondsLeft: () => number;
  /** Of one pass. */
  readonly wallSeconds: number;
  readonly onPass?: (checked: readonly Candidate[], failed: ReadonlySet<Candidate>, open: readonly Diagnostic[]) => void;
}

export interface HoudiniResult {
  readonly survivors: readonly Candidate[];
  readonly proved: boolean;
  /** What is still open with the survivors. */
  readonly open: readonly Diagnostic[];
  /** Failed in the induction step only, with all others in place: may hold beside fewer. */
  readonly dropped: readonly Candidate[];
  readonly limit: boolean;
  readonly passes: number;
}

export async function houdini(request: HoudiniRequest): Promise<HoudiniResult> {
  const { checker, base, muted, kept } = request;
  let left = [...request.candidates];
  const dropped: Candidate[] = [];
  let passes = 0;
  let last: Verdicts | undefined;
  while (request.secondsLeft() > 0.5) {
    const all = [...kept, ...left];
    last = await checker.check(base, all, { muted, wallSeconds: Math.min(request.wallSeconds, request.secondsLeft()) });
    passes++;
    request.onPass?.(all, last.failed, last.open);
    if (last.end === 'cancelled' || last.end === 'not-started' || last.end === 'died') return result(false);
    const failing = all.filter((one) => last!.failed.has(one));
    if (failing.length > 0) {
      const own = left.filter((one) => last!.failed.has(one));
      dropped.push(...own);
      left = left.filter((one) => !last!.failed.has(one));
      if (own.length === 0) {
        // What was inductive no longer is: a time-out, or a candidate that misleads the solver.
        if (left.length === 0) return result(false);
        left = withoutLast(left, dropped);
      }
      continue;
    }
    if (last.end === 'refused') return result(false);
    if (last.limit && left.length > 0) { left = withoutLast(left, dropped); continue; }
    if (!last.proved) return result(false);
    // A success that did not assume what was checked before is not final.
    const plain = await checker.check(base, all, { muted, together: false, wallSeconds: Math.min(request.wallSeconds, request.secondsLeft()) });
    passes++;
    request.onPass?.(all, plain.failed, plain.open);
    if (plain.proved || plain.failed.size === 0) return result(plain.proved);
    left = left.filter((one) => !plain.failed.has(one));
  }
  return result(false);

  function result(proved: boolean): HoudiniResult {
    return { survivors: [...kept, ...left], proved, open: last?.open ?? [], dropped, limit: last?.limit ?? false, passes };
  }
}

/** The half that is the least likely to be needed. */
function withoutLast(left: readonly Candidate[], dropped: Candidate[]): Candidate[] {
  const ranked = [...left].sort((a, b) => a.tier - b.tier || a.text.length - b.text.length);
  const half = Math.floor(ranked.length / 2);
  dropped.push(...ranked.slice(half));
  const stay = new Set(ranked.slice(0, half));
  return left.filter((one) => stay.has(one));
}
