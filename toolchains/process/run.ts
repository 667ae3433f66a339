/** The life of one program, from the request to the moment when nothing of it is left. */
import { once, setMaxListeners } from 'node:events';
import { delimiter } from 'node:path';
import type { ProcessExit, ProcessRequest, ProcessResult } from '../process.ts';
import { activeNow } from './clock.ts';
import { endRemains, endTree } from './end.ts';
import { absoluteEntries, allowedEnvironment } from './environment.ts';
import { Channel, settled } from './channel.ts';
import { describeExit, type OurReason } from './exit.ts';
import { KeptBytes } from './kept.ts';
import { launch, type Launched } from './launch.ts';
import { watch } from './monitor.ts';
import type { SandboxProgram } from './sandbox/confine.ts';
import { fellTree, plantTree, table } from './tree.ts';
import { holdInMind, release } from './watchdog.ts';


/** Never rejects for what a program does; only for what `onOutput` throws, once the tree is gone. */
export async function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  if (request.sandbox === undefined) return runAs(request, request, environmentOf(request));
  if (request.signal?.aborted) return unstarted(request, environmentOf(request), CANCELLED_BEFORE);
  // Loaded on use: most runs start no code of a repository.
  const state = await (await import('./sandbox/state.ts')).sandboxState();
  if ('missing' in state) return unstarted(request, environmentOf(request), notStarted(`no sandbox to run it in: ${state.missing}. ${state.remedy}`));
  return runConfined(request, state);
}

/** In a sandbox that is there; for the trial that decides whether it holds, too. */
export async function runConfined(request: ProcessRequest, program: SandboxProgram): Promise<ProcessResult> {
  const { confine, exitOutside } = await import('./sandbox/confine.ts');
  const confined = confine(request, request.sandbox ?? { readOnly: [], writable: [] }, environmentOf(request), program);
  if (typeof confined === 'string') return unstarted(request, environmentOf(request), notStarted(confined));
  const result = await runAs(request, confined.request, confined.env);
  return { ...result, exit: exitOutside(result.exit, result.stdout.bytes, result.stderr.content), sandbox: `${program.kind} ${program.version}` };
}

const CANCELLED_BEFORE: ProcessExit = { code: null, signal: null, reason: 'cancelled', message: 'cancelled before it was started' };

function notStarted(message: string): ProcessExit { return { code: null, signal: null, reason: 'not-started', message }; }

function environmentOf(request: ProcessRequest): Record<string, string> {
  const env = { ...allowedEnvironment(), ...request.env };
  env.PATH = absoluteEntries(env.PATH ?? '').join(delimiter);
  return env;
}

function unstarted(request: ProcessRequest, env: Record<string, string>, exit: ProcessExit, startedAt = new Date().toISOString()): ProcessResult {
  const nothing = new KeptBytes(0).captured();
  return { argv: [request.file, ...request.args], cwd: request.cwd, env, startedAt, seconds: 0, cpuSeconds: 0, peakMemoryMb: 0, exit, stdout: nothing, stderr: nothing };
}

/** Starts `actual`, and describes it by what was asked for. */
async function runAs(asked: ProcessRequest, actual: ProcessRequest, env: Record<string, string>): Promise<ProcessResult> {
  const startedAt = new Date().toISOString();
  if (actual.signal?.aborted) return unstarted(asked, env, CANCELLED_BEFORE, startedAt);
  const started = activeNow();
  const launched = await launch(actual, env);
  if (typeof launched === 'string') return unstarted(asked, env, notStarted(launched), startedAt);
  return { argv: [asked.file, ...asked.args], cwd: asked.cwd, env, startedAt, ...await attend(actual, launched, started) };
}

type Measured = Pick<ProcessResult, 'seconds' | 'cpuSeconds' | 'peakMemoryMb' | 'exit' | 'stdout' | 'stderr'>;

async function attend(request: ProcessRequest, launched: Launched, started: number): Promise<Measured> {
  const { child, pid } = launched;
  const { limits } = request;
  const tree = plantTree(pid, launched.tag);
  holdInMind(pid);
  const stdout = new Channel(launched.stdout, limits.outputBytes);
  const stderr = new Channel(launched.stderr, limits.outputBytes);
  let peakMemoryMb = 0;
  let cpuSeconds = 0;
  let reason: OurReason | undefined;
  /** What a listener of our own threw. */
  let bug: { readonly error: unknown } | undefined;
  let ending: Promise<readonly number[]> | undefined;
  let stuck: () => void = () => undefined;
  const gaveUp = new Promise<void>((resolve) => { stuck = resolve; });

  let mayHaveEnded = false;
  const end = (why: OurReason): void => {
    if (reason !== undefined || child.exitCode !== null || child.signalCode !== null) return;
    // After a busy stretch of Assay the timers come before the news that the program had ended in time. Asked
    // again two turns later; a leader that only looks ended (its other threads run) is ended then.
    if (!mayHaveEnded && process.platform === 'linux' && table.row(pid)?.ended !== false) {
      mayHaveEnded = true;
      setImmediate(() => setImmediate(() => { end(why); }));
      return;
    }
    reason = why; // before the kill
    ending = endTree(tree);
    void ending.then((left) => { if (left.length > 0) stuck(); });
  };
  /** A short program is never met by the sampler: its first word and its end of file are when to look. */
  const lookAtLeader = (): void => {
    const row = process.platform === 'linux' ? table.row(pid) : undefined;
    if (!row) return;
    cpuSeconds = Math.max(cpuSeconds, row.cpuSeconds);
    peakMemoryMb = Math.max(peakMemoryMb, row.residentMb);
  };
  const receive = (name: 'stdout' | 'stderr') => (chunk: Buffer): void => {
    if (stdout.bytes + stderr.bytes === chunk.length) lookAtLeader();
    try { if (bug === undefined) request.onOutput?.(name, chunk); } catch (error) { bug = { error }; end('cancelled'); }
    if (stdout.bytes + stderr.bytes > limits.floodBytes) end('output');
  };
  stdout.listen(receive('stdout'), lookAtLeader);
  stderr.listen(receive('stderr'));

  const unwatch = watch({
    tree, deadline: started + limits.wallSeconds * 1000,
    overdue: () => { end('wall'); },
    sampled: (members) => {
      const resident = members.reduce((sum, row) => sum + row.residentMb, 0);
      peakMemoryMb = Math.max(peakMemoryMb, resident);
      cpuSeconds = Math.max(cpuSeconds, members.reduce((sum, row) => sum + row.cpuSeconds, 0));
      if (resident > limits.memoryMb) end('memory');
    },
  });
  // One signal may end any number of programs.
  if (request.signal) setMaxListeners(0, request.signal);
  const cancel = (): void => { end('cancelled'); };
  request.signal?.addEventListener('abort', cancel, { once: true });
  if (request.signal?.aborted) cancel();

  await Promise.race([once(child, 'exit'), gaveUp]);
  const seconds = (activeNow() - started) / 1000;
  unwatch();
  request.signal?.removeEventListener('abort', cancel);
  const left = await (ending ?? endRemains(tree));
  fellTree(tree);
  release(pid);
  await settled(stdout, stderr);
  if (bug !== undefined) throw bug.error;
  const [out, err] = [stdout.captured(), stderr.captured()];
  const exit = describeExit({ code: child.exitCode, signal: child.signalCode, reason, left, limits, stderr: err.content });
  return { seconds, cpuSeconds, peakMemoryMb, exit, stdout: out, stderr: err };
}
