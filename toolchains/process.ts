/**
 * The only place that starts a process. A program runs in a process group of its own, standard input
 * closed, bounded in wall time, memory and output; the reason for an end is recorded before the kill,
 * and the whole tree is gone when the promise settles. How it is done: toolchains/process/run.ts.
 */
export { runProcess } from './process/run.ts';

export interface ProcessLimits {
  readonly wallSeconds: number;
  /** Sampled resident size of the whole tree. */
  readonly memoryMb: number;
  /** Kept bytes of each stream; more is counted, not kept. */
  readonly outputBytes: number;
  /** Bytes of both streams together after which a flooding program is ended. */
  readonly floodBytes: number;
  /** RLIMIT_AS, for plain solvers only (it breaks .NET, WebAssembly and Lean). */
  readonly addressSpaceMb?: number;
}

/** How a program ended, and why. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  /**
   * `exited`: by itself with `code`; `signalled`: by a signal that we did not send (SIGKILL: perhaps memory);
   * `wall`, `memory`, `output`, `cancelled`: ended by us for that reason; `not-started`: see `message`.
   */
  readonly reason: 'exited' | 'signalled' | 'wall' | 'memory' | 'output' | 'cancelled' | 'not-started';
  readonly message?: string;
}

export interface CapturedStream {
  readonly content: Buffer;
  readonly bytes: number;
  readonly truncated: boolean;
}

/** Every field is always there. */
export interface ProcessResult {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment of the program: the allow-list and what the request added. */
  readonly env: Readonly<Record<string, string>>;
  /** ISO 8601, for people; `seconds` is monotonic and leaves out time in which the machine or Assay was suspended. */
  readonly startedAt: string;
  readonly seconds: number;
  /** Of the tree, as last seen: a lower bound. */
  readonly cpuSeconds: number;
  /** Largest sampled sum over the tree; shared pages count once for each process. A lower bound. */
  readonly peakMemoryMb: number;
  readonly exit: ProcessExit;
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  /** The sandbox that it ran in ("bubblewrap 0.8.0"); `argv` and `env` are the program's own. */
  readonly sandbox?: string;
}

/**
 * What a program in the sandbox sees beside the system's folders and its own (toolchains/process/sandbox). It has no
 * network, a home and temporary folder of its own, and its working folder must be in one of these. Absolute paths.
 */
export interface SandboxRequest {
  readonly readOnly: readonly string[];
  readonly writable: readonly string[];
}

export interface ProcessRequest {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the allow-listed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input is closed unless a file is named here. */
  readonly stdinFile?: string;
  readonly limits: ProcessLimits;
  readonly signal?: AbortSignal;
  /** Code of a repository: run in a sandbox, or where none can be had not at all (`not-started`). */
  readonly sandbox?: SandboxRequest;
  /** Called as bytes arrive, for live output. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
}
