/** `assay install TOOL[@VERSION]`: a pinned version, checked, beside the others. */
import { resolve } from 'node:path';
import { createToolHost } from '../../toolchains/executables.ts';
import { platformName } from '../../toolchains/process/environment.ts';
import { recipes } from '../../toolchains/recipes.ts';
import { install, recipeFor, type Installed } from '../engine/install/install.ts';
import { noteOf, toolsFolder } from '../engine/install/managed.ts';
import type { InstallProgress } from '../engine/install/request.ts';
import { storeHome } from '../engine/ledger/home.ts';
import { printable } from '../engine/repository/printable.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { duration } from './layout.ts';

const OPTIONS = { from: { type: 'string' }, help: { type: 'boolean' } } as const;

const HELP = `usage: assay install TOOL[@VERSION] [--from FILE]
  without a tool     what can be installed
  --from FILE        this archive (or .nupkg) instead of the network; it is checked all the same
Tools go into the folder "tools" of ASSAY_HOME, versions side by side. Programs on PATH are preferred over them; a version
that a project pins is taken from wherever it is.`;

/** Between two lines of progress. */
const PERIOD_MS = 200;

export async function installCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const home = storeHome(), tools = toolsFolder(home);
  const [asked, ...more] = command.positionals;
  if (more.length > 0) throw new UsageError('install takes one tool at a time');
  const from = command.text('from');
  if (asked === undefined) { await list(tools); return 0; }
  const recipe = recipeFor(recipes, asked);
  const stop = new AbortController();
  const cancel = (): void => { stop.abort(); };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, cancel);
  const show = progressLine(`${recipe.id} ${recipe.version}`);
  try {
    const installed = await install(recipe, {
      home, tools, signal: stop.signal, onProgress: show.progress, find: (name) => createToolHost({ path: process.env.PATH ?? '', managed: tools }).find(name), ...(from === undefined ? {} : { from: resolve(from) }),
    });
    show.clear();
    process.stdout.write(sentence(installed));
    return 0;
  } catch (error) {
    show.clear();
    if (!stop.signal.aborted) throw error;
    process.stderr.write(`assay: cancelled; what was fetched is kept, and the same command goes on from there\n`);
    return 130;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, cancel);
  }
}

export function sentence({ tool, version, path, checked, already, note }: Installed): string {
  const lines = [already ? `${tool} ${version} is there already: ${printable(path)}` : `${tool} ${version} is installed: ${printable(path)}`];
  switch (checked?.by) {
    case 'published': lines.push(`its checksum is the published one (SHA-256 ${checked.sha256})`); break;
    case 'recorded': lines.push(`its checksum is the one recorded at its first use (SHA-256 ${checked.sha256})`); break;
    case 'first use': lines.push(`no published checksum is known: SHA-256 ${checked.sha256} was recorded, and later fetches are held to it`); break;
    case undefined: break;
  }
  if (note !== undefined) lines.push(note);
  return `${lines.join('\n  ')}\n`;
}

async function list(tools: string): Promise<void> {
  for (const recipe of recipes) {
    const state = await noteOf(tools, recipe.id, recipe.version) ? 'installed' : recipe.archives?.[platformName()] || recipe.dotnetTool ? '' : `not for ${platformName()}`;
    process.stdout.write(`${`${recipe.id}@${recipe.version}`.padEnd(28)} ${state}`.trimEnd() + '\n');
  }
}

const WORDS: Record<InstallProgress['step'], string> = { fetch: 'fetching', check: 'checking', unpack: 'unpacking', run: 'its installer runs' };

function progressLine(name: string): { progress: (progress: InstallProgress) => void; clear: () => void } {
  const live = process.stderr.isTTY;
  let last = 0, step = '';
  return {
    progress(progress) {
      const changed = progress.step !== step;
      if (!changed && (!live || performance.now() - last < PERIOD_MS)) return;
      [last, step] = [performance.now(), progress.step];
      const size = progress.bytes === undefined ? '' : ` ${megabytes(progress.bytes)}${progress.total === undefined ? '' : ` of ${megabytes(progress.total)}`} MB`;
      const left = progress.secondsLeft === undefined || !Number.isFinite(progress.secondsLeft) ? '' : `, about ${duration(Math.max(1, Math.round(progress.secondsLeft)))} left`;
      process.stderr.write(live ? `\r\u001b[K${name}: ${WORDS[progress.step]}${size}${left}` : `${name}: ${WORDS[progress.step]}\n`);
    },
    clear() { if (live) process.stderr.write('\r\u001b[K'); },
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
