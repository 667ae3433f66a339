// Bundles the window (renderer/) into dist/window with vite. Apart from the engine's build: `assay verify` needs neither
// this nor its packages. Run by `assay serve`, `npm start` and the tests where a source is newer than the bundle.
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'dist', 'window');
const stamp = join(folder, '.built');
/** What the window is made of: its own sources, and what the contract draws in. */
const SOURCES = ['renderer', 'app/contract.ts', 'app/contract', 'app/engine/report', 'toolchains/verdict.ts', 'toolchains/verdict-shapes.ts', 'package-lock.json', 'app/build-window.mjs', 'app/icon'];

function* pathsUnder(path) {
  yield path;
  if (!statSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) yield* pathsUnder(join(path, entry.name));
}

/** True where the bundle is absent or older than a source (or a folder: a file in it was removed). */
export function isWindowOutOfDate() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  for (const source of SOURCES) {
    const path = join(root, source);
    if (existsSync(path)) for (const one of pathsUnder(path)) if (statSync(one).mtimeMs > built) return true;
  }
  return false;
}

/** Builds into a fresh folder and swaps it in. */
export async function buildWindow() {
  const { build } = await import('vite');
  // Of the caller's environment (a test's) vite would take whether React is built for development.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const started = new Date();
  const fresh = join(root, 'dist', `window.${process.pid}`);
  await build({
    root: join(root, 'renderer'), configFile: false, base: './', publicDir: join(root, 'app', 'icon'), logLevel: 'warn', clearScreen: false,
    build: {
      outDir: fresh, emptyOutDir: true, target: 'chrome130', sourcemap: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false,
      // Monaco with its languages is one large chunk, loaded when an editor opens.
      chunkSizeWarningLimit: 8_000,
      // Libraries mark what may run in a browser; all of this does.
      rolldownOptions: { onLog(level, log, handle) { if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log); } },
    },
    worker: { format: 'es' },
  });
  if (environment === undefined) delete process.env.NODE_ENV; else process.env.NODE_ENV = environment;
  writeFileSync(join(fresh, '.built'), '');
  utimesSync(join(fresh, '.built'), started, started);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWindow();
