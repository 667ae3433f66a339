/**
 * Builds modules in a private folder and asks the builds. Lake is not run: its configuration is a program, and it
 * would take builds that lie in the tree. `lean` gets copies of the sources, and finds what they import in fresh builds
 * alone; only packages that the project depends on are taken as they lie in `.lake/packages` (`unverified-import`).
 *
 * Elaboration is code, and may write into the private folder. So Assay writes only into folders that are new since
 * (through no link that was laid there), Lean's own library comes first where modules are looked for (nothing stands in
 * for `Init` or `Lean`), and a build that was asked is sealed by its hash: one that a later module changes is a crash.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../contract.ts';
import type { ProcessLimits, ProcessResult } from '../process.ts';
import { AUDIT_PROGRAM } from './audit-program.ts';
import { isOfToolchain, pathOf } from './modules.ts';
import type { ProgramFile } from './program.ts';
import { projectOptions } from './recognise.ts';
import type { LeanTools } from './tools.ts';

/** To load imports: all of Mathlib on a cold disk. */
const START_SECONDS = 60;
const OUTPUT = { outputBytes: 64 * 1024 * 1024, floodBytes: 256 * 1024 * 1024 };

export interface Workbench {
  readonly context: CheckContext;
  readonly tools: LeanTools;
  /** Absolute, private. */
  readonly folder: string;
  /** In it: builds of the modules as they are. */
  readonly main: string;
  /** Builds of packages. */
  readonly packages: readonly string[];
  /** SHA-256 of builds that were asked, by path. */
  readonly sealed: Map<string, string>;
}

/** Makes all folders for builds before any code runs. */
export async function openWorkbench(context: CheckContext, tools: LeanTools, files: readonly ProgramFile[]): Promise<Workbench> {
  const folder = await context.workspace();
  const main = await mkdtemp(join(folder, 'build-main-'));
  for (const file of files) await mkdir(dirname(oleanOf(main, file)), { recursive: true });
  return { context, tools, folder, main, packages: packageBuilds(join(context.tree.root, context.project.root)), sealed: new Map() };
}

function oleanOf(place: string, file: ProgramFile): string { return join(place, pathOf(file.module).replace(/lean$/, 'olean')); }

/** The first build that is not what was asked; seals that of this module. */
export async function seal(bench: Workbench, file: ProgramFile): Promise<string | undefined> {
  for (const [path, hash] of bench.sealed) if (await hashOf(path) !== hash) return path.slice(bench.main.length + 1);
  const path = oleanOf(bench.main, file);
  const hash = await hashOf(path);
  if (hash !== undefined) bench.sealed.set(path, hash);
  return undefined;
}

async function hashOf(path: string): Promise<string | undefined> {
  return isPlainFile(path) ? createHash('sha256').update(await readFile(path)).digest('hex') : undefined;
}

function isPlainFile(path: string): boolean { return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true; }

/** `.lake/packages/NAME/.lake/build/lib/lean`, before Lake 5 without the last part. */
export function packageBuilds(root: string): string[] {
  const home = join(root, '.lake', 'packages');
  if (!existsSync(home)) return [];
  return readdirSync(home).sort().flatMap((name) => {
    const library = join(home, name, '.lake', 'build', 'lib');
    return [join(library, 'lean'), library].filter((folder) => existsSync(folder)).slice(0, 1);
  });
}

/** The first import that is neither of the project, nor of Lean, nor built in a package. */
export function unbuiltImport(bench: Workbench, file: ProgramFile, own: ReadonlySet<string>): string | undefined {
  return file.imports.find((name) => !isOfToolchain(name) && !own.has(name) && !bench.packages.some((folder) => existsSync(join(folder, pathOf(name).replace(/lean$/, 'olean')))));
}

export interface Built {
  readonly result: ProcessResult;
  readonly attempt: Attempt;
  /** Lean wrote the module: it does so only after the last command, and not after an error. */
  readonly written: boolean;
  /** Folder of the build. */
  readonly place: string;
}

/** @param kind "main" for the module as it is; builds of others are found there */
export async function build(bench: Workbench, file: ProgramFile, text: Buffer, kind: 'main' | 'copy'): Promise<Built> {
  const { context, tools, folder } = bench;
  const source = await mkdtemp(join(folder, `source-${kind}-`));
  const place = kind === 'main' ? bench.main : await mkdtemp(join(folder, 'build-copy-'));
  const path = pathOf(file.module);
  const output = oleanOf(place, file);
  await mkdir(dirname(join(source, path)), { recursive: true });
  if (kind === 'copy') await mkdir(dirname(output), { recursive: true });
  await writeFile(join(source, path), text);
  const options = [...projectOptions(context.project).leanOptions, ...(context.limits.resource === undefined ? [] : [`maxHeartbeats=${context.limits.resource}`])];
  const obligations = Math.max(1, file.source.declarations.length);
  const { result, attempt } = await run(bench, tools.lean, {
    label: `lean ${file.module}${kind === 'main' ? '' : ' (copy)'}`, cwd: source, search: [bench.main], seconds: START_SECONDS + context.limits.wallSeconds * obligations,
    args: ['--json', '-j', '1', ...options.map((option) => `-D${option}`), '-R', source, '-o', output, join(source, path)],
  });
  return { result, attempt, written: isPlainFile(output), place };
}

/** @param places where the module is looked for, then what it imports */
export async function audit(bench: Workbench, file: ProgramFile, places: readonly string[], nonce: string): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const folder = await mkdtemp(join(bench.folder, 'audit-'));
  const program = join(folder, 'assay-audit.lean');
  await writeFile(program, AUDIT_PROGRAM);
  const seconds = START_SECONDS + bench.context.limits.wallSeconds * Math.max(1, file.source.declarations.length);
  return run(bench, bench.tools.lean, { label: `lean axioms of ${file.module}`, cwd: folder, search: places, seconds, args: ['--run', program, nonce, file.module] });
}

export function replay(bench: Workbench, checker: Tool, file: ProgramFile, places: readonly string[]): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const seconds = START_SECONDS + bench.context.limits.wallSeconds * Math.max(1, file.source.declarations.length);
  return run(bench, checker, { label: `leanchecker ${file.module}`, cwd: bench.folder, search: places, seconds, args: ['-v', file.module] });
}

interface Run { readonly label: string; readonly cwd: string; readonly search: readonly string[]; readonly seconds: number; readonly args: readonly string[] }

async function run(bench: Workbench, tool: Tool, request: Run): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const { context, packages } = bench;
  const library = join(dirname(realpathSync(bench.tools.lean.path)), '..', 'lib', 'lean');
  const limits: Partial<ProcessLimits> = { wallSeconds: request.seconds, ...OUTPUT };
  const result = await context.run({
    tool, args: request.args, cwd: request.cwd, cores: 1, label: request.label, learnKey: `${context.unit.id} ${request.label}`, obligations: context.unit.obligations,
    ...(context.unit.expectedMemoryMb === undefined ? {} : { expectedMemoryMb: context.unit.expectedMemoryMb }),
    env: { LEAN_PATH: [library, ...request.search, ...packages].join(':') }, limits,
  });
  const attempt: Attempt = {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit,
    limits: { ...context.limits, wallSeconds: request.seconds }, startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [{ name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : [])],
  };
  return { result, attempt };
}
