/**
 * One queue for all that costs cores, memory, GPUs or slots. A job starts when all it needs is free at once, in
 * order of rank among those that fit; a job that has been passed over for long gets a reservation. What a job
 * holds is given back when its body has settled, never before. Every submitted job settles exactly once.
 */
import { AbortIndex } from './abort-index.ts';
import { Admission, passOver } from './admission.ts';
import { StandstillWatch, systemClock, type Clock } from './clock.ts';
import { Forecast, type TimeLeft } from './forecast.ts';
import { SharedCores, type ResourceGate } from './gate.ts';
import { kindOf, NotStarted, type Job, type Learned, type Measurement } from './job.ts';
import { KindPeaks } from './kind-peaks.ts';
import { LaneLog, type LaneOutcome } from './lanes.ts';
import { Memory, type MemoryOptions } from './memory.ts';
import { firstOf, Queue, type Entry } from './queue.ts';
import { Resources, type ResourceOptions } from './resources.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';

export interface SchedulerOptions {
  /** `cores`, and any further resources. */
  readonly resources: Readonly<Record<string, ResourceOptions>>;
  readonly memory: MemoryOptions;
  readonly learned?: (key: string) => Learned | undefined;
  readonly onLearn?: (key: string, measured: Measurement) => void;
  /** Cores shared with other processes. */
  readonly coreGate?: ResourceGate;
  /** A job passed over for longer gets a reservation. Default 10 s. */
  readonly patienceSeconds?: number;
  readonly clock?: Clock;
}

export interface Scheduler {
  /** Rejects with {@link NotStarted} where the body never ran, else settles as the body does. */
  submit<T>(job: Job<T>): Promise<T>;
  /** Jobs of these obligations, waiting or yet to come, go before all others. Replaces the earlier wish. */
  prioritise(obligations: Iterable<string>): void;
  /** Nothing that waits starts; the signals of what runs fire. */
  cancelAll(reason?: unknown): void;
  counts(): Counts;
  snapshot(queuedAtMost?: number): Snapshot;
  /** Called after changes, at most once a turn of the event loop. Returns what ends it. */
  onChange(listener: () => void): () => void;
  readonly forecast: Forecast;
  timeLeft(): TimeLeft | undefined;
  readonly lanes: LaneLog;
  /** When nothing runs and nothing waits. */
  idle(): Promise<void>;
  /** Cancels all, refuses what comes later, and waits for what runs to end. */
  dispose(): Promise<void>;
}

export interface Counts { readonly running: number; readonly queued: number; readonly freeCores: number; readonly finished: number }

