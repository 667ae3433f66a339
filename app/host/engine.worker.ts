/** The engine's process: a {@link Host} for the windows that its parent speaks for. Ends when the parent does. */
import type { FromEngine, ToEngine } from './link.ts';
import { useBroker, type MessagePort } from './broker.ts';
import { Host, type Connection } from './host.ts';

/** Electron's utility processes have this in place of Node's channel. */
interface ParentPort { on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly MessagePort[] }) => void): void; postMessage(message: unknown): void }

/** Batches that a window may have under way before it has taken one. */
const UNTAKEN = 3;
/** How often the parent hears whether runs go on, milliseconds. */
const RUNNING_PERIOD = 500;

const port = (process as { readonly parentPort?: ParentPort }).parentPort;
const post = (message: FromEngine): void => { if (port) port.postMessage(message); else if (process.connected) process.send!(message, undefined, undefined, () => undefined); };
const windows = new Map<number, { readonly connection: Connection; readonly flow: { untaken: number } }>();
let host: Promise<Host> | undefined;
let stopping = false;

function hear(message: ToEngine): void {
  switch (message.type) {
    case 'start': return void start(message.surroundings);
    case 'connect': return void connect(message.window);
    case 'taken': { const window = windows.get(message.window); if (window) window.flow.untaken = 0; return; }
    case 'message': return void host?.then(() => { windows.get(message.window)?.connection.receive(message.data); });
    case 'disconnect': return void host?.then(() => { windows.get(message.window)?.connection.close(); windows.delete(message.window); });
    case 'stop': return void stop();
  }
}

async function start(surroundings: Parameters<typeof Host.create>[0]['surroundings']): Promise<void> {
  host = Host.create({ surroundings });
  try {
    const created = await host;
    post({ type: 'ready' });
    let before = 0;
    setInterval(() => { if (created.running !== before) post({ type: 'running', count: before = created.running }); }, RUNNING_PERIOD).unref();
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 100);
  }
}

async function connect(window: number): Promise<void> {
  const created = await host;
  if (!created) return;
  const flow = { untaken: 0 };
  const connection = created.connect((message) => {
    if (message.type === 'events') flow.untaken += 1;
    post({ type: 'message', window, message });
  }, () => flow.untaken < UNTAKEN);
  windows.set(window, { connection, flow });
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try { await (await host)?.dispose(); } finally { process.exit(0); }
}

if (port) {
  const isOfBroker = useBroker((message) => { port.postMessage(message); });
  port.on('message', ({ data, ports }) => { if (!isOfBroker(data, ports)) hear(data as ToEngine); });
} else process.on('message', (message) => { hear(message as ToEngine); });
process.on('disconnect', () => { void stop(); });
// The terminal's Ctrl+C reaches the whole group; the parent says when to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
