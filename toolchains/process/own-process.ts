/**
 * Assay's own engine as a process beside the one that serves its window: Node on a built `*.worker.ts`. Unlike a tool it
 * gets the whole environment and no watchdog: it ends by itself when the pipe to its parent does, and ends what it started.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { builtEntry } from '../entry.ts';

export interface OwnProcess {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, in words. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** @param entry source path from the root without extension, as {@link builtEntry} takes it */
export function startOwnProcess(entry: string): OwnProcess {
  // Errors of the engine are for the terminal; nothing is read from it.
  const child: ChildProcess = fork(builtEntry(entry), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  return {
    pid: child.pid,
    post: (message) => { if (child.connected) child.send(message as object, () => undefined); },
    onMessage: (listener) => { child.on('message', listener); },
    onExit(listener) {
      let told = false;
      const tell = (reason: string): void => { if (!told) { told = true; listener(reason); } };
      child.once('exit', (code, signal) => { tell(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`); });
      child.once('error', (error) => { tell(`it could not be started: ${error.message}`); });
    },
    kill: () => { child.kill('SIGKILL'); },
  };
}
