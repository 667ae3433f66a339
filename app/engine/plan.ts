/**
 * The plan of a repository: projects, every obligation, what a run would execute, what is missing, which files
 * no tool covers. Starts no prover, and without trust no code of the repository.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assumption, CodeExecution, Diagnostic, Obligation, Outline, OutlineContext, Project, Recognition, Range, RepositoryTree, Toolchain, Uncovered, Unit } from '../../toolchains/contract.ts';
import { InputError } from '../../toolchains/contract.ts';
import { runProcess } from '../../toolchains/process.ts';
import { repositorySandbox } from '../../toolchains/process/sandbox/folders.ts';
import { sandboxState } from '../../toolchains/process/sandbox/state.ts';
import { readJustifications } from './justify/read.ts';
import type { JustifyFile } from './justify/types.ts';
import { sha256 } from './ledger/canonical.ts';
import type { HashedInput } from './ledger/types.ts';
import type { ToolInventory } from './tools.ts';

export interface PlannedUnit { readonly unit: Unit; readonly project: Project; readonly toolchain: Toolchain }

export interface Plan {
  readonly tree: RepositoryTree;
  readonly projects: readonly Project[];
  readonly units: readonly PlannedUnit[];
  readonly obligations: readonly Obligation[];
  readonly assumptions: readonly Assumption[];
  readonly executes: readonly CodeExecution[];
  readonly uncovered: readonly Uncovered[];
  readonly diagnostics: readonly Diagnostic[];
  readonly recognitions: readonly Recognition[];
  /** What the repository's reviewers signed; absent where it has no such file. */
  readonly justify?: JustifyFile;
  readonly tools: ToolInventory;
  /** Hashes of the projects' files, as they were outlined. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** What planning needs of the store: hashes of files and outlines kept by content. */
export interface PlanMemory {
  hashFiles(root: string, paths: readonly string[], signal?: AbortSignal): Promise<readonly HashedInput[]>;
  getAll(keys: readonly string[]): ReadonlyMap<string, string>;
  set(key: string, value: string): void;
}

export interface PlanOptions {
  readonly toolchains: readonly Toolchain[];
  /** Asked once, for the toolchains that have a project here: what only others use is not looked for. */
  readonly locate: (used: readonly Toolchain[]) => Promise<ToolInventory>;
  readonly memory: PlanMemory;
  /** What the repository is known by, where that is the same in the next run. */
  readonly knownAs?: string;
  /** Where PATH was a file: only projects that touch one of these. */
  readonly selected?: readonly string[];
  readonly onlyToolchain?: string;
  readonly trusted: boolean;
  readonly signal: AbortSignal;
  readonly workspaceRoot: string;
}

export async function makePlan(tree: RepositoryTree, options: PlanOptions): Promise<Plan> {
  const toolchains = options.toolchains.filter((toolchain) => !options.onlyToolchain || toolchain.id === options.onlyToolchain);
  const recognitions: Recognition[] = [];
  const found: { project: Project; toolchain: Toolchain }[] = [];
  for (const toolchain of toolchains) {
    const recognition = await toolchain.recognise(tree);
    recognitions.push(recognition);
    for (const project of recognition.projects) if (touches(project, options.selected)) found.push({ project, toolchain });
  }
  const used = new Set(found.map((entry) => entry.toolchain));
  const tools = await options.locate(toolchains.filter((toolchain) => used.has(toolchain)));
  const paths = [...new Set(found.flatMap((entry) => entry.project.files))];
  const hashes = new Map((await options.memory.hashFiles(tree.root, paths, options.signal)).map((input) => [input.path, input.sha256]));
  const outlines = await outlineAll(tree, found, { ...options, tools, hashes });
  const units: PlannedUnit[] = [], obligations: Obligation[] = [], assumptions: Assumption[] = [], diagnostics: Diagnostic[] = [], executes: CodeExecution[] = [];
  const uncovered: Uncovered[] = recognitions.flatMap((recognition) => recognition.uncovered);
  found.forEach(({ project, toolchain }, index) => {
    const outline = outlines[index]!;
    for (const unit of outline.units) units.push({ unit, project, toolchain });
    obligations.push(...outline.obligations);
    assumptions.push(...outline.assumptions);
    diagnostics.push(...outline.diagnostics);
    uncovered.push(...outline.uncovered);
    executes.push(...project.executes);
  });
  const justify = await readJustifications(tree, obligations);
  if (justify?.problem) diagnostics.push({ severity: 'error', code: 'justifications', file: justify.file, range: lineRange(justify.problem.line), message: `${justify.problem.message}. None of its signatures counts until that is repaired` });
  return { tree, projects: found.map((entry) => entry.project), units, obligations, assumptions, executes, uncovered, diagnostics, recognitions, tools, hashes, ...(justify ? { justify } : {}) };
}

