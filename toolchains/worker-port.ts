/** What a `*.worker.ts` program speaks through: the other end of an EngineProcess (process/engine-process.ts). */

export interface WorkerPort<Request, Reply> {
  postMessage(reply: Reply): void;
  onMessage(listener: (request: Request) => void): void;
}

/** In Electron the program is a utility process: its first message brings the port to speak through. */
interface UtilityPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  once(event: 'close', listener: () => void): void;
  start(): void;
  postMessage(message: unknown): void;
}
interface ParentPort { once(event: 'message', listener: (event: { readonly ports: readonly UtilityPort[] }) => void): void }

function utilityPort<Request, Reply>(parent: ParentPort): WorkerPort<Request, Reply> {
  const given = new Promise<UtilityPort>((resolve) => { parent.once('message', ({ ports }) => { resolve(ports[0]!); }); });
  void given.then((port) => { port.once('close', () => { process.exit(0); }); });
  return {
    postMessage: (reply) => { void given.then((port) => { port.postMessage(reply); }); },
    onMessage: (listener) => { void given.then((port) => { port.on('message', ({ data }) => { listener(data as Request); }); port.start(); }); },
  };
}

/** Call once, at the start. The program ends with Assay, and when the pipe between them does. */
export function workerPort<Request, Reply>(): WorkerPort<Request, Reply> {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort) return utilityPort(parentPort);
  const send = process.send?.bind(process);
  if (!send) throw new Error('runs beside Assay only, started as an engine process');
  process.on('disconnect', () => { process.exit(0); });
  return {
    postMessage: (reply) => { send(reply, undefined, undefined, () => undefined); },
    onMessage: (listener) => { process.on('message', (request) => { listener(request as Request); }); },
  };
}
