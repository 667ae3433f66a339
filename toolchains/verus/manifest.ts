/** What a Cargo.toml says of Verus, of its targets, and of code that a build would execute. */
import { posix } from 'node:path';
import { InputError, type CodeExecution, type RepositoryTree } from '../contract.ts';
import { record } from './output.ts';

export interface Target { readonly crate: string; readonly root: string; readonly kind: 'lib' | 'bin' }
export interface Manifest {
  readonly path: string;
  /** "" for the root of the repository. */
  readonly folder: string;
  readonly name: string;
  /** [package.metadata.verus] verify = true: cargo verus passes the others by. */
  readonly verify: boolean;
  readonly targets: readonly Target[];
  readonly executes: readonly CodeExecution[];
}

/** Parts of Verus itself: their macros are the tool. */
const OF_VERUS = new Set(['vstd', 'verus_builtin', 'verus_builtin_macros', 'verus_state_machines_macros', 'builtin', 'builtin_macros', 'state_machines_macros']);
const CODE_FILES = ['build.rs', '.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain'];

/** Undefined where it is no package that has to do with Verus. */
export async function readManifest(tree: RepositoryTree, path: string): Promise<Manifest | undefined> {
  const text = (await tree.read(path, 1024 * 1024)).toString('utf8');
  if (!/verus|vstd/.test(text)) return undefined;
  const { parse } = await import('smol-toml');
  let toml: Readonly<Record<string, unknown>> | undefined;
  try {
    toml = record(parse(text));
  } catch (error) {
    throw new InputError(path, `is no TOML: ${error instanceof Error ? error.message.split('\n')[0]! : String(error)}`);
  }
  const bundle = record(toml?.package);
  if (!toml || typeof bundle?.name !== 'string') return undefined;
  const verus = record(record(bundle.metadata)?.verus);
  const dependencies = { ...record(toml['build-dependencies']), ...record(toml.dependencies) };
  if (!verus && !Object.keys(dependencies).some((name) => OF_VERUS.has(name))) return undefined;
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  return { path, folder, name: bundle.name, verify: verus?.verify === true, targets: targetsOf(tree, toml, folder, bundle.name), executes: executesOf(tree, toml, path, folder, Object.keys(dependencies), bundle) };
}

function targetsOf(tree: RepositoryTree, toml: Readonly<Record<string, unknown>>, folder: string, name: string): Target[] {
  const targets: Target[] = [];
  const add = (kind: Target['kind'], crate: string, root: string): void => {
    const path = posix.join(folder, root);
    if (tree.has(path) && !targets.some((one) => one.root === path)) targets.push({ kind, crate: crate.replaceAll('-', '_'), root: path });
  };
  const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
  const lib = record(toml.lib);
  add('lib', text(lib?.name, name), text(lib?.path, 'src/lib.rs'));
  for (const entry of Array.isArray(toml.bin) ? toml.bin : []) {
    const bin = record(entry);
    const own = text(bin?.name, name);
    add('bin', own, text(bin?.path, tree.has(posix.join(folder, `src/bin/${own}.rs`)) ? `src/bin/${own}.rs` : 'src/main.rs'));
  }
  add('bin', name, 'src/main.rs');
  const bins = posix.join(folder, 'src/bin/');
  for (const file of tree.files) if (file.path.startsWith(bins) && /^[^/]+\.rs$/.test(file.path.slice(bins.length))) add('bin', posix.basename(file.path, '.rs'), file.path.slice(folder === '' ? 0 : folder.length + 1));
  return targets;
}

function executesOf(tree: RepositoryTree, toml: Readonly<Record<string, unknown>>, path: string, folder: string, dependencies: readonly string[], bundle: Readonly<Record<string, unknown>>): CodeExecution[] {
  const executes: CodeExecution[] = [];
  for (let at = folder; ; at = posix.dirname(at) === '.' ? '' : posix.dirname(at)) {
    for (const name of CODE_FILES) {
      const file = posix.join(at, name);
      if (tree.has(file) && (name !== 'build.rs' || at === folder)) executes.push({ file, what: name === 'build.rs' ? 'a build script' : name.startsWith('.cargo') ? 'settings of cargo can name programs that it starts' : 'chooses the Rust toolchain, which can be a path' });
    }
    if (at === '') break;
  }
  if (typeof bundle.build === 'string') executes.push({ file: posix.join(folder, bundle.build), what: 'a build script' });
  if (record(toml.lib)?.['proc-macro'] === true) executes.push({ file: path, what: 'a procedural macro runs inside the compiler' });
  for (const name of dependencies) if (!OF_VERUS.has(name)) executes.push({ file: path, what: `the dependency ${name} can bring a build script and procedural macros` });
  return executes;
}
