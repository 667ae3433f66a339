/** Dafny projects of a tree: each `dfyconfig.toml` with its files, and each loose file that no other loose file includes. */
import { posix } from 'node:path';
import { InputError, type Project, type Recognition, type RepositoryTree } from '../contract.ts';
import { globMatches, NO_OPTIONS, optionsJson, readConfiguration, type ProjectOptions } from './options.ts';
import { LARGEST_SOURCE_BYTES, SourceReader, type Cone } from './source/cone.ts';

export const ID = 'dafny';
const CONFIGURATION = 'dfyconfig.toml';

export async function recogniseDafny(tree: RepositoryTree): Promise<Recognition> {
  const reader = new SourceReader(tree, (path) => tree.read(path, LARGEST_SOURCE_BYTES));
  const sources = tree.files.map((file) => file.path).filter((path) => path.endsWith('.dfy'));
  const configurations = tree.files.map((file) => file.path).filter((path) => posix.basename(path) === CONFIGURATION);
  const projects: Project[] = [];
  const taken = new Set<string>();
  for (const path of configurations) {
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    let options: ProjectOptions | undefined;
    try {
      options = await readConfiguration(path, await tree.read(path, LARGEST_SOURCE_BYTES));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    const inside = (file: string): string | undefined => folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined;
    const roots = sources.filter((file) => {
      const relative = inside(file);
      return relative !== undefined && (options ?? { includes: ['**/*.dfy'] }).includes.some((pattern) => globMatches(pattern, relative)) && !options?.excludes.some((pattern) => globMatches(pattern, relative));
    });
    for (const file of await coneFiles(reader, roots)) taken.add(file);
    projects.push(await projectOf(reader, `${ID}:${path}`, folder, path, roots, path, options ?? NO_OPTIONS));
  }
  const loose = sources.filter((path) => !taken.has(path));
  for (const root of await looseRoots(reader, loose)) {
    const folder = posix.dirname(root) === '.' ? '' : posix.dirname(root);
    projects.push(await projectOf(reader, `${ID}:${root}`, folder, root, [root], undefined, NO_OPTIONS));
  }
  return { projects, claimed: [...sources, ...configurations], uncovered: [] };
}

async function projectOf(reader: SourceReader, id: string, root: string, name: string, roots: readonly string[], configuration: string | undefined, options: ProjectOptions): Promise<Project> {
  const files = [...(configuration ? [configuration] : []), ...await coneFiles(reader, roots)];
  return {
    id, toolchain: ID, root, name, files: [...new Set(files)],
    options: { roots, ...(configuration ? { configuration } : {}), ...optionsJson(options) },
    executes: options.refused.filter((one) => one.executes).map((one) => ({ file: configuration ?? name, what: `${one.option}: ${one.why}` })),
  };
}

async function coneFiles(reader: SourceReader, roots: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const root of roots) files.push(root, ...(await coneOf(reader, root)).files.map((file) => file.path));
  return [...new Set(files)];
}

/** A root that cannot be read has no cone; its outline says why. */
async function coneOf(reader: SourceReader, root: string): Promise<Cone> {
  try {
    return await reader.cone([root]);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { files: [], absent: [] };
  }
}

/** Files that no other loose file reaches; of files that include each other the first by name. */
async function looseRoots(reader: SourceReader, loose: readonly string[]): Promise<string[]> {
  const reach = new Map<string, Set<string>>();
  for (const path of loose) reach.set(path, new Set((await coneOf(reader, path)).files.map((file) => file.path).filter((file) => file !== path)));
  return loose.filter((path) => !loose.some((other) => other !== path && reach.get(other)!.has(path) && (!reach.get(path)!.has(other) || other < path)));
}