const PATIENCE_SECONDS = 10;
/** A job of a kind never seen, that brings no guess: what an SMT solver takes on a middling problem. */
const UNKNOWN_MEMORY_MB = 256;
/** Peaks are sampled, and vary from run to run. */
const MEMORY_MARGIN = 1.1;
/** Other programs give memory back without telling. */
const MEMORY_POLL_SECONDS = 0.5;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const clock = options.clock ?? systemClock;
  const resources = new Resources(options.resources);
  const memory = new Memory(options.memory, clock.now);
  const cores = resources.capacity[0]!;
  const forecast = new Forecast(cores, clock.now);
  const lanes = new LaneLog(resources.allLanes, clock.now());
  const standstill = new StandstillWatch(clock);
  const queue = new Queue();
  const running = new Set<Entry>();
  const shared = options.coreGate && new SharedCores(options.coreGate, cores, clock, requestDispatch);
  const situation = { resources, queue, memory, running, sharedIdle: () => shared?.idle, now: clock.now, patienceSeconds: options.patienceSeconds ?? PATIENCE_SECONDS };
  const signals = new AbortIndex<Entry>(cancel);
  const listeners = new Set<() => void>();
  const kindPeaks = new KindPeaks();
  let wished = new Set<string>();
  let idleWaiters: (() => void)[] = [];
  let sequence = 0, finished = 0, disposed = false, dispatchRequested = false, changeRequested = false, memoryLacked = false;
  let stopPoll: (() => void) | undefined;

  function submit<T>(submitted: Job<T>): Promise<T> {
    const job = submitted as Job<unknown>;
    if (disposed || job.signal?.aborted) return Promise.reject(new NotStarted('cancelled', `${job.label} was cancelled before it started`));
    const needed = resources.amountsOf(job.needs);
    if ('refused' in needed) return Promise.reject(new NotStarted('refused', `${job.label} cannot run: ${needed.refused}`));
    const learned = options.learned?.(job.key);
    const peakMb = learned?.memoryMb;
    if (peakMb !== undefined && peakMb > memory.totalMb)
      return Promise.reject(new NotStarted('refused', `${job.label} cannot run: it took ${Math.round(peakMb)} MiB of memory before, and this machine has ${Math.round(memory.totalMb)}`));
    const kind = kindOf(job);
    const expectedMb = peakMb === undefined ? job.needs.memoryMb ?? kindPeaks.of(kind) ?? UNKNOWN_MEMORY_MB : peakMb * MEMORY_MARGIN;
    return new Promise<T>((resolve, reject) => {
      const entry: Entry = {
        job, sequence: sequence++, amounts: needed.amounts, memoryMb: Math.min(expectedMb, memory.usableMb), seconds: learned?.seconds, kind,
        resolve: resolve as (value: unknown) => void, reject, state: 'queued', asked: isAsked(job),
      };
      queue.push(entry);
      if (job.signal) signals.add(job.signal, entry);
      if (!isPartOfAnnounced(job)) forecast.expectOne({ id: ownWork(entry), kind, seconds: learned?.seconds, runs: learned?.runs, cores: needed.amounts[0] });
      requestDispatch();
    });
  }

  function isAsked(job: Job<unknown>): boolean {
    return wished.size > 0 && job.obligations.some((id) => wished.has(id));
  }

  function isPartOfAnnounced(job: Job<unknown>): boolean {
    return job.work !== undefined && forecast.has(job.work);
  }

  /** Jobs that arrive in one go are all seen before the first starts, so that rank decides and not arrival. */
  function requestDispatch(): void {
    if (dispatchRequested) return;
    dispatchRequested = true;
    queueMicrotask(dispatch);
  }

  function dispatch(): void {
    dispatchRequested = false;
    stopPoll?.();
    stopPoll = undefined;
    const admission = new Admission(situation);
    for (let next = admission.next(); next; next = admission.next()) {
      passOver(admission.heads, next, admission.now);
      start(next);
      admission.refresh();
    }
    memoryLacked = admission.memoryLacked;
    const wanting = shared && admission.wantsShared();
    if (wanting) shared.want(wanting.amounts[0]!, Math.min(resources.free[0]!, queue.cores));
    noteIdle(admission);
    if (queue.size === 0 && running.size === 0) settleIdle();
    changed();
  }

  function noteIdle(admission: Admission): void {
    const first = firstOf(admission.heads);
    const wait = first && admission.wait(first);
    if (wait?.for === 'memory' || wait?.for === 'job') stopPoll = clock.after(MEMORY_POLL_SECONDS, requestDispatch, true);
    if (running.size === 0 && queue.size === 0) standstill.stop();
    lanes.idle(!wait ? (forecast.unbegun > 0 ? 'input' : 'nothing-to-do') : wait.for === 'resource' ? wait.resource : wait.for === 'job' ? 'reserved' : wait.for, clock.now());
  }

  function start(entry: Entry): void {
    const { job } = entry;
    standstill.start();
    entry.state = 'running';
    queue.left(entry);
    const now = clock.now();
    const taken = resources.take(entry.amounts);
    entry.running = { startedAt: now, lanes: taken, controller: new AbortController(), shared: shared?.take(entry.amounts[0]!) ?? [], jumps: standstill.jumps };
    running.add(entry);
    lanes.begin(taken, now);
    forecast.begin(isPartOfAnnounced(job) ? job.work! : ownWork(entry));
    const report = { memory: (megabytes: number) => { entry.running!.reportedMb = megabytes; } };
    call(job.body, entry.running.controller.signal, report).then(
      (value) => finish(entry, 'finished', () => entry.resolve(value), value),
      (error: unknown) => finish(entry, 'failed', () => entry.reject(error)));
  }

  function finish(entry: Entry, ended: 'finished' | 'failed', settle: () => void, value?: unknown): void {
    const { job } = entry, held = entry.running!, now = clock.now();
    const aborted = held.controller.signal.aborted;
    const outcome: LaneOutcome = aborted ? 'cancelled' : ended;
    entry.state = 'done';
    running.delete(entry);
    finished += 1;
    if (job.signal) signals.remove(job.signal, entry);
    resources.give(entry.amounts, held.lanes);
    if (held.shared.length > 0) shared!.give(held.shared);
    if (memoryLacked) memory.expire();
    const seconds = now - held.startedAt;
    forecast.settle(ownWork(entry), outcome === 'finished' ? seconds : undefined);
    try {
      if (ended === 'finished') learn(entry, value, seconds, aborted);
      settle();
    } catch (error) {
      entry.reject(error);
    }
    requestDispatch();
    lanes.end({ lane: held.lanes[0] ?? '', lanes: held.lanes, label: job.label, obligations: job.obligations, startedAt: held.startedAt, endedAt: now, outcome });
  }

  function learn(entry: Entry, value: unknown, seconds: number, aborted: boolean): void {
    const measured = entry.job.measured ? entry.job.measured(value, seconds) : aborted ? undefined : { seconds };
    if (!measured) return;
    const stoodStill = standstill.jumps !== entry.running!.jumps;
    const kept = { seconds: stoodStill ? undefined : measured.seconds, memoryMb: measured.memoryMb };
    if (kept.memoryMb !== undefined) kindPeaks.add(entry.kind, kept.memoryMb);
    if (kept.seconds !== undefined || kept.memoryMb !== undefined) options.onLearn?.(entry.job.key, kept);
  }

  function cancel(entry: Entry, reason: unknown = entry.job.signal?.reason): void {
    if (entry.state === 'running') return entry.running!.controller.abort(reason);
    if (entry.state === 'done') return;
    entry.state = 'done';
    queue.left(entry);
    if (entry.job.signal) signals.remove(entry.job.signal, entry);
    forecast.settle(ownWork(entry));
    entry.reject(new NotStarted('cancelled', `${entry.job.label} was cancelled before it started`));
    requestDispatch();
  }

  function cancelAll(reason: unknown = new DOMException('cancelled', 'AbortError')): void {
    for (const entry of [...queue.entries(), ...running]) cancel(entry, reason);
  }

  function prioritise(obligations: Iterable<string>): void {
    wished = new Set(obligations);
    for (const entry of queue.entries()) entry.asked = isAsked(entry.job);
    queue.rebuild();
    requestDispatch();
  }

  function changed(): void {
    if (changeRequested || listeners.size === 0) return;
    changeRequested = true;
    clock.after(0, () => {
      changeRequested = false;
      for (const listener of listeners) listener();
    });
  }

  function settleIdle(): void {
    shared?.releaseIdle();
    const waiters = idleWaiters;
    idleWaiters = [];
    for (const waiter of waiters) waiter();
  }

  function idle(): Promise<void> {
    if (queue.size === 0 && running.size === 0) return Promise.resolve();
    return new Promise((resolve) => { idleWaiters.push(resolve); });
  }

  async function dispose(): Promise<void> {
    disposed = true;
    cancelAll();
    await idle();
    stopPoll?.();
    standstill.stop();
    shared?.stop();
    listeners.clear();
  }

  return {
    submit, prioritise, cancelAll, idle, dispose, forecast, lanes,
    counts: () => ({ running: running.size, queued: queue.size, freeCores: resources.free[0]!, finished }),
    snapshot: (queuedAtMost = 50) => takeSnapshot(new Admission(situation), running, queuedAtMost, shared?.failure),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    timeLeft: () => forecast.timeLeft(),
  };
}

/** Id of a job that is no part of announced work. */
function ownWork(entry: Entry): string { return `job ${entry.sequence}`; }

/** A body that throws at once is a body that rejects. */
async function call(body: Job<unknown>['body'], signal: AbortSignal, report: Parameters<Job<unknown>['body']>[1]): Promise<unknown> {
  return body(signal, report);
}
