/** Which answers of an ended run stand, and what its silence about the others means. */
import type { Limits } from '../contract.ts';
import { openVerdict } from '../ended.ts';
import type { ProcessResult } from '../process.ts';
import type { Verdict } from '../verdict.ts';
import type { FrameAnswer, FrameReading } from './frames.ts';
import { unknownVerdict } from './verdicts.ts';

/**
 * A solver that ended by itself must have gone through its whole copy. One that we ended for time, memory or too
 * much output keeps the answers that were framed completely. A crash leaves none: what a broken process said
 * before it broke is no evidence.
 */
export function standingAnswers(reading: FrameReading, result: Pick<ProcessResult, 'exit' | 'stdout'>): readonly FrameAnswer[] {
  switch (result.exit.reason) {
    case 'exited':
      /* check: went through its whole copy */ if (!reading.ended && !result.stdout.truncated) return [];
      return reading.answers;
    case 'wall': case 'memory': case 'output': case 'cancelled': return reading.answers;
    case 'signalled': case 'not-started': return [];
  }
}

/** Of the limit, from which on an end is a time-out. */
const TIME_OUT_SHARE = 0.9;

/** What the run says about a check: `sat` and `unsat` are left to the caller. */
export function openVerdictOf(
  check: number, answer: FrameAnswer | undefined, reading: FrameReading, result: ProcessResult, solver: string, limits: Pick<Limits, 'wallSeconds' | 'memoryMb'>,
): Verdict {
  if (answer) {
    const verdict = unknownVerdict(answer.details, solver, limits.wallSeconds);
    // z3 tells "incomplete" too where its time was over: by the clock it is a time-out if every unknown of the run can be one.
    const unknowns = reading.answers.filter((each) => each.answer === 'unknown').length;
    const late = result.seconds >= TIME_OUT_SHARE * limits.wallSeconds * unknowns;
    return late && verdict.kind === 'unknown' ? { kind: 'timeout', seconds: limits.wallSeconds, reason: verdict.reason } : verdict;
  }
  if (reading.fault !== undefined && /out of memory|memout|std::bad_alloc/.test(reading.fault)) return { kind: 'out-of-memory', reason: `${solver}: ${reading.fault}` };
  const ended = openVerdict(result, solver, limits);
  if (ended?.kind === 'timeout' && reading.open !== undefined && check > reading.open)
    return { ...ended, reason: `not reached: ${solver} spent its time on check-sat ${reading.open}` };
  if (ended) return ended;
  if (reading.fault?.startsWith('no answer: (error') || reading.fault?.startsWith('(error')) return { kind: 'malformed', reason: `${solver}: ${reading.fault}` };
  if (reading.fault !== undefined) return { kind: 'crashed', reason: `${solver}: ${reading.fault}` };
  return { kind: 'crashed', reason: `${solver}: its output ends too early` };
}
