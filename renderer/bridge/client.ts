/**
 * The window's end of the bridge: typed requests, typed events, everything that arrives validated against the contract.
 * A request never throws for what the engine or the connection does: its outcome is a value.
 */
import { hostMessage, requests, type BridgeEvent, type BridgeEventOf, type Outcome, type Problem, type RequestInput, type RequestName, type RequestOutput } from '../../app/contract.ts';
import type { Channel, ConnectionState } from './channel.ts';

export interface Bridge {
  /** The signal cancels: the outcome is then `cancelled`, at once. */
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>, signal?: AbortSignal): Promise<Outcome<RequestOutput<Name>>>;
  /** Returns what ends it. */
  on<Type extends BridgeEvent['type']>(type: Type, listener: (event: BridgeEventOf<Type>) => void): () => void;
  /** All events, in batches as they came. */
  onBatch(listener: (events: readonly BridgeEvent[]) => void): () => void;
  onConnection(listener: (state: ConnectionState) => void): () => void;
  readonly connection: ConnectionState;
  /** Where a dropped file is, for `repository.open`. In a browser: of archives and single files, which are uploaded. */
  pathOf(file: File): Promise<Outcome<string>>;
  close(): void;
}

interface Waiting { readonly name: RequestName; settle(outcome: Outcome<unknown>): void }

const CANCELLED: Problem = { kind: 'cancelled', message: 'cancelled' };
const DISCONNECTED: Problem = { kind: 'disconnected', message: 'The engine is not connected', remedy: 'Wait until it is, or start Assay again' };

export function createClient(channel: Channel): Bridge {
  const waiting = new Map<number, Waiting>();
  const byType = new Map<string, Set<(event: never) => void>>();
  const batchListeners = new Set<(events: readonly BridgeEvent[]) => void>();
  const connectionListeners = new Set<(state: ConnectionState) => void>();
  let connection: ConnectionState = 'connecting';
  let nextId = 0;
  /** Requests made before the first connection stands wait for it. */
  let unsent: { readonly id: number; readonly message: unknown }[] = [];

  channel.listen({
    message(data) {
      const parsed = hostMessage.safeParse(data);
      if (!parsed.success) return broken(`an unreadable message of the engine: ${parsed.error.message}`);
      const message = parsed.data;
      switch (message.type) {
        case 'answer': return answer(message.id, message.value);
        case 'refusal': return waiting.get(message.id)?.settle({ ok: false, problem: message.problem });
        case 'events': return tell(message.events);
      }
    },
    state(state) {
      connection = state;
      if (state === 'connected') for (const { message } of unsent.splice(0)) channel.send(message);
      // What was asked over the lost connection gets no answer any more.
      if (state === 'lost') {
        unsent = [];
        for (const request of [...waiting.values()]) request.settle({ ok: false, problem: DISCONNECTED });
      }
      for (const listener of connectionListeners) listener(state);
    },
  });

  function answer(id: number, value: unknown): void {
    const request = waiting.get(id);
    if (!request) return;
    const parsed = requests[request.name].output.safeParse(value);
    if (parsed.success) return request.settle({ ok: true, value: parsed.data });
    request.settle({ ok: false, problem: { kind: 'internal', message: `the answer to ${request.name} is not as the contract says: ${parsed.error.message}` } });
  }

  function tell(events: readonly BridgeEvent[]): void {
    for (const listener of batchListeners) listener(events);
    for (const event of events) for (const listener of byType.get(event.type) ?? []) listener(event as never);
  }

  function broken(message: string): void {
    tell([{ type: 'notice', severity: 'error', message }]);
  }

  function request<Name extends RequestName>(name: Name, input: RequestInput<Name>, signal?: AbortSignal): Promise<Outcome<RequestOutput<Name>>> {
    if (signal?.aborted) return Promise.resolve({ ok: false, problem: CANCELLED });
    if (connection === 'lost') return Promise.resolve({ ok: false, problem: DISCONNECTED });
    const id = nextId++;
    return new Promise((resolve) => {
      const cancel = (): void => {
        channel.send({ type: 'cancel', id });
        settle({ ok: false, problem: CANCELLED });
      };
      function settle(outcome: Outcome<unknown>): void {
        waiting.delete(id);
        unsent = unsent.filter((entry) => entry.id !== id);
        signal?.removeEventListener('abort', cancel);
        resolve(outcome as Outcome<RequestOutput<Name>>);
      }
      waiting.set(id, { name, settle });
      signal?.addEventListener('abort', cancel, { once: true });
      const message = { type: 'request', id, name, input };
      if (connection === 'connecting') unsent.push({ id, message });
      else if (!channel.send(message)) settle({ ok: false, problem: DISCONNECTED });
    });
  }

  return {
    request,
    on(type, listener) {
      const listeners = byType.get(type) ?? new Set<(event: never) => void>();
      byType.set(type, listeners);
      return added(listeners, listener as (event: never) => void);
    },
    onBatch: (listener) => added(batchListeners, listener),
    onConnection: (listener) => added(connectionListeners, listener),
    get connection() { return connection; },
    async pathOf(file) {
      try {
        return { ok: true, value: await channel.pathOf(file) };
      } catch (error) {
        return { ok: false, problem: { kind: 'input', message: error instanceof Error ? error.message : String(error), file: file.name } };
      }
    },
    close() { channel.close(); },
  };
}

function added<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
