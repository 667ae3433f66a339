/** Which engines a task asked for and which it gets; what is not here is replaced by what is, and the ledger says so. */
import type { Diagnostic, Tool } from '../../contract.ts';
import type { Engine, PreparedTask } from '../design.ts';
import { BTOR_TOOLS } from './btor/engine.ts';
import { askedSolver, chooseSolver, type ChosenSolver } from './solvers.ts';

export interface NativeTools {
  readonly yosys: Tool;
  readonly smtbmc?: Tool;
  readonly solver?: ChosenSolver;
  readonly python?: Tool;
  readonly abc?: Tool;
  /** btormc or pono, where the file asks for it and it is here. */
  readonly btor?: Tool;
}

export function nativeTools(task: PreparedTask, tools: readonly Tool[]): NativeTools | undefined {
  const usable = (id: string): Tool | undefined => tools.find(tool => tool.id === id && tool.unfit === undefined && !tool.embedded);
  const yosys = usable('yosys');
  if (!yosys) return undefined;
  const solver = chooseSolver(task.engines, tools);
  const smtbmc = solver && usable('yosys-smtbmc');
  const abc = usable('yosys-abc');
  const python = usable('python3');
  const btor = task.engines.flatMap(engine => (engine.name === 'btor' && BTOR_TOOLS.includes(askedSolver(engine) ?? '') ? usable(askedSolver(engine)!) ?? [] : []))[0];
  return { yosys, ...(smtbmc && { smtbmc, solver }), ...(abc && { abc }), ...(python && { python }), ...(btor && { btor }) };
}

export type SearchKind = 'smtbmc' | 'abc' | 'btor';

/** Whose turn it is, in the order of the file; and-inverter engines are stood in for by abc. What is not named comes last. */
export function searchOrder(engines: readonly Engine[], found: NativeTools): readonly SearchKind[] {
  const named = engines.flatMap((engine): SearchKind[] => {
    switch (engine.name) {
      case 'smtbmc': return ['smtbmc'];
      case 'abc': case 'aiger': return ['abc'];
      case 'btor': return found.btor ? ['btor'] : [];
      default: return [];
    }
  });
  return [...new Set<SearchKind>([...named, 'smtbmc', 'abc'])];
}

export function askedText(engines: readonly Engine[]): string {
  return engines.map(engine => engine.text).join('; ');
}

/** One remark for each engine line that is not followed as written. */
export function replacements(task: PreparedTask, found: NativeTools): Diagnostic[] {
  const remarks: Diagnostic[] = [];
  const remark = (engine: Engine, text: string): void => {
    const at = { line: engine.line, column: 1 };
    remarks.push({ severity: 'info', message: `"${engine.text}": ${text}`, file: task.origin, range: { start: at, end: at } });
  };
  for (const engine of task.engines) {
    const [solver = ''] = [askedSolver(engine)];
    if (engine.line === 0) continue;
    if (engine.name === 'smtbmc') {
      if (!found.smtbmc) remark(engine, found.abc ? 'yosys-smtbmc or its solver is not here; abc is used' : 'yosys-smtbmc or its solver is not here');
      else if (solver !== '' && solver !== found.solver!.name) remark(engine, `${solver} is not here; ${found.solver!.name} is used`);
    } else if (engine.name === 'abc') {
      if (!found.abc) remark(engine, 'yosys-abc is not here; yosys-smtbmc is used');
      else if (solver !== 'pdr' && solver !== 'bmc3') remark(engine, `abc ${solver} is not used; bmc3 and pdr are`);
    } else if (engine.name === 'btor' && found.btor?.id === solver) {
      if (task.mode === 'prove') remark(engine, `${solver} has no part in mode ${task.mode}`);
    } else remark(engine, `${engine.name} ${solver} is not here; ${found.abc ? 'abc' : 'yosys-smtbmc'} is used`.replace('  ', ' '));
  }
  return remarks;
}
