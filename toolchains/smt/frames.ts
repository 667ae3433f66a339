/**
 * Frames: what a solver prints counts only between lines that the script could not have made. Each check
 * of the private copy stands between two echoes of a fresh random nonce; its answer is the one line
 * between them. This file knows the tags and reads them back; framing.ts writes the copy.
 *
 * A reading is green-worthy only where tags came complete, once, and in order, and nothing but known
 * harmless text stood outside the frames; from the first violation on nothing counts.
 */
import { randomBytes } from 'node:crypto';
import type { Answer } from '../verdict.ts';
import { isUnknownOptionLine, unknownOptionError } from './tolerated.ts';

export interface FramePlan {
  readonly nonce: string;
  /** Numbers of the framed checks, in order. */
  readonly checks: readonly number[];
}

export interface FrameAnswer {
  readonly check: number;
  readonly answer: Answer;
  /** What the solver said after the answer: reason, model, core. May be cut short. */
  readonly details: string;
  /** The details ended with their own tag. */
  readonly detailed: boolean;
}

export interface FrameReading {
  readonly answers: readonly FrameAnswer[];
  /** The last tag stands at the end of the output: the solver went through the whole copy. */
  readonly complete: boolean;
  /** The last line is the last tag, whatever stands before it. */
  readonly ended: boolean;
  /** The check whose begin tag came and whose answer did not. */
  readonly open?: number;
  /** The first violation; nothing after it was read. */
  readonly fault?: string;
}

export function newNonce(): string { return randomBytes(16).toString('hex'); }

export const tags = {
  start: (nonce: string) => `assay-${nonce}-start`,
  begin: (nonce: string, check: number) => `assay-${nonce}-${check}-begin`,
  end: (nonce: string, check: number) => `assay-${nonce}-${check}-end`,
  details: (nonce: string, check: number) => `assay-${nonce}-${check}-details`,
  done: (nonce: string) => `assay-${nonce}-done`,
} as const;

/** Every tag of a plan, in the order in which they must come. */
export function expectedTags(plan: FramePlan): readonly string[] {
  const { nonce } = plan;
  const all = [tags.start(nonce)];
  for (const check of plan.checks) all.push(tags.begin(nonce, check), tags.end(nonce, check), tags.details(nonce, check));
  all.push(tags.done(nonce));
  return all;
}

/** How many tags stand before those of the first check, and how many each check has. */
const TAGS_BEFORE = 1, TAGS_PER_CHECK = 3;

export function readFrames(stdout: Buffer, plan: FramePlan): FrameReading {
  const expected = expectedTags(plan);
  const answers: FrameAnswer[] = [];
  const lines = stdout.toString('utf8').split('\n');
  const done = tags.done(plan.nonce);
  const ended = lines.at(-1) === '' && [done, `"${done}"`, `${done}\r`, `"${done}"\r`].includes(lines.at(-2) ?? '');
  let seen = 0;
  let between: string[] = [];
  let tolerating = false;
  let fault: string | undefined;

  const reading = (): FrameReading => {
    const inCheck = seen > TAGS_BEFORE - 1 && (seen - TAGS_BEFORE) % TAGS_PER_CHECK === 1;
    const open = inCheck ? plan.checks[Math.floor((seen - TAGS_BEFORE) / TAGS_PER_CHECK)] : undefined;
    const detailsCut = (seen - TAGS_BEFORE) % TAGS_PER_CHECK === 2 && seen > TAGS_BEFORE;
    const last = answers.at(-1);
    if (detailsCut && last && !fault) answers[answers.length - 1] = { ...last, details: between.join('\n') };
    return { answers, complete: seen === expected.length && !fault, ended, open, fault };
  };

  for (const [index, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.includes(plan.nonce)) {
      const tag = expected[seen];
      // A line without its line feed may be half a tag.
      const whole = index < lines.length - 1;
      /* check: tags in order, whole and once */ if (tag === undefined || !whole || (line !== tag && line !== `"${tag}"`)) {
        // A solver that repeats or swaps tags is not one that reads its script: nothing of it counts.
        /* check: out of order voids all */ if (whole) { fault = 'the frames of the output are out of order'; answers.length = 0; }
        return reading();
      }
      const phase = seen < TAGS_BEFORE ? 'start' : (['begin', 'end', 'details'] as const)[(seen - TAGS_BEFORE) % TAGS_PER_CHECK];
      const check = plan.checks[Math.floor((seen - TAGS_BEFORE) / TAGS_PER_CHECK)];
      if (phase === 'end' && check !== undefined) {
        const answer = onlyAnswer(between);
        if (!answer) {
          fault = between.length === 0 ? 'no answer' : `no answer: ${between[0]!.slice(0, 300)}`;
          return reading();
        }
        answers.push({ check, answer, details: '', detailed: false });
      } else if (phase === 'details' && check !== undefined) {
        answers[answers.length - 1] = { ...answers.at(-1)!, details: between.join('\n'), detailed: true };
      }
      between = [];
      tolerating = false;
      seen++;
      continue;
    }
    const phase = (seen - TAGS_BEFORE) % TAGS_PER_CHECK;
    const inside = seen >= TAGS_BEFORE && (phase === 1 || phase === 2);
    if (inside) { between.push(line); continue; }
    // Outside the frames: an error or anything unknown voids what follows.
    if (line.trim() === '') continue;
    if (tolerating) {
      tolerating = isUnknownOptionLine(line);
      if (tolerating) { if (line.endsWith('")')) tolerating = false; continue; }
    }
    const tolerated = unknownOptionError(line);
    if (tolerated) { tolerating = tolerated === 'open'; continue; }
    /* check: nothing unknown outside the frames */ { fault = line.slice(0, 300); return reading(); }
  }
  return reading();
}

/** The answer, where exactly one line stands between the tags and is an answer. */
function onlyAnswer(lines: readonly string[]): Answer | undefined {
  /* check: one line is the answer */ if (lines.length !== 1) return undefined;
  const line = lines[0];
  return line === 'sat' || line === 'unsat' || line === 'unknown' ? line : undefined;
}
