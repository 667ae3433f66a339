/**
 * Programs beside Assay for work that must not hold up the engine and must be endable at any moment. One does one
 * request at a time; an idle one is kept warm and does not keep the process alive; ending is `terminate`.
 */
import { EngineProcess } from '../process/engine-process.ts';
import { kept } from './kept.ts';

export type ThreadEnd<Reply> =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'wall' }
  | { readonly kind: 'died'; readonly reason: string };

interface Thread<Request, Reply> {
  readonly worker: EngineProcess<Request, Reply>;
  /** What waits for the thread's next word; absent while it is idle. */
  waiting?: (end: ThreadEnd<Reply>) => void;
}

export class ThreadPool<Request, Reply> {
  readonly #idle: Thread<Request, Reply>[] = [];

  /** @param entry source path of the worker without extension  @param kept idle threads that stay */
  constructor(private readonly entry: string, private readonly most: number) { kept.add(() => this.close()); }

  async run(request: Request, wallSeconds: number, signal: AbortSignal): Promise<ThreadEnd<Reply>> {
    if (signal.aborted) return { kind: 'stopped' };
    const thread = this.#idle.pop() ?? this.#start();
    let timer: NodeJS.Timeout | undefined;
    let onAbort: (() => void) | undefined;
    const end = await new Promise<ThreadEnd<Reply>>((resolve) => {
      thread.waiting = resolve;
      timer = setTimeout(() => { resolve({ kind: 'wall' }); }, Math.min(wallSeconds * 1000, 2 ** 31 - 1));
      onAbort = () => { resolve({ kind: 'stopped' }); };
      signal.addEventListener('abort', onAbort, { once: true });
      thread.worker.ref();
      thread.worker.postMessage(request);
    });
    clearTimeout(timer);
    if (onAbort) signal.removeEventListener('abort', onAbort);
    delete thread.waiting;
    if (end.kind === 'reply' && this.#idle.length < this.most) {
      thread.worker.unref();
      this.#idle.push(thread);
    } else await thread.worker.terminate();
    return end;
  }

  /** Ends the idle threads. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.worker.terminate()));
  }

  #start(): Thread<Request, Reply> {
    const thread: Thread<Request, Reply> = { worker: new EngineProcess(this.entry) };
    const died = (reason: string): void => {
      thread.waiting?.({ kind: 'died', reason });
      const at = this.#idle.indexOf(thread);
      if (at >= 0) this.#idle.splice(at, 1);
    };
    thread.worker.on('message', (reply) => { thread.waiting?.({ kind: 'reply', reply }); });
    thread.worker.on('exit', died);
    return thread;
  }
}
