/**
 * Yosys in WebAssembly in one warm program beside Assay. Jobs run one at a time; a job that is cancelled, runs
 * past its wall time or takes too much memory takes the worker with it, and the next job starts a new one.
 * An idle worker does not keep the program alive and ends by itself after a while.
 */
import { EngineProcess } from '../../process/engine-process.ts';
import type { FileTree, YosysAnswer, YosysJob } from './protocol.ts';

/** How the job ended; every field is always there. */
export interface YosysRun {
  /** `exited`: by itself with `code`; `trapped`: the WebAssembly program failed (memory exhausted, a bug). */
  readonly reason: 'exited' | 'trapped' | 'wall' | 'memory' | 'cancelled';
  readonly code: number | null;
  readonly message: string;
  readonly output: Buffer;
  readonly outputBytes: number;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly startedAt: string;
  readonly seconds: number;
  /** Resident size of the worker while the job ran, in MiB. */
  readonly peakMemoryMb: number;
}

export interface YosysRequest {
  readonly args: readonly string[];
  readonly files: FileTree;
  readonly wanted?: readonly string[];
  readonly wallSeconds: number;
  readonly memoryMb: number;
  readonly outputBytes?: number;
  readonly signal?: AbortSignal;
}

/** Loads the program and does nothing: 3.5 s on an idle machine (measured). */
const WARM_UP = { args: ['-V'] as readonly string[], files: {}, wallSeconds: 60 };
const IDLE_MILLISECONDS = 60_000;
const SAMPLE_MILLISECONDS = 50;
const OUTPUT_BYTES = 64 << 20;

export class EmbeddedYosys {
  private worker: EngineProcess<YosysJob, YosysAnswer> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;
  private jobs = 0;

  /** Never rejects for what the program does. The wall time runs from the start of this job, not while it waits. */
  run(request: YosysRequest): Promise<YosysRun> {
    const mine = this.last.then(() => this.runNow(request));
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** Ends the worker; a later job starts a new one. */
  async close(): Promise<void> {
    clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }

  private async runNow(request: YosysRequest): Promise<YosysRun> {
    clearTimeout(this.idle);
    const startedAt = new Date().toISOString();
    let started = performance.now();
    let peak = 0;
    const finish = (reason: YosysRun['reason'], rest: Partial<Pick<YosysRun, 'code' | 'message' | 'output' | 'outputBytes' | 'files'>> = {}): YosysRun => ({
      reason, code: null, message: '', output: Buffer.alloc(0), outputBytes: 0, files: {}, ...rest,
      startedAt, seconds: (performance.now() - started) / 1000, peakMemoryMb: peak,
    });
    if (request.signal?.aborted) return finish('cancelled');
    if (!this.worker && request.args !== WARM_UP.args) {
      // Loading the program is not the work of this job, and has a limit of its own.
      const warm = await this.runNow({ ...WARM_UP, memoryMb: request.memoryMb, ...(request.signal && { signal: request.signal }) });
      if (warm.reason !== 'exited') return warm;
      clearTimeout(this.idle);
      started = performance.now();
    }
    const job: YosysJob = { id: ++this.jobs, args: request.args, files: request.files, wanted: request.wanted ?? [], outputBytes: request.outputBytes ?? OUTPUT_BYTES };
    const worker = (this.worker ??= this.start());
    worker.ref();
    return new Promise<YosysRun>((resolve) => {
      const settle = (): void => {
        clearTimeout(wall);
        clearInterval(sampler);
        request.signal?.removeEventListener('abort', cancel);
        worker.off('message', answered);
        worker.off('exit', ended);
      };
      // The reason stands before the worker is ended, and nothing that follows from the end can replace it.
      const end = (run: YosysRun): void => {
        settle();
        if (this.worker === worker) this.worker = undefined;
        void worker.terminate().then(() => { resolve(run); });
      };
      const answered = (answer: YosysAnswer): void => {
        if (answer.id !== job.id) return;
        const output = Buffer.from(answer.output.buffer, answer.output.byteOffset, answer.output.byteLength);
        const found = { output, outputBytes: answer.outputBytes, files: answer.files };
        if (answer.trap !== undefined) { end(finish('trapped', { ...found, message: answer.trap })); return; }
        worker.unref();
        this.idle = setTimeout(() => { void this.close(); }, IDLE_MILLISECONDS).unref();
        settle();
        resolve(finish('exited', { ...found, code: answer.code ?? null }));
      };
      const ended = (reason: string): void => { end(finish('trapped', { message: reason })); };
      const cancel = (): void => { end(finish('cancelled')); };
      const wall = setTimeout(() => { end(finish('wall')); }, request.wallSeconds * 1000);
      const sampler = setInterval(() => {
        peak = Math.max(peak, worker.residentMb());
        if (peak > request.memoryMb) end(finish('memory'));
      }, SAMPLE_MILLISECONDS);
      worker.on('message', answered);
      worker.on('exit', ended);
      request.signal?.addEventListener('abort', cancel, { once: true });
      worker.postMessage(job);
    });
  }

  private start(): EngineProcess<YosysJob, YosysAnswer> {
    const worker = new EngineProcess<YosysJob, YosysAnswer>('toolchains/verilog/embedded/yosys.worker');
    worker.on('exit', () => { if (this.worker === worker) this.worker = undefined; });
    return worker;
  }
}

/** The one engine of this program. */
export const embeddedYosys = new EmbeddedYosys();
