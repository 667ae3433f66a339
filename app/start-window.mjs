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

/** Electron's program. Its package fetches it on first use, which takes a minute and wants a network. */
function electronProgram() {
  try {
    return createRequire(import.meta.url)('electron');
  } catch (error) {
    say(`Electron cannot be had: ${error.message}`);
    return undefined;
  }
}

function start(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => { say(`${program} could not be started: ${error.message}`); resolve(-1); });
    child.on('close', (code, signal) => resolve(signal === null ? code : 130));
  });
}

async function main() {
  await setup({ window: true });
  // npm has gone to the root; paths are meant from where the user is.
  const paths = process.argv.slice(2).map((word) => (word.startsWith('-') ? word : resolve(process.env.INIT_CWD ?? process.cwd(), word)));
  const lacking = whyNoDisplay();
  const electron = lacking === undefined ? electronProgram() : undefined;
  if (electron !== undefined) return start(electron, [root, ...paths]);
  say(`${lacking === undefined ? '' : `${lacking}; `}the window is served for a browser instead${paths.length === 0 ? '' : `; open there: ${paths.join(' ')}`}`);
  return start(process.execPath, [join(root, 'dist', 'cli.cjs'), 'serve']);
}

main().then((code) => { process.exitCode = code; }, (error) => { say(error.message); process.exitCode = 3; });
