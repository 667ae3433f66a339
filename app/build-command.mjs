// The command line for dist/: esbuild splits ES modules only, so the chunks are made as such and then written as CommonJS, which
// app/start.ts loads through V8's code cache. The loader of ES modules has none in Node 20, and costs more than it gives here.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** @param root the checkout @param folder gets `cli.cjs` and a folder of chunks */
export async function buildCommand({ build, transform }, { root, folder, bundleOptions }) {
  const target = join(root, 'app/engine/ledger/native-target.ts');
  const options = {
    ...bundleOptions, banner: {}, alias: { '@neon-rs/load': target, 'detect-libc': target },
    external: [...bundleOptions.external.filter((name) => name !== 'libsql'), '@libsql/*'],
  };
  const { outputFiles } = await build({
    ...options, entryPoints: { cli: join(root, 'app/cli.ts') }, outdir: folder, outExtension: { '.js': '.cjs' }, chunkNames: '[name]-[hash]', splitting: true, write: false,
  });
  const chunks = await Promise.all(outputFiles.map(async (output) => ({ name: basename(output.path), code: await asCommonJs(transform, output.text) })));
  const digest = createHash('sha256');
  for (const { name, code } of chunks.sort((a, b) => (a.name < b.name ? -1 : 1))) digest.update(`${name}\0${code}\0`);
  const name = `command-${digest.digest('hex').slice(0, 16)}`;
  mkdirSync(join(folder, name));
  for (const chunk of chunks) writeFileSync(join(folder, name, chunk.name), chunk.code);
  await build({ ...options, format: 'cjs', entryPoints: [join(root, 'app/start.ts')], outfile: join(folder, 'cli.cjs'), define: { ASSAY_CHUNKS: JSON.stringify(name) } });
}

async function asCommonJs(transform, code) {
  const { code: written } = await transform(code, {
    format: 'cjs', platform: 'node', target: 'node20', sourcefile: 'chunk.mjs',
    // Chunks are loaded by app/start.ts alone: a dynamic import is a later `require`. The text stays ASCII, to be read as such.
    supported: { 'dynamic-import': false }, charset: 'ascii', define: { 'import.meta.url': '__chunkUrl' },
    banner: `const __chunkUrl = require('node:url').pathToFileURL(__filename).href;`,
  });
  return written;
}
