/** What the window knows of obligations: compact rows for tables of 100,000, everything of one, runs and their comparison, the graph. */
import { z } from 'zod';
import { VERDICT_KINDS } from '../../toolchains/verdict.ts';
import { attempt, diagnostic, justification, limits, obligation, range, verdict } from '../engine/report/schema.ts';

/** Ids are made by toolchains from paths and symbols of a stranger's repository: long ones are refused, not cut. */
export const obligationId = z.string().min(1).max(4096);
export const runId = z.string().min(1).max(64);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const verdictKind = z.enum(VERDICT_KINDS);

/** A line of the ledger: enough to draw, sort, filter and group it. `ledger.detail` has the rest. */
export const ledgerRow = z.object({
  id: obligationId,
  project: z.string(),
  toolchain: z.string(),
  task: z.string().optional(),
  symbol: z.string(),
  kind: z.string(),
  file: z.string(),
  range,
  verdict: verdict.omit({ counterexample: true }),
  /** The verdict in words, without a full stop. */
  sentence: z.string(),
  asExpected: z.boolean(),
  /** Why the verdict is not of what is there now (a file, tools or options changed); absent where it is current. */
  stale: z.string().optional(),
  cached: z.boolean(),
  /** When the evidence was made, ISO 8601; absent where there is none. */
  at: z.string().optional(),
  /** Second opinions that agree. */
  confirmed: z.int().nonnegative(),
  /** Kinds of the assumptions it rests on, one for each. */
  assumptions: z.array(z.string()),
  assumptionScope: z.enum(['exact', 'project']),
  seconds: z.number(),
  memoryMb: z.number(),
  /** What decided: "dafny 4.11.0, z3 4.8.12". */
  by: z.string().optional(),
  /** Values of a counterexample, and a trace, can be shown. */
  values: z.boolean(),
  trace: z.boolean(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

/** A page in the order of file and place. Pages of one revision belong together; upserts carry later revisions. */
export const ledgerPage = z.object({ revision: z.int(), total: z.int(), from: z.int(), rows: z.array(ledgerRow) });
export type LedgerPage = z.infer<typeof ledgerPage>;

export const assumption = z.object({
  id: z.string(), toolchain: z.string(), kind: z.string(), file: z.string(), range, text: z.string(),
  /** How many obligations rest on it. */
  supports: z.int().nonnegative(),
  /** Who signed it, and whether that counts; absent where nobody did. */
  justification: justification.optional(),
});
export type AssumptionView = z.infer<typeof assumption>;

export const historyItem = z.object({
  run: runId, kind: verdictKind, seconds: z.number(), memoryMb: z.number(), at: z.string(), cached: z.boolean(), voided: z.string().optional(),
});

/** Everything of one obligation, for the inspector. `evidence.outputs` and `attempts[].outputs` are read with `output.read`. */
export const obligationDetail = z.object({
  row: ledgerRow,
  obligation,
  unit: z.object({ id: z.string(), label: z.string(), obligations: z.int(), executesCode: z.boolean() }).optional(),
  assumptions: z.array(assumption),
  /** Newest first. */
  history: z.array(historyItem),
  /** Obligations that it uses, and those that use it, as far as the toolchain tells. */
  uses: z.array(obligationId),
  usedBy: z.array(obligationId),
  run: runId.optional(),
});
export type ObligationDetail = z.infer<typeof obligationDetail>;
export type Evidence = NonNullable<z.infer<typeof obligation>['evidence']>;
export type Attempt = z.infer<typeof attempt>;
export type VerdictView = z.infer<typeof verdict>;
export type CounterexampleView = NonNullable<VerdictView['counterexample']>;

/** A line of the Problems panel: an error or warning of a tool, or of reading the repository. */
export const problemRow = z.object({ ...diagnostic.shape, toolchain: z.string().optional(), symbol: z.string().optional() });
export type ProblemRow = z.infer<typeof problemRow>;

/** What the editor draws beside the text of one file. Exact only while the buffer's hash is `sha256`. */
export const fileMarks = z.object({
  /** Of the file as the verdicts saw it; absent where there is no evidence yet. */
  sha256: sha256.optional(),
  obligations: z.array(z.object({
    row: ledgerRow,
    parts: z.array(z.object({ label: z.string(), range: range.optional(), kind: verdictKind, reason: z.string().optional() })),
    values: z.array(z.object({ name: z.string(), value: z.string(), step: z.int().optional(), line: z.int().optional() })),
  })),
  diagnostics: z.array(diagnostic),
  assumptions: z.array(assumption),
});
export type FileMarks = z.infer<typeof fileMarks>;

export const witness = z.object({ name: z.string(), sha256, bytes: z.int(), truncated: z.boolean(), failingStep: z.int().optional() });

export const counts = z.partialRecord(verdictKind, z.int());
export type Counts = z.infer<typeof counts>;

/** A part of the ledger; all of it where nothing is given. `pattern` is that of `assay verify --only`. */
export const selection = z.object({
  ids: z.array(obligationId).max(200_000).optional(),
  pattern: z.string().max(10_000).optional(),
  files: z.array(z.string().max(4096)).max(10_000).optional(),
  tasks: z.array(z.string().max(1000)).max(1000).optional(),
});
export type SelectionView = z.infer<typeof selection>;

/** Those left out are the settings'. */
export const runOptions = z.object({
  effort: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  wallSeconds: z.number().positive().max(31_536_000).optional(),
  memoryMb: z.int().min(16).max(16_777_216).optional(),
  resource: z.int().positive().optional(),
  depth: z.int().positive().max(1_000_000).optional(),
  deadlineSeconds: z.number().positive().max(31_536_000).optional(),
  /** Ignore what is kept. */
  fresh: z.boolean().optional(),
});
export type RunOptionsView = z.infer<typeof runOptions>;

/** Numbers of what changed against the run before of the same repository. */
export const changes = z.object({
  against: runId, newlyFailing: z.int(), lost: z.int(), newlyProved: z.int(), newAssumptions: z.int(), slower: z.int(),
});

export const runState = z.object({
  run: runId,
  state: z.enum(['running', 'cancelling', 'finished', 'cancelled', 'failed']),
  startedAt: z.string(),
  total: z.int(),
  seconds: z.number().optional(),
  counts,
  changes: changes.optional(),
  /** Why it is `failed`: a bug of ours, or a disk. */
  problem: z.string().optional(),
});
export type RunState = z.infer<typeof runState>;

export const runSummary = z.object({
  run: runId, root: z.string(), startedAt: z.string(), seconds: z.number().optional(), outcome: z.enum(['running', 'finished', 'cancelled', 'interrupted']),
  command: z.array(z.string()), limits, commit: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummary>;

const pair = z.object({ before: ledgerRow, after: ledgerRow });
const timed = pair.extend({ ratio: z.number() });
export const comparison = z.object({
  before: runSummary, after: runSummary, worse: z.boolean(), unchanged: z.int(),
  newlyFailing: z.array(pair), lost: z.array(pair), newlyProved: z.array(pair), otherwiseChanged: z.array(pair),
  added: z.array(ledgerRow), removed: z.array(ledgerRow),
  newAssumptions: z.array(assumption), goneAssumptions: z.array(assumption),
  slower: z.array(timed), faster: z.array(timed),
  tools: z.array(z.object({ id: z.string(), path: z.string(), before: z.string().optional(), after: z.string().optional() })),
  caveats: z.array(z.string()),
});
export type ComparisonView = z.infer<typeof comparison>;

/** Obligations by module with what they use. A verdict is looked up in the rows by id. */
export const graph = z.object({
  modules: z.array(z.object({ id: z.string(), label: z.string(), toolchain: z.string(), file: z.string().optional(), obligations: z.int() })),
  nodes: z.array(z.object({ id: z.string(), label: z.string(), module: z.string(), type: z.enum(['obligation', 'assumption']) })),
  edges: z.array(z.object({ from: z.string(), to: z.string(), type: z.enum(['uses', 'rests-on']) })),
  /** Toolchains that do not tell what an obligation uses: the absence of an edge means nothing there. */
  unknown: z.array(z.string()),
});
export type GraphView = z.infer<typeof graph>;
