/** A private copy of a program translated to JavaScript without verifying it: what is left is the code without its proof text. */
import type { CheckContext, Tool } from '../contract.ts';
import type { ProcessResult } from '../process.ts';
import type { ProgramCopy } from './copy.ts';
import { unitPlan } from './outline.ts';
import { DAFNY_ENVIRONMENT } from './run.ts';

/** To start and to compile, on a loaded machine. */
const COMPILE_SECONDS = 60;

export interface CompileRequest {
  readonly dafny: Tool;
  readonly copy: ProgramCopy;
  /** Absolute, without its ending. */
  readonly output: string;
  /** With Dafny's own library in it, to be run. */
  readonly runtime: boolean;
  readonly obligations: readonly string[];
  readonly label: string;
}

export function compileCopy(context: Pick<CheckContext, 'unit' | 'run'>, { dafny, copy, output, runtime, obligations, label }: CompileRequest): Promise<ProcessResult> {
  return context.run({
    tool: dafny, cwd: copy.folder, obligations, label, learnKey: `${context.unit.id} dafny translate`, expectedMemoryMb: context.unit.expectedMemoryMb, env: DAFNY_ENVIRONMENT,
    limits: { wallSeconds: COMPILE_SECONDS },
    args: ['translate', 'js', '--no-verify', '--allow-warnings', ...(runtime ? ['--include-runtime'] : []), ...programArguments(context), ...relativeRoots(copy), '--output', output],
  });
}

/** What `dafny audit` lists as taken on trust. */
export function auditCopy(context: Pick<CheckContext, 'unit' | 'run'>, { dafny, copy, obligations, label }: Omit<CompileRequest, 'output' | 'runtime'>): Promise<ProcessResult> {
  return context.run({
    tool: dafny, cwd: copy.folder, obligations, label, learnKey: `${context.unit.id} dafny audit`, expectedMemoryMb: context.unit.expectedMemoryMb, env: DAFNY_ENVIRONMENT,
    limits: { wallSeconds: COMPILE_SECONDS }, args: ['audit', ...programArguments(context), ...relativeRoots(copy)],
  });
}

/** Of the program's options those that are of the language and not of a verification. */
function programArguments(context: Pick<CheckContext, 'unit'>): string[] {
  const plan = unitPlan(context.unit);
  return [...plan.arguments.filter((word) => !word.startsWith('--isolate-assertions')), ...plan.libraries.flatMap((library) => ['--library', library])];
}

/** Paths are in what Dafny prints and writes: of two copies they must be the same. */
function relativeRoots(copy: ProgramCopy): string[] { return copy.roots.map((path) => path.slice(copy.folder.length + 1)); }
