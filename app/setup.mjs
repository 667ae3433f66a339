// Makes a fresh clone ready: the packages of package-lock.json and an up-to-date bundle. Called by the `assay`
// command when something is missing or stale, before the tests (with --dev, which wants their packages too), and for the
// window (with --window: those packages, and its own bundle). Electron's program is not fetched here (app/start.mjs).
// Needs Node and npm only; asks nothing; says on standard error what it does; two at once wait for each other.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = join(root, '.assay', 'setup.lock');
/** A setup takes a minute or two; a lock of this age was left behind, whoever holds its process number now. */
const STALE_LOCK_MS = 20 * 60 * 1000;
/** A lock folder without its owner file is being made, or was left by a crash between the two steps. */
const OWNERLESS_LOCK_MS = 10_000;
const POLL_MS = 200;

/** A problem of the machine, for people: no stack. */
class SetupError extends Error {}

function say(text) {
  process.stderr.write(`assay: ${text}\n`);
}

/** Why the packages must be installed, or undefined. npm writes its own record into node_modules at the end of each install. */
function packagesWanting(dev) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'the packages are not installed';
  if (statSync(join(root, 'package-lock.json')).mtimeMs > statSync(record).mtimeMs) return 'package-lock.json is newer than the installed packages';
  if (dev && !existsSync(join(root, 'node_modules', 'vite', 'package.json'))) return 'the packages of the window and for development are not installed';
  return undefined;
}

async function installPackages(dev, why) {
  say(`${why}; running npm ci${dev ? '' : ' --omit=dev'} (once, about a minute)`);
  const { spawn } = await import('node:child_process');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', dev ? '--include=dev' : '--omit=dev'];
  const code = await new Promise((resolve) => {
    const child = spawn(npm, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, shell: process.platform === 'win32' });
    child.on('error', (error) => { say(`npm could not be started: ${error.message}`); resolve(-1); });
    child.on('close', resolve);
  });
  if (code !== 0) throw new SetupError(`npm ci failed (exit code ${code}). Is the npm registry reached from here? Then run "npm ci" in ${root} and look at what it says.`);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isLeftBehind() {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const owner = join(lock, 'owner');
    if (!existsSync(owner)) return age > OWNERLESS_LOCK_MS;
    return age > STALE_LOCK_MS || !isAlive(Number(readFileSync(owner, 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') return false; // released in this moment
    throw error;
  }
}

/** Runs the body while no other setup of this folder runs. */
async function alone(body) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = false; ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw new SetupError(`${lock} cannot be made: ${error.message}`);
    }
    if (isLeftBehind()) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!waited) say('another setup is running; waiting for it');
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  writeFileSync(join(lock, 'owner'), String(process.pid));
  process.once('exit', release);
  try {
    await body();
  } finally {
    release();
    process.off('exit', release);
  }
}

export async function setup({ dev: asksDev, window }) {
  const dev = asksDev || window;
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    throw new SetupError(`Node ${process.versions.node} is too old: Assay needs Node ${OLDEST_NODE} or newer (https://nodejs.org).`);
  const { isOutOfDate } = await import('./build.mjs');
  const { buildWindow, isWindowOutOfDate } = await import('./build-window.mjs');
  const isReady = () => !isOutOfDate() && !(window && isWindowOutOfDate());
  if (!packagesWanting(dev) && isReady()) return;
  await alone(async () => {
    const why = packagesWanting(dev);
    if (why) await installPackages(dev, why);
    if (isReady()) return;
    say(`building (${window ? 'some seconds' : 'a second or two'})`);
    const { buildAll } = await import('./build.mjs');
    if (isOutOfDate()) await buildAll();
    if (window && isWindowOutOfDate()) await buildWindow();
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Signals end the process through `exit`, which gives the lock back.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  try {
    await setup({ dev: process.argv.includes('--dev'), window: process.argv.includes('--window') });
  } catch (error) {
    say(error instanceof SetupError ? error.message : `the setup failed: ${error.stack ?? error}`);
    process.exitCode = 3;
  }
}
