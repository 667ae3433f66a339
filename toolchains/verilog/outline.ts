/** Lists the obligations of a project: one unit a task, from the statements that its script will read. */
import type { Assumption, Diagnostic, Obligation, Outline, OutlineContext, Project, RepositoryTree, Unit } from '../contract.ts';
import { InputError } from '../contract.ts';
import { withUses } from '../graph.ts';
import { sandboxState } from '../process/sandbox/state.ts';
import type { Verdict } from '../verdict.ts';
import { bareTasks } from './bare.ts';
import { goalOf, kindsOf, type PreparedTask } from './design.ts';
import { placeholderSymbol, shortened, symbolsOf } from './names.ts';
import { expandSby, type SbyProblem } from './sby/expand.ts';
import { prepareTask, type Prepared } from './sby/prepare.ts';
import { pycodeRunner } from './sby/pycode.ts';
import { reachable, scanTask, textsOf, type TaskScan } from './source/scan.ts';
import type { PropertyStatement } from './source/statements.ts';
import { planToOptions } from './unit.ts';

const TOOLCHAIN = 'verilog';

export async function outlineProject(project: Project, context: OutlineContext): Promise<Outline> {
  const parts = project.options['top'] === undefined ? await sbyParts(project, context) : await bareParts(project, context.tree);
  return {
    obligations: parts.flatMap(part => part.obligations), units: parts.map(part => part.unit), uncovered: [],
    assumptions: unique(parts.flatMap(part => part.assumptions)), diagnostics: parts.flatMap(part => part.diagnostics),
  };
}

interface Part { readonly unit: Unit; readonly obligations: readonly Obligation[]; readonly assumptions: readonly Assumption[]; readonly diagnostics: readonly Diagnostic[] }

async function sbyParts(project: Project, context: OutlineContext): Promise<Part[]> {
  const origin = project.name;
  const content = (await context.tree.read(origin)).toString('utf8');
  const python = context.tools.find(tool => tool.id === 'python3' && tool.unfit === undefined);
  const hasPycode = /^--pycode-begin--$/m.test(content);
  const sandbox = hasPycode && context.trusted && python ? await sandboxState() : undefined;
  const runner = sandbox && python && !('missing' in sandbox) ? await pycodeRunner(context, python, origin) : undefined;
  const listed = await expandSby(content, undefined, runner);
  const refused: Verdict | undefined = !hasPycode || runner ? undefined
    : sandbox && 'missing' in sandbox ? { kind: 'not-run', reason: `runs code of the repository (pycode, line ${listed.pycode[0] ?? 1}), and there is no sandbox to run it in: ${sandbox.missing}; ${sandbox.remedy}` }
    : context.trusted ? { kind: 'tool-missing', reason: 'python3 runs the pycode of this file, and is not here', remedy: 'apt install python3' }
    : { kind: 'not-run', reason: `runs code of the repository (pycode, line ${listed.pycode[0] ?? 1}): give --trust to allow it` };
  const names = listed.tasks.length === 0 || listed.tasksUnknown ? [undefined] : listed.tasks.map(task => task.name);
  const parts: Part[] = [];
  for (const name of names) {
    const expansion = await expandSby(content, name, runner);
    const prepared = prepareTask(expansion, name, origin, context.tree);
    const decided = expansion.pycode.length > 0 ? refused : undefined;
    parts.push(await partOf(project, prepared, context, decided));
  }
  return parts;
}

async function bareParts(project: Project, tree: RepositoryTree): Promise<Part[]> {
  const parts: Part[] = [];
  for (const task of bareTasks(project)) {
    const texts = await textsOf(task.files, tree);
    const scan = scanTask(task, texts);
    if (!scan.statements.some(statement => kindsOf(task).includes(statement.kind))) continue;
    parts.push(makePart(project, task, scan, undefined, [], `${project.id}#${task.mode}`));
  }
  return parts;
}

async function partOf(project: Project, prepared: Prepared, context: OutlineContext, refused: Verdict | undefined): Promise<Part> {
  const { task } = prepared;
  const unitId = task.name === undefined ? project.id : `${project.id}#${task.name}`;
  let scan: TaskScan = { modules: [], statements: [], diagnostics: [], binds: false };
  const problems: SbyProblem[] = [...prepared.problems];
  try {
    scan = scanTask(task, await textsOf(task.files, context.tree));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push({ line: 1, message: error.message });
  }
  const code = task.script.find(line => line.code !== undefined);
  const decided: Verdict | undefined = refused
    ?? (problems.length > 0 ? { kind: 'malformed', reason: problems.map(problem => `${task.origin}:${problem.line}: ${problem.message}`).join('; ') } : undefined)
    ?? (scan.verific !== undefined ? { kind: 'tool-missing', reason: `line ${scan.verific} needs Verific, which open builds of yosys do not have`, remedy: 'use "read -formal", or run it with a yosys that has Verific' } : undefined)
    ?? (code && !context.trusted ? { kind: 'not-run', reason: `${task.origin}:${code.line}: the script ${code.code}: give --trust to allow it` } : undefined);
  return makePart(project, task, scan, decided, problems, unitId, prepared.absent);
}

