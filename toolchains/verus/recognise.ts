/** Verus projects of a tree: each package that has to do with Verus, and each loose file with `verus!` that no other reaches. */
import { posix } from 'node:path';
import { InputError, type Project, type Recognition, type RepositoryTree, type Uncovered } from '../contract.ts';
import { CrateReader, LARGEST_SOURCE_BYTES } from './source/crate.ts';
import { VERUS_MACROS } from './source/items.ts';
import { isOpening, tokenise } from './source/tokens.ts';
import { readManifest, type Manifest } from './manifest.ts';

export const ID = 'verus';
/** Decide on a build besides the sources. */
const BUILD_FILES = new Set(['Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'rust-toolchain', 'build.rs']);
const LIBRARIES = new Set(['vstd', 'verus_builtin', 'verus_builtin_macros', 'builtin', 'builtin_macros']);

export async function recogniseVerus(tree: RepositoryTree): Promise<Recognition> {
  const projects: Project[] = [];
  const uncovered: Uncovered[] = [];
  const claimed = new Set<string>();
  const paths = tree.files.map((file) => file.path);
  const manifests: Manifest[] = [];
  for (const path of paths.filter((one) => posix.basename(one) === 'Cargo.toml' && !inBuildFolder(one))) {
    try {
      const manifest = await readManifest(tree, path);
      if (manifest) manifests.push(manifest);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      claimed.add(path);
      uncovered.push({ file: path, why: error.message });
    }
  }
  for (const manifest of manifests) {
    const inside = (path: string): boolean => manifest.folder === '' || path.startsWith(`${manifest.folder}/`);
    const own = paths.filter((path) => inside(path) && !inBuildFolder(path) && (path.endsWith('.rs') || BUILD_FILES.has(posix.basename(path)) || /(?:^|\/)\.cargo\/config(?:\.toml)?$/.test(path)));
    for (const path of own) claimed.add(path);
    if (!manifest.verify) { uncovered.push({ file: manifest.path, why: 'cargo verus passes it by: [package.metadata.verus] verify = true is not in it' }); continue; }
    const above = paths.filter((path) => BUILD_FILES.has(posix.basename(path)) && posix.basename(path) !== 'build.rs' && manifest.folder.startsWith(posix.dirname(path) === '.' ? '' : `${posix.dirname(path)}/`));
    projects.push({
      id: `${ID}:${manifest.path}`, toolchain: ID, root: manifest.folder, name: manifest.path, files: [...new Set([...own, ...above])].sort(), executes: manifest.executes,
      options: { kind: 'crate', manifest: manifest.path, targets: manifest.targets.map((target) => ({ ...target })) },
    });
  }
  const loose: string[] = [];
  for (const path of paths) if (path.endsWith('.rs') && !claimed.has(path) && !inBuildFolder(path) && await isVerus(tree, path)) loose.push(path);
  for (const [root, files] of await rootsOf(tree, loose)) {
    for (const file of files) claimed.add(file);
    projects.push({
      id: `${ID}:${root}`, toolchain: ID, root: posix.dirname(root) === '.' ? '' : posix.dirname(root), name: root, files, executes: [],
      options: { kind: 'file', targets: [{ kind: 'bin', crate: crateNameOf(root), root }] },
    });
  }
  return { projects, claimed: [...claimed], uncovered };
}

/** rustc's default: the file's name; what it would refuse becomes an underscore, and is then passed to it. */
export function crateNameOf(path: string): string { return posix.basename(path, '.rs').replace(/[^\p{L}\p{N}_]/gu, '_'); }

function inBuildFolder(path: string): boolean { return /(?:^|\/)target\/(?:debug|release|verus-partial|doc|package|tmp)\//.test(path); }

/** By its tokens: comments and strings can speak of Verus too. */
async function isVerus(tree: RepositoryTree, path: string): Promise<boolean> {
  let bytes: Buffer;
  try {
    bytes = await tree.read(path, LARGEST_SOURCE_BYTES);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return false;
  }
  if (!bytes.includes('verus') && !bytes.includes('vstd') && !bytes.includes('builtin')) return false;
  const tokens = tokenise(bytes.toString('utf8'));
  return tokens.some((token, at) => token.kind === 'word' && (
    (VERUS_MACROS.has(token.text) && tokens[at + 1]?.text === '!' && isOpening(tokens[at + 2]))
    || (token.text === 'use' && tokens[at + 1] !== undefined && LIBRARIES.has(tokens[tokens[at + 1]!.text === '::' ? at + 2 : at + 1]?.text ?? ''))
    || ((token.text === 'verus_spec' || token.text === 'verus_verify') && tokens[at - 1]?.text === '[')));
}

/** Files that no other loose file reaches, each with all that it reaches. */
async function rootsOf(tree: RepositoryTree, loose: readonly string[]): Promise<[string, string[]][]> {
  const reader = new CrateReader(tree, (path) => tree.read(path, LARGEST_SOURCE_BYTES));
  const reach = new Map<string, string[]>();
  for (const path of loose) {
    try {
      reach.set(path, [...new Set((await reader.crate(path)).files.map((file) => file.path))]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      reach.set(path, [path]);
    }
  }
  return loose.filter((path) => !loose.some((other) => other !== path && reach.get(other)!.includes(path) && (!reach.get(path)!.includes(other) || other < path))).map((path) => [path, reach.get(path)!]);
}
