/** A program that embeds the engine is not ended by Node (exit code 13) while it awaits the engine. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';

const root = dirname(dirname(import.meta.dirname));
const folder = mkdtempSync(join(tmpdir(), 'assay-embedding-'));
/** Beside the packages, which are not bundled. */
const driver = join(root, 'node_modules/.cache/assay-test', `embedding.${process.pid}.mjs`);
afterAll(() => { rmSync(folder, { recursive: true, force: true }); rmSync(driver, { force: true }); });

it('awaits plan, verify and dispose to their ends', async () => {
  const { bundleOptions } = (await import(join(root, 'app/build.mjs'))) as { bundleOptions: object };
  await build({ ...bundleOptions, entryPoints: [join(root, 'test/engine/embedding-driver.ts')], outfile: driver });
  writeFileSync(join(folder, 'a.smt2'), '(assert false)(check-sat)\n');
  const ended = await new Promise<{ readonly code: number | string; readonly output: string }>((resolve) => {
    execFile(process.execPath, [driver, folder, join(folder, 'home')], (error, stdout) => { resolve({ code: error?.code ?? 0, output: stdout }); });
  });
  expect(ended).toEqual({ code: 0, output: 'planned\ntool-missing\ndisposed\n' });
});
