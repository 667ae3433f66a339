/** Installs a tool by its recipe into the managed folder, versions side by side, each in one move; nothing half-done is ever found there. */
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { platformName } from '../../../toolchains/process/environment.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';
import { installArchive } from './archive.ts';
import type { Checked } from './checksum.ts';
import { installDotnetTool } from './dotnet.ts';
import { installByElan } from './elan.ts';
import { noteOf } from './managed.ts';
import { isDiskFull, reasonOf } from '../repository/system-errors.ts';
import type { InstallRequest } from './request.ts';

export interface Installed {
  readonly tool: string;
  readonly version: string;
  readonly path: string;
  /** What was known of the checksum; undefined where it was there already, or where elan checks. */
  readonly checked?: Checked;
  readonly already: boolean;
  readonly note?: string;
}

/** @param asked "z3" or "z3@4.12.1" */
export function recipeFor(recipes: readonly Recipe[], asked: string): Recipe {
  const [id, version] = asked.split('@', 2) as [string, string?];
  const ofTool = recipes.filter((recipe) => recipe.id === id);
  if (ofTool.length === 0) throw new InputError(asked, 'is no tool that can be installed', `There are: ${[...new Set(recipes.map((recipe) => recipe.id))].join(', ')}`);
  const recipe = version === undefined ? ofTool[0] : ofTool.find((one) => one.version === version);
  if (!recipe) throw new InputError(asked, 'is a version without a recipe', `There are: ${ofTool.map((one) => `${one.id}@${one.version}`).join(', ')}`);
  return recipe;
}

/** @throws InputError for what the user, the network or the disk can mend */
export async function install(recipe: Recipe, request: InstallRequest, platform: string = platformName()): Promise<Installed> {
  try {
    return await installNow(recipe, request, platform);
  } catch (error) {
    if (error instanceof InputError || request.signal.aborted || typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    throw new InputError(request.home, reasonOf(error), isDiskFull(error) ? 'Make room there, or set ASSAY_HOME to another disk' : 'Set ASSAY_HOME to a folder that you may write');
  }
}

async function installNow(recipe: Recipe, request: InstallRequest, platform: string): Promise<Installed> {
  const { id: tool, version } = recipe;
  if (request.from !== undefined) {
    if (!isAbsolute(request.from)) throw new Error('a path to be made absolute by the caller');
    if (!(await stat(request.from).catch(() => undefined))?.isFile()) throw new InputError(request.from, 'is no file');
  }
  const known = await noteOf(request.tools, tool, version);
  const done = { tool, version, ...(recipe.note === undefined ? {} : { note: recipe.note }) };
  if (known) return { ...done, path: join(request.tools, tool, version), already: true };
  const archive = recipe.archives?.[platform];
  if (recipe.elanToolchain !== undefined) return { ...done, ...await installByElan(request, recipe, archive, recipe.elanToolchain), already: false };
  const byDotnet = recipe.dotnetTool !== undefined && (request.from === undefined || request.from.toLowerCase().endsWith('.nupkg')) ? recipe.dotnetTool : undefined;
  const [dotnet] = byDotnet === undefined ? [] : await request.find('dotnet');
  if (byDotnet !== undefined && dotnet !== undefined) return { ...done, ...await installDotnetTool(request, recipe, byDotnet, dotnet), already: false };
  if (archive === undefined) throw new InputError(`${tool}@${version}`, `has no archive for ${platform}`, byDotnet === undefined ? `Build it, and put it on PATH` : 'Install .NET 8 or newer, and run this again');
  // The note on what is missing concerns the NuGet tool; a release archive is whole.
  const { note: _note, ...whole } = done;
  return { ...(recipe.dotnetTool === undefined ? done : whole), ...await installArchive(request, recipe, archive), already: false };
}
