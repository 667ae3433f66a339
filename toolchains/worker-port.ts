/** What a `*.worker.ts` program speaks through: the other end of an EngineProcess (process/engine-process.ts). */

export interface WorkerPort<Request, Reply> {
  postMessage(reply: Reply): void;
  onMessage(listener: (request: Request) => void): void;
}

/** Call once, at the start. The program ends with Assay, and when the pipe between them does. */
export function workerPort<Request, Reply>(): WorkerPort<Request, Reply> {
  const send = process.send?.bind(process);
  if (!send) throw new Error('runs beside Assay only, started as an engine process');
  process.on('disconnect', () => { process.exit(0); });
  return {
    postMessage: (reply) => { send(reply, undefined, undefined, () => undefined); },
    onMessage: (listener) => { process.on('message', (request) => { listener(request as Request); }); },
  };
}
