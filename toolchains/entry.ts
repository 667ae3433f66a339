/** Finds the built file of a helper program (`*.worker.ts`), from the bundle and from the sources under test alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param path source path from the root without extension, for example "toolchains/smt/embedded.worker" */
export function builtEntry(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'dist', `${path}.mjs`);
    if (existsSync(candidate)) return candidate;
    const beside = join(folder, `${path}.mjs`);
    if (existsSync(beside)) return beside;
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${path} is not built: run "npm run build"`);
    folder = parent;
  }
}
