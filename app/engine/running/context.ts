/**
 * The CheckContext of one unit: every process and every embedded job goes through the scheduler, every input
 * is hashed as it is read, and what the toolchain reports is kept until the unit ends.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CheckContext, JobRequest, Limits, Obligation, ObligationResult, ProcessJob, Project, RepositoryTree, Tool, Unit } from '../../../toolchains/contract.ts';
import { runProcess, type ProcessLimits, type ProcessResult, type SandboxRequest } from '../../../toolchains/process.ts';
import { repositorySandbox } from '../../../toolchains/process/sandbox/folders.ts';
import type { Measurement } from '../scheduler/job.ts';
import { exitedByCrash, retryCrashedOnce } from '../scheduler/retry.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** Kept output of one stream; a solver's model or a proof log of more is cut, and says so. */
const OUTPUT_BYTES = 16 * 1024 * 1024;
/** A program that has written this much is taken for a runaway. */
const FLOOD_BYTES = 512 * 1024 * 1024;

export interface UnitRun {
  readonly tree: RepositoryTree;
  readonly project: Project;
  readonly unit: Unit;
  readonly asked: readonly Obligation[];
  readonly limits: Limits;
  readonly tools: readonly Tool[];
  readonly trusted: boolean;
  readonly signal: AbortSignal;
  readonly scheduler: Scheduler;
  readonly rank: number;
  /** Of every tool: the allow-list with the searched PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder for private folders. */
  readonly workspaceRoot: string;
  /** Called for each report, so that verdicts stream. */
  readonly onReport: (result: ObligationResult) => void;
  readonly onDiscover: (obligation: Obligation) => void;
  readonly onNotice?: (message: string) => void;
}

export interface UnitContext extends CheckContext {
  /** SHA-256 of every input that was read, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Ends what the unit holds: its private folder. */
  dispose(): Promise<void>;
}

export function createContext(run: UnitRun): UnitContext {
  const hashes = new Map<string, string>();
  const contents = new Map<string, Promise<Buffer>>();
  let folder: Promise<string> | undefined;

  const submit = <T>(job: JobRequest, body: (signal: AbortSignal) => Promise<T>, measured?: (value: T, seconds: number) => Measurement | undefined): Promise<T> =>
    run.scheduler.submit<T>({
      label: job.label, kind: `${run.unit.project} ${job.label}`.split(':')[0]!, work: run.unit.id,
      key: job.learnKey ?? `${run.unit.id} ${job.label}`,
      ...(measured ? { measured } : {}),
      obligations: job.obligations,
      needs: { cores: job.cores ?? 1, ...(job.expectedMemoryMb === undefined ? {} : { memoryMb: job.expectedMemoryMb }) },
      rank: run.rank,
      signal: job.signal ? AbortSignal.any([run.signal, job.signal]) : run.signal,
      body,
    });

  return {
    tree: run.tree, project: run.project, unit: run.unit, asked: run.asked, limits: run.limits,
    tools: run.tools, trusted: run.trusted, signal: run.signal, hashes,

    read(path) {
      let content = contents.get(path);
      if (!content) {
        content = run.tree.read(path).then((bytes) => {
          hashes.set(path, createHash('sha256').update(bytes).digest('hex'));
          return bytes;
        });
        contents.set(path, content);
      }
      return content;
    },

    workspace() {
      folder ??= mkdtemp(join(run.workspaceRoot, 'unit-'));
      return folder;
    },

    async run(job: ProcessJob): Promise<ProcessResult> {
      const limits: ProcessLimits = {
        wallSeconds: run.limits.wallSeconds, memoryMb: run.limits.memoryMb, outputBytes: OUTPUT_BYTES, floodBytes: FLOOD_BYTES, ...job.limits,
      };
      const sandbox = run.unit.executesCode ? joined(repositorySandbox(run.tree.root, folder ? [await folder] : []), job.sandbox) : job.sandbox;
      const request = { file: job.tool.path, args: job.args, cwd: job.cwd, limits, env: { ...run.environment, ...job.env }, ...(sandbox ? { sandbox } : {}), ...(job.stdinFile === undefined ? {} : { stdinFile: job.stdinFile }) };
      try {
        const signal = job.signal ? AbortSignal.any([run.signal, job.signal]) : run.signal;
        const start = (): Promise<ProcessResult> => submit(job, (admitted) => runProcess({ ...request, signal: admitted }), measuredOf);
        const { value, crashed } = await retryCrashedOnce(start, (result) => exitedByCrash(result.exit), signal);
        for (const { exit } of crashed) run.onNotice?.(`${job.label} died (${exit.signal ?? 'signal'}) and was started once more`);
        return value;
      } catch (error) {
        if (run.signal.aborted || job.signal?.aborted) return neverStarted(request, 'cancelled');
        return neverStarted(request, 'not-started', error instanceof Error ? error.message : String(error));
      }
    },

    compute: (job, body) => submit(job, body),
    discover: run.onDiscover,
    report: run.onReport,

    async dispose() {
      contents.clear();
      if (folder) await rm(await folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function joined(one: SandboxRequest, more: SandboxRequest | undefined): SandboxRequest {
  return { readOnly: [...one.readOnly, ...more?.readOnly ?? []], writable: [...one.writable, ...more?.writable ?? []] };
}

/** A lost race teaches its memory, not its time. */
function measuredOf(result: ProcessResult): Measurement | undefined {
  switch (result.exit.reason) {
    case 'exited': return { seconds: result.seconds, memoryMb: result.peakMemoryMb };
    case 'wall': return { seconds: result.seconds, memoryMb: result.peakMemoryMb };
    case 'cancelled': case 'output': return { memoryMb: result.peakMemoryMb };
    case 'signalled': case 'memory': case 'not-started': return undefined;
  }
}

function neverStarted(request: { file: string; args: readonly string[]; cwd: string; env?: Readonly<Record<string, string>> }, reason: 'cancelled' | 'not-started', message?: string): ProcessResult {
  const nothing = { content: Buffer.alloc(0), bytes: 0, truncated: false };
  return {
    argv: [request.file, ...request.args], cwd: request.cwd, env: request.env ?? {}, startedAt: new Date().toISOString(),
    seconds: 0, cpuSeconds: 0, peakMemoryMb: 0, stdout: nothing, stderr: nothing,
    exit: { code: null, signal: null, reason, ...(message === undefined ? {} : { message }) },
  };
}
