/**
 * Worker threads for work that must not hold up the engine and must be endable at any moment. A thread does one
 * request at a time; an idle one is kept warm and does not keep the process alive; ending is `terminate`.
 */
import { Worker } from 'node:worker_threads';
import { builtEntry } from '../entry.ts';

export type ThreadEnd<Reply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'wall' }
  | { readonly kind: 'died'; readonly reason: string };

export class ThreadPool<Request, Reply> {
  readonly #idle: Worker[] = [];

  /** @param entry source path of the worker without extension  @param kept idle threads that stay */
  constructor(private readonly entry: string, private readonly kept: number) {}

  async run(request: Request, wallSeconds: number, signal: AbortSignal): Promise<ThreadEnd<Reply>> {
    if (signal.aborted) return { kind: 'stopped' };
    const worker = this.#idle.pop() ?? new Worker(builtEntry(this.entry));
    worker.ref();
    let resolve!: (end: ThreadEnd<Reply>) => void;
    const promise = new Promise<ThreadEnd<Reply>>((settle) => { resolve = settle; });
    const onReply = (reply: Reply): void => { resolve({ kind: 'reply', reply }); };
    const onError = (error: unknown): void => { resolve({ kind: 'died', reason: error instanceof Error ? error.message : String(error) }); };
    const onExit = (code: number): void => { resolve({ kind: 'died', reason: `the thread ended with code ${code}` }); };
    const onAbort = (): void => { resolve({ kind: 'stopped' }); };
    const timer = setTimeout(() => { resolve({ kind: 'wall' }); }, Math.min(wallSeconds * 1000, 2 ** 31 - 1));
    worker.on('message', onReply).on('error', onError).on('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(request);
    const end = await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    worker.off('message', onReply).off('exit', onExit);
    if (end.kind === 'reply' && this.#idle.length < this.kept) {
      worker.off('error', onError);
      // A thread that dies while idle is dropped; the next request starts a fresh one.
      worker.once('error', () => { this.#drop(worker); }).once('exit', () => { this.#drop(worker); });
      worker.unref();
      this.#idle.push(worker);
    } else await worker.terminate();
    return end;
  }

  /** Ends the idle threads. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()));
  }

  #drop(worker: Worker): void {
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}
