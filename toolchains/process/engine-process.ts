/**
 * A warm program of Assay's own (a `*.worker.ts`: WebAssembly engines, checkers of long certificates) in a process
 * beside Assay. A process and not a thread: its memory would be the engine's own, and starting a solver from a
 * process of 300 MB takes 24 ms where one of 90 MB takes 3 (fork copies the page tables; 200 spawns each, Node 20).
 * It speaks by structured clone over a pipe, ends when Assay ends however that happens, and is bounded by who uses it.
 */
import { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import { builtEntry } from '../entry.ts';
import { endTree } from './end.ts';
import { allowedEnvironment } from './environment.ts';
import { launch, type Launched } from './launch.ts';
import { fellTree, plantTree, table, type Tree } from './tree.ts';
import { programStarter, type OwnProgram } from './own-programs.ts';
import { holdInMind, release } from './watchdog.ts';

interface Events<Reply> {
  message: [reply: Reply];
  /** Once, however it ended. */
  exit: [reason: string];
}

const NO_LIMITS = { wallSeconds: Infinity, memoryMb: Infinity, outputBytes: 0, floodBytes: Infinity };

export class EngineProcess<Request, Reply> extends EventEmitter<Events<Reply>> {
  readonly #started: Promise<{ launched: Launched; tree: Tree } | undefined>;
  /** Where somebody else starts programs for this process. */
  #lent: OwnProgram | undefined;
  #launched: Launched | undefined;
  #held = true;
  #ended = false;

  /** @param entry source path from the root without extension, as {@link builtEntry} takes it */
  constructor(entry: string) {
    super();
    const start = programStarter();
    if (start) this.#lent = start(builtEntry(entry), { message: (reply) => { this.emit('message', reply as Reply); }, ended: (reason) => { this.#end(reason); } });
    this.#started = start ? Promise.resolve(undefined) : this.#start(builtEntry(entry));
  }

  async #start(file: string): Promise<{ launched: Launched; tree: Tree } | undefined> {
    const launched = await launch({ file: process.execPath, args: [file], cwd: dirname(file), limits: NO_LIMITS, channel: true }, allowedEnvironment());
    if (typeof launched === 'string') {
      this.#end(`it could not be started: ${launched}`);
      return undefined;
    }
    const { child, pid, tag, stdout, stderr } = launched;
    const tree = plantTree(pid, tag);
    holdInMind(pid);
    stdout.resume();
    stderr.resume();
    child.on('message', (reply) => { this.emit('message', reply as Reply); });
    child.once('exit', (code, signal) => {
      void endTree(tree).then(() => { fellTree(tree); release(pid); });
      this.#end(signal === null ? `the program ended with code ${code}` : `the program was ended by ${signal}`);
    });
    this.#launched = launched;
    if (this.#held) this.ref(); else this.unref();
    return { launched, tree };
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.emit('exit', reason);
  }

  postMessage(request: Request): void {
    if (this.#lent) { if (!this.#ended) this.#lent.post(request); return; }
    void this.#started.then((started) => {
      if (!started || this.#ended) return;
      // An error here is a program that has just ended: `exit` tells it.
      started.launched.child.send(request as object, () => undefined);
    });
  }

  /** Resident size of the program now, MiB; 0 where it is not known. */
  residentMb(): number {
    const pid = this.#launched?.pid ?? this.#lent?.pid;
    return pid ? (table.row(pid)?.residentMb ?? 0) : 0;
  }

  /** Assay's own process may not end while it works. */
  ref(): void { this.#hold(true); }
  unref(): void { this.#hold(false); }

  #hold(held: boolean): void {
    this.#held = held;
    const { child, stdout, stderr } = this.#launched ?? {};
    for (const part of [child, child?.channel, stdout, stderr]) {
      const holder = part as { ref?: () => void; unref?: () => void } | null | undefined;
      if (held) holder?.ref?.(); else holder?.unref?.();
    }
  }

  /** The reason is the caller's; settles when nothing of it is left. */
  async terminate(): Promise<void> {
    if (this.#lent) {
      if (this.#ended) return;
      const gone = new Promise((resolve) => { this.once('exit', resolve); });
      this.#lent.end();
      await gone;
      return;
    }
    const started = await this.#started;
    if (!started || started.launched.child.exitCode !== null || started.launched.child.signalCode !== null) return;
    const ended = new Promise((resolve) => { started.launched.child.once('exit', resolve); });
    await endTree(started.tree);
    await ended;
  }
}
