/**
 * A language server as a child process: requests, notices and answers over JSON-RPC. One that breaks the framing is ended.
 * A request is always settled: by its answer, or with a {@link ServerError} when the server says no or is gone.
 */
import { Service, type ServiceRequest } from '../process/service.ts';
import { frame, FrameReader, type RpcMessage } from './framing.ts';

/** Of a request that the server answered with an error, or could not answer before it ended. */
export class ServerError extends Error {}

export interface PeerEvents {
  noticed(method: string, params: unknown): void;
  /** Once, when the server is gone or can no longer be read. */
  ended?(reason: string): void;
}

export class LanguageServerPeer {
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #service: Service | undefined;
  #next = 1;
  #ended: string | undefined;

  private constructor(private readonly events: PeerEvents) {}

  /** The words for why it was not started, where it was not. */
  static async start(request: ServiceRequest, events: PeerEvents): Promise<LanguageServerPeer | string> {
    const peer = new LanguageServerPeer(events);
    const service = await Service.start(request, { output: (chunk) => { peer.#hear(chunk); }, ended: (reason) => { peer.#end(reason); } });
    if (typeof service === 'string') return service;
    peer.#service = service;
    return peer;
  }

  /** Why it has ended, once it has. */
  get ended(): string | undefined { return this.#ended; }
  /** Of its whole tree, MiB, as last seen. */
  get residentMb(): number { return this.#service?.residentMb ?? 0; }

  request(method: string, params: unknown): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(new ServerError(this.#ended));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#service!.write(frame({ jsonrpc: '2.0', id, method, params }));
    });
  }

  notify(method: string, params: unknown): void { this.#service?.write(frame({ jsonrpc: '2.0', method, params })); }

  /** Asks it to leave, and ends it where it does not within the time. */
  async leave(milliseconds: number): Promise<void> {
    if (this.#ended === undefined) {
      const said = this.request('shutdown', null).catch(() => undefined);
      await Promise.race([said, new Promise((resolve) => { setTimeout(resolve, milliseconds).unref(); })]);
      this.notify('exit', null);
    }
    await this.#service?.leave(milliseconds);
  }

  /** Settles when nothing of it is left. */
  async end(): Promise<void> {
    this.#end('it was ended');
    await this.#service?.end();
  }

  #hear(chunk: Buffer): void {
    if (this.#ended !== undefined) return;
    let messages: readonly RpcMessage[];
    try {
      messages = this.#reader.push(chunk);
    } catch (error) {
      this.#end(`it broke its protocol: ${error instanceof Error ? error.message : String(error)}`);
      void this.#service?.end();
      return;
    }
    for (const message of messages) {
      if (message.method === undefined) this.#answered(message);
      // A request of the server's own (to register for file changes, say): nothing of it is offered.
      else if (message.id !== undefined) this.#service?.write(frame({ jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'not offered' } }));
      else this.events.noticed(message.method, message.params);
    }
  }

  #answered({ id, result, error }: RpcMessage): void {
    const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (!waiting) return;
    this.#waiting.delete(id as number);
    if (error) waiting.reject(new ServerError(error.message)); else waiting.resolve(result ?? null);
  }

  #end(reason: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const { reject } of this.#waiting.values()) reject(new ServerError(reason));
    this.#waiting.clear();
    this.events.ended?.(reason);
  }
}
