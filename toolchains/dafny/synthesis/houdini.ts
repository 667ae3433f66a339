/**
 * The largest subset of candidates that is inductive: check, drop what fails, check again (Flanagan and Leino, "Houdini, an
 * annotation assistant", 2001). All failures of a pass come together, since the checker does not assume what it has checked. So
 * a success is seldom one too many (1 of 60 failed in a clean run, which has the last word).
 */
import type { Diagnostic } from '../../contract.ts';
import type { Candidate } from './candidate.ts';
import { OF_COUNTER } from './families/bounds.ts';
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
  /** Proved only where what was checked is assumed. */
  readonly plain?: boolean;
}

/** Passes of one search as Dafny has it, where the other ones run out of resources. */
const MOST_PLAIN = 2;

export async function houdini(request: HoudiniRequest): Promise<HoudiniResult> {
  const { checker, base, muted, kept } = request;
  let left = [...request.candidates];
  const dropped: Candidate[] = [];
  let passes = 0, asked = 0;
  let last: Verdicts | undefined;
  while (request.secondsLeft() > 0.5) {
    const all = [...kept, ...left];
    last = await checker.check(base, all, { muted, wallSeconds: Math.min(request.wallSeconds, request.secondsLeft()) });
    passes++;
    if (last.end === 'cancelled' || last.end === 'not-started' || last.end === 'died') break;
    request.onPass?.(all, last.failed, last.open);
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
    if (last.end === 'refused') break;
    if (last.limit && left.length > 0) {
      // The same as Dafny has it, which assumes what it has checked.
      if (asked < MOST_PLAIN && last.end === 'finished') {
        asked++;
        const plain = await checker.check(base, all, { muted, plain: true, wallSeconds: Math.min(request.wallSeconds, request.secondsLeft()) });
        passes++;
        request.onPass?.(all, plain.failed, plain.open);
        if (plain.proved) return { ...result(true), plain: true };
        const fell = plain.limit ? [] : left.filter((one) => plain.failed.has(one));
        if (fell.length > 0) { dropped.push(...fell); left = left.filter((one) => !plain.failed.has(one)); continue; }
      }
      left = withoutLast(left, dropped);
      continue;
    }
    return result(last.proved);
  }
  // What was not checked to its end is not known to hold.
  dropped.push(...left);
  left = [];
  return result(false);

  function result(proved: boolean): HoudiniResult {
    return { survivors: [...kept, ...left], proved, open: last?.open ?? [], dropped, limit: last?.limit ?? false, passes };
  }
}

/** What is the least likely to be needed goes: first all that is not of the claims or of the loop's counter, then a half. */
function withoutLast(left: readonly Candidate[], dropped: Candidate[]): Candidate[] {
  const ranked = [...left].sort((a, b) => distance(a) - distance(b) || a.tier - b.tier || a.text.length - b.text.length);
  const near = ranked.filter((one) => distance(one) < FAR).length;
  const count = near > 0 && near < ranked.length ? near : Math.floor(ranked.length / 2);
  dropped.push(...ranked.slice(count));
  const stay = new Set(ranked.slice(0, count));
  return left.filter((one) => stay.has(one));
}

const FAR = 3;
/** From what a proof mostly is made of. */
function distance({ family, order, kind }: Candidate): number {
  if (kind !== 'invariant' || family === 'postconditions') return 0;
  if (family === 'bounds') return order <= OF_COUNTER ? 0 : FAR;
  return family === 'assigned' || family === 'equalities' ? 1 : family === 'elements' ? 2 : FAR;
}
