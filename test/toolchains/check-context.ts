/**
 * Runs a toolchain on a folder without the engine: real tools, real processes, no scheduler and no store.
 * What a test needs of CheckContext and OutlineContext, and nothing more.
 */
import { mkdtemp, readFile, readdir, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { CheckContext, Limits, Obligation, ObligationResult, Outline, Project, RepositoryTree, Tool, Toolchain } from '../../toolchains/contract.ts';
import { InputError } from '../../toolchains/contract.ts';
import { createToolHost, memoryCache } from '../../toolchains/executables.ts';
import { runProcess, type ProcessResult } from '../../toolchains/process.ts';

export const TEST_LIMITS: Limits = { wallSeconds: 10, memoryMb: 4096, effort: 1 };

const OUTPUT_BYTES = 16 * 1024 * 1024, FLOOD_BYTES = 256 * 1024 * 1024;
const cache = memoryCache();

export async function folderTree(root: string): Promise<RepositoryTree> {
  const names = (await readdir(root, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();
  const files: { path: string; bytes: number }[] = [];
  for (const path of names) {
    const state = await stat(join(root, path));
    if (state.isFile()) files.push({ path, bytes: state.size });
  }
  return {
    root, files,
    has: (path) => files.some((file) => file.path === path),
    async read(path, maximumBytes = Number.MAX_SAFE_INTEGER) {
      const absolute = isAbsolute(path) ? path : join(root, path);
      const state = await stat(absolute).catch(() => undefined);
      if (!state?.isFile()) throw new InputError(path, 'cannot be read');
      if (state.size > maximumBytes) throw new InputError(path, `has ${state.size} bytes, more than ${maximumBytes}`);
      return readFile(absolute);
    },
  };
}

/** Writes files into a fresh folder; `dispose` removes it. */
export async function temporaryFolder(files: Readonly<Record<string, string | Buffer>> = {}): Promise<{ root: string; dispose: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'assay-test-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, dispose: () => rm(root, { recursive: true, force: true }) };
}

/** Every usable tool of this machine, as the toolchain finds it. `path` replaces PATH. */
export async function toolsOf(toolchain: Toolchain, path = process.env.PATH ?? ''): Promise<readonly Tool[]> {
  const located = await toolchain.locate(createToolHost({ path, hashCache: cache }));
  return located.tools.filter((tool) => tool.unfit === undefined);
}

export interface CheckOptions {
  readonly tools?: readonly Tool[];
  readonly limits?: Partial<Limits>;
  readonly trusted?: boolean;
  readonly signal?: AbortSignal;
  /** Only projects whose id this accepts. */
  readonly only?: (project: Project) => boolean;
}

export interface Checked {
  readonly projects: readonly Project[];
  readonly outlines: readonly Outline[];
  readonly obligations: readonly Obligation[];
  /** The last report of each obligation, decided units included, in the order of the outline. */
  readonly results: readonly ObligationResult[];
  /** Every process that was run, in the order in which they ended. */
  readonly runs: readonly ProcessResult[];
}

/** recognise → outline → check over a folder, one unit after another. */
export async function checkFolder(toolchain: Toolchain, root: string, options: CheckOptions = {}): Promise<Checked> {
  const tree = await folderTree(root);
  const tools = options.tools ?? await toolsOf(toolchain);
  const signal = options.signal ?? new AbortController().signal;
  const limits = { ...TEST_LIMITS, ...options.limits };
  const trusted = options.trusted ?? false;
  const recognition = await toolchain.recognise(tree);
  const projects = recognition.projects.filter(options.only ?? (() => true));
  const outlines: Outline[] = [];
  const obligations: Obligation[] = [];
  const reported = new Map<string, ObligationResult>();
  const runs: ProcessResult[] = [];
  for (const project of projects) {
    const folders: string[] = [];
    const workspace = async (): Promise<string> => {
      folders[0] ??= await mkdtemp(join(tmpdir(), 'assay-work-'));
      return folders[0];
    };
    const run = async (tool: Tool, args: readonly string[], cwd: string, more: Partial<Parameters<typeof runProcess>[0]> = {}): Promise<ProcessResult> => {
      const result = await runProcess({
        file: tool.path, args, cwd, signal, ...more,
        limits: { wallSeconds: limits.wallSeconds, memoryMb: limits.memoryMb, outputBytes: OUTPUT_BYTES, floodBytes: FLOOD_BYTES, ...more.limits },
      });
      runs.push(result);
      return result;
    };
    const outline = await toolchain.outline(project, {
      tree, tools, trusted, signal, workspace, run: (tool, args, input) => run(tool, args, input.cwd, { stdinFile: input.stdinFile }),
    });
    outlines.push(outline);
    obligations.push(...outline.obligations);
    for (const unit of outline.units) {
      if (unit.decided) {
        for (const obligation of unit.obligations)
          reported.set(obligation, { obligation, verdict: unit.decided, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 });
        continue;
      }
      const context: CheckContext = {
        tree, project, unit, limits, tools, trusted, signal, workspace,
        asked: outline.obligations.filter((obligation) => unit.obligations.includes(obligation.id)),
        read: (path) => tree.read(path),
        run: (job) => run(job.tool, job.args, job.cwd, {
          env: job.env, stdinFile: job.stdinFile, signal: job.signal ? AbortSignal.any([signal, job.signal]) : signal, limits: { ...job.limits } as Parameters<typeof runProcess>[0]['limits'],
        }),
        compute: (job, body) => body(job.signal ? AbortSignal.any([signal, job.signal]) : signal),
        discover: (obligation) => { obligations.push(obligation); },
        report: (result) => { reported.set(result.obligation, result); },
      };
      await toolchain.check(context);
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
  const results = [...new Set([...obligations.map((obligation) => obligation.id), ...reported.keys()])].flatMap((id) => reported.get(id) ?? []);
  return { projects, outlines, obligations, results, runs };
}

/** The verdict kinds in the order of the outline, for short expectations. */
export function kindsOf(checked: Checked): readonly string[] { return checked.results.map((result) => result.verdict.kind); }

export function relativePath(root: string, path: string): string { return relative(root, path).replaceAll('\\', '/'); }
