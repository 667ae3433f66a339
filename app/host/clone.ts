/** Clones a repository by its address, where git and a network are there. Nothing of the cloned repository is executed. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createToolHost } from '../../toolchains/executables.ts';
import { runProcess } from '../../toolchains/process.ts';
import { refuse } from './refusal.ts';

const ADDRESS = /^(https:\/\/|ssh:\/\/|git@)[\w.@:/~+%-]+$/;
const LIMITS = { wallSeconds: 1800, memoryMb: 4096, outputBytes: 65_536, floodBytes: 16 * 1024 * 1024 };
/** No hooks, no filters, no credential dialogs, and of transports only the two that carry no command. */
const SAFE = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never', '-c', 'protocol.https.allow=always', '-c', 'protocol.ssh.allow=always'];

export async function findGit(): Promise<string | undefined> {
  return (await createToolHost({ path: process.env.PATH ?? '' }).find('git'))[0];
}

/** The folder of the clone; one that is there already is used as it is. */
export async function clone(home: string, url: string, signal: AbortSignal): Promise<string> {
  if (!ADDRESS.test(url)) refuse('input', `"${url}" is no address of a git repository`, 'Give one that begins with https:// or ssh://');
  const git = await findGit();
  if (git === undefined) refuse('unsupported', 'git is not installed', 'Install git, or open a folder or an archive');
  const name = /([\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1]?.replace(/^[.-]+/, '') || 'repository';
  const folder = join(home, 'clones', `${name}-${createHash('sha256').update(url).digest('hex').slice(0, 8)}`);
  if (existsSync(folder)) return folder;
  await mkdir(join(home, 'clones'), { recursive: true, mode: 0o700 });
  const fresh = `${folder}.${process.pid}.part`;
  const result = await runProcess({ file: git, args: [...SAFE, 'clone', '--depth', '1', '--no-recurse-submodules', '--', url, fresh], cwd: home, env: { GIT_TERMINAL_PROMPT: '0' }, limits: LIMITS, signal });
  if (result.exit.reason !== 'exited' || result.exit.code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    if (signal.aborted) refuse('cancelled', 'cancelled');
    const said = result.stderr.content.toString('utf8').trim().split('\n').at(-1);
    refuse('input', `${url} could not be cloned: ${said || result.exit.message || result.exit.reason}`, 'Check the address and the network, or clone it yourself and open the folder');
  }
  await rename(fresh, folder);
  return folder;
}
