/** Bundles the driver program once per test file, as the engine is bundled: native packages stay outside. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** @returns path of the program; it lies where node finds the packages it leaves outside */
export async function buildDriver(name: string): Promise<string> {
  const outfile = join(here, '../../../node_modules/.cache/assay-test', `${name}.${process.pid}.mjs`);
  await build({ entryPoints: [join(here, 'driver.ts')], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', external: ['libsql'], logLevel: 'warning' });
  return outfile;
}

export function start(driver: string, ...args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [driver, ...args], { stdio: 'pipe' });
  child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  return child;
}

/** Everything that the program printed, once it has ended. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<{ readonly output: string; readonly code: number | null }> {
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  return new Promise((resolve) => child.on('close', (code) => resolve({ output, code })));
}
