/** The words for how a program ended. */
import type { ProcessExit, ProcessLimits } from '../process.ts';
import { prologueFailure } from './launch.ts';

/** Why Assay ended a program. */
export type OurReason = Extract<ProcessExit['reason'], 'wall' | 'memory' | 'output' | 'cancelled'>;

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** Recorded before the kill; undefined where the program ended by itself. */
  readonly reason: OurReason | undefined;
  /** Pids that could not be ended. */
  readonly left: readonly number[];
  readonly limits: ProcessLimits;
  readonly stderr: Buffer;
}

export function describeExit(ending: Ending): ProcessExit {
  const { code, signal, reason } = ending;
  if (reason !== undefined) return { code, signal, reason, ...message(OUR_WORDS[reason](ending.limits), ending.left) };
  if (signal !== null)
    return { code, signal, reason: 'signalled', ...message(signal === 'SIGKILL' ? 'ended by SIGKILL that Assay did not send: perhaps memory' : `ended by ${signal}`, ending.left) };
  const refused = prologueFailure(code, ending.stderr);
  if (refused !== undefined) return { code, signal, reason: 'not-started', message: refused };
  return { code, signal, reason: 'exited', ...message(undefined, ending.left) };
}

const OUR_WORDS: Record<OurReason, (limits: ProcessLimits) => string> = {
  wall: (limits) => `not finished after ${limits.wallSeconds} s`,
  memory: (limits) => `more than ${limits.memoryMb} MiB of memory`,
  output: (limits) => `more than ${limits.floodBytes / 1e6} MB of output`,
  cancelled: () => 'cancelled',
};

function message(words: string | undefined, left: readonly number[]): { message?: string } {
  const parts = [words, left.length > 0 ? `could not be ended: process ${left.join(', ')}` : undefined].filter((part) => part !== undefined);
  return parts.length > 0 ? { message: parts.join('; ') } : {};
}
