/**
 * The shape that every verifier has. The core (app/engine) drives all of them through this file and
 * never asks which one it is; languages differ by `capabilities`.
 *
 * Units: seconds are seconds of monotonic time, memory is MiB, columns and lines are 1-based (columns in
 * UTF-16 code units, as Monaco has them). Paths in `file` fields are relative to the repository's root with
 * "/" between parts; an input outside the repository is given by its absolute path.
 */
import type { Assumption } from './assumption.ts';
import type { ConfirmContext, Confirmation, GuardAnswer, GuardRequest } from './guard.ts';
import type { GraphNode } from './graph.ts';
import type { Editor, EditorRequest } from './editor.ts';
import type { Synthesis } from './synthesis.ts';
import type { ProcessLimits, ProcessResult, SandboxRequest } from './process.ts';
import type { Verdict } from './verdict.ts';

export type { Assumption };

export interface Position { readonly line: number; readonly column: number }
export interface Range { readonly start: Position; readonly end: Position }

// ---------------------------------------------------------------- the repository, as a toolchain sees it

export interface TreeFile {
  /** Relative to the root, "/"-separated. */
  readonly path: string;
  readonly bytes: number;
}

/** A read-only view of the files of a repository. Links that leave the tree are not in it. */
export interface RepositoryTree {
  /** Absolute path of the root. */
  readonly root: string;
  readonly files: readonly TreeFile[];
  has(path: string): boolean;
  /** Reads a file of the tree (or an absolute path that a project names). Throws {@link InputError}. */
  read(path: string, maximumBytes?: number): Promise<Buffer>;
}

/** A file that cannot be read or used: names the file and the remedy. Becomes `malformed`, never an abort. */
export class InputError extends Error {
  constructor(readonly file: string, problem: string, readonly remedy?: string) {
    super(remedy ? `${file}: ${problem}. ${remedy}` : `${file}: ${problem}`);
    this.name = 'InputError';
  }
}

/** Something of the repository that a run would execute (DESIGN, "Code"): shown in the plan, needs trust. */
export interface CodeExecution { readonly file: string; readonly line?: number; readonly what: string }

/** One tool's unit in a repository. `files` is all that `outline` reads, so that an outline can be cached by content. */
export interface Project {
  /** Stable over runs: toolchain and path, for example "smt:queries/a.smt2". */
  readonly id: string;
  readonly toolchain: string;
  /** Folder, relative to the repository's root ("" for the root itself). */
  readonly root: string;
  readonly name: string;
  readonly files: readonly string[];
  /** What else decides the outline (chosen top, defines); plain JSON. */
  readonly options: JsonObject;
  readonly executes: readonly CodeExecution[];
}

export interface Uncovered { readonly file: string; readonly symbol?: string; readonly why: string }

export interface Recognition {
  readonly projects: readonly Project[];
  /** Files that belong to this toolchain, whether or not they hold an obligation. */
  readonly claimed: readonly string[];
  readonly uncovered: readonly Uncovered[];
}

// ---------------------------------------------------------------- obligations, before anything runs

export interface Obligation extends GraphNode {
  /** Stable over runs and edits elsewhere: `${project.id}#${task ? task + "/" : ""}${symbol}`. */
  readonly id: string;
  readonly project: string;
  readonly toolchain: string;
  readonly task?: string;
  readonly symbol: string;
  /** The field's word: "check-sat", "cnf", "assert", "cover", "method", "lemma", … */
  readonly kind: string;
  readonly file: string;
  readonly range: Range;
  /** Verdict kinds that the file itself says it expects (an .sby `expect fail`); decides the exit code only. */
  readonly expected?: readonly Verdict['kind'][];
  /** What was asked: `bound` where the file asks for a bounded search only (mode bmc). Default `proof`. Decides the exit code. */
  readonly goal?: 'proof' | 'bound';
  readonly assumptions: readonly string[];
  /** `exact`: these are the assumptions it rests on; `project`: all of the project's, since the graph is not known. */
  readonly assumptionScope: 'exact' | 'project';
}

/** What the verdicts of a unit depend on, besides tools and limits: the content part of the cache key. */
export interface Inputs {
  readonly files: readonly string[];
  /** Looked for and not found: appearing later changes the meaning. */
  readonly absent?: readonly string[];
}

/** Obligations that are checked together (one SMT script, one .sby task). The grain of running and of caching. */
export interface Unit {
  /** Stable: `${project.id}` or `${project.id}#${task}`. */
  readonly id: string;
  readonly project: string;
  readonly label: string;
  /** Ids, in the order of the file. */
  readonly obligations: readonly string[];
  readonly inputs: Inputs;
  /** What else the verdicts depend on (mode, engines, script, depth); plain JSON; part of the cache key. */
  readonly options: JsonObject;
  /** True where checking executes code of the repository: refused without trust. */
  readonly executesCode: boolean;
  /** Where the outline already decides it (parse error, missing tool, refused code): reported instead of running. */
  readonly decided?: Verdict;
  /** First guesses before anything was learned. */
  readonly expectedMemoryMb?: number;
}

