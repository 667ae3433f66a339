/** Turns a request into one that runs the same program in the sandbox, or says why that cannot be had. */
import { existsSync } from 'node:fs';
import type { ProcessExit, ProcessRequest, SandboxRequest } from '../../process.ts';
import { whyNoProgram } from '../program.ts';
import { bubblewrapArguments, PRIVATE_HOME, PRIVATE_TEMPORARY, type View } from './bubblewrap.ts';
import { isTooWide, isWithin, programFolders } from './folders.ts';
import { seatbeltProfile } from './seatbelt.ts';

export interface SandboxProgram { readonly kind: 'bubblewrap' | 'sandbox-exec'; readonly path: string; readonly version: string }

export interface Confined {
  readonly request: ProcessRequest;
  readonly env: Record<string, string>;
}

export function confine(request: ProcessRequest, sandbox: SandboxRequest, env: Readonly<Record<string, string>>, program: SandboxProgram): Confined | string {
  const unfit = whyNoProgram(request.file);
  if (unfit !== undefined) return unfit;
  const asked = [...sandbox.readOnly, ...sandbox.writable];
  const wide = asked.find((path) => isTooWide(path));
  if (wide !== undefined) return `${wide} cannot be shown in the sandbox: it is or holds the home of the user`;
  const absent = asked.find((path) => !existsSync(path));
  if (absent !== undefined) return `${absent}, to be shown in the sandbox, is not there`;
  const view: View = { readOnly: [...programFolders(request.file, env.PATH ?? ''), ...sandbox.readOnly], writable: sandbox.writable, cwd: request.cwd };
  if (!asked.some((path) => isWithin(request.cwd, path))) return `the folder ${request.cwd} is not among those that the sandbox shows`;
  const inner = { ...env, ...privatePlaces(sandbox, env, program) };
  const args = program.kind === 'bubblewrap'
    ? [...bubblewrapArguments(view, program.version), request.file, ...request.args]
    : ['-p', seatbeltProfile(view), request.file, ...request.args];
  return { request: { ...request, file: program.path, args }, env: inner };
}

/** A home inside a writable folder was made for this run and stays. */
function privatePlaces(sandbox: SandboxRequest, env: Readonly<Record<string, string>>, program: SandboxProgram): { HOME: string; TMPDIR: string } {
  const [first] = sandbox.writable;
  const fallback = program.kind === 'bubblewrap' ? { HOME: PRIVATE_HOME, TMPDIR: PRIVATE_TEMPORARY } : { HOME: first ?? '/var/empty', TMPDIR: first ?? '/var/empty' };
  const own = (value: string | undefined): boolean => value !== undefined && sandbox.writable.some((path) => isWithin(value, path));
  return { HOME: own(env.HOME) ? env.HOME! : fallback.HOME, TMPDIR: own(env.TMPDIR) ? env.TMPDIR! : fallback.TMPDIR };
}

const SIGNALS: Readonly<Record<number, string>> = { 1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 4: 'SIGILL', 5: 'SIGTRAP', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 14: 'SIGALRM', 15: 'SIGTERM', 24: 'SIGXCPU', 25: 'SIGXFSZ', 31: 'SIGSYS' };

/**
 * bubblewrap gives 128 + n for a program that ended by signal n, as shells do, and 1 with a line of its own where it
 * could not start it. A program that imitates that only makes its own run count less.
 */
export function exitOutside(exit: ProcessExit, stdoutBytes: number, stderr: Buffer): ProcessExit {
  if (exit.reason !== 'exited' || exit.code === null) return exit;
  if (exit.code === 1 && stdoutBytes === 0 && stderr.subarray(0, 7).toString('latin1') === 'bwrap: ')
    return { code: null, signal: null, reason: 'not-started', message: `the sandbox could not be made: ${stderr.toString('utf8').split('\n')[0]!.slice(7)}` };
  const signal = SIGNALS[exit.code - 128];
  return signal === undefined ? exit : { ...exit, code: null, signal, reason: 'signalled', message: `ended by ${signal}` };
}
