// What the benches of processes share: the bundle of toolchains/process.ts, quantiles, and the conditions.
import { build } from 'esbuild';
import { bundleOptions } from '../../app/build.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function loadRunProcess() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const outfile = join(folder, 'process.mjs');
  try {
    await build({ ...bundleOptions, entryPoints: [join(root, 'toolchains/process.ts')], outfile });
    return (await import(pathToFileURL(outfile).href)).runProcess;
  } finally { rmSync(folder, { recursive: true, force: true }); }
}

export const LIMITS = { wallSeconds: 60, memoryMb: 4096, outputBytes: 1 << 20, floodBytes: 64 << 20 };

export function conditions() {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, ${process.platform} ${process.arch}, load ${loadavg()[0]?.toFixed(1)}`;
}
