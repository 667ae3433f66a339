/** Lean 4 and `leanchecker`, which replays a build in the kernel (part of releases since 4.28). */
import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Located, MissingTool, ToolHost } from '../contract.ts';
import { locateProgram, missingTool, type ProgramDescription } from '../locate.ts';

export const REMEDY = './assay install lean, or elan, which fetches the version that lean-toolchain names: curl -sSf https://elan.lean-lang.org/elan-init.sh | sh';

/** `lean --version`: "Lean (version 4.33.0, x86_64-unknown-linux-gnu, commit …, Release)". */
const LEAN: ProgramDescription = {
  id: 'lean', names: ['lean'], versionArgs: ['--version'],
  parseVersion: (output) => /^Lean \(version (\d+\.\d+\.\d+(?:-[\w.]+)?)/m.exec(output)?.[1],
  companions: librariesOf,
  // `--json` came with 4.9, kinds of messages in it with 4.12.
  minimum: '4.12', remedy: REMEDY,
};
/** It has no --version, and without a module it replays all there are: it is asked for one that is nowhere. Its version is that of the `lean` beside it. */
const CHECKER: ProgramDescription = {
  id: 'leanchecker', names: ['leanchecker'], versionArgs: ['Assay.Nowhere'],
  parseVersion: () => 'as lean',
  remedy: `${REMEDY} (leanchecker comes with Lean since 4.28)`,
};

/** For the language server of a package (`lake serve`): "Lake version 5.0.0-src+… (Lean version 4.31.0)". Checking does not run it. */
const LAKE: ProgramDescription = {
  id: 'lake', names: ['lake'], versionArgs: ['--version'],
  parseVersion: (output) => /\(Lean version (\d+\.\d+\.\d+(?:-[\w.]+)?)\)/.exec(output)?.[1],
  remedy: REMEDY,
};

export async function locateLean(host: ToolHost): Promise<Located> {
  const expanded: ToolHost = { ...host, find: async (name) => (await Promise.all((await host.find(name)).map((path) => withoutShim(path, name)))).flat() };
  const tools = (await Promise.all([LEAN, CHECKER, LAKE].map((program) => locateProgram(expanded, program)))).flat();
  return { tools, missing: [LEAN, CHECKER].map((program) => missingTool(program, tools)).filter((one): one is MissingTool => one !== undefined) };
}

/** The shared libraries beside a release's program: what `lean` really is. */
async function librariesOf(path: string): Promise<readonly string[]> {
  const folder = join(dirname(await realpath(path)), '..', 'lib', 'lean');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(?:so|dylib|dll)$/.test(name)).sort().map((name) => join(folder, name));
}

/**
 * elan's `lean` is a front that picks, and may fetch, a toolchain by the folder it is started in. The toolchains
 * themselves are taken: each with its version and hash, and nothing is fetched on the way.
 */
async function withoutShim(path: string, name: string): Promise<readonly string[]> {
  const real = await realpath(path).catch(() => path);
  if (basename(real) !== 'elan' && !existsSync(join(dirname(real), 'elan'))) return [path];
  const folder = join(dirname(real), '..', 'toolchains');
  const names = await readdir(folder).catch(() => []);
  return names.map((toolchain) => join(folder, toolchain, 'bin', name)).filter((program) => existsSync(program)).sort().reverse();
}