export interface Outline {
  readonly obligations: readonly Obligation[];
  readonly assumptions: readonly Assumption[];
  readonly units: readonly Unit[];
  readonly uncovered: readonly Uncovered[];
  readonly diagnostics: readonly Diagnostic[];
}

// ---------------------------------------------------------------- tools

/** One installed program (or embedded engine) that a toolchain can use. */
export interface Tool {
  /** "z3", "cvc5", "yosys", "z3-embedded"; several versions of one tool share it. */
  readonly id: string;
  readonly version: string;
  /** Absolute path of the program; for an embedded engine the package, "npm:z3-solver@5.2.0". */
  readonly path: string;
  /** Of the program's bytes. */
  readonly sha256: string;
  /** Hash over the program and all that it starts or loads (share folders, scripts): identity for the cache. */
  readonly fingerprint: string;
  readonly embedded: boolean;
  /** Why it is not used, where it was found and is unfit ("1.5.118 is older than 3.0"). */
  readonly unfit?: string;
}

export interface MissingTool { readonly id: string; readonly why: string; readonly remedy: string }

export interface Located { readonly tools: readonly Tool[]; readonly missing: readonly MissingTool[] }

/** What `locate` may use: programs are looked for only on absolute PATH entries outside the repository. */
export interface ToolHost {
  /** Absolute paths of every program of that name, in PATH order. */
  find(name: string): Promise<readonly string[]>;
  /** Hash by content, remembered by stat identity. */
  hash(path: string): Promise<string>;
  /** Runs `path args` for its version; output bounded, 30 s: a loaded machine starts Dafny in twenty. */
  capture(path: string, args: readonly string[]): Promise<ProcessResult>;
}

// ---------------------------------------------------------------- checking

export interface Limits {
  /** Per obligation and engine attempt. */
  readonly wallSeconds: number;
  /** Per process tree. */
  readonly memoryMb: number;
  /** The tool's own deterministic count (rlimit), where it has one. */
  readonly resource?: number;
  /** Overrides the depth of bounded searches. */
  readonly depth?: number;
  /** 0 one engine · 1 engines in turn · 2 raced, counterexamples · 3 isolated, seeds and versions · 4 long. */
  readonly effort: 0 | 1 | 2 | 3 | 4;
  /** `--expect`: overrides a script's own :status. */
  readonly expect?: 'sat' | 'unsat';
}

export type Severity = 'error' | 'warning' | 'info';
export interface Diagnostic {
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string;
  readonly range?: Range;
  readonly code?: string;
  readonly notes?: readonly { readonly message: string; readonly file?: string; readonly range?: Range }[];
  /** Obligation that it belongs to, where known. */
  readonly obligation?: string;
}

/** Bytes that stand behind a verdict, kept in the store by hash. */
export interface Output {
  readonly name: string; // "stdout", "stderr", "trace.vcd", "proof.drat", "model"
  readonly content: Buffer;
  /** Bytes that the tool wrote; more than `content.length` where `truncated`. */
  readonly bytes: number;
  readonly truncated: boolean;
}

/** One finished attempt of one engine. `argv` is what a person can paste, up to the private folder. */
export interface Attempt {
  readonly tool: string;         // Tool.id
  readonly toolVersion: string;
  readonly fingerprint: string;
  /** Solver under a wrapper (smtbmc → z3). */
  readonly solver?: { readonly id: string; readonly version: string; readonly fingerprint: string };
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly exit: ProcessResult['exit'];
  readonly limits: Limits;
  readonly startedAt: string;
  readonly seconds: number;
  readonly peakMemoryMb: number;
  readonly outputs: readonly Output[];
  /** What this attempt alone said, before it was weighed against the others. */
  readonly said?: Verdict;
}

export interface Certificate { readonly format: 'drat' | 'lrat' | 'model' | 'witness'; readonly output: string; readonly checkedBy?: string }

export interface ObligationResult {
  readonly obligation: string;
  readonly verdict: Verdict;
  /** Per assertion, where the tool says it. */
  readonly parts?: readonly { readonly label: string; readonly range?: Range; readonly verdict: Verdict }[];
  readonly diagnostics: readonly Diagnostic[];
  /** The first is the one that decided; the rest stand beside it (losers of a race, confirmations). */
  readonly attempts: readonly Attempt[];
  /** Second opinions that agree: a second engine, a checked model or certificate. */
  readonly confirmed: readonly { readonly by: string; readonly how: string }[];
  readonly certificate?: Certificate;
  /** What the run showed it to rest on, besides those of the outline (`unproved-dependency`). */
  readonly assumptions?: readonly Assumption[];
  /** Replacement of engines: what the file asked for and what was used. */
  readonly asked?: string;
  readonly used?: string;
  /** Seconds of work for this obligation (not of waiting). */
  readonly seconds: number;
  readonly memoryMb: number;
}

