/**
 * The engine behind the bridge: plain Node, one engine, any number of windows. Every message is validated, every request
 * answered once; what a window breaks it breaks for itself alone.
 */
import { toolchains as known } from '../../toolchains/registry.ts';
import type { Toolchain } from '../../toolchains/contract.ts';
import { clientMessage, requests, type BridgeEvent, type HostMessage, type RequestName } from '../contract.ts';
import { Engine } from '../engine/engine.ts';
import { storeHome } from '../engine/ledger/home.ts';
import { TrustedRepositories } from '../engine/trust/trusted.ts';
import type { Answer, HostState } from './answers.ts';
import { justifyAnswers } from './answers/justify.ts';
import { ledgerAnswers, witnessAnswers } from './answers/ledger.ts';
import { liveAnswers } from './answers/live.ts';
import { machineAnswers, type Surroundings } from './answers/machine.ts';
import { proveAnswers } from './answers/prove.ts';
import { reportAnswers } from './answers/report.ts';
import { repositoryAnswers } from './answers/repositories.ts';
import { runAnswers } from './answers/runs.ts';
import { Installs } from './installs.ts';
import { LiveDocuments } from './live/documents.ts';
import { LaneFeed } from './lane-feed.ts';
import { Outbox } from './outbox.ts';
import { RecentRepositories } from './recent.ts';
import { problemOf, refuse } from './refusal.ts';
import { SettingsFile } from './settings.ts';

export interface HostOptions {
  readonly surroundings: Surroundings;
  readonly toolchains?: readonly Toolchain[];
  readonly home?: string;
}

/** One window. */
export interface Connection {
  /** A message as it arrived, of any shape. */
  receive(data: unknown): void;
  /** The window is gone. Its requests are cancelled; runs go on. */
  close(): void;
}

/** More requests of one window at a time than any window makes. */
const MOST_REQUESTS = 500;

type ShellName = Extract<RequestName, `shell.${string}`>;
type Table = { readonly [Name in Exclude<RequestName, ShellName>]: Answer<Name> };

export class Host {
  readonly #windows = new Set<{ readonly looksAt: ReadonlySet<string>; readonly outbox: Outbox }>();
  readonly #table: Table;

  private constructor(private readonly state: HostState, surroundings: Surroundings, private readonly lanes: LaneFeed, private readonly installs: Installs) {
    this.#table = {
      ...machineAnswers(state, surroundings, lanes, installs), ...repositoryAnswers(state), ...runAnswers(state), ...proveAnswers(state), ...ledgerAnswers(state), ...witnessAnswers(state), ...justifyAnswers(state),
      ...reportAnswers(state), ...liveAnswers(state),
    };
  }

  static async create(options: HostOptions): Promise<Host> {
    const home = options.home ?? storeHome();
    const settings = new SettingsFile(home);
    const { cores } = settings.current;
    const engine = await Engine.create({ toolchains: options.toolchains ?? known, home, ...(cores > 0 ? { cores } : {}) });
    // The host is there before anything can be told.
    let host: Host | undefined;
    const sessions: HostState['sessions'] = new Map();
    const tell = (event: BridgeEvent): void => {
      host?.tell(event);
      const session = event.type === 'plan' ? sessions.get(event.repository) : undefined;
      if (session) live.planned(session);
    };
    const live = new LiveDocuments(engine.parts.workspaceRoot, () => settings.current, tell);
    const state: HostState = { engine, home, settings, tell, trust: new TrustedRepositories(home), recent: new RecentRepositories(home), sessions, live };
    const installs = new Installs(home, tell, () => { for (const session of state.sessions.values()) void session.refresh().catch(() => undefined); });
    host = new Host(state, options.surroundings, new LaneFeed(engine.parts.scheduler, tell), installs);
    return host;
  }

  /** @param ready false while the window has not taken what it was sent */
  connect(send: (message: HostMessage) => void, ready?: () => boolean): Connection {
    const outbox = new Outbox((events) => { send({ type: 'events', events: [...events] }); }, ready);
    const running = new Map<number, AbortController>();
    const looksAt = new Set<string>();
    const closed = new AbortController();
    const window = { looksAt, outbox };
    this.#windows.add(window);
    for (const notice of this.state.engine.parts.store.notices) outbox.add({ type: 'notice', severity: 'warning', message: notice.message });

    const answer = async (id: number, name: RequestName, input: unknown): Promise<void> => {
      const controller = new AbortController();
      running.set(id, controller);
      try {
        const value = await this.#answer(name, input, { signal: controller.signal, closed: closed.signal, looksAt, tell: (event) => { outbox.add(event); } });
        send({ type: 'answer', id, value });
      } catch (error) {
        send({ type: 'refusal', id, problem: problemOf(error, controller.signal.aborted) });
      } finally {
        running.delete(id);
      }
    };
    return {
      receive: (data) => {
        const parsed = clientMessage.safeParse(data);
        // Not a message of the contract: there is nobody to answer.
        if (!parsed.success) return;
        const message = parsed.data;
        if (message.type === 'cancel') return running.get(message.id)?.abort();
        if (running.has(message.id) || running.size >= MOST_REQUESTS) return send({ type: 'refusal', id: message.id, problem: { kind: 'busy', message: 'there are too many requests at a time' } });
        void answer(message.id, message.name, message.input);
      },
      close: () => {
        this.#windows.delete(window);
        outbox.close();
        closed.abort();
        for (const controller of running.values()) controller.abort();
      },
    };
  }

  async #answer(name: RequestName, input: unknown, call: Parameters<Answer<RequestName>>[1]): Promise<unknown> {
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) refuse('input', `${name}: ${parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')}`);
    if (isShell(name)) return refuse('unsupported', 'This needs the desktop window', 'Type or paste the path instead');
    // The input was parsed by the schema of exactly this name.
    return (this.#table[name] as Answer<RequestName>)(parsed.data as never, call);
  }

  tell(event: BridgeEvent): void {
    const repository = 'repository' in event ? event.repository : undefined;
    for (const { looksAt, outbox } of this.#windows) if (repository === undefined || looksAt.has(repository)) outbox.add(event);
  }

  /** Runs and searches that go on, for a shell that is about to end. */
  get running(): number { return [...this.state.sessions.values()].flatMap(({ run, proof }) => [run, proof]).filter((one) => one && !one.isOver).length; }

  async dispose(): Promise<void> {
    this.lanes.close();
    await this.installs.close();
    await this.state.live.dispose();
    for (const session of this.state.sessions.values()) await session.close();
    await this.state.engine.dispose();
  }
}

function isShell(name: RequestName): name is ShellName { return name.startsWith('shell.'); }
