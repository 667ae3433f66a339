// Retrieval on a generated repository of 20,000 chunks: time to index, time after an edit, time of a query.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOptions } from '../../app/build.mjs';
import { line, median, quantile, root, seconds } from './measure.mjs';

export async function run() {
  const bundle = join(root, '.assay', `bench-retrieval.${process.pid}.mjs`);
  await build({ ...bundleOptions, entryPoints: [join(root, 'test/bench/retrieval-driver.ts')], outfile: bundle });
  try {
    const { measureRetrieval } = await import(bundle);
    const told = measureRetrieval();
    line(`retrieval: ${told.chunks} generated chunks, ${told.terms} terms; indexed in ${seconds(told.indexSeconds)}, again after an edit of one chunk in ${seconds(told.againSeconds)} (${told.readAgain} ${told.readAgain === 1 ? 'text' : 'texts'} read); processor time`);
    for (const [name, times] of Object.entries(told.querySeconds)) line(`  ${name}: median ${(1000 * median(times)).toFixed(2)} ms, 95th percentile ${(1000 * quantile(times, 0.95)).toFixed(2)} ms, n = ${times.length} (target for one ranking 2 ms)`);
    line('');
  } finally { rmSync(bundle, { force: true }); }
}
