/** A run of a program as the ledger keeps it. */
import type { Attempt, CheckContext, Limits, Output, Tool } from '../../contract.ts';
import type { ProcessResult } from '../../process.ts';
import type { Verdict } from '../../verdict.ts';

export interface RunDetails {
  readonly solver?: Tool;
  readonly limits?: Limits;
  readonly outputs?: readonly Output[];
  readonly said?: Verdict;
}

export function attemptOf(context: CheckContext, tool: Tool, result: ProcessResult, details: RunDetails = {}): Attempt {
  const { solver } = details;
  return {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint,
    ...(solver && { solver: { id: solver.id, version: solver.version, fingerprint: solver.fingerprint } }),
    argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits: details.limits ?? context.limits,
    startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [
      { name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : []), ...(details.outputs ?? []),
    ],
    ...(details.said && { said: details.said }),
  };
}

export function outputOf(name: string, content: Buffer): Output {
  return { name, content, bytes: content.length, truncated: false };
}

/** Engines print a line a step; more is a flood. */
export const ENGINE_OUTPUT = { outputBytes: 16 * 2 ** 20, floodBytes: 256 * 2 ** 20 } as const;
