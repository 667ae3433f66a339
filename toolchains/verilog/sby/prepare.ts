/** Makes one task of an .sby ready: sections, options, engines, script and files, or all that is wrong with them. */
import type { RepositoryTree } from '../../contract.ts';
import type { PreparedTask } from '../design.ts';
import { readScriptLine } from './commands.ts';
import { readEngine } from './engines.ts';
import type { Expansion, SbyProblem } from './expand.ts';
import { layOut } from './files.ts';
import { readOptions } from './options.ts';
import { sortSections } from './sections.ts';

export interface Prepared {
  /** Also there where something is wrong, as far as it could be read (for listing obligations). */
  readonly task: PreparedTask;
  readonly problems: readonly SbyProblem[];
  readonly absent: readonly string[];
}

export function prepareTask(expansion: Expansion, name: string | undefined, origin: string, tree: RepositoryTree): Prepared {
  const sections = sortSections(expansion.lines);
  const options = readOptions(sections.options);
  const laidOut = layOut(sections, origin, tree);
  const engines = sections.engines.filter(line => line.mode === undefined || line.mode === options.mode).map(readEngine);
  const script = sections.script.map(line => readScriptLine(line.text.trim(), line.line));
  const problems = [...expansion.problems, ...sections.problems, ...options.problems, ...engines.flatMap(read => read.problems), ...laidOut.problems];
  const notUsed = options.skip > 0 ? engines.find(({ engine }) => engine.name !== 'smtbmc' && engine.name !== 'btor') : undefined;
  if (notUsed) problems.push({ line: notUsed.engine.line, message: `option skip: the engine ${notUsed.engine.name} cannot pass over steps` });
  if (engines.length === 0 && options.mode !== 'prep') problems.push({ line: 1, message: '[engines] names no engine' });
  if (script.length === 0) problems.push({ line: 1, message: '[script] is empty' });
  const task: PreparedTask = {
    ...(name !== undefined && { name }), origin, mode: options.mode ?? 'bmc', depth: options.depth, skip: options.skip, traces: options.traces,
    multiclock: options.multiclock, assumeEarly: options.assumeEarly, coverAssert: options.coverAssert, wait: options.wait,
    notes: [...options.notes, ...engines.flatMap(read => read.notes), ...sections.notes], engines: engines.map(read => read.engine), script, files: laidOut.files,
    executesCode: expansion.pycode.length > 0 || script.some(line => line.code !== undefined),
    ...(options.timeoutSeconds !== undefined && { timeoutSeconds: options.timeoutSeconds }),
    ...(options.expected && { expected: options.expected }),
  };
  return { task, problems, absent: laidOut.absent };
}
