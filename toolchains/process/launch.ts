/**
 * Starts a program: first a fixed prologue in /bin/sh, which makes itself known to the watchdog, sets limits
 * and then becomes the program, so that no moment exists in which a program runs unknown. The prologue gets
 * file and arguments as its own arguments and interprets none of them.
 * The watchdog's pipe is handed on by its number: execa listens on every stream that it is given.
 */
import type { execa as Execa } from 'execa';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { ProcessRequest } from '../process.ts';
import { whyNoProgram } from './program.ts';
import { ASSAY_NUMBER, nextTag, TAGS_WORK } from './tag.ts';
import { watchdogDescriptor } from './watchdog.ts';

/** Starts each message of the shell, so that one of its own is known from what the program prints. */
const PROLOGUE_NAME = `assay-start-${ASSAY_NUMBER}`;

/**
 * $1 "tagged" or "registered", $2 tag in KiB, $3 address space in KiB or "unlimited", $4 standard input (empty: the pipe that is there). A trap
 * is reset by exec, an ignored signal would be inherited. No core dumps; the kernel's own memory killer shall
 * take a solver before it takes Assay.
 */
const PROLOGUE = `trap 'exit 125' PIPE
if test "$1" = tagged; then ulimit -S -m "$2" || exit 125
else echo "+ $$" >&3 || exit 125
fi
exec 3>&-
ulimit -c 0
test "$3" = unlimited || ulimit -v "$3" || exit 125
test "$1" = tagged && echo 500 2>/dev/null >/proc/self/oom_score_adj
test -z "$4" || exec <"$4" || exit 125
shift 4
unset PWD OLDPWD
exec "$@"`;

/** Streams and ends are watched by our own rules (channel.ts, run.ts), the environment is exactly ours. */
const RAW = { buffer: false, reject: false, cleanup: false, extendEnv: false, stripFinalNewline: false, encoding: 'buffer', serialization: 'advanced' } as const;

export interface LaunchRequest extends ProcessRequest {
  /** A pipe for messages, of which Node tells the program by its environment. */
  readonly channel?: boolean;
  /** Standard input is a pipe that Assay writes to. */
  readonly input?: boolean;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly tag: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Where it was asked for. */
  readonly stdin?: Writable;
}

/** The program, or the words for why it was not started. */
export async function launch(request: LaunchRequest, env: Readonly<Record<string, string>>): Promise<Launched | string> {
  const unfit = whyUnfit(request);
  if (unfit !== undefined) return unfit;
  // Loaded on use: a run in which everything is known starts nothing.
  const { execa } = await import('execa');
  const tag = nextTag();
  const pipe = watchdogDescriptor();
  try {
    const started = pipe !== undefined
      ? execa('/bin/sh', ['-c', PROLOGUE, PROLOGUE_NAME, TAGS_WORK ? 'tagged' : 'registered', String(tag),
        inKib(request.limits.addressSpaceMb), request.input ? '' : request.stdinFile ?? '/dev/null', request.file, ...request.args],
      // execa takes any descriptor; its types know only the first.
      { ...RAW, cwd: request.cwd, env, detached: true, stdio: [request.input ? 'pipe' : 'ignore', 'pipe', 'pipe', pipe as 0, ...(request.channel ? ['ipc' as const] : [])] })
      : startOnWindows(execa, request, env);
    // How it ends is read from the child itself (run.ts); execa's own result is not waited for.
    void started.catch(() => undefined);
    const child: ChildProcess = started;
    const { pid, stdout, stderr } = child;
    if (pid === undefined || !stdout || !stderr) return (await started as { readonly originalMessage?: string }).originalMessage ?? 'it could not be started';
    return { child, pid, tag, stdout, stderr, ...(request.input && child.stdin ? { stdin: child.stdin } : {}) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Untested. No prologue, no tag and no watchdog there: what a crash of Assay leaves stays. */
function startOnWindows(execa: typeof Execa, request: ProcessRequest, env: Readonly<Record<string, string>>): ReturnType<typeof Execa> {
  const input = request.stdinFile === undefined ? undefined : openSync(request.stdinFile, 'r');
  try {
    return execa(request.file, request.args, { ...RAW, cwd: request.cwd, env, stdio: [input as 0 | undefined ?? 'ignore', 'pipe', 'pipe'] });
  } finally {
    if (input !== undefined) closeSync(input);
  }
}

function inKib(megabytes: number | undefined): string {
  return megabytes === undefined ? 'unlimited' : String(Math.ceil(megabytes * 1024));
}

/** What the prologue itself said, where it could not become the program. */
export function prologueFailure(code: number | null, stderr: Buffer): string | undefined {
  if (code !== 125 && code !== 126 && code !== 127 && code !== 2) return undefined;
  if (!stderr.subarray(0, PROLOGUE_NAME.length).equals(Buffer.from(PROLOGUE_NAME))) return undefined;
  return stderr.toString('utf8').slice(PROLOGUE_NAME.length).replace(/^[^:]*:[\s\d]*:?\s*(line \d+: )?(exec: )?/, '').trim();
}

function whyUnfit(request: ProcessRequest): string | undefined {
  const unfit = whyNoProgram(request.file);
  if (unfit !== undefined) return unfit;
  if (!statSync(request.cwd, { throwIfNoEntry: false })?.isDirectory()) return `the folder ${request.cwd} is not there`;
  if (request.stdinFile !== undefined && !statSync(request.stdinFile, { throwIfNoEntry: false })?.isFile())
    return `${request.stdinFile}, its standard input, is not a regular file`;
  return undefined;
}
