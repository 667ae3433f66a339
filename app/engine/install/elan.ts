/** Installs a Lean toolchain through elan: the user's own where it is on PATH, else one in the managed folder. */
import { lstat, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';
import { installArchive } from './archive.ts';
import type { Checked } from './checksum.ts';
import { noteOf } from './managed.ts';
import { fetchingEnvironment, FETCHING_LIMITS } from './programs.ts';
import type { InstallRequest } from './request.ts';

/** Its `lean` and `lake` stand for toolchains of another folder: not to be found as programs. */
const HIDDEN = '.elan';

export async function installByElan(request: InstallRequest, recipe: Recipe, archive: NonNullable<Recipe['archives']>[string] | undefined, toolchain: string): Promise<{ path: string; checked?: Checked }> {
  const [own] = await request.find('elan');
  if (own !== undefined && request.from === undefined) {
    await run(request, own, ['toolchain', 'install', toolchain], {});
    return { path: own };
  }
  if (archive === undefined) throw new InputError('elan', 'has no archive for this platform', 'Install elan as its own page says, and run this again');
  const version = /\/(v[\d.]+)\//.exec(archive.url)?.[1]?.slice(1) ?? 'current';
  const folder = join(request.tools, HIDDEN, version);
  let checked: Checked | undefined;
  if (await noteOf(request.tools, HIDDEN, version) === undefined) checked = (await installArchive(request, { id: HIDDEN, version }, archive)).checked;
  const home = { ELAN_HOME: folder };
  // It puts itself and its proxies into bin/; without a default toolchain it fetches nothing.
  await run(request, join(folder, 'elan-init'), ['-y', '--no-modify-path', '--default-toolchain', 'none'], home);
  await run(request, join(folder, 'bin', 'elan'), ['toolchain', 'install', toolchain], home);
  const installed = join(folder, 'toolchains', toolchain.replaceAll('/', '--').replaceAll(':', '---'));
  if (!(await lstat(join(installed, 'bin', 'lean')).catch(() => undefined))?.isFile()) throw new InputError(toolchain, `was not found after elan had installed it, at ${installed}`, 'Please report it, with the version of elan');
  const path = join(request.tools, recipe.id, recipe.version);
  await mkdir(join(request.tools, recipe.id), { recursive: true });
  await rm(path, { force: true });
  await symlink(installed, path);
  return { path, ...(checked ? { checked } : {}) };
}

async function run(request: InstallRequest, file: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  request.onProgress({ step: 'run' });
  const result = await runProcess({ file, args, cwd: request.home, signal: request.signal, limits: FETCHING_LIMITS, env: { ...fetchingEnvironment(), ...env } });
  request.signal.throwIfAborted();
  if (result.exit.reason !== 'exited' || result.exit.code !== 0)
    throw new InputError(file, `did not succeed with "${args.join(' ')}": ${result.exit.message ?? (result.stderr.content.toString('utf8').trim().split('\n').at(-1) || `code ${result.exit.code}`)}`, 'Check the network; what is already there is kept');
}
