/** The verdict of a run that did not end by itself. Where it did, its text decides, not its exit code. */
import { existsSync } from 'node:fs';
import type { ProcessLimits, ProcessResult } from './process.ts';
import type { Verdict } from './verdict.ts';

/**
 * @param tool its name as people know it, for the reason
 * @param limits those the run was under
 * @returns undefined where the program ended by itself: then its output must be read
 */
export function openVerdict(result: ProcessResult, tool: string, limits: Pick<ProcessLimits, 'wallSeconds' | 'memoryMb'>): Verdict | undefined {
  const { exit } = result;
  switch (exit.reason) {
    case 'exited': return undefined;
    case 'wall': return { kind: 'timeout', seconds: limits.wallSeconds };
    case 'memory': return { kind: 'out-of-memory', reason: `${tool} took more than ${limits.memoryMb} MiB` };
    case 'output': return { kind: 'crashed', reason: `${tool}: ${exit.message ?? 'too much output'}` };
    case 'cancelled': return { kind: 'cancelled' };
    case 'signalled': return { kind: 'crashed', reason: `${tool}: ${exit.message ?? `ended by ${exit.signal ?? 'a signal'}`}` };
    case 'not-started': {
      const program = result.argv[0] ?? '';
      const reason = `${tool} was not started: ${exit.message ?? 'no reason known'}`;
      return existsSync(program) ? { kind: 'crashed', reason } : { kind: 'tool-missing', reason, remedy: `Put it back at ${program}, or remove it from PATH.` };
    }
  }
}
