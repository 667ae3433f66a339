/** Makes one task of an .sby ready: sections, options, engines, script and files, or all that is wrong with them. */
import type { RepositoryTree } from '../../contract.ts';
import type { Engine, PreparedTask } from '../design.ts';
import { readScriptLine } from './commands.ts';
import type { Expansion, SbyLine, SbyProblem } from './expand.ts';
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
  const engines = sections.engines.map(readEngine);
  const script = sections.script.map(line => readScriptLine(line.text.trim(), line.line));
  const problems = [...expansion.problems, ...sections.problems, ...options.problems, ...laidOut.problems];
  if (engines.length === 0) problems.push({ line: 1, message: '[engines] names no engine' });
  if (script.length === 0) problems.push({ line: 1, message: '[script] is empty' });
  const task: PreparedTask = {
    ...(name !== undefined && { name }), origin, mode: options.mode ?? 'bmc', depth: options.depth, skip: options.skip, append: options.append,
    multiclock: options.multiclock, engines, script, files: laidOut.files,
    executesCode: expansion.pycode.length > 0 || script.some(line => line.code !== undefined),
    ...(options.timeoutSeconds !== undefined && { timeoutSeconds: options.timeoutSeconds }),
    ...(options.expected && { expected: options.expected }),
  };
  return { task, problems, absent: laidOut.absent };
}

/** "smtbmc --presat boolector", "abc --keep-going pdr": the name, then the words as written. */
function readEngine(line: SbyLine): Engine {
  const text = line.text.replace(/\s#.*$/, '').trim();
  const [name = '', ...words] = text.split(/\s+/);
  return { line: line.line, text, name, words };
}
