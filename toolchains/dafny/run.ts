/** One run of `dafny verify` over a program. */
import { join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../contract.ts';
import type { ProcessResult } from '../process.ts';
import { CONDITION_PATTERN } from './command-line.ts';
import { unitPlan } from './outline.ts';

export interface DafnyTools { readonly dafny: Tool; readonly solver: Tool }

export interface RunRequest extends DafnyTools {
  /** Absolute. */
  readonly roots: readonly string[];
  readonly wallSeconds: number;
  readonly isolate: boolean;
  readonly counterexamples: boolean;
  readonly contradictions: boolean;
  /** Only symbols whose name holds this. */
  readonly filter?: string;
  /** A folder that gets the verification conditions, a file each. */
  readonly conditions?: string;
  readonly label: string;
  readonly signal?: AbortSignal;
}

/** A log of ten thousand assertions is some 3 MB. */
const OUTPUT_BYTES = 128 * 1024 * 1024, FLOOD_BYTES = 256 * 1024 * 1024;
/** To start, parse, resolve and translate, on a loaded machine (18 s were seen for 3.7 s of work). */
const START_SECONDS = 60;
/** A solver may overrun its limit before Dafny gives it up. */
const OVERRUN = 1.25;

/** Profiling for a compiler stage that a run of seconds never reaches: without it 1.63 s of CPU instead of 1.85 s. */
export const DAFNY_ENVIRONMENT = { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_TieredPGO: '0' };

export function runDafny(context: CheckContext, request: RunRequest): Promise<ProcessResult> {
  const { dafny, solver, roots } = request;
  const plan = unitPlan(context.unit);
  const tasks = Math.max(1, context.unit.obligations.length) * (request.isolate ? 4 : 1);
  return context.run({
    tool: dafny, cwd: context.tree.root, cores: 1, signal: request.signal, label: request.label,
    learnKey: `${context.unit.id} dafny ${dafny.version} ${solver.version}${request.isolate ? ' isolated' : ''}`,
    obligations: context.unit.obligations,
    expectedMemoryMb: context.unit.expectedMemoryMb,
    env: DAFNY_ENVIRONMENT,
    limits: { wallSeconds: START_SECONDS + OVERRUN * request.wallSeconds * tasks, outputBytes: OUTPUT_BYTES, floodBytes: FLOOD_BYTES },
    args: [
      'verify', '--json-output', '--log-format=json', '--allow-warnings', '--verify-included-files', '--error-limit=0', '--show-snippets=false', '--cores=1',
      `--verification-time-limit=${Math.max(1, Math.ceil(request.wallSeconds))}`, `--solver-path=${solver.path}`,
      ...(context.limits.resource === undefined ? [] : [`--resource-limit=${context.limits.resource}`]),
      ...(request.isolate ? ['--isolate-assertions'] : []),
      ...(request.counterexamples ? ['--extract-counterexample'] : []),
      ...(request.contradictions ? ['--warn-contradictory-assumptions'] : []),
      ...(request.conditions === undefined ? [] : [`--solver-log=${join(request.conditions, CONDITION_PATTERN)}`]),
      ...(request.filter === undefined ? [] : [`--filter-symbol=${request.filter}`]),
      ...plan.arguments, ...plan.libraries.flatMap((library) => ['--library', library]),
      ...roots,
    ],
  });
}

export function absoluteRoots(context: Pick<CheckContext, 'unit' | 'tree'>): string[] {
  return unitPlan(context.unit).roots.map((path) => (path.startsWith('/') ? path : join(context.tree.root, path)));
}

export function attemptOf(context: CheckContext, request: Pick<RunRequest, 'dafny' | 'solver' | 'wallSeconds'>, result: ProcessResult): Attempt {
  const { dafny, solver } = request;
  return {
    tool: dafny.id, toolVersion: dafny.version, fingerprint: dafny.fingerprint,
    solver: { id: solver.id, version: solver.version, fingerprint: solver.fingerprint },
    argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits: { ...context.limits, wallSeconds: request.wallSeconds },
    startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [{ name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : [])],
  };
}
