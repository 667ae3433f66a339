/**
 * A program that stays and answers one text after the other on its standard input: a solver that would else be
 * started for each script. One conversation at a time. It ends when Assay ends, however that happens (launch.ts), and
 * a conversation is bounded in time, memory and output as a run is. Only one that ended with the awaited line leaves
 * a program that may be used again; after anything else it is ended with its whole tree.
 */
import { endTree } from './end.ts';
import { activeNow } from './clock.ts';
import { launch, type Launched } from './launch.ts';
import { watch } from './monitor.ts';
import { fellTree, plantTree, table, type Tree } from './tree.ts';
import { holdInMind, release } from './watchdog.ts';

export interface WarmRequest {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of it. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Talk {
  readonly text: Buffer;
  /** The conversation is over once the output ends with one of these. */
  readonly until: readonly string[];
  readonly wallSeconds: number;
  /** Resident size of the whole tree. */
  readonly memoryMb: number;
  readonly outputBytes: number;
  readonly signal?: AbortSignal;
}

export interface Said {
  readonly output: Buffer;
  /** `answered`: to its awaited end, with nothing on standard error. Else the program is gone, or going. */
  readonly reason: 'answered' | 'wall' | 'memory' | 'output' | 'cancelled' | 'ended' | 'complained';
  readonly seconds: number;
  /** Of the whole program, with what earlier conversations left. */
  readonly residentMb: number;
}

const NO_LIMITS = { wallSeconds: Infinity, memoryMb: Infinity, outputBytes: 0, floodBytes: Infinity };

export class WarmProgram {
  readonly #tree: Tree;
  readonly #gone: Promise<void>;
  #alive = true;
  #hear: ((chunk: Buffer) => void) | undefined;
  #settle: ((reason: Said['reason']) => void) | undefined;

  private constructor(private readonly launched: Launched) {
    const { child, pid, tag, stdin, stdout, stderr } = launched;
    this.#tree = plantTree(pid, tag);
    holdInMind(pid);
    // What is said unasked is of no script: such a program is not trusted with another.
    stdout.on('data', (chunk: Buffer) => { if (this.#hear) this.#hear(chunk); else void this.end(); });
    stderr.on('data', () => { if (this.#settle) this.#settle('complained'); else void this.end(); });
    stdin?.on('error', () => { this.#settle?.('ended'); });
    this.#gone = new Promise((resolve) => {
      child.once('exit', () => {
        this.#alive = false;
        void endTree(this.#tree).then(() => { fellTree(this.#tree); release(pid); resolve(); });
        // What it wrote before it ended is still in the pipe.
        setImmediate(() => { this.#settle?.('ended'); });
      });
    });
    this.#hold(false);
  }

  /** The words for why it was not started, where it was not. */
  static async start(request: WarmRequest): Promise<WarmProgram | string> {
    const launched = await launch({ ...request, limits: NO_LIMITS, input: true }, request.env);
    return typeof launched === 'string' ? launched : new WarmProgram(launched);
  }

  /** May be given another text. */
  get usable(): boolean { return this.#alive && this.#settle === undefined; }

  async talk(talk: Talk): Promise<Said> {
    if (!this.usable || talk.signal?.aborted) return { output: Buffer.alloc(0), reason: talk.signal?.aborted ? 'cancelled' : 'ended', seconds: 0, residentMb: 0 };
    const started = activeNow();
    const chunks: Buffer[] = [];
    let bytes = 0;
    let peakMb = 0;
    const ends = talk.until.map((line) => Buffer.from(line));
    const longest = Math.max(...ends.map((end) => end.length));
    this.#hold(true);
    const reason = await new Promise<Said['reason']>((resolve) => {
      const settle = (why: Said['reason']): void => {
        if (this.#settle !== settle) return;
        unwatch();
        talk.signal?.removeEventListener('abort', cancel);
        this.#settle = undefined;
        this.#hear = undefined;
        resolve(why);
      };
      const cancel = (): void => { settle('cancelled'); };
      this.#settle = settle;
      this.#hear = (chunk) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > talk.outputBytes) { settle('output'); return; }
        const last = chunk.length >= longest ? chunk : Buffer.concat(chunks);
        if (ends.some((end) => last.length >= end.length && last.subarray(last.length - end.length).equals(end))) settle('answered');
      };
      const unwatch = watch({
        tree: this.#tree, deadline: started + talk.wallSeconds * 1000,
        overdue: () => { settle('wall'); },
        sampled: (members) => {
          const resident = members.reduce((sum, row) => sum + row.residentMb, 0);
          peakMb = Math.max(peakMb, resident);
          if (resident > talk.memoryMb) settle('memory');
        },
      });
      talk.signal?.addEventListener('abort', cancel, { once: true });
      this.launched.stdin?.write(talk.text);
    });
    const seconds = (activeNow() - started) / 1000;
    const residentMb = Math.max(peakMb, table.row(this.launched.pid)?.residentMb ?? 0);
    if (reason !== 'answered') await this.end();
    this.#hold(false);
    return { output: Buffer.concat(chunks, bytes), reason, seconds, residentMb };
  }

  /** Assay's own process may end while it only waits. */
  #hold(held: boolean): void {
    const { child, stdin, stdout, stderr } = this.launched;
    for (const part of [child, stdin, stdout, stderr]) {
      const holder = part as { ref?: () => void; unref?: () => void } | undefined;
      if (held) holder?.ref?.(); else holder?.unref?.();
    }
  }

  /** Settles when nothing of it is left. May be called at any time, and again. */
  async end(): Promise<void> {
    if (this.#alive) {
      this.#alive = false;
      this.#hold(true);
      await endTree(this.#tree);
    }
    await this.#gone;
    for (const stream of [this.launched.stdin, this.launched.stdout, this.launched.stderr]) stream?.destroy();
  }
}