/** What one process or one piece of embedded work needs; the core's scheduler admits it. */
export interface JobRequest {
  /** For lanes and messages: "z3 a.smt2". */
  readonly label: string;
  /** Learned times and memory are kept under this key (unit and engine); default: unit id and label. */
  readonly learnKey?: string;
  readonly obligations: readonly string[];
  /** Threads the tool will use, counted as cores. Default 1. */
  readonly cores?: number;
  readonly expectedMemoryMb?: number;
  /** Cancels this job alone (a lost race); the unit's own signal always holds too. */
  readonly signal?: AbortSignal;
}

export interface ProcessJob extends JobRequest {
  readonly tool: Tool;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input is closed unless a file is named here. */
  readonly stdinFile?: string;
  /** Overrides of the unit's limits: the wall of this attempt, output bounds. */
  readonly limits?: Partial<ProcessLimits>;
  /**
   * For code of a repository (a program that a check compiled). All processes of a unit that `executesCode` run in one
   * anyway, with the repository to read and the unit's workspace to write: there this adds to what they see.
   */
  readonly sandbox?: SandboxRequest;
}

/** Given to `check` for one unit. All waiting, admission, limits and recording go through it. */
export interface CheckContext {
  readonly tree: RepositoryTree;
  readonly project: Project;
  readonly unit: Unit;
  /** Those asked for, a subset of the unit's; others may be reported too. */
  readonly asked: readonly Obligation[];
  readonly limits: Limits;
  readonly tools: readonly Tool[];
  readonly trusted: boolean;
  readonly signal: AbortSignal;
  /** Bytes of an input of the unit, read once; the hash is part of the evidence. */
  read(path: string): Promise<Buffer>;
  /** A private empty folder, removed when the unit ends. */
  workspace(): Promise<string>;
  /** Runs a program once the scheduler admits it. Never throws for what the program does. */
  run(job: ProcessJob): Promise<ProcessResult>;
  /** The same admission for embedded engines (WebAssembly workers). `signal` fires on cancel, wall or lost race. */
  compute<T>(job: JobRequest, body: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** An obligation that the outline did not know. */
  discover(obligation: Obligation): void;
  /** Streams a verdict as soon as it stands. The last report of an obligation holds. */
  report(result: ObligationResult): void;
}

export interface Capabilities {
  readonly perSymbol: boolean;
  readonly counterexamples: boolean;
  readonly goals: boolean;
  readonly certificates: boolean;
  readonly resourceLimit: boolean;
  readonly bounded: boolean;
}

export interface Toolchain {
  readonly id: string;
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Raised when a change of this adapter can change outlines or verdicts: voids what the store kept. */
  readonly revision: number;
  locate(host: ToolHost): Promise<Located>;
  /** Files that this file names (an .sby's [files]), relative to it; [] if it is not of this toolchain. For finding the root. */
  references(path: string, content: Buffer): readonly string[];
  recognise(tree: RepositoryTree): Promise<Recognition>;
  /** Lists obligations without running a prover and without code of the repository; with trust, code that only outlines may run. */
  outline(project: Project, context: OutlineContext): Promise<Outline>;
  /** Reports a result for every asked obligation. Throws only for a bug of ours. */
  check(context: CheckContext): Promise<void>;
  /** The command a person can paste to see the same verdict, one line, quoted for a POSIX shell. */
  reproduce(attempt: Attempt, obligation: Obligation): string;
  /** Does a candidate change proof text only (guard.ts)? Absent where none of its text is proof. */
  guard?(request: GuardRequest): Promise<GuardAnswer>;
  /** The tool's own word on the same question, after `guard` said yes. */
  confirm?(request: GuardRequest, context: ConfirmContext): Promise<Confirmation>;
  /** Kinds of obligations that a proof may call for what they say (lemmas): what retrieval looks for. */
  readonly premiseKinds?: readonly string[];
  /** Proposes proofs where there are none (synthesis.ts). Absent: it cannot. */
  readonly synthesis?: Synthesis;
  /** Live answers for documents that are being edited (editor.ts); never a verdict. The words for why there are none here. */
  editor?(request: EditorRequest): Promise<Editor | string>;
  /** Ends warm workers that the toolchain keeps between checks. */
  dispose?(): Promise<void>;
}

export interface OutlineContext {
  readonly tree: RepositoryTree;
  readonly tools: readonly Tool[];
  readonly trusted: boolean;
  readonly signal: AbortSignal;
  /** Only for code that the user trusts (pycode): in the sandbox, with the workspace writable; `not-started` where there is none. */
  run(tool: Tool, args: readonly string[], input: { readonly cwd: string; readonly stdinFile?: string }): Promise<ProcessResult>;
  workspace(): Promise<string>;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject { readonly [key: string]: Json | undefined }
