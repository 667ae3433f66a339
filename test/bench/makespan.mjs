// Makespan of a mixed set against the lower bound max(total / cores, longest), through the real engine.
import { build } from 'esbuild';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bundleOptions } from '../../app/build.mjs';
import { inFolder, line, root, seconds } from './measure.mjs';

export async function run() {
  await inFolder(async (folder) => {
    const bundle = join(root, '.assay', `bench-makespan.${process.pid}.mjs`);
    await build({
      ...bundleOptions, entryPoints: [join(root, 'test/bench/makespan-driver.ts')], outfile: bundle,
    });
    try {
      const { measureMakespan } = await import(bundle);
      const runs = await measureMakespan(folder);
      line(`makespan: ${runs[0].jobs} jobs of real solvers (milliseconds to seconds), ${availableParallelism()} cores; ratio to max(total / cores, longest job)`);
      for (const run of runs) line(`  ${run.name}: ratio ${run.ratio.toFixed(3)}  (${seconds(run.seconds)} against ${seconds(run.lowerBoundSeconds)}, longest ${seconds(run.longestSeconds)}; target ${run.target})`);
      line('');
    } finally {
      await import('node:fs').then(({ rmSync }) => rmSync(bundle, { force: true }));
    }
  });
}
