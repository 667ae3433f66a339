/** What the window knows of a repository: how it was opened, its plan, its files. */
import { z } from 'zod';
import { diagnostic } from '../engine/report/schema.ts';
import { sha256 } from './ledger.ts';

/** Given by `repository.open`, the same for the same folder while the engine lives and after it was restarted. */
export const repositoryId = z.string().regex(/^[0-9a-f]{16}$/);
/** Relative to the root, "/" between parts. Whether it is a file of the repository is decided where it is used. */
export const filePath = z.string().min(1).max(4096);

export const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  /** A copy in the data folder, which may be edited; what is there already is kept. */
  z.object({ kind: z.literal('sample'), sample: z.string().min(1).max(64) }),
  /** Cloned where git and a network are there. https and ssh only. */
  z.object({ kind: z.literal('git'), url: z.string().min(1).max(2000) }),
]);
export type RepositorySource = z.infer<typeof source>;

export const sample = z.object({ id: z.string(), name: z.string(), line: z.string() });
export const recentRepository = z.object({
  path: z.string(), name: z.string(), kind: z.enum(['folder', 'file', 'archive']), openedAt: z.string(),
  /** False where it is not there any more. */
  exists: z.boolean(),
});
export type RecentRepository = z.infer<typeof recentRepository>;

const tool = z.object({
  id: z.string(), version: z.string(), path: z.string(), sha256: z.string(), fingerprint: z.string(), embedded: z.boolean(),
  /** Why it was found and is not used. */
  unfit: z.string().optional(),
});
const missingTool = z.object({
  id: z.string(), why: z.string(), remedy: z.string(),
  /** What `install.start` takes, where there is a recipe for it here. */
  install: z.string().optional(),
});
export const toolchainTools = z.object({
  toolchain: z.string(), name: z.string(), ready: z.boolean(), tools: z.array(tool), missing: z.array(missingTool),
  capabilities: z.object({ perSymbol: z.boolean(), counterexamples: z.boolean(), goals: z.boolean(), certificates: z.boolean(), resourceLimit: z.boolean(), bounded: z.boolean() }),
  /** Ways to search a proof; empty where it has none. */
  strategies: z.array(z.object({ name: z.string(), summary: z.string() })),
});
export type ToolchainView = z.infer<typeof toolchainTools>;

export const sandbox = z.union([
  z.object({ kind: z.string(), version: z.string(), path: z.string() }),
  z.object({ missing: z.string(), remedy: z.string() }),
]);

const commit = z.object({ hash: z.string(), branch: z.string().optional(), dirty: z.union([z.boolean(), z.literal('unknown')]), untracked: z.int().optional() });

/** What was found, before anything runs. */
export const planView = z.object({
  repository: repositoryId,
  /** Raised whenever the plan was made again. */
  revision: z.int(),
  root: z.string(),
  origin: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'file', 'archive']),
  /** Files of it can be saved: not an archive's. */
  writable: z.boolean(),
  empty: z.boolean(),
  commit: commit.optional(),
  /** Code of the repository may run. `possible` is false for archives: trust is of a folder. */
  trust: z.object({ granted: z.boolean(), possible: z.boolean(), since: z.string().optional() }),
  projects: z.array(z.object({ id: z.string(), toolchain: z.string(), root: z.string(), name: z.string(), files: z.int(), obligations: z.int() })),
  obligations: z.int(),
  units: z.int(),
  assumptions: z.int(),
  byToolchain: z.array(z.object({ toolchain: z.string(), projects: z.int(), obligations: z.int(), units: z.int() })),
  toolchains: z.array(toolchainTools),
  /** What a run would execute of the repository's own code. */
  executes: z.array(z.object({ project: z.string(), file: z.string(), line: z.int().optional(), what: z.string() })),
  sandbox: sandbox.optional(),
  /** From earlier runs on this machine: `known` of `of` units were measured. Absent where nothing is known. */
  expected: z.object({ seconds: z.number(), memoryMb: z.number(), known: z.int(), of: z.int(), cores: z.int() }).optional(),
  /** Obligations whose verdict is known for exactly this content: a run takes them over. */
  known: z.int(),
  /** The first 2,000; `uncoveredCount` are all. */
  uncovered: z.array(z.object({ file: z.string(), symbol: z.string().optional(), why: z.string() })),
  uncoveredCount: z.int(),
  other: z.array(z.object({ ending: z.string(), count: z.int() })),
  diagnostics: z.array(diagnostic),
  notices: z.array(z.string()),
});
export type PlanView = z.infer<typeof planView>;

export const treeFile = z.object({
  path: filePath, bytes: z.int(),
  /** Toolchains with a project that it belongs to. */
  toolchains: z.array(z.string()),
});
export type TreeFileView = z.infer<typeof treeFile>;

export const fileContent = z.object({
  path: filePath, sha256, bytes: z.int(),
  /** The first part only where `truncated`; such a file cannot be saved. Foreign bytes are U+FFFD and `exact` is false: neither can that. */
  text: z.string(),
  truncated: z.boolean(),
  exact: z.boolean(),
  writable: z.boolean(),
});
export type FileContent = z.infer<typeof fileContent>;

export const writeResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written'), sha256 }),
  /** The file is not what the editor read: nothing was written. `now` is absent where the file is gone. */
  z.object({ kind: z.literal('conflict'), now: fileContent.optional() }),
]);
export type WriteResult = z.infer<typeof writeResult>;

export const findQuery = z.object({
  text: z.string().min(1).max(1000), regularExpression: z.boolean(), matchCase: z.boolean(), wholeWord: z.boolean(),
  /** Globs over paths ("*.dfy", "src/**"); all files where empty. */
  include: z.array(z.string().max(1000)).max(50).optional(),
  limit: z.int().min(1).max(10_000),
});
export const findResult = z.object({
  matches: z.array(z.object({ file: z.string(), line: z.int(), column: z.int(), length: z.int(), text: z.string() })),
  files: z.int(), searched: z.int(),
  /** There are more than `limit`. */
  more: z.boolean(),
});
export type FindResult = z.infer<typeof findResult>;
