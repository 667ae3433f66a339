/** Obligations of a project without running Dafny: one for each symbol of every file that it reads. */
import { InputError, type Assumption, type Diagnostic, type Obligation, type Outline, type OutlineContext, type Project, type Unit } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import { readConfiguration } from './options.ts';
import { readProgram, type Program } from './program.ts';
import { LARGEST_SOURCE_BYTES, SourceReader, type Cone } from './source/cone.ts';

/** Dafny's own base, and with a solver beside it (resident, on the public set: 250–400 MiB). */
const EXPECTED_MEMORY_MB = 450;

export interface UnitPlan {
  /** Given to Dafny; every file that they include is verified too. */
  readonly roots: readonly string[];
  readonly arguments: readonly string[];
  readonly libraries: readonly string[];
}

export function unitPlan(unit: Unit): UnitPlan { return unit.options as unknown as UnitPlan; }

export async function outlineProject(project: Project, context: Pick<OutlineContext, 'tree'>): Promise<Outline> {
  const { tree } = context;
  const roots = project.options.roots as readonly string[];
  const configuration = project.options.configuration as string | undefined;
  const diagnostics: Diagnostic[] = [];
  const plan: UnitPlan = { roots, arguments: project.options.arguments as readonly string[], libraries: project.options.libraries as readonly string[] };
  if (configuration !== undefined) {
    const options = await readConfiguration(configuration, await tree.read(configuration));
    for (const one of options.refused) diagnostics.push({ severity: 'warning', code: 'refused-option', file: configuration, message: `${one.option} ${one.why}` });
  }
  let cone: Cone;
  try {
    cone = await new SourceReader(tree, (path) => tree.read(path, LARGEST_SOURCE_BYTES)).cone(roots);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return outlineOf(project, plan, configuration, undefined, [], { kind: 'malformed', reason: error.message }, diagnostics, []);
  }
  const absent = cone.absent.map((one) => one.path);
  const [missing] = cone.absent;
  const decided: Verdict | undefined = missing ? { kind: 'malformed', reason: `${missing.by}:${missing.line}: the included file ${missing.path} is not there` } : undefined;
  return outlineOf(project, plan, configuration, readProgram(project, cone.files, trustedLibraries(project, configuration)), absent, decided, diagnostics, cone.files.map((file) => file.path));
}

/** What Dafny takes from elsewhere without a check. */
export function trustedLibraries(project: Project, configuration: string | undefined): Assumption[] {
  const at = { line: 1, column: 1 };
  const file = configuration ?? project.name;
  const libraries = [...project.options.libraries as readonly string[], ...(project.options.standardLibraries === true ? ['the standard libraries'] : [])];
  return libraries.map((text) => ({ id: `dafny:${file}:unverified-import::${text}`, toolchain: project.toolchain, kind: 'unverified-import', file, range: { start: at, end: at }, text }));
}

function outlineOf(
  project: Project, plan: UnitPlan, configuration: string | undefined, program: Program | undefined, absent: readonly string[], decided: Verdict | undefined,
  diagnostics: readonly Diagnostic[], files: readonly string[],
): Outline {
  const obligations: Obligation[] = (program?.symbols ?? []).map((symbol) => symbol.obligation);
  let verdict = decided;
  if (obligations.length === 0) {
    obligations.push(fileObligation(project, plan.roots[0] ?? configuration ?? project.name, program?.assumptions.map((one) => one.id) ?? []));
    if (plan.roots.length === 0) verdict ??= { kind: 'malformed', reason: `${project.name}: names no file that is there. Open the folder that holds the project` };
  }
  const unit: Unit = {
    id: project.id, project: project.id, label: project.name, obligations: obligations.map((obligation) => obligation.id),
    inputs: { files: [...(configuration === undefined ? [] : [configuration]), ...files], ...(absent.length > 0 ? { absent } : {}) },
    options: { ...plan }, executesCode: false, ...(verdict ? { decided: verdict } : {}), expectedMemoryMb: EXPECTED_MEMORY_MB,
  };
  return { obligations, assumptions: program?.assumptions ?? [], units: [unit], uncovered: [], diagnostics };
}

/** What a run says of no symbol: errors of a file as a whole. */
export function fileObligation(project: Project, file: string, assumptions: readonly string[] = []): Obligation {
  const at = { line: 1, column: 1 };
  return {
    id: `${project.id}#${file}`, project: project.id, toolchain: project.toolchain, symbol: file, kind: 'file', file, range: { start: at, end: at },
    assumptions, assumptionScope: 'exact',
  };
}