function makePart(project: Project, task: PreparedTask, scan: TaskScan, decided: Verdict | undefined, problems: readonly SbyProblem[], unitId: string, absent: readonly string[] = []): Part {
  const kinds = kindsOf(task);
  const wanted = scan.statements.filter(statement => kinds.includes(statement.kind));
  const assumptions = assumptionsOf(scan.statements.filter(statement => statement.kind === 'assume' || statement.kind === 'fair'));
  const assumptionIds = assumptions.map(assumption => assumption.id);
  const prefix = `${project.id}#${task.name !== undefined ? `${task.name}/` : ''}`;
  const common = {
    project: project.id, toolchain: TOOLCHAIN, ...(task.name !== undefined && { task: task.name }), ...(task.expected && { expected: task.expected }),
    assumptions: assumptionIds, assumptionScope: 'project' as const,
  };
  const symbols = symbolsOf(wanted);
  const obligations: Obligation[] = wanted.map((statement, index) => ({
    id: prefix + symbols[index]!, ...common, goal: goalOf(task.mode, statement.kind), symbol: symbols[index]!, kind: statement.kind, file: statement.file, range: statement.range,
  }));
  if (obligations.length === 0) {
    const start = { line: 1, column: 1 };
    obligations.push({ id: prefix + placeholderSymbol, ...common, goal: goalOf(task.mode, 'task'), symbol: placeholderSymbol, kind: 'task', file: task.origin, range: { start, end: start } });
  }
  const concurrent = obligations.filter((_, index) => wanted[index]?.concurrent).map(obligation => obligation.id);
  const files = [...new Set([task.origin, ...task.files.map(file => file.source)])];
  return {
    obligations: withModulesBelow(obligations, wanted, scan), assumptions,
    diagnostics: [...scan.diagnostics, ...problems.map((problem): Diagnostic => ({ severity: 'error', message: problem.message, file: task.origin, range: lineRange(problem.line) }))],
    unit: {
      id: unitId, project: project.id, label: task.name === undefined ? project.name : `${project.name} ${task.name}`, obligations: obligations.map(obligation => obligation.id),
      inputs: { files, ...(absent.length > 0 && { absent }) }, options: planToOptions({ task, obligations, concurrent, assumptions: assumptionIds, binds: scan.binds, assumedAt: assumptions.map(({ file, range }) => ({ file, range })) }),
      executesCode: task.executesCode, ...(decided && { decided }), expectedMemoryMb: 200,
    },
  };
}

/** A property of a module rests on what is asserted of the modules that it instantiates, in the same task. */
function withModulesBelow(obligations: readonly Obligation[], wanted: readonly PropertyStatement[], scan: TaskScan): Obligation[] {
  const idsOf = new Map<string, string[]>();
  const moduleOf = new Map(wanted.map((statement, index) => [obligations[index]!.id, statement.module]));
  for (const [id, module] of moduleOf) { const ids = idsOf.get(module); if (ids) ids.push(id); else idsOf.set(module, [id]); }
  const below = new Map([...idsOf.keys()].map(module => [module, [...reachable(scan.modules, module) ?? []].filter(other => other !== module).flatMap(other => idsOf.get(other) ?? [])]));
  return withUses(obligations, 'names', ({ id }) => below.get(moduleOf.get(id) ?? '') ?? []);
}

function assumptionsOf(statements: readonly PropertyStatement[]): Assumption[] {
  const counts = new Map<string, number>();
  return statements.map(statement => {
    const text = `${statement.word}(${statement.expression})`;
    const key = `${TOOLCHAIN}:${statement.file}:${statement.module}.${statement.label ?? shortened(text)}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { id: count === 1 ? key : `${key}#${count}`, toolchain: TOOLCHAIN, kind: statement.word === 'restrict' ? 'restrict' : 'assume property', file: statement.file, range: statement.range, symbol: statement.module, text };
  });
}

function unique(assumptions: readonly Assumption[]): Assumption[] {
  return [...new Map(assumptions.map(assumption => [assumption.id, assumption])).values()];
}

function lineRange(line: number): { start: { line: number; column: number }; end: { line: number; column: number } } {
  return { start: { line, column: 1 }, end: { line, column: 1 } };
}
