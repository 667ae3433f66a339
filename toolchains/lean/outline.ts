/** Obligations of a project without running Lean: one for each declaration of every module. */
import { InputError, type Diagnostic, type Obligation, type Outline, type OutlineContext, type Project, type Tool, type Unit } from '../contract.ts';
import { firstFit } from '../locate.ts';
import type { Verdict } from '../verdict.ts';
import { REMEDY } from './locate.ts';
import { readProgram, type Program } from './program.ts';
import { LARGEST_SOURCE_BYTES, projectOptions } from './recognise.ts';

/** Resident. An umbrella import of Mathlib: up to 6.5 GB seen; of Lean itself and of the core alone: guesses until learned. */
const MEMORY_MB = { mathlib: 6500, lean: 1500, core: 600 };

export async function outlineProject(project: Project, context: Pick<OutlineContext, 'tree' | 'tools'>): Promise<Outline> {
  const options = projectOptions(project);
  const diagnostics: Diagnostic[] = [];
  const contents = new Map<string, string>();
  let decided: Verdict | undefined = options.problem === undefined ? undefined : { kind: 'malformed', reason: options.problem };
  for (const { file } of options.modules) {
    try {
      contents.set(file, (await context.tree.read(file, LARGEST_SOURCE_BYTES)).toString('utf8'));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      decided ??= { kind: 'malformed', reason: error.message };
      diagnostics.push({ severity: 'error', message: error.message, file });
    }
  }
  const program = readProgram(project, contents);
  const obligations: Obligation[] = program.symbols.map((symbol) => symbol.obligation);
  for (const { file } of options.modules) if (!obligations.some((one) => one.file === file)) obligations.push(fileObligation(project, file));
  if (obligations.length === 0) {
    obligations.push(fileObligation(project, project.files[0] ?? project.name));
    decided ??= { kind: 'malformed', reason: `${project.name}: has no module. Open the folder that holds the package` };
  }
  decided ??= withoutTool(context.tools);
  const unit: Unit = {
    id: project.id, project: project.id, label: project.name, obligations: obligations.map((one) => one.id), inputs: { files: project.files },
    options: { ...project.options }, executesCode: true, ...(decided ? { decided } : {}), expectedMemoryMb: memoryOf(program),
  };
  return { obligations, assumptions: program.assumptions, units: [unit], uncovered: [], diagnostics };
}

export function withoutTool(tools: readonly Tool[]): Verdict | undefined {
  return firstFit(tools, 'lean') ? undefined : { kind: 'tool-missing', reason: 'no lean 4 on PATH', remedy: REMEDY };
}

function memoryOf(program: Program): number {
  const imports = program.files.flatMap((file) => file.imports);
  if (imports.some((name) => name === 'Mathlib' || name.startsWith('Mathlib.'))) return MEMORY_MB.mathlib;
  return imports.some((name) => name === 'Lean' || name.startsWith('Lean.')) ? MEMORY_MB.lean : MEMORY_MB.core;
}

/** Of a module without declarations, and for errors that belong to none. */
export function fileObligation(project: Project, file: string): Obligation {
  const at = { line: 1, column: 1 };
  return { id: `${project.id}#${file}`, project: project.id, toolchain: project.toolchain, symbol: file, kind: 'file', file, range: { start: at, end: at }, assumptions: [], assumptionScope: 'exact' };
}
