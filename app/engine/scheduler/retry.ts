/**
 * A second try for a tool that crashed, and for nothing else: a limit, a cancellation or lack of memory would come
 * out the same or worse. The crashed run is handed back beside the second, so that its evidence is kept.
 */
import type { ProcessExit } from '../../../toolchains/process.ts';

export interface Retried<T> {
  readonly value: T;
  /** Crashed runs before it, at most one. */
  readonly crashed: readonly T[];
}

/** `run` gets 0, then 1 where `crashed` holds and nobody has cancelled. */
export async function retryCrashedOnce<T>(run: (attempt: number) => Promise<T>, crashed: (value: T) => boolean, signal?: AbortSignal): Promise<Retried<T>> {
  const first = await run(0);
  if (!crashed(first) || signal?.aborted) return { value: first, crashed: [] };
  return { value: await run(1), crashed: [first] };
}

/**
 * Ended by a signal that we did not send. SIGKILL is left out: it is what a system short of memory sends.
 * So are polite requests to end, which someone else meant. A tool that exits by itself and prints nonsense
 * is for its reader to judge.
 */
export function exitedByCrash(exit: ProcessExit): boolean {
  return exit.reason === 'signalled' && exit.signal !== null && !['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU'].includes(exit.signal);
}
