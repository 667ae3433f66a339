/**
 * Ends what is left when Assay itself is killed. One small shell for each Assay process, in a session of its
 * own, reads a pipe: "+ pid" from every program before it becomes itself (launch.ts), "- pid" from Assay once
 * its tree is gone. End of file, when Assay has ended in whatever way, makes it kill every group still
 * listed and then, where /proc shows them, all processes that carry a tag of this Assay.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { ASSAY_NUMBER, BYTES_PER_NUMBER } from './tag.ts';
import { allowedEnvironment } from './environment.ts';

/** Arguments: $1 number of this Assay, $2 bytes per number. Looks again until two looks find nothing. */
const SCRIPT = `
trap '' HUP INT TERM QUIT PIPE
live=' '
while read -r sign pid; do
  case $sign in
    +) live="$live$pid " ;;
    -) case $live in *" $pid "*) live="\${live%% $pid *} \${live#* $pid }" ;; esac ;;
  esac
done
for pid in $live; do kill -KILL -- "-$pid" 2>/dev/null; done
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
  if test -n "$alive"; then quiet=0; kill -KILL $alive 2>/dev/null; else quiet=$((quiet + 1)); fi
  rounds=$((rounds + 1))
  sleep 0.02
done
`;

interface Watchdog { readonly child: ChildProcess; readonly pipe: Socket }
let current: Watchdog | undefined;
const live = new Set<number>();

/** The pipe that a program registers through; starts the watchdog on first use and after it was killed. */
export function watchdogPipe(): Socket | undefined {
  if (process.platform === 'win32') return undefined;
  if (current && current.child.exitCode === null && current.child.signalCode === null && current.pipe.writable) return current.pipe;
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'assay-watchdog', String(ASSAY_NUMBER), String(BYTES_PER_NUMBER)], {
    cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { ...allowedEnvironment(), PATH: '/usr/bin:/bin' },
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

/** For the case that the watchdog has to be replaced while the program runs; it registers itself. */
export function holdInMind(pid: number): void { live.add(pid); }

/** Once the whole tree is gone. */
export function release(pid: number): void {
  live.delete(pid);
  if (current?.pipe.writable) current.pipe.write(`- ${pid}\n`);
}
