/**
 * The one warm worker of the embedded engine: started at first use, one script at a time, ended and forgotten
 * after a time-out or a cancel. It does not keep the program alive while nothing runs.
 */
import { EngineProcess } from '../process/engine-process.ts';
import type { EmbeddedReply, EmbeddedRequest } from './embedded-protocol.ts';
import { kept } from './kept.ts';

export interface EmbeddedRun {
  readonly steps: readonly string[];
  readonly wallSeconds: number;
  readonly memoryMb: number;
  readonly signal: AbortSignal;
}

export interface EmbeddedResult {
  readonly output: string;
  /** `exited`: went through all steps. */
  readonly reason: 'exited' | 'wall' | 'cancelled' | 'signalled';
  readonly message?: string;
  readonly seconds: number;
}

/** Held memory after which a worker is replaced, MiB; and scripts, since its heap never shrinks. */
const REPLACE_AT_MB = 256, REPLACE_AFTER = 1000;

interface Warm {
  readonly worker: EngineProcess<EmbeddedRequest, EmbeddedReply>;
  scripts: number;
  /** Gets what the worker says while a script runs. */
  listener?: (reply: EmbeddedReply | { readonly kind: 'broken'; readonly message: string }) => void;
}

let warm: Promise<Warm> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** Runs a script after those that were asked before it. Never rejects for what the solver does. */
export function runEmbedded(run: EmbeddedRun): Promise<EmbeddedResult> {
  const turn = queue.then(() => runNow(run));
  queue = turn.catch(() => undefined);
  return Promise.race([turn, cancelledWhileWaiting(run, turn)]);
}

/** A cancel holds at once, also while others run or the worker starts; the turn itself then does nothing. */
function cancelledWhileWaiting(run: EmbeddedRun, turn: Promise<unknown>): Promise<EmbeddedResult> {
  return new Promise((resolve) => {
    const cancel = (): void => { resolve({ output: '', reason: 'cancelled', seconds: 0 }); };
    if (run.signal.aborted) cancel();
    run.signal.addEventListener('abort', cancel, { once: true });
    void turn.catch(() => undefined).then(() => { run.signal.removeEventListener('abort', cancel); });
  });
}

/** Ends the worker; the next script starts a fresh one. */
export async function endEmbedded(): Promise<void> {
  const ending = warm;
  warm = undefined;
  await ending?.then(({ worker }) => worker.terminate(), () => undefined);
}
kept.add(endEmbedded);

async function start(): Promise<Warm> {
  const worker = new EngineProcess<EmbeddedRequest, EmbeddedReply>('toolchains/smt/embedded.worker');
  const first = await new Promise<EmbeddedReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('exit', (reason) => { reject(new Error(reason)); });
  });
  if (first.kind !== 'ready') throw new Error('the embedded solver did not start');
  const held: Warm = { worker, scripts: 0 };
  // For its whole life: one that breaks while nothing runs must not bring the program down.
  worker.on('message', (reply: EmbeddedReply) => { held.listener?.(reply); });
  worker.on('exit', (message) => { held.listener?.({ kind: 'broken', message }); });
  worker.unref();
  return held;
}

async function runNow(run: EmbeddedRun): Promise<EmbeddedResult> {
  if (run.signal.aborted) return { output: '', reason: 'cancelled', seconds: 0 };
  let held: Warm;
  try {
    held = await (warm ??= start());
  } catch (error) {
    warm = undefined;
    return { output: '', reason: 'signalled', message: `the embedded solver did not start: ${error instanceof Error ? error.message : String(error)}`, seconds: 0 };
  }
  if (run.signal.aborted) return { output: '', reason: 'cancelled', seconds: 0 };
  const started = performance.now();
  const result = await converse(held, run);
  held.scripts++;
  const full = result.heldMb > REPLACE_AT_MB || held.scripts >= REPLACE_AFTER;
  if (result.reason !== 'exited' || full) await endEmbedded();
  return { output: result.output, reason: result.reason, message: result.message, seconds: (performance.now() - started) / 1000 };
}

function converse(held: Warm, run: EmbeddedRun): Promise<Omit<EmbeddedResult, 'seconds'> & { readonly heldMb: number }> {
  const { worker } = held;
  return new Promise((resolve) => {
    let output = '';
    const settle = (reason: EmbeddedResult['reason'], message?: string, heldMb = 0): void => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', cancel);
      held.listener = undefined;
      worker.unref();
      resolve({ output, reason, message, heldMb });
    };
    const cancel = (): void => { settle('cancelled'); };
    const timer = setTimeout(() => { settle('wall'); }, run.wallSeconds * 1000);
    run.signal.addEventListener('abort', cancel, { once: true });
    held.listener = (reply) => {
      switch (reply.kind) {
        case 'output': output += reply.text; break;
        case 'done': settle(reply.failure === undefined ? 'exited' : 'signalled', reply.failure, reply.heldMb); break;
        case 'broken': settle('signalled', reply.message); break;
        case 'ready': break;
      }
    };
    worker.ref();
    worker.postMessage({ steps: run.steps, memoryMb: run.memoryMb } satisfies EmbeddedRequest);
  });
}
