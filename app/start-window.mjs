// `npm start`: sets up, then opens the window in Electron. Where there is no display or Electron cannot be had, it says so
// and serves the same window on loopback (`assay serve`). What follows the command are paths to open.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setup } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function say(text) {
  process.stderr.write(`assay: ${text}\n`);
}

/** Why no window can be shown here, or undefined. */
function whyNoDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY ? 'there is no display here' : undefined;
}

/** Electron's program, or why there is none. Its package fetches it on first use, which takes a minute and wants a network. */
function electronProgram() {
  try {
    return { program: createRequire(import.meta.url)('electron') };
  } catch (error) {
    return { why: `Electron cannot be had (${error.message})` };
  }
}

/** Ended with an error before this, it never showed a window: no libraries, no such display. */
const SOON_MS = 60_000;

/** Its exit code, or why no window came of it. */
async function openInElectron(args) {
  if (process.platform === 'linux' && process.getuid() === 0 && !args.includes('--no-sandbox')) return { why: 'Electron has no sandbox for root, and is not started as root' };
  const { program, why } = electronProgram();
  if (why !== undefined) return { why };
  const since = performance.now();
  const { code, how, error } = await start(program, [root, ...args]);
  if (error !== undefined) return { why: `Electron could not be started (${error})` };
  return code !== 0 && code !== INTERRUPTED && performance.now() - since < SOON_MS ? { why: `Electron ended ${how} before it showed a window` } : { code };
}

const INTERRUPTED = 130;

function start(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  let interrupted = false;
  const interrupt = (signal) => { interrupted = true; child.kill(signal); };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  return new Promise((resolve) => {
    child.on('error', (error) => { resolve({ code: 3, error: error.message }); });
    child.on('close', (code, signal) => { resolve({ code: interrupted ? INTERRUPTED : code ?? 3, how: signal === null ? `with code ${code}` : `by ${signal}` }); });
  }).finally(() => { for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt); });
}

async function main() {
  await setup({ window: true });
  // npm has gone to the root; paths are meant from where the user is.
  const args = process.argv.slice(2).map((word) => (word.startsWith('-') ? word : resolve(process.env.INIT_CWD ?? process.cwd(), word)));
  const lacking = whyNoDisplay();
  const { code, why } = lacking === undefined ? await openInElectron(args) : { why: lacking };
  if (why === undefined) return code;
  const paths = args.filter((word) => !word.startsWith('-'));
  say(`${why}; the window is served for a browser instead${paths.length === 0 ? '' : `; open there: ${paths.join(' ')}`}`);
  return (await start(process.execPath, [join(root, 'dist', 'cli.cjs'), 'serve'])).code;
}

main().then((code) => { process.exitCode = code; }, (error) => { say(error.message); process.exitCode = 3; });