function lineRange(line: number): Range { return { start: { line, column: 1 }, end: { line, column: 1 } }; }

function touches(project: Project, selected: readonly string[] | undefined): boolean {
  return !selected || selected.some((path) => project.files.includes(path) || project.root === path);
}

interface OutlineOptions extends PlanOptions { readonly tools: ToolInventory; readonly hashes: ReadonlyMap<string, string> }

/** Outlines are pure functions of content, so that one that was made is kept under the hashes of all it reads. */
async function outlineAll(tree: RepositoryTree, found: readonly { project: Project; toolchain: Toolchain }[], options: OutlineOptions): Promise<Outline[]> {
  const { hashes } = options;
  const runsCode = options.trusted && found.some(({ project }) => project.executes.length > 0);
  const sandbox = runsCode ? await sandboxState() : undefined;
  const parts = found.map(({ project, toolchain }) => {
    const content = project.files.map((path) => [path, hashes.get(path) ?? '']);
    return JSON.stringify([toolchain.id, toolchain.revision, project.id, project.options, content, sandbox !== undefined && project.executes.length > 0 && ('missing' in sandbox ? 'no sandbox' : sandbox.kind), options.tools.setHash(toolchain.id)]);
  });
  const together = `outlines:${options.knownAs ?? ''}`, stamp = sha256(parts.join('\n'));
  const all = keepsTogether(found, options) ? options.memory.getAll([together]).get(together) : undefined;
  if (all?.startsWith(stamp)) return JSON.parse(all.slice(stamp.length)) as Outline[];
  const keys = parts.map((part) => `outline:${sha256(part)}`);
  const kept = options.memory.getAll(keys);
  const outlines: Outline[] = [];
  for (const [index, { project, toolchain }] of found.entries()) {
    const key = keys[index]!;
    const known = kept.get(key);
    if (known !== undefined) { outlines.push(JSON.parse(known) as Outline); continue; }
    options.signal.throwIfAborted();
    const outline = await outlineOne(tree, project, toolchain, options);
    outlines.push(outline);
    if (!outline.units.some((unit) => unit.decided?.kind === 'crashed')) options.memory.set(key, JSON.stringify(outline));
  }
  // Where something is new it will be something else soon; a whole repository at rest is one row then.
  if (keepsTogether(found, options) && keys.every((key) => kept.has(key))) options.memory.set(together, stamp + JSON.stringify(outlines));
  return outlines;
}

/** Fewer are read as rows in a few milliseconds. */
const MANY_PROJECTS = 100;

function keepsTogether(found: readonly unknown[], options: PlanOptions): boolean {
  return options.knownAs !== undefined && found.length >= MANY_PROJECTS;
}

async function outlineOne(tree: RepositoryTree, project: Project, toolchain: Toolchain, options: OutlineOptions): Promise<Outline> {
  const folders: string[] = [];
  const context: OutlineContext = {
    tree, tools: options.tools.of(toolchain.id), trusted: options.trusted, signal: options.signal,
    run: (tool, args, input) => runProcess({
      file: tool.path, args, cwd: input.cwd, signal: options.signal, ...(input.stdinFile ? { stdinFile: input.stdinFile } : {}), sandbox: repositorySandbox(tree.root, folders),
      limits: { wallSeconds: 30, memoryMb: 2048, outputBytes: 16 * 1024 * 1024, floodBytes: 64 * 1024 * 1024 },
    }),
    async workspace() {
      const folder = await mkdtemp(join(options.workspaceRoot, 'outline-'));
      folders.push(folder);
      return folder;
    },
  };
  try {
    return await toolchain.outline(project, context);
  } catch (error) {
    if (options.signal.aborted) throw error;
    return malformedOutline(project, error);
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

/** A project that cannot be read is one obligation that says so: nothing is passed over in silence. */
function malformedOutline(project: Project, error: unknown): Outline {
  const file = error instanceof InputError ? error.file : (project.files[0] ?? project.root);
  const reason = error instanceof InputError ? error.message : `internal error while listing obligations: ${error instanceof Error ? error.message : String(error)}`;
  const start = { line: 1, column: 1 };
  const obligation: Obligation = {
    id: `${project.id}#file`, project: project.id, toolchain: project.toolchain, symbol: 'file', kind: 'file', file,
    range: { start, end: start }, assumptions: [], assumptionScope: 'exact',
  };
  const decided = error instanceof InputError ? { kind: 'malformed' as const, reason } : { kind: 'crashed' as const, reason };
  return {
    obligations: [obligation], assumptions: [], uncovered: [],
    units: [{ id: project.id, project: project.id, label: project.name, obligations: [obligation.id], inputs: { files: [] }, options: {}, executesCode: false, decided }],
    diagnostics: [{ severity: 'error', message: reason, file }],
  };
}
