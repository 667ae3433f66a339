/**
 * A program that stays and talks both ways (a language server): bytes to its standard input, bytes from its standard
 * output as they come. It ends when Assay ends, however that happens (launch.ts), and is bounded in memory. What may be
 * concluded from what it says is for its reader to decide. Code of a repository runs in the sandbox or not at all, as with {@link runProcess}.
 */
import { delimiter } from 'node:path';
import type { SandboxRequest } from '../process.ts';
import { endTree } from './end.ts';
import { absoluteEntries, allowedEnvironment } from './environment.ts';
import { launch, type Launched } from './launch.ts';
import { watch } from './monitor.ts';
import { fellTree, plantTree } from './tree.ts';
import { holdInMind, release } from './watchdog.ts';

export interface ServiceRequest {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the allow-listed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Resident size of the whole tree. */
  readonly memoryMb: number;
  readonly sandbox?: SandboxRequest;
}

export interface ServiceEvents {
  output(chunk: Buffer): void;
  /** Once, when nothing of it is left. */
  ended(reason: string): void;
}

/** Kept of standard error, for the reason of an end. */
const KEPT_ERROR_BYTES = 4096;
const NO_LIMITS = { wallSeconds: Infinity, memoryMb: Infinity, outputBytes: 0, floodBytes: Infinity };

export class Service {
  readonly #gone: Promise<void>;
  readonly #tree;
  #alive = true;
  #why: string | undefined;
  #residentMb = 0;

  private constructor(private readonly launched: Launched, memoryMb: number, events: ServiceEvents) {
    const { child, pid, tag, stdin, stdout, stderr } = launched;
    const tree = this.#tree = plantTree(pid, tag);
    holdInMind(pid);
    let said = '';
    stdout.on('data', (chunk: Buffer) => { events.output(chunk); });
    stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-KEPT_ERROR_BYTES); });
    // Writing to a program that has just ended: its exit tells it.
    stdin?.on('error', () => undefined);
    const unwatch = watch({
      tree, deadline: Infinity, overdue: () => undefined,
      sampled: (members) => {
        this.#residentMb = members.reduce((sum, row) => sum + row.residentMb, 0);
        if (this.#residentMb <= memoryMb) return;
        this.#why ??= `it took more than ${memoryMb} MiB`;
        void this.end();
      },
    });
    this.#gone = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#alive = false;
        unwatch();
        void endTree(tree).then(() => {
          fellTree(tree);
          release(pid);
          events.ended(this.#why ?? `the program ended ${signal === null ? `with code ${code ?? 'none'}` : `by ${signal}`}${said.trim() ? `: ${said.trim().split('\n').at(-1)!}` : ''}`);
          resolve();
        });
      });
    });
  }

  /** The words for why it was not started, where it was not. */
  static async start(request: ServiceRequest, events: ServiceEvents): Promise<Service | string> {
    const env: Record<string, string> = { ...allowedEnvironment(), ...request.env };
    env.PATH = absoluteEntries(env.PATH ?? '').join(delimiter);
    const plain = { file: request.file, args: request.args, cwd: request.cwd, limits: NO_LIMITS };
    if (request.sandbox === undefined) return started(await launch({ ...plain, input: true }, env));
    const [{ sandboxState }, { confine }] = await Promise.all([import('./sandbox/state.ts'), import('./sandbox/confine.ts')]);
    const state = await sandboxState();
    if ('missing' in state) return `no sandbox to run it in: ${state.missing}. ${state.remedy}`;
    const confined = confine(plain, request.sandbox, env, state);
    return typeof confined === 'string' ? confined : started(await launch({ ...confined.request, input: true }, confined.env));

    function started(launched: Launched | string): Service | string {
      return typeof launched === 'string' ? launched : new Service(launched, request.memoryMb, events);
    }
  }

  get alive(): boolean { return this.#alive; }
  /** Of the whole tree, MiB, as last seen. */
  get residentMb(): number { return this.#residentMb; }

  write(bytes: Buffer): void {
    if (this.#alive) this.launched.stdin?.write(bytes);
  }

  /** Settles when it has ended by itself, or, where it has not within the time, when it was ended. */
  async leave(milliseconds: number): Promise<void> {
    this.launched.stdin?.end();
    const timer = setTimeout(() => { void this.end(); }, milliseconds);
    await this.#gone;
    clearTimeout(timer);
  }

  /** Settles when nothing of it is left. May be called at any time, and again. */
  async end(): Promise<void> {
    if (this.#alive) await endTree(this.#tree);
    await this.#gone;
  }
}
