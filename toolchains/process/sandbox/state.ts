/**
 * Which sandbox this machine has. Looked for in folders of the system alone, tried once for each Assay process; one
 * that does not hold in a trial counts as missing. Without one, code of a repository is not run at all.
 */
import { readFileSync } from 'node:fs';
import type { ProcessRequest } from '../../process.ts';
import { whyNoProgram } from '../program.ts';
import { runConfined, runProcess } from '../run.ts';
import type { SandboxProgram } from './confine.ts';
import { probe } from './probe.ts';

export type SandboxState = SandboxProgram | { readonly missing: string; readonly remedy: string };

const BUBBLEWRAP = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap'];
const SANDBOX_EXEC = '/usr/bin/sandbox-exec';
const VERSION_LIMITS = { wallSeconds: 10, memoryMb: 512, outputBytes: 4096, floodBytes: 65_536 };

let known: Promise<SandboxState> | undefined;

/** The same answer for the life of this process, unless it was that none is there. */
export function sandboxState(): Promise<SandboxState> {
  known ??= findSandbox().then((state) => { if ('missing' in state) known = undefined; return state; });
  return known;
}

async function findSandbox(): Promise<SandboxState> {
  switch (process.platform) {
    case 'linux': return tried(await bubblewrap(), 'apt install bubblewrap');
    case 'darwin': return tried(whyNoProgram(SANDBOX_EXEC) === undefined ? { kind: 'sandbox-exec', path: SANDBOX_EXEC, version: 'of the system' } : 'sandbox-exec is not there', 'sandbox-exec is a part of macOS');
    default: return { missing: `Assay knows no sandbox for ${process.platform}`, remedy: 'open the repository on Linux (for Windows: in WSL) or macOS' };
  }
}

async function bubblewrap(): Promise<SandboxProgram | string> {
  const path = BUBBLEWRAP.find((candidate) => whyNoProgram(candidate) === undefined);
  if (path === undefined) return 'bubblewrap is not installed';
  const result = await runProcess({ file: path, args: ['--version'], cwd: '/', limits: VERSION_LIMITS });
  const version = /^bubblewrap (\d+(?:\.\d+)+)/.exec(result.stdout.content.toString('utf8'))?.[1];
  return version === undefined ? `${path} told no version` : { kind: 'bubblewrap', path, version };
}

async function tried(found: SandboxProgram | string, remedy: string): Promise<SandboxState> {
  if (typeof found === 'string') return { missing: found, remedy };
  const leaks = await probe(found.kind, (request: ProcessRequest) => runConfined(request, found));
  return leaks.length === 0 ? found : { missing: `${found.kind} ${found.version} does not hold here: ${leaks.join('; ')}`, remedy: remedyFor(leaks.join(' '), remedy) };
}

/** Ubuntu since 23.10 lets no program make a user namespace that has no profile of AppArmor. */
function remedyFor(leaks: string, usual: string): string {
  if (/uid map|namespace|not permitted|denied/i.test(leaks)) {
    if (flag('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') return 'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0, or give bwrap a profile of AppArmor';
    if (flag('/proc/sys/kernel/unprivileged_userns_clone') === '0') return 'sudo sysctl kernel.unprivileged_userns_clone=1';
    return 'allow user namespaces: in a container start it with --security-opt seccomp=unconfined, elsewhere see user.max_user_namespaces';
  }
  return usual;
}

function flag(path: string): string | undefined {
  try { return readFileSync(path, 'latin1').trim(); } catch { return undefined; }
}
