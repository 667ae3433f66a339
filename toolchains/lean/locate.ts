/** Lean 4 and `leanchecker`, which replays a build in the kernel (part of releases since 4.28). */
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Located, MissingTool, ToolHost } from '../contract.ts';
import { locateProgram, missingTool, type ProgramDescription } from '../locate.ts';

export const REMEDY = 'install elan, which fetches the version that lean-toolchain names: curl -sSf https://elan.lean-lang.org/elan-init.sh | sh';

/** `lean --version`: "Lean (version 4.33.0, x86_64-unknown-linux-gnu, commit …, Release)". */
const LEAN: ProgramDescription = {
  id: 'lean', names: ['lean'], versionArgs: ['--version'],
  parseVersion: (output) => /^Lean \(version (\d+\.\d+\.\d+(?:-[\w.]+)?)/m.exec(output)?.[1],
  companions: librariesOf,
  // `--json` came with 4.9, kinds of messages in it with 4.12.
  minimum: '4.12', remedy: REMEDY,
};
/** It has no --version: without a module it tries the package of the folder and says what it could not do. */
const CHECKER: ProgramDescription = {
  id: 'leanchecker', names: ['leanchecker'], versionArgs: ['--version'],
  parseVersion: (output) => /\bversion (\d+\.\d+\.\d+(?:-[\w.]+)?)/.exec(output)?.[1] ?? '0',
  remedy: `${REMEDY} (leanchecker comes with Lean since 4.28)`,
};

export async function locateLean(host: ToolHost): Promise<Located> {
  const [lean, checkers] = await Promise.all([locateProgram(host, LEAN), locateProgram(host, CHECKER)]);
  const tools = [...lean, ...checkers];
  return { tools, missing: [LEAN, CHECKER].map((program) => missingTool(program, tools)).filter((one): one is MissingTool => one !== undefined) };
}

/** The shared libraries beside a release's program: what `lean` really is. Under elan's shim the toolchain is another folder. */
async function librariesOf(path: string): Promise<readonly string[]> {
  const folder = join(dirname(await realpath(path)), '..', 'lib', 'lean');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(?:so|dylib|dll)$/.test(name)).sort().map((name) => join(folder, name));
}
