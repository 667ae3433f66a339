/** Finds projects in a tree: every .sby, and every design with assertions that no .sby names. */
import { posix } from 'node:path';
import type { CodeExecution, Project, Recognition, RepositoryTree, Uncovered } from '../contract.ts';
import { InputError } from '../contract.ts';
import { findDesigns } from './designs.ts';
import { expandSby } from './sby/expand.ts';
import { repositoryPath } from './sby/files.ts';
import { prepareTask } from './sby/prepare.ts';
import { filesBeside } from './sby/pycode.ts';
import { referencedFiles } from './sby/references.ts';

const TOOLCHAIN = 'verilog';
const SBY_BYTES = 4 * 2 ** 20;

export async function recogniseVerilog(tree: RepositoryTree): Promise<Recognition> {
  const projects: Project[] = [];
  const claimed = new Set<string>();
  const uncovered: Uncovered[] = [];
  for (const file of tree.files) {
    if (!file.path.endsWith('.sby')) continue;
    claimed.add(file.path);
    try {
      const project = await sbyProject(file.path, tree);
      projects.push(project);
      for (const path of project.files) if (/\.(v|vh|sv|svh)$/.test(path)) claimed.add(path);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      uncovered.push({ file: file.path, why: error.message });
    }
  }
  const named = new Set(claimed);
  const sources = tree.files.filter(file => /\.(v|sv|vh|svh)$/.test(file.path));
  for (const file of sources) claimed.add(file.path);
  const designs = await findDesigns(tree, sources.filter(file => !named.has(file.path)));
  for (const design of designs.found) {
    const { file } = design;
    projects.push({
      id: `${TOOLCHAIN}:${file}${design.alone ? '' : `:${design.top}`}`, toolchain: TOOLCHAIN, root: folderOf(file), name: design.alone ? file : `${file} ${design.top}`,
      files: [...design.sources, ...design.included], options: { file, top: design.top, sources: design.sources, included: design.included }, executes: [],
    });
  }
  return { projects, claimed: [...claimed], uncovered: [...uncovered, ...designs.uncovered] };
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

async function sbyProject(path: string, tree: RepositoryTree): Promise<Project> {
  const content = (await tree.read(path, SBY_BYTES)).toString('utf8');
  const folder = folderOf(path);
  const files = new Set([path]);
  for (const reference of referencedFiles(content)) {
    const source = repositoryPath(folder, reference, tree.root);
    if (source === undefined) continue;
    if (tree.has(source)) files.add(source);
    else for (const file of tree.files) if (file.path.startsWith(`${source}/`)) files.add(file.path);
  }
  const executes = await codeOf(content, path, tree);
  if (executes.some(one => one.what === PYCODE)) for (const file of filesBeside(tree, path)) files.add(file);
  return { id: `${TOOLCHAIN}:${path}`, toolchain: TOOLCHAIN, root: folder, name: path, files: [...files], options: {}, executes };
}

const PYCODE = 'pycode under python3';

/** What a run would execute, over all tasks, once a line. */
async function codeOf(content: string, path: string, tree: RepositoryTree): Promise<CodeExecution[]> {
  const found = new Map<string, CodeExecution>();
  const listed = await expandSby(content, undefined);
  for (const task of [undefined, ...listed.tasks.map(one => one.name)]) {
    const expansion = await expandSby(content, task);
    for (const line of expansion.pycode) found.set(`${line}`, { file: path, line, what: PYCODE });
    for (const line of prepareTask(expansion, task, path, tree).task.script)
      if (line.code !== undefined) found.set(`${line.line}`, { file: path, line: line.line, what: `yosys script: ${line.text}` });
  }
  return [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
