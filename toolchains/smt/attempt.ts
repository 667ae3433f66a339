/** One engine on one script: writes the private copy, runs, reads the frames. */
import { join } from 'node:path';
import type { Attempt, CheckContext, Diagnostic, Tool } from '../contract.ts';
import type { ProcessLimits, ProcessResult } from '../process.ts';
import type { Verdict } from '../verdict.ts';
import type { Engine } from './engines/engine.ts';
import { frameScript } from './framing.ts';
import { newNonce, readFrames, type FrameAnswer, type FrameReading } from './frames.ts';
import type { Check, Script } from './script.ts';
import { openVerdictOf, standingAnswers } from './standing.ts';
import { writePieces } from './write.ts';

/** What an engine said, whether a process or an embedded one. */
export interface EngineOutcome {
  readonly tool: Tool;
  readonly attempt: Attempt;
  /** By number of the check; only answers that stand. */
  readonly answers: ReadonlyMap<number, FrameAnswer>;
  readonly notes: readonly Diagnostic[];
  /** For a check without `sat` or `unsat`: why. */
  open(check: number): Verdict;
}

export interface AttemptRequest {
  readonly script: Script;
  readonly checks: readonly Check[];
  readonly tool: Tool;
  readonly seed: number;
  readonly wallSeconds: number;
  readonly signal?: AbortSignal;
  /** Where the script is not the unit's own (a model put into it): what it is for. */
  readonly obligations?: readonly string[];
}

export function obligationsOf(context: CheckContext, request: AttemptRequest): readonly string[] {
  return request.obligations ?? request.checks.map((check) => context.unit.obligations[check.number - 1]!);
}

/** Models and cores are small; a flood is a broken solver. */
const OUTPUT_BYTES = 16 * 1024 * 1024, FLOOD_BYTES = 64 * 1024 * 1024;
/** A solver that ignores its own limit on each of many checks does not run for days. */
const MOST_WALLS = 100;
/** Time beyond the solver's own limits, for reading a large script: seconds a MiB (z3 4.8.12 reads some 20 MiB a second). */
const READING_SECONDS_PER_MB = 0.1;

export async function runNative(context: CheckContext, engine: Engine, request: AttemptRequest): Promise<EngineOutcome> {
  const { script, checks, tool, seed } = request;
  const copy = frameScript(script, checks, engine.dialect, newNonce());
  const folder = await context.workspace();
  const file = join(folder, `${tool.id}-${tool.version}-${seed}-${copy.plan.nonce.slice(0, 8)}.smt2`);
  await writePieces(file, copy.pieces);
  const megabytes = script.bytes.length / 2 ** 20;
  const limits: Partial<ProcessLimits> = {
    wallSeconds: request.wallSeconds * Math.min(checks.length, MOST_WALLS) + megabytes * READING_SECONDS_PER_MB, outputBytes: OUTPUT_BYTES, floodBytes: FLOOD_BYTES,
  };
  const result = await context.run({
    tool, cwd: folder, signal: request.signal, limits,
    args: engine.arguments({ file, wallSeconds: request.wallSeconds, resource: context.limits.resource, seed, incremental: script.incremental, script }),
    label: `${tool.id} ${context.project.name}`, learnKey: `${context.unit.id} ${tool.id} ${tool.version}`,
    obligations: obligationsOf(context, request),
    expectedMemoryMb: Math.round(60 + 20 * megabytes),
  });
  const reading = readFrames(result.stdout.content, copy.plan);
  return outcomeOf(context, tool, request, result, reading, copy.notes);
}

export function outcomeOf(
  context: CheckContext, tool: Tool, request: AttemptRequest, result: ProcessResult, reading: FrameReading, notes: readonly Diagnostic[],
): EngineOutcome {
  const limits = { ...context.limits, wallSeconds: request.wallSeconds };
  const answers = new Map(standingAnswers(reading, result).map((answer) => [answer.check, answer]));
  const solver = `${tool.id} ${tool.version}`;
  return {
    tool, answers, notes,
    attempt: attemptOf(tool, result, limits),
    open: (check) => openVerdictOf(check, answers.get(check), reading, result, solver, limits),
  };
}

function attemptOf(tool: Tool, result: ProcessResult, limits: Attempt['limits']): Attempt {
  return {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits,
    startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [{ name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : [])],
  };
}
