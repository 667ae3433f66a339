// Times whole processes and prints medians; shared by the suites.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const assay = join(root, 'dist', 'cli.cjs');

export const median = (values) => quantile(values, 0.5);
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

/** Wall seconds of a process; its output is thrown away. Rejects where it cannot be started. */
export function timed(file, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => resolve({ seconds: (performance.now() - started) / 1000, code }));
  });
}

/** A then B, `rounds` times, so that a drift of the machine's speed falls on both. */
export async function paired(rounds, a, b) {
  const seconds = { a: [], b: [] };
  for (let round = 0; round < rounds; round++) {
    seconds.a.push(await a(round));
    seconds.b.push(await b(round));
  }
  return { a: median(seconds.a), b: median(seconds.b), ratio: median(seconds.a.map((value, index) => value / seconds.b[index])) };
}

export async function inFolder(body) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try { return await body(folder); } finally { rmSync(folder, { recursive: true, force: true }); }
}

export const line = (text) => { process.stdout.write(`${text}\n`); };
export const seconds = (value) => (value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`);
