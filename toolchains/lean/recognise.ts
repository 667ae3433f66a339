/** Lean projects of a tree: each Lake package with the modules under it, and loose files, together where they import each other. */
import { posix } from 'node:path';
import { InputError, type CodeExecution, type Project, type Recognition, type RepositoryTree } from '../contract.ts';
import { moduleOf, pathOf } from './modules.ts';
import { readPin, readProgramText, readToml, type PackageSettings } from './package.ts';
import { importsOf } from './source/declarations.ts';
import { tokenise } from './source/tokens.ts';

export const ID = 'lean';
export const LARGEST_SOURCE_BYTES = 16 * 1024 * 1024;
const CONFIGURATIONS = ['lakefile.lean', 'lakefile.toml'];

export interface LeanModule { readonly file: string; readonly module: string }
/** `Project.options` of Lean. */
export interface ProjectOptions {
  readonly modules: readonly LeanModule[];
  readonly leanOptions: readonly string[];
  readonly dependencies: readonly string[];
  readonly pin?: string;
  /** Why the package could not be read. */
  readonly problem?: string;
}

export function projectOptions(project: Project): ProjectOptions { return project.options as unknown as ProjectOptions; }

export async function recogniseLean(tree: RepositoryTree): Promise<Recognition> {
  const paths = tree.files.map((file) => file.path);
  const sources = paths.filter((path) => path.endsWith('.lean') && posix.basename(path) !== 'lakefile.lean');
  const pins = paths.filter((path) => posix.basename(path) === 'lean-toolchain');
  const configurations = paths.filter((path) => CONFIGURATIONS.includes(posix.basename(path)));
  const packages = [...new Set(configurations.map(folderOf))].sort((a, b) => b.length - a.length);
  const manifests = packages.map((folder) => posix.join(folder, 'lake-manifest.json')).filter((path) => tree.has(path));
  const ownerOf = (path: string): string | undefined => packages.find((folder) => folder === '' || path.startsWith(`${folder}/`));
  const projects: Project[] = [];
  for (const folder of [...packages].reverse()) {
    // Lake takes lakefile.lean where both are there.
    const configuration = CONFIGURATIONS.map((name) => posix.join(folder, name)).find((path) => tree.has(path))!;
    projects.push(await packageProject(tree, folder, configuration, sources.filter((path) => ownerOf(path) === folder), pins));
  }
  for (const group of await looseGroups(tree, sources.filter((path) => ownerOf(path) === undefined))) projects.push(await looseProject(tree, group, pins));
  return { projects, claimed: [...sources, ...configurations, ...pins, ...manifests], uncovered: [] };
}

function folderOf(path: string): string { const folder = posix.dirname(path); return folder === '.' ? '' : folder; }

async function packageProject(tree: RepositoryTree, folder: string, configuration: string, sources: readonly string[], pins: readonly string[]): Promise<Project> {
  let settings: PackageSettings = { sources: ['.'], options: [], dependencies: [] };
  let problem: string | undefined;
  try {
    const content = await tree.read(configuration, LARGEST_SOURCE_BYTES);
    settings = configuration.endsWith('.toml') ? await readToml(configuration, content) : readProgramText(content.toString('utf8'));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problem = error.message;
  }
  const roots = settings.sources.map((source) => posix.normalize(posix.join(folder, source)).replace(/^\.\/?|\/$/g, '')).sort((a, b) => b.length - a.length);
  const modules = sources.map((file) => ({ file, module: roots.map((root) => moduleOf(file, root)).find((module) => module !== undefined)! }));
  const executes: CodeExecution[] = configuration.endsWith('.lean') ? [{ file: configuration, what: 'describes the package by a program, which Lake runs' }] : [];
  const manifest = posix.join(folder, 'lake-manifest.json');
  return projectOf(tree, { id: `${ID}:${configuration}`, root: folder, name: folder === '' ? configuration : folder, files: [configuration, ...(tree.has(manifest) ? [manifest] : [])], modules, settings, executes, pins, problem });
}

async function looseProject(tree: RepositoryTree, group: readonly LeanModule[], pins: readonly string[]): Promise<Project> {
  const [first] = group;
  return projectOf(tree, { id: `${ID}:${first!.file}`, root: folderOf(first!.file), name: first!.file, files: [], modules: group, settings: { sources: ['.'], options: [], dependencies: [] }, executes: [], pins, problem: undefined });
}

interface Draft {
  readonly id: string; readonly root: string; readonly name: string; readonly files: readonly string[]; readonly modules: readonly LeanModule[];
  readonly settings: PackageSettings; readonly executes: readonly CodeExecution[]; readonly pins: readonly string[]; readonly problem: string | undefined;
}

async function projectOf(tree: RepositoryTree, draft: Draft): Promise<Project> {
  const pinFile = draft.pins.filter((path) => { const folder = folderOf(path); return folder === '' || draft.root === folder || draft.root.startsWith(`${folder}/`); }).sort((a, b) => b.length - a.length)[0];
  const pin = pinFile === undefined ? undefined : readPin(await tree.read(pinFile, LARGEST_SOURCE_BYTES));
  const [first] = draft.modules;
  const executes: CodeExecution[] = [
    ...(first ? [{ file: first.file, what: `Lean elaborates ${draft.modules.length === 1 ? 'it' : `it and ${draft.modules.length - 1} more`}, which can run any code in ${draft.modules.length === 1 ? 'it' : 'them'}` }] : []),
    ...draft.executes,
    ...(pin && !pin.known ? [{ file: pinFile!, what: `names a toolchain of unknown origin: ${pin.text}` }] : []),
  ];
  return {
    id: draft.id, toolchain: ID, root: draft.root, name: draft.name, files: [...draft.files, ...(pinFile === undefined ? [] : [pinFile]), ...draft.modules.map((one) => one.file)],
    options: {
      modules: draft.modules.map((one) => ({ ...one })), leanOptions: draft.settings.options, dependencies: draft.settings.dependencies,
      ...(pin ? { pin: pin.text } : {}), ...(draft.problem === undefined ? {} : { problem: draft.problem }),
    },
    executes,
  };
}

/** Loose files that import each other, by the folder above them in which the import is found. */
async function looseGroups(tree: RepositoryTree, files: readonly string[]): Promise<LeanModule[][]> {
  const known = new Set(files);
  const group = new Map(files.map((file) => [file, new Set([file])]));
  const base = new Map<string, string>();
  for (const file of files) {
    const imports = await headImports(tree, file);
    for (const module of imports) for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      const target = posix.join(folder, pathOf(module));
      if (known.has(target) && target !== file) {
        base.set(file, folder);
        base.set(target, folder);
        const merged = new Set([...group.get(file)!, ...group.get(target)!]);
        for (const one of merged) group.set(one, merged);
        break;
      }
      if (folder === '') break;
    }
  }
  return [...new Set(group.values())].map((members) => {
    const folders = [...members].map((file) => base.get(file) ?? folderOf(file)).sort((a, b) => a.length - b.length);
    return [...members].sort().map((file) => ({ file, module: moduleOf(file, folders[0]!)! }));
  });
}

async function headImports(tree: RepositoryTree, file: string): Promise<readonly string[]> {
  try {
    return importsOf(tokenise((await tree.read(file, LARGEST_SOURCE_BYTES)).toString('utf8').slice(0, 64 * 1024)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [];
  }
}
