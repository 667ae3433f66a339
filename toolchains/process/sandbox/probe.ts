/**
 * Tries to get out: writes, reads and looks where the sandbox must not let it, once for each Assay process. Judged
 * from outside as far as that can be; a sandbox that lets one of them pass is none.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ProcessRequest, ProcessResult } from '../../process.ts';
import { absoluteEntries } from '../environment.ts';
import { isWithin, programFolders } from './folders.ts';

/** $1 folder outside, $2 the user's home, $3 folder inside, $4 a word for the end. */
const SCRIPT = `cat "$1/secret" 2>/dev/null && echo
{ mkdir -p "$1"; echo out >"$1/written"; } 2>/dev/null
echo in >"$3/written" || echo "inside=refused"
ls -A "$2" 2>/dev/null | while read -r name; do echo "home=$name"; done
{ echo out >/usr/.assay-probe; } 2>/dev/null && { echo "system=written"; rm -f /usr/.assay-probe; }
test -w /proc/sys/kernel/core_pattern && echo "kernel=writable"
for kind in net pid ipc uts mnt; do echo "ns=$kind $(readlink /proc/self/ns/$kind)"; done
while read -r name rest; do case $name in *:*) echo "interface=$name" ;; esac; done </proc/net/dev
for process in /proc/[0-9]*; do echo "process=$process"; done
env
echo "end=$4"`;

/** More than bubblewrap's own, the shell, and what the shell starts. */
const MOST_PROCESSES = 4;
const NAMESPACES = ['net', 'pid', 'ipc', 'uts', 'mnt'] as const;
const LIMITS = { wallSeconds: 20, memoryMb: 512, outputBytes: 64 * 1024, floodBytes: 1024 * 1024 };
const DECOY = 'ASSAY_PROBE_SECRET';

/** @returns what was not held back, in words; [] where the sandbox holds */
export async function probe(kind: 'bubblewrap' | 'sandbox-exec', run: (request: ProcessRequest) => Promise<ProcessResult>): Promise<string[]> {
  const secret = randomBytes(12).toString('hex'), word = randomBytes(12).toString('hex');
  const outside = await mkdtemp(join(tmpdir(), 'assay-probe-'));
  const inside = join(outside, 'inside');
  try {
    await mkdir(inside);
    await writeFile(join(outside, 'secret'), secret);
    process.env[DECOY] = secret;
    const result = await run({
      file: '/bin/sh', args: ['-c', SCRIPT, 'assay-probe', outside, homedir(), inside, word], cwd: inside, limits: LIMITS, sandbox: { readOnly: [], writable: [inside] },
    });
    const text = result.stdout.content.toString('utf8');
    if (result.exit.reason !== 'exited' || result.exit.code !== 0 || !text.endsWith(`end=${word}\n`) || !existsSync(join(inside, 'written')))
      return [`a trial in it did not run: ${result.exit.message ?? (result.stderr.content.toString('utf8').trim().split('\n')[0] || `it ended with ${result.exit.code}`)}`];
    return judge(kind, text, secret, outside);
  } finally {
    delete process.env[DECOY];
    await rm(outside, { recursive: true, force: true });
  }
}

function judge(kind: 'bubblewrap' | 'sandbox-exec', text: string, secret: string, outside: string): string[] {
  const lines = text.split('\n');
  const values = (name: string): string[] => lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1));
  const found: string[] = [];
  const check = (escaped: boolean, words: string): void => { if (escaped) found.push(words); };
  check(text.includes(secret), 'a secret outside, or in the environment of Assay, could be read');
  check(existsSync(join(outside, 'written')), 'a file outside could be written');
  check(values('system').length > 0 || values('kernel').length > 0, 'the system could be written');
  const shown = programFolders('/bin/sh', absoluteEntries(process.env.PATH ?? '').join(delimiter));
  check(homedir() !== '/' && values('home').some((name) => !shown.some((folder) => isWithin(folder, join(homedir(), name)))), 'the home of the user can be seen');
  if (kind === 'sandbox-exec') return found;
  const namespaces = new Map(values('ns').map((value) => value.split(' ') as [string, string]));
  for (const name of NAMESPACES) {
    const inner = namespaces.get(name);
    check(!inner?.startsWith(`${name}:[`) || inner === readlinkSync(`/proc/self/ns/${name}`), `the ${name} namespace is not its own`);
  }
  check(values('interface').some((name) => !name.startsWith('lo:')), 'a network interface can be seen');
  check(values('process').length === 0 || values('process').length > MOST_PROCESSES, 'processes of others can be seen');
  return found;
}
