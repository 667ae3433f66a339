// What the benches of processes share: the bundle of toolchains/process.ts, quantiles, and the conditions.
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function loadRunProcess() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const outfile = join(folder, 'process.mjs');
  try {
    await build({ entryPoints: [join(root, 'toolchains/process.ts')], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' });
    return (await import(pathToFileURL(outfile).href)).runProcess;
  } finally { rmSync(folder, { recursive: true, force: true }); }
}

export const LIMITS = { wallSeconds: 60, memoryMb: 4096, outputBytes: 1 << 20, floodBytes: 64 << 20 };

/** @param share 0.5 for the median, 0.99 for p99 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export function conditions() {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, ${process.platform} ${process.arch}, load ${loadavg()[0]?.toFixed(1)}`;
}
