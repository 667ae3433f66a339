/** Installs a tool of NuGet by `dotnet`, into a folder of its own; dotnet checks the package against NuGet's signature. */
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';
import { reasonOf } from '../repository/system-errors.ts';
import { checkSum, recordSum, type Checked } from './checksum.ts';
import { freshFolder, putInPlace } from './managed.ts';
import { fetchingEnvironment, FETCHING_LIMITS } from './programs.ts';
import type { InstallRequest } from './request.ts';

export async function installDotnetTool(request: InstallRequest, recipe: Recipe, name: string, dotnet: string): Promise<{ path: string; checked: Checked }> {
  const { tools, signal } = request;
  const folder = await freshFolder(tools);
  const source = `${folder}-source`;
  try {
    const only = request.from === undefined ? [] : ['--configfile', await ownSource(source, request.from, name, recipe.version)];
    request.onProgress({ step: 'run' });
    const result = await runProcess({
      file: dotnet, args: ['tool', 'install', name, '--version', recipe.version, '--tool-path', folder, ...only], cwd: folder, signal, limits: FETCHING_LIMITS,
      env: { ...fetchingEnvironment(), DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1', DOTNET_CLI_UI_LANGUAGE: 'en' },
    });
    signal.throwIfAborted();
    const said = `${result.stdout.content.toString('utf8')}\n${result.stderr.content.toString('utf8')}`.trim();
    const packages = (await readdir(join(folder, '.store'), { recursive: true }).catch(() => [])).filter((path) => path.toLowerCase().endsWith(`${name}.${recipe.version}.nupkg`));
    if (result.exit.reason !== 'exited' || result.exit.code !== 0 || packages.length !== 1)
      throw new InputError(`nuget:${name}@${recipe.version}`, `was not installed by ${dotnet}: ${result.exit.message ?? said.split('\n').find((line) => /error|unable|failed|not found/i.test(line)) ?? said.split('\n').at(-1)}`, 'Check the network, or give the .nupkg or the release archive with --from FILE');
    request.onProgress({ step: 'check' });
    const what = `nuget:${name}@${recipe.version}`;
    const checked = await checkSum(tools, what, join(folder, '.store', packages[0]!), undefined);
    const told = await runProcess({ file: join(folder, process.platform === 'win32' ? `${name}.exe` : name), args: ['--version'], cwd: folder, signal, limits: { ...FETCHING_LIMITS, wallSeconds: 30 } });
    if (!told.stdout.content.toString('utf8').includes(recipe.version)) throw new InputError(what, `does not start: ${told.exit.message ?? told.stderr.content.toString('utf8').trim().split('\n')[0]}`, 'Is the .NET runtime that it needs there? dotnet --list-runtimes');
    const path = await putInPlace(folder, tools, { tool: recipe.id, version: recipe.version, from: request.from ?? what, sha256: checked.sha256, checksum: checked.by, at: new Date().toISOString() });
    await recordSum(tools, what, checked);
    return { path, checked };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await rm(source, { recursive: true, force: true });
  }
}

/** A folder as the only source of packages. */
async function ownSource(folder: string, file: string, name: string, version: string): Promise<string> {
  await mkdir(folder);
  try { await copyFile(file, join(folder, `${name}.${version}.nupkg`)); } catch (error) { throw new InputError(file, `cannot be read: ${reasonOf(error)}`); }
  const configuration = join(folder, 'nuget.config');
  await writeFile(configuration, '<configuration><packageSources><clear /><add key="given" value="." /></packageSources></configuration>\n');
  return configuration;
}
