/**
 * Keeps the engine's process alive for the windows: starts it, carries their messages, and after a crash refuses what was
 * asked of it, starts another, and says so. What was finished is in the store; a run that was going on is interrupted.
 */
import type { BridgeEvent, HostMessage } from '../contract.ts';
import type { Surroundings } from './answers/machine.ts';
import type { EngineLink, FromEngine } from './link.ts';

export interface SupervisorOptions {
  readonly start: () => EngineLink;
  readonly surroundings: Surroundings;
}

export interface WindowPort {
  /** As it came from the window. */
  post(data: unknown): void;
  /** The window has taken the last batch of events. */
  taken(): void;
  close(): void;
}

interface WindowEnd { readonly send: (message: HostMessage) => void; readonly asked: Set<number> }

/** More crashes within the time, and the engine is given up. */
const MOST_CRASHES = 5, CRASH_WINDOW_MS = 60_000;
const STOP_MS = 10_000;

export class Supervisor {
  readonly #windows = new Map<number, WindowEnd>();
  #link: EngineLink | undefined;
  #crashes: number[] = [];
  #nextWindow = 1;
  #stopping = false;
  #gone: string | undefined;
  #running = 0;
  #failure = '';
  #ready: (() => void)[] = [];

  constructor(private readonly options: SupervisorOptions) { this.#start(); }

  get enginePid(): number | undefined { return this.#link?.pid; }
  /** Runs that go on. */
  get running(): number { return this.#running; }

  /** Settles when the engine first is there, or never will be: then with the words for it. */
  ready(): Promise<string | undefined> {
    return new Promise((resolve) => { this.#ready.push(() => { resolve(this.#gone); }); if (this.#gone !== undefined) this.#settle(); });
  }

  connect(send: (message: HostMessage) => void): WindowPort {
    const window = this.#nextWindow++;
    const end: WindowEnd = { send, asked: new Set() };
    this.#windows.set(window, end);
    this.#link?.post({ type: 'connect', window });
    if (this.#gone !== undefined) send(events({ type: 'engine', state: 'gone', message: this.#gone }));
    return {
      post: (data) => {
        const id = requestId(data);
        if (id !== undefined && !this.#link) return send({ type: 'refusal', id, problem: { kind: 'disconnected', message: this.#gone ?? 'The engine is being started again', remedy: 'Try again in a moment' } });
        if (id !== undefined) end.asked.add(id);
        this.#link?.post({ type: 'message', window, data });
      },
      taken: () => { this.#link?.post({ type: 'taken', window }); },
      close: () => {
        if (this.#windows.delete(window)) this.#link?.post({ type: 'disconnect', window });
      },
    };
  }

  tell(event: BridgeEvent): void {
    for (const { send } of this.#windows.values()) send(events(event));
  }

  /** Lets the engine end what runs and close its store. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const link = this.#link;
    if (!link) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => { link.kill(); }, STOP_MS);
      link.onExit(() => { clearTimeout(timer); resolve(); });
      link.post({ type: 'stop' });
    });
  }

  #start(): void {
    const link = this.#link = this.options.start();
    link.onMessage((message) => { this.#hear(message); });
    link.onExit((reason) => { if (this.#link === link) this.#ended(reason); });
    link.post({ type: 'start', surroundings: this.options.surroundings });
    for (const window of this.#windows.keys()) link.post({ type: 'connect', window });
  }

  #hear(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        if (this.#crashes.length > 0) this.tell({ type: 'engine', state: 'restarted', message: 'The engine was started again. Verdicts that were finished are kept.' });
        return this.#settle();
      case 'running': this.#running = message.count; return;
      case 'failed': this.#failure = message.message; return;
      case 'message': {
        const end = this.#windows.get(message.window);
        if (message.message.type !== 'events') end?.asked.delete(message.message.id);
        return end?.send(message.message);
      }
    }
  }

  #ended(reason: string): void {
    this.#link = undefined;
    this.#running = 0;
    if (this.#stopping) return;
    const why = this.#failure || reason;
    this.#failure = '';
    for (const { send, asked } of this.#windows.values()) {
      for (const id of asked) send({ type: 'refusal', id, problem: { kind: 'disconnected', message: `The engine ended before it answered: ${why}`, remedy: 'Try again when it is back' } });
      asked.clear();
    }
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
    if (this.#crashes.length > MOST_CRASHES) {
      this.#gone = `The engine ends again and again (${why}). Start Assay again; nothing that was finished is lost.`;
      this.tell({ type: 'engine', state: 'gone', message: this.#gone });
      return this.#settle();
    }
    this.tell({ type: 'engine', state: 'crashed', message: `The engine stopped: ${why}. It is being started again.` });
    this.#start();
  }

  #settle(): void { for (const settle of this.#ready.splice(0)) settle(); }
}

function events(event: BridgeEvent): HostMessage { return { type: 'events', events: [event] }; }

function requestId(data: unknown): number | undefined {
  const message = data as { readonly type?: unknown; readonly id?: unknown } | null;
  return typeof message === 'object' && message?.type === 'request' && typeof message.id === 'number' ? message.id : undefined;
}
