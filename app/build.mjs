// Bundles the engine and its helper programs into dist/ (plain ESM for Node 20). Run by the `assay`
// command when a source is newer than the bundle, and by `npm test`.
//
// Entries: the command line (build-command.mjs), and every file named *.worker.ts (a program or worker thread of its
// own, found at run time by `builtEntry` in toolchains/entry.ts), and Electron's main process with its preload.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, utimesSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCommand } from './build-command.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sourceFolders = ['app', 'toolchains'];
const stamp = join(root, 'dist', '.built');

/** How anything of Assay is bundled for Node; benches and tests that bundle a driver use the same. */
export const bundleOptions = {
  bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning',
  // Native and WebAssembly packages stay outside the bundle: they find their own files beside themselves.
  external: ['libsql', 'z3-solver', '@yowasp/yosys', '@yowasp/*', 'esbuild', 'electron'],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
};

/** Files that go into the bundle, and the folders themselves: a folder changes when a file in it is removed. */
function* sources(folder) {
  yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|mjs|sh|json)$/.test(entry.name)) yield path;
  }
}

/** True where the bundle is absent or older than a source. */
export function isOutOfDate() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  if (statSync(join(root, 'package-lock.json')).mtimeMs > built) return true;
  for (const folder of sourceFolders) for (const path of sources(join(root, folder))) if (statSync(path).mtimeMs > built) return true;
  return false;
}

/** Builds into a fresh folder and swaps it in, so that a reader never sees half a bundle. */
export async function buildAll() {
  // Loaded here: `isOutOfDate` is asked by every start and before the packages are installed.
  const { build, transform } = await import('esbuild');
  const started = new Date();
  const entries = { main: join(root, 'app/main.ts') };
  if (!existsSync(entries.main)) delete entries.main;
  for (const folder of sourceFolders) for (const path of sources(join(root, folder)))
    if (path.endsWith('.worker.ts')) entries[relative(root, path).replace(/\.ts$/, '').replaceAll('\\', '/')] = path;
  const fresh = join(root, `dist.${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  await build({
    ...bundleOptions, entryPoints: entries, outdir: fresh, outExtension: { '.js': '.mjs' }, entryNames: '[dir]/[name]', chunkNames: 'chunk/[name]-[hash]',
    splitting: true, sourcemap: 'linked',
  });
  // A sandboxed preload is CommonJS, in one file.
  if (entries.main) await build({ ...bundleOptions, format: 'cjs', banner: {}, entryPoints: [join(root, 'app/preload.ts')], outfile: join(fresh, 'preload.cjs') });
  await buildCommand({ build, transform }, { root, folder: fresh, bundleOptions });
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const name of readdirSync(join(root, 'dist'))) if (!name.startsWith('window')) rmSync(join(root, 'dist', name), { recursive: true, force: true });
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(root, 'dist', name));
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
