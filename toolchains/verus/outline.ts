/** Obligations of a project without running Verus: one for each function for which it makes a proof task. */
import { InputError, type Diagnostic, type Obligation, type Outline, type OutlineContext, type Project, type RepositoryTree, type Unit } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import type { Target } from './manifest.ts';
import { readProgram, type Program } from './program.ts';
import { CrateReader, LARGEST_SOURCE_BYTES, type Crate } from './source/crate.ts';

/** rustc with vstd loaded, and z3 beside it. */
const EXPECTED_MEMORY_MB = 700;

export interface Programs { readonly programs: readonly Program[]; readonly crates: readonly Crate[] }

export function targetsOf(project: Project): readonly Target[] { return project.options.targets as unknown as readonly Target[]; }

export async function readPrograms(project: Project, tree: RepositoryTree, bytes: (path: string) => Promise<Buffer>): Promise<Programs> {
  const reader = new CrateReader(tree, bytes);
  const targets = targetsOf(project);
  const crates: Crate[] = [];
  const programs: Program[] = [];
  for (const [index, target] of targets.entries()) {
    const crate = await reader.crate(target.root);
    crates.push(crate);
    const isSecond = targets.slice(0, index).some((other) => other.crate === target.crate);
    programs.push(readProgram(project, target.crate, crate.files, isSecond ? `${target.root} ` : ''));
  }
  return { programs, crates };
}

export async function outlineProject(project: Project, context: Pick<OutlineContext, 'tree'>): Promise<Outline> {
  const { tree } = context;
  let read: Programs;
  try {
    read = await readPrograms(project, tree, (path) => tree.read(path, LARGEST_SOURCE_BYTES));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return outlineOf(project, { programs: [], crates: [] }, { kind: 'malformed', reason: error.message });
  }
  return outlineOf(project, read, undefined);
}

function outlineOf(project: Project, { programs, crates }: Programs, refused: Verdict | undefined): Outline {
  const obligations: Obligation[] = programs.flatMap((program) => program.functions.map((one) => one.obligation));
  const assumptions = [...new Map(programs.flatMap((program) => program.assumptions).map((one) => [one.id, one])).values()];
  const absent = crates.flatMap((crate) => crate.absent);
  const [missing] = absent.filter((one) => !one.conditional);
  const diagnostics = absent.map((one): Diagnostic => ({ severity: one.conditional ? 'info' : 'error', file: one.by, range: { start: { line: one.line, column: 1 }, end: { line: one.line, column: 1 } }, message: `the module ${one.module} is in none of ${one.paths.join(', ')}` }));
  let decided = refused ?? (missing ? { kind: 'malformed', reason: `${missing.by}:${missing.line}: the module ${missing.module} is in none of ${missing.paths.join(', ')}` } satisfies Verdict : undefined);
  if (obligations.length === 0) {
    obligations.push(fileObligation(project, targetsOf(project)[0]?.root ?? project.name, assumptions.map((one) => one.id)));
    if (targetsOf(project).length === 0) decided ??= { kind: 'malformed', reason: `${project.name}: no library or program of it is there` };
  }
  const sources = [...new Set(crates.flatMap((crate) => crate.files.map((file) => file.path)))];
  const library = !programs.some((program) => program.all.some(({ named }) => named.symbol === `${program.crate}::main`));
  const unit: Unit = {
    id: project.id, project: project.id, label: project.name, obligations: obligations.map((one) => one.id),
    inputs: { files: [...new Set([...sources, ...project.files])], ...(absent.length > 0 ? { absent: absent.flatMap((one) => one.paths) } : {}) },
    options: { ...project.options, library }, executesCode: project.executes.length > 0, ...(decided ? { decided } : {}), expectedMemoryMb: EXPECTED_MEMORY_MB,
  };
  return { obligations, assumptions, units: [unit], uncovered: programs.flatMap((program) => program.uncovered), diagnostics };
}

/** What a run says of no function. */
export function fileObligation(project: Project, file: string, assumptions: readonly string[] = []): Obligation {
  const at = { line: 1, column: 1 };
  return { id: `${project.id}#${file}`, project: project.id, toolchain: project.toolchain, symbol: file, kind: 'file', file, range: { start: at, end: at }, assumptions, assumptionScope: 'exact' };
}
