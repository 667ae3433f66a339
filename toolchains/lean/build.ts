/**
 * Builds modules in a private folder and asks the builds. Lake is not run: its configuration is a program, and it
 * would take builds that lie in the tree. `lean` gets copies of the sources, and finds what they import in fresh builds
 * alone; only packages that the project depends on are taken as they lie in `.lake/packages` (`unverified-import`).
 */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../contract.ts';
import type { ProcessLimits, ProcessResult } from '../process.ts';
import { AUDIT_PROGRAM } from './audit-program.ts';
import { isOfToolchain, pathOf } from './modules.ts';
import type { ProgramFile } from './program.ts';
import { projectOptions } from './recognise.ts';
import { partsOf } from './source/names.ts';
import type { LeanTools } from './tools.ts';

/** To load imports: all of Mathlib on a cold disk. */
const START_SECONDS = 60;
const OUTPUT = { outputBytes: 64 * 1024 * 1024, floodBytes: 256 * 1024 * 1024 };

export interface Workbench {
  readonly context: CheckContext;
  readonly tools: LeanTools;
  /** Absolute. */
  readonly folder: string;
  /** Builds of packages. */
  readonly packages: readonly string[];
}

export async function openWorkbench(context: CheckContext, tools: LeanTools): Promise<Workbench> {
  const folder = await context.workspace();
  await writeFile(join(folder, 'assay-audit.lean'), AUDIT_PROGRAM);
  return { context, tools, folder, packages: packageBuilds(join(context.tree.root, context.project.root)) };
}

/** `.lake/packages/NAME/.lake/build/lib/lean`, before Lake 5 without the last part. */
function packageBuilds(root: string): string[] {
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
}

/** @param place "main" for the module as it is; builds of others are found there */
export async function build(bench: Workbench, file: ProgramFile, text: Buffer, place: string): Promise<Built> {
  const { context, tools, folder } = bench;
  const source = join(folder, `source-${place}`);
  const path = pathOf(file.module);
  const output = join(folder, `build-${place}`, path.replace(/lean$/, 'olean'));
  await mkdir(dirname(join(source, path)), { recursive: true });
  await mkdir(dirname(output), { recursive: true });
  await writeFile(join(source, path), text);
  const options = [...projectOptions(context.project).leanOptions, ...(context.limits.resource === undefined ? [] : [`maxHeartbeats=${context.limits.resource}`])];
  const obligations = Math.max(1, file.source.declarations.length);
  const { result, attempt } = await run(bench, tools.lean, {
    label: `lean ${file.module}${place === 'main' ? '' : ' (copy)'}`, cwd: source, search: ['main'], seconds: START_SECONDS + context.limits.wallSeconds * obligations,
    args: ['--json', '-j', '1', ...options.map((option) => `-D${option}`), '-R', source, '-o', output, join(source, path)],
  });
  return { result, attempt, written: existsSync(output) };
}

/** @param places where the module is looked for, then what it imports */
export function audit(bench: Workbench, file: ProgramFile, places: readonly string[], nonce: string): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const seconds = START_SECONDS + bench.context.limits.wallSeconds * Math.max(1, file.source.declarations.length);
  return run(bench, bench.tools.lean, { label: `lean axioms of ${file.module}`, cwd: bench.folder, search: places, seconds, args: ['--run', join(bench.folder, 'assay-audit.lean'), nonce, file.module] });
}

export function replay(bench: Workbench, checker: Tool, file: ProgramFile, places: readonly string[]): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const seconds = START_SECONDS + bench.context.limits.wallSeconds * Math.max(1, file.source.declarations.length);
  return run(bench, checker, { label: `leanchecker ${file.module}`, cwd: bench.folder, search: places, seconds, args: ['-v', file.module] });
}

interface Run { readonly label: string; readonly cwd: string; readonly search: readonly string[]; readonly seconds: number; readonly args: readonly string[] }

async function run(bench: Workbench, tool: Tool, request: Run): Promise<{ result: ProcessResult; attempt: Attempt }> {
  const { context, folder, packages } = bench;
  const limits: Partial<ProcessLimits> = { wallSeconds: request.seconds, ...OUTPUT };
  const result = await context.run({
    tool, args: request.args, cwd: request.cwd, cores: 1, label: request.label, learnKey: `${context.unit.id} ${request.label}`, obligations: context.unit.obligations,
    ...(context.unit.expectedMemoryMb === undefined ? {} : { expectedMemoryMb: context.unit.expectedMemoryMb }),
    env: { LEAN_PATH: [...request.search.map((place) => join(folder, `build-${place}`)), ...packages].join(':') }, limits,
  });
  const attempt: Attempt = {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit,
    limits: { ...context.limits, wallSeconds: request.seconds }, startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [{ name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : [])],
  };
  return { result, attempt };
}

/** For the copy of a module: a folder that no other module shares. */
export function copyPlace(file: ProgramFile): string { return `copy-${partsOf(file.module).join('-').replace(/[^\w-]/g, '_')}`; }
