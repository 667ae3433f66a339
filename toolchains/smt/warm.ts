/**
 * Small scripts on solvers that stay warm: one process a core and solver gets framed copies one after the other, each
 * after a (reset). An answer counts only where the copy went through to its last tag with a plain `sat` or `unsat` and
 * without any other word; with anything else the process is ended and the script goes to a fresh one, so that this lane
 * can spare a start and never decides on an open verdict.
 *
 * What one script leaves behind must be undone by (reset): only those take part that consist of declarations, plain
 * definitions, assertions and one check-sat. No options (those of z3 are global), no push or pop, no datatypes or
 * recursive functions (their plug-ins outlive a reset in some versions).
 */
import type { CheckContext, Tool } from '../contract.ts';
import { allowedEnvironment } from '../process/environment.ts';
import { WarmProgram, type Said, type Talk, type WarmRequest } from '../process/warm-program.ts';
import type { ProcessResult } from '../process.ts';
import { obligationsOf, outcomeOf, type AttemptRequest, type EngineOutcome } from './attempt.ts';
import type { Engine } from './engines/engine.ts';
import { engineFor } from './engines.ts';
import { newNonce, readFrames, tags, type FrameReading } from './frames.ts';
import { frameScript } from './framing.ts';
import { kept } from './kept.ts';
import type { Script } from './script.ts';

/** Larger ones cost more than a start. */
const LARGEST_BYTES = 64 * 1024;
/** What takes longer is worth a process of its own. */
const WARM_SECONDS = 0.5;
const OUTPUT_BYTES = 1024 * 1024;
/** A process is replaced when it holds so much, MiB, or has had so many scripts. */
const REPLACE_AT_MB = 256, REPLACE_AFTER = 500;

interface Warm { readonly program: WarmProgram; scripts: number }

/** Idle ones, by command line. As many as were ever needed at once, which the scheduler bounds by cores. */
const idle = new Map<string, Warm[]>();
const all = new Set<WarmProgram>();
/** By command line: a solver that has disappointed so often in a row is left alone for some scripts (hard ones, or it cannot be kept warm). */
const PATIENCE = 3, REST_SCRIPTS = 20;
const moods = new Map<string, { failures: number; rest: number }>();

export function takesWarm(script: Script, tool: Tool, context: CheckContext): boolean {
  return script.undoneByReset && script.checks.length === 1 && script.bytes.length <= LARGEST_BYTES && context.limits.resource === undefined
    && engineFor(tool.id)?.warm !== undefined;
}

/** Undefined where a fresh process must be asked. */
export async function runWarm(context: CheckContext, engine: Engine, request: AttemptRequest): Promise<EngineOutcome | undefined> {
  const { script, checks, tool } = request;
  const { warm } = engine;
  if (!warm || request.seed !== 0 || checks.length !== 1 || !takesWarm(script, tool, context)) return undefined;
  const args = warm.arguments(script);
  const copy = frameScript(script, checks, engine.dialect, newNonce());
  const body = Buffer.concat([warm.before(script), ...copy.pieces].map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
  const done = tags.done(copy.plan.nonce);
  const startedAt = new Date().toISOString();
  const environment = warmEnvironment();
  let reading: FrameReading | undefined;
  /** A process that did not do exactly this is not given another script. */
  const isWhole = (said: Said): boolean => {
    if (said.reason !== 'answered') return false;
    const read = readFrames(said.output, copy.plan);
    const answer = read.answers[0]?.answer;
    if (!read.complete || (answer !== 'sat' && answer !== 'unsat')) return false;
    reading = read;
    return true;
  };
  const said = await context.compute({
    label: `${tool.id} ${context.project.name}`, learnKey: `${context.unit.id} ${tool.id} ${tool.version}`, obligations: obligationsOf(context, request), expectedMemoryMb: 60, signal: request.signal,
  }, (signal) => converse({ file: tool.path, args, env: environment, cwd: CWD }, {
    text: Buffer.concat([RESET, body]), until: [`\n${done}\n`, `\n"${done}"\n`], wallSeconds: Math.min(WARM_SECONDS, request.wallSeconds), memoryMb: context.limits.memoryMb, outputBytes: OUTPUT_BYTES, signal,
  }, isWhole)).catch(notStarted);
  if (!said || !reading) return undefined;
  const result: ProcessResult = {
    argv: [tool.path, ...args], cwd: CWD, env: environment, startedAt, seconds: said.seconds, cpuSeconds: said.seconds, peakMemoryMb: said.residentMb,
    exit: { code: null, signal: null, reason: 'exited', message: 'warm: answered whole by a process that stays for further scripts' },
    stdout: { content: said.output, bytes: said.output.length, truncated: false }, stderr: { content: Buffer.alloc(0), bytes: 0, truncated: false },
  };
  const outcome = outcomeOf(context, tool, request, result, reading, copy.notes);
  // What the process was given, so that a person can give it to a fresh one.
  return { ...outcome, attempt: { ...outcome.attempt, outputs: [...outcome.attempt.outputs, { name: 'script', content: body, bytes: body.length, truncated: false }] } };
}

const RESET = Buffer.from('(reset)\n');
const CWD = '/';

/** Solvers start nothing. */
function warmEnvironment(): Readonly<Record<string, string>> {
  const { PATH: _, ...environment } = allowedEnvironment();
  return environment;
}

async function converse(request: WarmRequest, talk: Talk, isWhole: (said: Said) => boolean): Promise<Said | undefined> {
  const key = JSON.stringify(request);
  const mood = moods.get(key) ?? { failures: 0, rest: 0 };
  moods.set(key, mood);
  if (mood.rest > 0) { mood.rest--; return undefined; }
  const warm = taken(key) ?? await started(request);
  if (!warm) return undefined;
  const said = await warm.program.talk(talk);
  warm.scripts++;
  const whole = isWhole(said);
  if (whole) mood.failures = 0;
  else if (++mood.failures >= PATIENCE) { mood.failures = 0; mood.rest = REST_SCRIPTS; }
  if (whole && warm.scripts < REPLACE_AFTER && said.residentMb <= REPLACE_AT_MB && warm.program.usable) putBack(key, warm);
  else await discard(warm.program);
  return said;
}

function taken(key: string): Warm | undefined {
  const waiting = idle.get(key);
  for (let warm = waiting?.pop(); warm; warm = waiting?.pop()) {
    if (warm.program.usable) return warm;
    void discard(warm.program);
  }
  return undefined;
}

async function started(request: WarmRequest): Promise<Warm | undefined> {
  const program = await WarmProgram.start(request);
  if (typeof program === 'string') return undefined;
  all.add(program);
  return { program, scripts: 0 };
}

function putBack(key: string, warm: Warm): void {
  const waiting = idle.get(key);
  if (waiting) waiting.push(warm); else idle.set(key, [warm]);
}

async function discard(program: WarmProgram): Promise<void> {
  all.delete(program);
  await program.end();
}

/** Cancelled, or not admitted: a fresh process says so in its own words. */
function notStarted(error: unknown): undefined {
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'NotStarted')) return undefined;
  throw error;
}

/** Ends all that wait; the next script starts fresh ones. */
export async function endWarm(): Promise<void> {
  idle.clear();
  await Promise.all([...all].map(discard));
}
kept.add(endWarm);
