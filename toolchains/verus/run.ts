/** One run of verus over a file, or of cargo verus over a private copy of a package. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative } from 'node:path';
import type { Attempt, CheckContext, Tool } from '../contract.ts';
import type { ProcessResult } from '../process.ts';
import { targetsOf } from './outline.ts';
import { crateNameOf } from './recognise.ts';

export interface RunRequest {
  readonly verus: Tool;
  readonly solver: Tool;
  readonly exactSolver: boolean;
  /** Present for a package. */
  readonly cargo?: Tool;
  /** Absolute folder for its queries. */
  readonly logFolder?: string;
}

export interface VerusRun {
  readonly result: ProcessResult;
  readonly attempt: Attempt;
  /** The path in the repository of a file that the run names. */
  fileOf(name: string): string | undefined;
}

const OUTPUT_BYTES = 128 * 1024 * 1024, FLOOD_BYTES = 256 * 1024 * 1024;
/** For rustc, for loading vstd and for making queries (1.1 s of CPU for a small file), on a loaded machine. */
const START_SECONDS = 60, CARGO_START_SECONDS = 600;
/** Verus's own default; "roughly in seconds", in truth about a fifth of one each. */
const DEFAULT_RLIMIT = 10;
export const EXPANDED_FROM = 2;

export async function runVerus(context: CheckContext, request: RunRequest): Promise<VerusRun> {
  const { verus, solver, cargo } = request;
  const { root } = context.tree;
  const options = verusOptions(context, request);
  const [target] = targetsOf(context.project);
  let cwd = root;
  let args: string[];
  if (cargo) {
    cwd = join(await context.workspace(), 'repository');
    await copyPackage(context, cwd);
    // A private target folder: what lies in the repository's is not trusted, and everything is verified anew.
    args = ['verify', '--manifest-path', join(cwd, context.project.options.manifest as string), '--target-dir', join(dirname(cwd), 'target'), '--message-format=json', '--', ...options];
  } else {
    const crate = target!.crate === posix.basename(target!.root, '.rs').replaceAll('-', '_') ? [] : ['--crate-name', crateNameOf(target!.root)];
    args = [target!.root, ...options, '--error-format=json', ...crate, ...(context.unit.options.library === true ? ['--crate-type=lib'] : [])];
  }
  const result = await context.run({
    tool: cargo ?? verus, cwd, args, cores: 1, label: `verus ${context.project.name}`, learnKey: `${context.unit.id} verus ${verus.version}`, obligations: context.unit.obligations,
    expectedMemoryMb: context.unit.expectedMemoryMb, env: { VERUS_Z3_PATH: solver.path, ...rustEnvironment() },
    limits: { wallSeconds: (cargo ? CARGO_START_SECONDS : START_SECONDS) + context.limits.wallSeconds * Math.max(1, context.unit.obligations.length), outputBytes: OUTPUT_BYTES, floodBytes: FLOOD_BYTES },
  });
  return { result, attempt: attemptOf(context, request, result), fileOf: (name) => inRepository(context, cwd, name) };
}

function verusOptions(context: CheckContext, request: RunRequest): string[] {
  const { effort, wallSeconds, resource } = context.limits;
  const rlimit = resource ?? (effort >= EXPANDED_FROM ? Math.max(DEFAULT_RLIMIT, Math.ceil(wallSeconds)) : undefined);
  return [
    '--output-json', '--time', '--multiple-errors', '5', '--num-threads', '1',
    ...(rlimit === undefined ? [] : ['--rlimit', String(rlimit)]), ...(effort >= EXPANDED_FROM ? ['--expand-errors'] : []),
    ...(request.exactSolver ? [] : ['-V', 'no-solver-version-check']), ...(request.logFolder === undefined ? [] : ['--log', 'smt', '--log-dir', request.logFolder]),
  ];
}

/** Where rustup and cargo keep what they installed, where that is not in the home folder. */
function rustEnvironment(): Record<string, string> {
  return Object.fromEntries(['RUSTUP_HOME', 'CARGO_HOME'].flatMap((name) => { const value = process.env[name]; return value !== undefined && isAbsolute(value) ? [[name, value]] : []; }));
}

/** Cargo writes a lock file and build scripts write where they like: never in the user's folder. */
async function copyPackage(context: CheckContext, to: string): Promise<void> {
  for (const path of context.unit.inputs.files) {
    if (isAbsolute(path)) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), await context.read(path));
  }
}

/** Cargo runs the compiler in the folder of the workspace, verus in the folder that it was started in. */
function inRepository(context: CheckContext, cwd: string, name: string): string | undefined {
  const { tree, project } = context;
  const candidates = isAbsolute(name) ? [relative(cwd, name), relative(tree.root, name)] : [posix.normalize(name), posix.join(project.root, name), ...ancestors(project.root).map((folder) => posix.join(folder, name))];
  return candidates.map((path) => path.replaceAll('\\', '/')).find((path) => tree.has(path));
}

function ancestors(folder: string): string[] { return folder === '' ? [] : [...ancestors(posix.dirname(folder) === '.' ? '' : posix.dirname(folder)), folder]; }

function attemptOf(context: CheckContext, { verus, solver, cargo }: RunRequest, result: ProcessResult): Attempt {
  const tool = cargo ?? verus;
  return {
    tool: tool.id, toolVersion: tool.version, fingerprint: tool.fingerprint, solver: { id: solver.id, version: solver.version, fingerprint: solver.fingerprint },
    argv: result.argv, cwd: result.cwd, env: result.env, exit: result.exit, limits: context.limits, startedAt: result.startedAt, seconds: result.seconds, peakMemoryMb: result.peakMemoryMb,
    outputs: [{ name: 'stdout', ...result.stdout }, ...(result.stderr.bytes > 0 ? [{ name: 'stderr', ...result.stderr }] : [])],
  };
}
