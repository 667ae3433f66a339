/** A real program that replays recorded runs of Verus, in a folder of its own with the solver that such a Verus has. */
import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { toolsOf, temporaryFolder } from '../check-context.ts';
import type { Tool } from '../../../toolchains/contract.ts';
import { verus } from '../../../toolchains/verus/index.ts';

export const RECORDED = resolve('../shared/data/recorded/verus-0.2026.06.07');
export const hasRecorded = existsSync(RECORDED);

export interface Recording { readonly stdout?: string; readonly stderr?: string; readonly code: number }
const FIXTURES = resolve('test/fixtures/verus');

/** By the stem of the file that Verus is given. Paths are absolute. */
export async function replaying(runs: Readonly<Record<string, Recording>>, options: { cargo?: boolean; solver?: string } = {}): Promise<{ tools: readonly Tool[]; dispose: () => Promise<void> }> {
  const { root, dispose } = await temporaryFolder({ 'version.json.txt': VERSION });
  for (const name of ['verus', ...(options.cargo ? ['cargo-verus'] : [])]) {
    await copyFile(join(FIXTURES, 'replay.cjs'), join(root, name));
    await chmod(join(root, name), 0o755);
  }
  await copyFile(join(FIXTURES, options.solver ?? 'z3'), join(root, 'z3'));
  await chmod(join(root, 'z3'), 0o755);
  await writeFile(join(root, 'recordings.json'), JSON.stringify({ version: join(root, 'version.json.txt'), runs }));
  return { tools: await toolsOf(verus, [root, dirname(process.execPath), '/usr/bin', '/bin'].join(':')), dispose };
}

/** As recorded, with the version of a cargo-verus behind it. */
const VERSION = '{\n  "verus": {\n    "profile": "release",\n    "version": "0.2026.06.07.cd03505",\n    "toolchain": "1.95.0-x86_64-unknown-linux-gnu"\n  }\n}\ncargo-verus 0.2026.06.07\n';
