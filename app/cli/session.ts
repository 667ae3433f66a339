/** One engine for one command: signals end the run, and everything that was started is ended before the process is. */
import { constants } from 'node:os';
import type { Toolchain } from '../../toolchains/contract.ts';
import { Engine } from '../engine/engine.ts';
import { toolchains } from '../../toolchains/registry.ts';

export interface Session {
  readonly engine: Engine;
  /** Fires on the first interrupt; a second one ends the process at once. */
  readonly signal: AbortSignal;
}

export interface SessionOptions {
  readonly cores?: number;
  /** Default: all that Assay knows. */
  readonly toolchains?: readonly Toolchain[];
}

/** Runs `body` with an engine of its own and disposes it whatever happens. */
export async function withSession<T>(options: SessionOptions, body: (session: Session) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupted = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(128 + (constants.signals[name] ?? 2));
    controller.abort(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, interrupted);
  const engine = await Engine.create({ toolchains, ...options });
  try {
    return await body({ engine, signal: controller.signal });
  } finally {
    await engine.dispose();
    for (const name of names) process.off(name, interrupted);
  }
}

/** Words for people: to standard error where standard output carries JSON. */
export function peopleStream(json: string | undefined): NodeJS.WriteStream {
  return json === '-' ? process.stderr : process.stdout;
}
