/** Z3 5.1 in WebAssembly (npm z3-solver): works on any machine with Node, and is the cheap second opinion, since it is warm. */
import { isUtf8 } from 'node:buffer';
import type { CheckContext, Tool } from '../contract.ts';
import type { ProcessResult } from '../process.ts';
import { EMBEDDED_ID } from './embedded-location.ts';
import { obligationsOf, outcomeOf, type AttemptRequest, type EngineOutcome } from './attempt.ts';
import { runEmbedded, type EmbeddedResult } from './embedded-pool.ts';
import { z3Dialect } from './engines/z3.ts';
import { frameScript, type FramedCopy } from './framing.ts';
import { newNonce, readFrames } from './frames.ts';
import type { Script } from './script.ts';

/** Its parser takes 2.5 s for 390 kB and 45 s for 2 MB of assertions in one step (Node 20, loaded machine). */
const LARGEST_BYTES = 512 * 1024;
/** WebAssembly has at most 2 GiB here (the package's memory); some is the runtime's. */
const MOST_MEMORY_MB = 1536;
/** Measured after start: 134–200 MiB. */
const EXPECTED_MEMORY_MB = 200;

export function embeddedTakes(script: Script): boolean {
  // Its interface takes text: bytes that are no UTF-8 would change on the way, and two symbols become one.
  return script.bytes.length <= LARGEST_BYTES && isUtf8(script.bytes);
}

export async function runEmbeddedZ3(context: CheckContext, request: AttemptRequest): Promise<EngineOutcome> {
  const { script, checks, tool, wallSeconds } = request;
  const { resource } = context.limits;
  const milliseconds = Math.max(1, Math.floor(wallSeconds * 1000));
  // Set in the copy: a context does not take them from its configuration. They outlive (reset).
  const prelude = `(set-option :timeout ${milliseconds})${resource === undefined ? '' : `(set-option :rlimit ${resource})`}`;
  const copy = frameScript(script, checks, { ...z3Dialect, prelude }, newNonce());
  const result = await computeEmbedded(context, {
    label: `${EMBEDDED_ID} ${context.project.name}`, obligations: obligationsOf(context, request),
    tool, wallSeconds: wallSeconds * checks.length, steps: stepTexts(copy), signal: request.signal,
  });
  const reading = readFrames(result.stdout.content, copy.plan);
  return outcomeOf(context, tool, request, result, reading, copy.notes);
}

export interface EmbeddedJob {
  readonly label: string;
  readonly obligations: readonly string[];
  readonly tool: Tool;
  readonly wallSeconds: number;
  readonly steps: readonly string[];
  readonly signal?: AbortSignal;
}

/** Admitted by the scheduler; described as a run of a process is. */
export async function computeEmbedded(context: CheckContext, job: EmbeddedJob): Promise<ProcessResult> {
  const startedAt = new Date().toISOString();
  const { label, obligations, signal, wallSeconds, steps } = job;
  const result = await context.compute({ label, obligations, signal, learnKey: `${context.unit.id} ${EMBEDDED_ID}`, expectedMemoryMb: EXPECTED_MEMORY_MB }, (stop) =>
    runEmbedded({ steps, wallSeconds, memoryMb: Math.min(MOST_MEMORY_MB, context.limits.memoryMb), signal: stop }));
  return describeRun(job, result, startedAt);
}

function describeRun(job: EmbeddedJob, result: EmbeddedResult, startedAt: string): ProcessResult {
  const output = Buffer.from(result.output);
  const empty = { content: Buffer.alloc(0), bytes: 0, truncated: false };
  return {
    argv: [job.tool.path, '-smt2'], cwd: '', env: {}, startedAt, seconds: result.seconds, cpuSeconds: result.seconds, peakMemoryMb: EXPECTED_MEMORY_MB,
    exit: { code: result.reason === 'exited' ? 0 : null, signal: null, reason: result.reason, message: result.message },
    stdout: { content: output, bytes: output.length, truncated: false }, stderr: empty,
  };
}

function stepTexts(copy: FramedCopy): readonly string[] {
  let from = 0;
  return copy.steps.map((to) => {
    const text = copy.pieces.slice(from, to).map((piece) => piece.toString()).join('');
    from = to;
    return text;
  });
}
