/** What tests in a real Electron need of the machine. The Electron is made by fetch.mjs (.ci/run calls it). */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const ELECTRON_DIST = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(homedir(), '.assay-electron-33', 'dist');
export const ELECTRON = join(ELECTRON_DIST, 'electron');
export const XVFB = '/usr/bin/Xvfb';

/** "(needs electron, Xvfb)" */
export const isElectronHere = process.platform === 'linux' && existsSync(XVFB) && existsSync(ELECTRON) && hasLibraries(ELECTRON);

function hasLibraries(program: string): boolean {
  try { return !execFileSync('ldd', [program], { encoding: 'utf8' }).includes('not found'); } catch { return false; }
}
