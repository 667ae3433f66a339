/**
 * The ledger as JSON (`--json`, schema 1): what other programs read. `docs/ledger.schema.json` is generated from
 * here by `npm run schema` and a test holds the two together. The window's contract uses the same shapes.
 */
import { z } from 'zod';
import { VERDICT_KINDS } from '../../../toolchains/verdict.ts';

export const position = z.object({ line: z.int().positive(), column: z.int().positive() });
export const range = z.object({ start: position, end: position });

const counterexample = z.object({
  status: z.enum(['checked', 'suggested']),
  values: z.array(z.object({ name: z.string(), value: z.string(), step: z.int().optional(), file: z.string().optional(), line: z.int().optional() })),
  failingStep: z.int().optional(),
  witness: z.string().optional(),
});

export const verdict = z.object({
  kind: z.enum(VERDICT_KINDS),
  reason: z.string().optional(),
  answer: z.enum(['sat', 'unsat', 'unknown']).optional(),
  /** Steps without a violation; for an open verdict, what the search did reach. */
  depth: z.int().nonnegative().optional(),
  proven: z.boolean().optional(),
  seconds: z.number().optional(),
  remedy: z.string().optional(),
  counterexample: counterexample.optional(),
});

export const diagnostic = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  file: z.string().optional(),
  range: range.optional(),
  code: z.string().optional(),
  notes: z.array(z.object({ message: z.string(), file: z.string().optional(), range: range.optional() })).optional(),
  obligation: z.string().optional(),
});

const toolReference = z.object({ id: z.string(), version: z.string(), fingerprint: z.string() });

export const limits = z.object({
  wallSeconds: z.number(), memoryMb: z.number(), resource: z.number().optional(), depth: z.int().optional(),
  effort: z.int().min(0).max(4), expect: z.enum(['sat', 'unsat']).optional(),
});

export const attempt = z.object({
  argv: z.array(z.string()),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  exit: z.object({ code: z.int().nullable(), signal: z.string().nullable(), reason: z.string(), message: z.string().optional() }),
  tool: toolReference,
  solver: toolReference.optional(),
  limits,
  outputs: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int(), truncated: z.boolean() })),
  startedAt: z.string(),
  seconds: z.number(),
  memoryMb: z.number(),
  said: verdict.optional(),
  /** One line for a POSIX shell. */
  reproduce: z.string().optional(),
});

const evidence = attempt.extend({
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  /** Name of the output that holds the trace or model. */
  witness: z.string().optional(),
  certificate: z.object({ format: z.string(), output: z.string(), checkedBy: z.string().optional() }).optional(),
  asked: z.string().optional(),
  used: z.string().optional(),
  /** Other engines' attempts: losers of a race, second opinions. */
  attempts: z.array(attempt).optional(),
});

const signature = {
  reviewer: z.string(), reason: z.string(), date: z.string(),
  /** `void`: what was signed has changed, or the file is broken; `unmatched`: it is not there any more. Only `valid` counts. */
  state: z.enum(['valid', 'void', 'unmatched']),
  why: z.string().optional(),
  /** In the file of signatures. */
  line: z.int().optional(),
};
export const justification = z.object(signature);

export const obligation = z.object({
  id: z.string(), project: z.string(), toolchain: z.string(), task: z.string().optional(), symbol: z.string(), kind: z.string(),
  file: z.string(), range,
  /** Signature and contract; absent where the obligation is its own. */
  specification: range.optional(),
  /** Ids of obligations that it uses directly; `names`: more than it uses, never less. */
  uses: z.array(z.string()).optional(),
  usesScope: z.enum(['exact', 'names']).optional(),
  verdict,
  parts: z.array(z.object({ label: z.string(), range: range.optional(), verdict })).optional(),
  expected: z.array(z.enum(VERDICT_KINDS)).optional(),
  goal: z.enum(['proof', 'bound']).optional(),
  stale: z.boolean(),
  cached: z.boolean(),
  /** A later re-check of the same content disagreed: the verdict is not believed any more. */
  voided: z.object({ reason: z.string(), at: z.string(), run: z.string() }).optional(),
  confirmed: z.array(z.object({ by: z.string(), how: z.string() })),
  assumptions: z.array(z.string()),
  assumptionScope: z.enum(['exact', 'project']),
  seconds: z.number(),
  memoryMb: z.number(),
  diagnostics: z.array(diagnostic),
  /** Of a failure that a reviewer signed; it is a failure still. */
  justification: justification.optional(),
  /** Absent where nothing ran (not run, tool missing, refused). */
  evidence: evidence.optional(),
});

export const ledgerSchema = z.object({
  schema: z.literal(1),
  assay: z.string(),
  run: z.string(),
  command: z.array(z.string()),
  root: z.string(),
  /** Obligations of the plan that this run was not asked for. */
  notAsked: z.int().nonnegative().optional(),
  /** Of the repository when the run began: `dirty` where a file differed from it. */
  commit: z.object({ hash: z.string(), branch: z.string().optional(), dirty: z.union([z.boolean(), z.literal('unknown')]), untracked: z.int().optional() }).optional(),
  started: z.string(),
  seconds: z.number(),
  outcome: z.enum(['finished', 'cancelled', 'interrupted', 'running']),
  machine: z.record(z.string(), z.unknown()),
  tools: z.array(z.object({
    id: z.string(), version: z.string(), path: z.string(), sha256: z.string(), fingerprint: z.string(), embedded: z.boolean(), unfit: z.string().optional(),
  })),
  projects: z.array(z.object({ id: z.string(), toolchain: z.string(), root: z.string(), name: z.string() })),
  obligations: z.array(obligation),
  assumptions: z.array(z.object({
    id: z.string(), toolchain: z.string(), kind: z.string(), file: z.string(), range, text: z.string(), symbol: z.string().optional(), content: z.string().optional(),
    justification: justification.optional(),
  })),
  /** Of `assay.justify.toml`, each of its entries; absent where the repository has no such file. */
  justifications: z.object({
    file: z.string(),
    /** Where it is broken: none of its entries counts. */
    problem: z.object({ line: z.int(), message: z.string() }).optional(),
    entries: z.array(z.object({
      ...signature, of: z.enum(['assumption', 'failure']), toolchain: z.string(), kind: z.string(), symbol: z.string(), text: z.string(), sha256: z.string(),
      /** Id of the assumption or obligation. */
      subject: z.string().optional(),
    })),
  }).optional(),
  uncovered: z.array(z.object({ file: z.string(), symbol: z.string().optional(), why: z.string() })),
  summary: z.record(z.string(), z.int()),
});

export type LedgerJson = z.infer<typeof ledgerSchema>;
