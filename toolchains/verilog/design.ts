/**
 * What the parts of the Verilog toolchain hand to each other: a task made ready to run, the properties that
 * elaboration found in it, and a lane (a set of engines that can check a task).
 *
 * One task is one unit. index.ts reads the .sby (or makes the default tasks of a bare design), chooses the
 * first lane whose `canRun` says true, and hands it the task, the context and a {@link TaskReport}, which joins
 * elaborated properties to outlined obligations and reports every asked obligation exactly once at the end.
 */
import type { Attempt, CheckContext, Diagnostic, Obligation, ObligationResult, Range, Tool } from '../contract.ts';
import type { Verdict } from '../verdict.ts';

export type Mode = 'bmc' | 'prove' | 'cover' | 'live' | 'prep';
export type PropertyKind = 'assert' | 'assume' | 'cover' | 'live' | 'fair';

/** A file of the private folder: where yosys sees it, where it comes from. */
export interface LaidOutFile {
  /** Relative to the private source folder, "/"-separated, never leaving it. */
  readonly path: string;
  /** Repository path of the bytes; an inline `[file NAME]` is the .sby itself. */
  readonly source: string;
  /** The text of an inline file; absent where the bytes of `source` are read at check time. */
  readonly inline?: string;
  /** Added to a line of this file to get the line in `source` (0 for real files). */
  readonly lineOffset: number;
}

/** One line of a yosys script, as commands whose words are kept as written (quotes included). */
export interface ScriptLine {
  /** 1-based line in the .sby; 0 where Assay made it. */
  readonly line: number;
  readonly text: string;
  readonly commands: readonly (readonly string[])[];
  /** Why it counts as code of the repository; absent where it is on the reading-and-formal allow-list. */
  readonly code?: string;
}

export interface Engine {
  readonly line: number;
  /** As written: "smtbmc --presat boolector", "abc pdr". */
  readonly text: string;
  readonly name: string; // "smtbmc", "abc", "aiger", "btor", "none"
  readonly words: readonly string[];
}

/** A task made ready: everything that decides its verdicts besides tools and limits. */
export interface PreparedTask {
  /** Name in [tasks]; undefined for a file without tasks and for bare designs. */
  readonly name?: string;
  /** Repository path of the .sby, or of the bare design. */
  readonly origin: string;
  readonly mode: Mode;
  /** Steps of a bounded search: 0 … depth−1 (sby's meaning). Limits.depth overrides it at check time. */
  readonly depth: number;
  readonly skip: number;
  readonly traces: TraceOptions;
  readonly timeoutSeconds?: number;
  readonly multiclock: boolean;
  /** Assumptions of a clocked block hold in the step before its edge too (sby's default; has no meaning with multiclock). */
  readonly assumeEarly: boolean;
  /** Asserts are searched beside the covers in mode cover. */
  readonly coverAssert: boolean;
  /** Every engine has its say, and a contradiction is shown. */
  readonly wait: boolean;
  /** What a reader of the verdicts should know of lines that are not followed as written. */
  readonly notes: readonly TaskNote[];
  readonly expected?: readonly Verdict['kind'][];
  readonly engines: readonly Engine[];
  readonly script: readonly ScriptLine[];
  readonly files: readonly LaidOutFile[];
  readonly executesCode: boolean;
}

export interface TaskNote { readonly line: number; readonly message: string }

/** How the trace of a violation or of a cover is written. */
export interface TraceOptions {
  /** False: no VCD; the witness of the engine is kept always. */
  readonly vcd: boolean;
  /** Time units of one step. */
  readonly cycleWidth: number;
  /** Steps that the run goes on for after the one that counts. */
  readonly append: number;
  /** They uphold the assumptions. */
  readonly appendAssume: boolean;
}

/** sby's defaults. */
export const DEFAULT_TRACES: TraceOptions = { vcd: true, cycleWidth: 10, append: 0, appendAssume: true };

/** A property that exists after elaboration, in one flat module. */
export interface ElaboratedProperty {
  /** Name of its cell in the instrumented design (random part: nothing in the input can forge it). */
  readonly id: string;
  readonly kind: PropertyKind;
  /** "u1.u2.label", "u1.assert" …: for people and for symbols of discovered obligations. */
  readonly name: string;
  /** Name of the cell before instrumentation, as RTLIL has it. */
  readonly cell: string;
  /** All source places ("file:3.1-3.20", one per merged cell and per instance on the way), as laid out. */
  readonly places: readonly SourcePlace[];
}

export interface SourcePlace { readonly file: string; readonly range: Range }

/** What a lane says about one elaborated property. Verdicts of several instances of one statement are joined by the report. */
export interface PropertyResult {
  readonly verdict: Verdict;
  readonly attempts: readonly Attempt[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly confirmed?: ObligationResult['confirmed'];
  readonly certificate?: ObligationResult['certificate'];
  readonly used?: string;
  readonly seconds?: number;
  readonly memoryMb?: number;
}

/** Joins properties to obligations (report.ts). A lane calls `elaborated` once, then `settle` as results stand. */
export interface TaskReport {
  /** Joins by source place; unknown ones are discovered. Outlined ones without a property become nothing-to-prove in `finish`. */
  elaborated(properties: readonly ElaboratedProperty[]): void;
  /** Streams: an obligation is reported as soon as all its instances are settled. The last call holds. */
  settle(property: ElaboratedProperty, result: PropertyResult): void;
  /** One word for everything that has no result yet (front-end error, missing tool, cancelled). */
  all(verdict: Verdict, diagnostics: readonly Diagnostic[], attempts: readonly Attempt[]): void;
  /** A place in a laid-out file as a place of the repository. */
  place(place: SourcePlace): { readonly file: string; readonly range: Range };
}

/** A set of engines that can check a task. `native` and `embedded` are the two. */
export interface Lane {
  readonly id: 'native' | 'embedded';
  /** True, or in words why not and what would help ("mode live needs an aiger engine: …"). */
  canRun(task: PreparedTask, tools: readonly Tool[]): true | string;
  check(task: PreparedTask, context: CheckContext, report: TaskReport): Promise<void>;
}

/** Kinds of properties that a task gives a verdict to (sby removes the others from the model). */
export function kindsOf(task: Pick<PreparedTask, 'mode' | 'coverAssert'>): readonly PropertyKind[] {
  switch (task.mode) {
    case 'bmc': case 'prove': return ['assert'];
    case 'cover': return task.coverAssert ? ['cover', 'assert'] : ['cover'];
    case 'live': return ['live'];
    case 'prep': return [];
  }
}

/** Asserts of modes bmc and cover are searched to a depth only; the file asks for no more. */
export function goalOf(mode: Mode, kind: string): 'bound' | 'proof' {
  return mode === 'bmc' || (mode === 'cover' && kind === 'assert') ? 'bound' : 'proof';
}

/** Values of a trace, one entry a step; what vcd/read.ts gives (`readVcd`) and vcd/write.ts takes (`writeVcd`). */
export interface Trace {
  readonly steps: number;
  readonly signals: readonly TraceSignal[];
}
export interface TraceSignal {
  /** Hierarchical, with dots, without the top module's scope. */
  readonly name: string;
  readonly width: number;
  /** Binary digits, most significant first, x and z allowed; index = step. */
  readonly values: readonly string[];
}

export interface ObligationOfTask { readonly obligation: Obligation; readonly endsAt: SourcePlace }
