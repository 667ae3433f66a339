/** One run of an open repository: what it was asked, how far it is, what it changed against what was known before. */
import { classOf } from '../../toolchains/verdict.ts';
import type { Counts, LedgerRow, RunState } from '../contract.ts';
import type { EngineEvent } from '../engine/events.ts';
import type { LedgerEntry } from '../engine/ledger/types.ts';
import { recheckShare, recheckSome } from '../engine/running/recheck.ts';
import type { Selection } from '../engine/running/select.ts';
import type { Limits } from '../../toolchains/contract.ts';
import type { RepositorySession } from './session.ts';

export interface RunRequest {
  readonly limits: Limits;
  readonly selection: Selection;
  readonly fresh: boolean;
  readonly deadlineSeconds?: number;
  /** What the command line would be given, for the run's own record. */
  readonly command: readonly string[];
}

/** How often a run says how far it is, milliseconds. */
const PROGRESS_PERIOD = 250;
const SLOWER = { ratio: 1.5, seconds: 0.5 };

export class RunControl {
  /** Settles when all has ended, whatever the outcome. */
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();
  readonly #began = performance.now();
  readonly #fresh = new Map<string, LedgerRow>();
  readonly #before: ReadonlyMap<string, LedgerRow>;
  readonly #against: string | undefined;
  readonly #timer: NodeJS.Timeout;
  #cached = 0;
  #state: RunState = { run: 'starting', state: 'running', startedAt: new Date().toISOString(), total: 0, counts: {} };
  readonly started: Promise<RunState>;

  constructor(private readonly session: RepositorySession, private readonly request: RunRequest) {
    this.#before = new Map(session.rows);
    this.#against = session.context.engine.parts.store.listRuns(session.root)[0]?.id;
    let begin: (state: RunState) => void;
    this.started = new Promise((resolve) => { begin = resolve; });
    this.#timer = setInterval(() => { this.#tellProgress(); }, PROGRESS_PERIOD);
    this.ended = this.#go(() => { begin(this.state); }).finally(() => { begin(this.state); });
  }

  get state(): RunState { return this.#state; }
  get isOver(): boolean { return this.#state.state !== 'running' && this.#state.state !== 'cancelling'; }
  freshIds(): ReadonlySet<string> { return this.isOver ? new Set() : new Set(this.#fresh.keys()); }

  cancel(): void {
    if (this.isOver || this.#controller.signal.aborted) return;
    this.#set({ state: 'cancelling' });
    this.#controller.abort(new DOMException('cancelled', 'AbortError'));
  }

  async stop(): Promise<void> {
    this.cancel();
    await this.ended;
  }

  async #go(begun: () => void): Promise<void> {
    const { session, request } = this;
    const { engine } = session.context;
    const signal = this.#controller.signal;
    const onEvent = (event: EngineEvent): void => {
      if (event.type === 'run-started') { this.#set({ run: event.runId, total: event.total }); begun(); }
      else this.#hear(event);
    };
    try {
      const share = recheckShare();
      const outcome = await engine.verify(session.opened, { ...request, asPlanned: true, trusted: session.trusted, recheckShare: share, signal, onEvent });
      // The answer is there; a share of what was taken over is looked at once more.
      await recheckSome(engine.parts, outcome, outcome.ledger, { share, signal, onEvent });
      this.#end(outcome.run.outcome === 'cancelled' ? 'cancelled' : 'finished');
    } catch (error) {
      if (signal.aborted) this.#end('cancelled');
      else this.#end('failed', error instanceof Error ? error.message : String(error));
    }
  }

  #hear(event: EngineEvent): void {
    const { session } = this;
    switch (event.type) {
      case 'verdicts': return this.#take(event.entries);
      case 'disagreement': return this.#take([event.after]);
      case 'notice': return session.context.tell({ type: 'notice', repository: session.id, severity: event.severity, message: event.message });
      case 'tools': case 'progress': case 'run-started': case 'run-ended': return;
    }
  }

  #take(entries: readonly LedgerEntry[]): void {
    this.session.put(entries, { run: this.#state.run });
    for (const entry of entries) {
      if (entry.cached) this.#cached += 1;
      this.#fresh.set(entry.obligation.id, this.session.rows.get(entry.obligation.id)!);
    }
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, counts: countsOf(this.#fresh.values()), ...change };
    this.session.context.tell({ type: 'run', repository: this.session.id, run: this.#state });
  }

  #end(state: 'finished' | 'cancelled' | 'failed', problem?: string): void {
    clearInterval(this.#timer);
    this.#tellProgress();
    const changes = this.#changes();
    this.#set({ state, seconds: (performance.now() - this.#began) / 1000, ...(changes ? { changes } : {}), ...(problem === undefined ? {} : { problem }) });
  }

  #tellProgress(): void {
    const { session } = this;
    const left = session.context.engine.parts.scheduler.timeLeft();
    session.context.tell({
      type: 'progress', repository: session.id, total: Math.max(this.#state.total, this.#fresh.size), done: this.#fresh.size, cached: this.#cached, elapsedSeconds: (performance.now() - this.#began) / 1000,
      ...(left && !this.isOver ? { timeLeft: { seconds: left.seconds, known: left.basis.known, guessed: left.basis.guessed } } : {}),
    });
  }

  #changes(): RunState['changes'] {
    if (this.#against === undefined) return undefined;
    let newlyFailing = 0, lost = 0, newlyProved = 0, newAssumptions = 0, slower = 0;
    for (const [id, after] of this.#fresh) {
      const before = this.#before.get(id);
      if (!before || before.at === undefined) continue;
      const [was, is] = [classOf(before.verdict.kind), classOf(after.verdict.kind)];
      if (is === 'red' && was !== 'red') newlyFailing += 1;
      else if (was === 'green' && is !== 'green') lost += 1;
      else if (isSettled(after) && !isSettled(before)) newlyProved += 1;
      newAssumptions += Math.max(0, after.assumptions.length - before.assumptions.length);
      if (!after.cached && after.seconds - before.seconds >= SLOWER.seconds && after.seconds >= before.seconds * SLOWER.ratio) slower += 1;
    }
    return { against: this.#against, newlyFailing, lost, newlyProved, newAssumptions, slower };
  }
}

/** Green without a bound, and of what was there. */
const isSettled = (row: LedgerRow): boolean => row.verdict.kind === 'proved' || row.verdict.kind === 'covered';

export function countsOf(rows: Iterable<LedgerRow>): Counts {
  const counts: Counts = {};
  for (const { verdict } of rows) counts[verdict.kind] = (counts[verdict.kind] ?? 0) + 1;
  return counts;
}
