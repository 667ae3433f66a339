/** Obligations of a script: one for each command that asks for an answer, or one on the file where there is none. */
import { InputError, type Diagnostic, type Obligation, type Outline, type Project, type RepositoryTree, type Unit } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import { readScript, type Script } from './script.ts';

/** Larger scripts are refused: a solver would need some twenty times as much memory. */
export const LARGEST_SCRIPT_BYTES = 1024 * 1024 * 1024;

/** First guess of a solver's memory: MiB, and MiB for each MiB of script (z3 4.8.12 on generated scripts of 10–100 MB). */
const BASE_MEMORY_MB = 60, MEMORY_PER_MB = 20;

/** A check-sat asks of the assertions before it, and of no other check. */
const NONE: readonly string[] = [];

export async function outlineScript(project: Project, tree: RepositoryTree): Promise<Outline> {
  const file = project.files[0] ?? project.name;
  let script: Script;
  try {
    script = readScript(await tree.read(file, LARGEST_SCRIPT_BYTES));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return outlineOf(project, file, undefined, { kind: 'malformed', reason: error.message });
  }
  const { problem } = script;
  if (problem) return outlineOf(project, file, script, { kind: 'malformed', reason: `${file}:${problem.line}: ${problem.message}` });
  if (script.checks.length === 0) return outlineOf(project, file, script, { kind: 'nothing-to-prove', reason: 'the script asks nothing: it has no check-sat that is run' });
  return outlineOf(project, file, script, undefined);
}

function outlineOf(project: Project, file: string, script: Script | undefined, decided: Verdict | undefined): Outline {
  const assumptions: readonly string[] = [];
  const common = { project: project.id, toolchain: project.toolchain, file, assumptions, assumptionScope: 'exact' as const, uses: NONE, usesScope: 'exact' as const };
  const start = { line: 1, column: 1 };
  const obligations: Obligation[] = (script?.checks ?? []).map((check) => {
    const symbol = `check-sat ${check.number}`;
    return { ...common, id: `${project.id}#${symbol}`, symbol, kind: 'check-sat', range: check.range };
  });
  if (obligations.length === 0) {
    const at = script?.problem ? { line: script.problem.line, column: 1 } : start;
    obligations.push({ ...common, id: `${project.id}#script`, symbol: 'script', kind: 'script', range: { start: at, end: at } });
  }
  const unit: Unit = {
    id: project.id, project: project.id, label: file, obligations: obligations.map((obligation) => obligation.id), inputs: { files: [file] },
    options: {}, executesCode: false, decided,
    expectedMemoryMb: Math.round(BASE_MEMORY_MB + MEMORY_PER_MB * ((script?.bytes.length ?? 0) / 2 ** 20)),
  };
  const diagnostics: Diagnostic[] = (script?.notes ?? []).map((note) => ({ ...note, file }));
  return { obligations, assumptions: [], units: [unit], uncovered: [], diagnostics };
}
