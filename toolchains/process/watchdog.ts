/**
 * Ends what is left when Assay itself is killed. One small shell for each Assay process, in a session of its
 * own, waits for the end of a pipe, which comes when Assay has ended in whatever way. Every program holds the
 * pipe too until it carries its tag (launch.ts), so the end cannot come while one is untagged; then the
 * watchdog kills all that carry a tag of this Assay. Where tags do not work, programs register by pid ("+ pid")
 * before they let go of the pipe, Assay strikes them out ("- pid"), and groups are killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { ASSAY_NUMBER, BYTES_PER_NUMBER, TAGS_WORK } from './tag.ts';

/** $1 number of this Assay, $2 bytes per number. Looks again until two looks find nothing. */
const SCRIPT = `
trap '' HUP INT TERM QUIT PIPE
live=' '
while read -r sign pid; do
  case $sign in
    +) live="$live$pid " ;;
    -) case $live in *" $pid "*) live="\${live%% $pid *} \${live#* $pid }" ;; esac ;;
  esac
done
for pid in $live; do kill -s KILL -- "-$pid" 2>/dev/null; done
test -r /proc/self/limits || exit 0
quiet=0; rounds=0
while test $quiet -lt 2 && test $rounds -lt 100; do
  tagged=$(grep -H '^Max resident set' /proc/[0-9]*/limits 2>/dev/null |
    awk -v number="$1" -v unit="$2" '{ split($1, part, "/"); if (int($4 / unit) == number) print part[3] }')
  alive=
  for pid in $tagged; do
    read -r line 2>/dev/null <"/proc/$pid/stat" || continue
    case "\${line##*) }" in [ZX]*) ;; *) alive="$alive $pid" ;; esac
  done
  if test -n "$alive"; then quiet=0; kill -s KILL $alive 2>/dev/null; else quiet=$((quiet + 1)); fi
  rounds=$((rounds + 1))
  sleep 0.02
done
`;

interface Watchdog { readonly child: ChildProcess; readonly pipe: Socket }
let current: Watchdog | undefined;
const live = new Set<number>();

/** Starts the watchdog on first use and after it was killed. */
function watchdogPipe(): Socket | undefined {
  if (process.platform === 'win32') return undefined;
  if (current && current.child.exitCode === null && current.child.signalCode === null && current.pipe.writable) return current.pipe;
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'assay-watchdog', String(ASSAY_NUMBER), String(BYTES_PER_NUMBER)], {
    cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  const pipe = child.stdin as Socket;
  child.on('error', () => { current = undefined; });
  child.on('exit', () => { if (current?.child === child) current = undefined; });
  pipe.on('error', () => { if (current?.child === child) current = undefined; });
  child.unref();
  pipe.unref();
  current = { child, pipe };
  for (const pid of live) pipe.write(`+ ${pid}\n`);
  return pipe;
}

/** The number of the pipe's descriptor in this process; undefined where there is no watchdog. */
export function watchdogDescriptor(): number | undefined {
  // Node tells the descriptor of a socket only on its handle.
  const { _handle: handle } = (watchdogPipe() ?? {}) as { readonly _handle?: { readonly fd: number } };
  return handle?.fd;
}

/** For the case that the watchdog has to be replaced while the program runs; it registers itself. */
export function holdInMind(pid: number): void { if (!TAGS_WORK) live.add(pid); }

/** A little late is no harm: until then the watchdog would kill a group that is empty, and no pid is reused so soon. */
const RELEASE_DELAY_MS = 20;
let released: number[] = [];
let releasing: NodeJS.Timeout | undefined;

/** Once the whole tree is gone. Written together with others, since each write wakes the watchdog. */
export function release(pid: number): void {
  if (!live.delete(pid)) return;
  released.push(pid);
  releasing ??= setTimeout(writeReleased, RELEASE_DELAY_MS).unref();
}

function writeReleased(): void {
  if (current?.pipe.writable) current.pipe.write(released.map((pid) => `- ${pid}\n`).join(''));
  released = [];
  releasing = undefined;
}
