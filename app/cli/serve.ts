/** `assay serve`: the window in a browser, on loopback, with a one-time link. The engine is a process of its own. */
import { createInterface } from 'node:readline';
import { startOwnProcess } from '../../toolchains/process/own-process.ts';
import { storeHome } from '../engine/ledger/home.ts';
import type { EngineLink, FromEngine } from '../host/link.ts';
import { Supervisor } from '../host/supervisor.ts';
import { windowFolder } from '../host/window-files.ts';
import { serve, type Served } from '../serve/server.ts';
import { parseCommand, UsageError } from './arguments.ts';

const OPTIONS = { port: { type: 'string' }, help: { type: 'boolean' } } as const;
const HELP = `usage: assay serve [--port N]
  --port N   default: any that is free
Serves the window at a loopback address behind a link that works once; Enter prints a further one, Ctrl+C ends it.`;

export function startEngine(): EngineLink {
  const started = startOwnProcess('app/host/engine.worker');
  return { pid: started.pid, post: started.post, onMessage: (listener) => { started.onMessage((message) => { listener(message as FromEngine); }); }, onExit: started.onExit, kill: started.kill };
}

export async function serveCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  if (command.positionals.length > 0) throw new UsageError('serve takes no path: open it in the window');
  const port = command.integer('port', 0, 65_535) ?? 0;
  const supervisor = new Supervisor({ start: startEngine, surroundings: { transport: 'web', versions: {}, canChooseFiles: false } });
  let served: Served;
  try {
    served = await serve({ supervisor, folder: windowFolder(), home: storeHome(), port });
  } catch (error) {
    await supervisor.stop();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new UsageError(`port ${port} is taken; leave --port out to get a free one`);
    throw error;
  }
  const gone = await supervisor.ready();
  if (gone !== undefined) { process.stderr.write(`assay: ${gone}\n`); await served.close(); return 3; }
  process.stdout.write(`Assay is at ${served.guard.link}\nThe link works once. Enter: a further link. Ctrl+C: end.\n`);
  const lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : undefined;
  lines?.on('line', () => { process.stdout.write(`${served.guard.renew()}\n`); });
  await new Promise<void>((resolve) => { for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => { resolve(); }); });
  lines?.close();
  await served.close();
  await supervisor.stop();
  return 0;
}
