/** Scans the sources of a prepared task for modules and property statements, as its script will read them. */
import { posix } from 'node:path';
import type { Diagnostic, RepositoryTree } from '../../contract.ts';
import type { LaidOutFile, PreparedTask } from '../design.ts';
import { Preprocessor } from './preprocess.ts';
import { readingOf, type ReadFile } from './reading.ts';
import { scanStatements, type PropertyStatement, type SourceModule } from './statements.ts';

/** A design file larger than this is not scanned (generated netlists); its properties are found by elaboration. */
export const SCANNED_BYTES = 32 * 2 ** 20;

export interface TaskScan {
  readonly modules: readonly SourceModule[];
  /** Places are of the repository. Only statements in modules that the top can reach, where the top is known. */
  readonly statements: readonly PropertyStatement[];
  readonly diagnostics: readonly Diagnostic[];
  /** True where a `bind` directive adds instances that the front end does not make: then all modules count as reached. */
  readonly binds: boolean;
  readonly verific?: number;
}

/** Texts of laid-out files by their path in the private folder. */
export type Texts = ReadonlyMap<string, string>;

export async function textsOf(files: readonly LaidOutFile[], tree: RepositoryTree): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file.path, file.inline ?? (await tree.read(file.source, SCANNED_BYTES)).toString('utf8'));
  return texts;
}

export function scanTask(task: PreparedTask, texts: Texts): TaskScan {
  const reading = readingOf(task.script);
  const modules: SourceModule[] = [];
  const statements: PropertyStatement[] = [];
  const diagnostics: Diagnostic[] = [];
  const byPath = new Map(task.files.map(file => [file.path, file]));
  const seen = new Set<string>();
  let binds = false;
  for (const file of reading.files) {
    const text = texts.get(file.path);
    if (text === undefined) continue; // yosys will say so
    const preprocessor = new Preprocessor(file.defines, (name, from) => findInclude(name, from, file, texts));
    const found = scanStatements(preprocessor.read(file.path, text));
    for (const missing of preprocessor.missing) {
      const laidOut = byPath.get(missing.file);
      diagnostics.push({ severity: 'warning', message: `\`include "${missing.name}": no such file among the files of the task`, file: laidOut?.source ?? missing.file, range: missing.range });
    }
    for (const bind of found.binds) {
      binds = true;
      diagnostics.push({ severity: 'warning', message: 'yosys passes over "bind": what it binds is not checked', file: byPath.get(bind.file)?.source ?? bind.file, range: bind.range });
    }
    for (const module of found.modules) modules.push(module);
    for (const statement of found.statements) {
      const key = `${statement.file}:${statement.range.end.line}:${statement.range.end.column}:${statement.range.start.column}:${statement.expression}`;
      if (seen.has(key)) continue; // a file read or included twice
      seen.add(key);
      statements.push(statement);
    }
  }
  const reached = binds ? undefined : reachable(modules, reading.top);
  return {
    modules, diagnostics, binds, ...(reading.verific !== undefined && { verific: reading.verific }),
    statements: statements.filter(one => !reached || reached.has(one.module)).map(one => inRepository(one, byPath)),
  };
}

/** As yosys looks: beside the file that includes, in the working folder, then in the -I folders. */
export function findInclude(name: string, from: string, file: ReadFile, texts: Texts): { readonly file: string; readonly text: string } | undefined {
  for (const folder of [posix.dirname(from), '.', ...file.includeFolders]) {
    const path = posix.normalize(posix.join(folder, name));
    const text = texts.get(path);
    if (text !== undefined) return { file: path, text };
  }
  return undefined;
}

function inRepository(statement: PropertyStatement, byPath: ReadonlyMap<string, LaidOutFile>): PropertyStatement {
  const file = byPath.get(statement.file);
  if (!file) return statement;
  const { start, end } = statement.range;
  return {
    ...statement, file: file.source,
    range: { start: { ...start, line: start.line + file.lineOffset }, end: { ...end, line: end.line + file.lineOffset } },
  };
}

/** Modules that may be under `top`; undefined where that is not known (then all count). */
export function reachable(modules: readonly SourceModule[], top: string | undefined): ReadonlySet<string> | undefined {
  if (top === undefined || !modules.some(module => module.name === top)) return undefined;
  const byName = new Map(modules.map(module => [module.name, module]));
  const reached = new Set<string>();
  const open = [top];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const word of byName.get(name)?.words ?? []) if (byName.has(word) && !reached.has(word)) open.push(word);
  }
  return reached;
}

/** Modules that no other module names. */
export function topModules(modules: readonly SourceModule[]): readonly string[] {
  const names = [...new Set(modules.map(module => module.name))];
  return names.filter(name => !modules.some(module => module.name !== name && module.words.has(name)));
}
