/**
 * One run: what was asked for, less what an earlier run of exactly this content decided, in an order that ends
 * soonest; each unit's verdicts are in the store, with their evidence, before anybody hears of them.
 */
import { setMaxListeners } from 'node:events';
import { availableParallelism, totalmem, cpus, release } from 'node:os';
import type { JsonObject, Limits, ObligationResult, TreeFile } from '../../../toolchains/contract.ts';
import { allowedEnvironment, platformName } from '../../../toolchains/process/environment.ts';
import { sandboxState, type SandboxState } from '../../../toolchains/process/sandbox/state.ts';
import { classOf } from '../../../toolchains/verdict.ts';
import type { EventSink } from '../events.ts';
import { reuse, unitKey } from '../ledger/cache.ts';
import { trustOf } from '../ledger/found.ts';
import type { UnitRecord } from '../ledger/results.ts';
import type { CachedResult, HashedInput, Ledger, LedgerEntry, RunRecord } from '../ledger/types.ts';
import type { Plan } from '../plan.ts';
import type { Commit } from '../repository/types.ts';
import { inOrder } from '../scheduler/order.ts';
import { inFlight } from '../scheduler/window.ts';
import type { ToolInventory } from '../tools.ts';
import type { EngineParts } from '../engine.ts';
import { judgeAgainstKept } from './disagreement.ts';
import { cachedEntry, Recorder } from './recorder.ts';
import { learnKeyOf, selectUnits, type AskedUnit, type Selection } from './select.ts';
import { empty, type Settled } from './settle.ts';
import { checkUnit } from './unit.ts';

/** Units in flight for each core: enough that one is ready when a core falls free while others read and write. */
const UNITS_A_CORE = 3;

export interface VerifyRequest {
  readonly plan: Plan;
  /** What the user knows the repository by: its folder, or the archive. */
  readonly root: string;
  readonly commit?: Commit;
  readonly tools: ToolInventory;
  readonly limits: Limits;
  readonly selection: Selection;
  /** Ignore what is kept. */
  readonly fresh: boolean;
  /** Nobody reads the evidence of this run while it goes on: of a large one that finds all unchanged it is not looked at. Else a kept verdict stands only with its evidence. */
  readonly evidenceUnread?: boolean;
  /** The plan was made for this run a moment ago: the files are as it saw them, and are not looked at again before their tools start. */
  readonly asPlanned?: boolean;
  readonly trusted: boolean;
  readonly command: readonly string[];
  /** For the whole run. */
  readonly deadlineSeconds?: number;
  /** Share of reused units to check again after the answer (0 … 1). */
  readonly recheckShare: number;
  /** Allow-listed environment with the searched PATH, as tools get it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onEvent: EventSink;
}

/** A unit with all that decides whether it must run. */
export interface PreparedUnit extends AskedUnit {
  readonly key: string;
  readonly inputs: readonly HashedInput[];
  readonly reused: ReadonlyMap<string, CachedResult>;
  /** What could stand for it were it not for `--fresh`: the fresh verdicts are held against it. */
  readonly kept: ReadonlyMap<string, CachedResult>;
}

/** What a run gave, before re-checks. */
export interface VerifyOutcome {
  readonly ledger: Ledger;
  readonly reusedUnits: readonly PreparedUnit[];
  readonly run: RunRecord;
  /** Checks a unit again, fresh; for the share of re-checks. */
  readonly recheck: (unit: PreparedUnit) => Promise<UnitRecord>;
}

export async function verify(parts: EngineParts, request: VerifyRequest): Promise<VerifyOutcome> {
  const started = performance.now();
  const { plan, onEvent } = request;
  const selected = selectUnits(plan, request.selection);
  const prepared = await prepare(parts, request, selected);
  const run = parts.store.startRun({ command: request.command, root: request.root, limits: request.limits, startedAt: new Date().toISOString() });
  const frame = {
    projects: plan.projects, assumptions: plan.assumptions, uncovered: plan.uncovered, machine: machineDescription(),
    tools: request.tools.all.flatMap((entry) => entry.tools), obligations: selected.flatMap((unit) => unit.asked),
    notAsked: plan.obligations.length - selected.reduce((sum, unit) => sum + unit.asked.length, 0),
    ...(request.commit ? { commit: request.commit } : {}),
    ...(plan.justify ? { justify: plan.justify } : {}),
  };
  parts.store.saveFrame(run.id, frame);
  onEvent({ type: 'run-started', runId: run.id, total: frame.obligations.length });

  const recorder = new Recorder(parts.store, run.id, onEvent);
  const left: PreparedUnit[] = [];
  const sandbox = request.trusted && prepared.some((unit) => unit.unit.executesCode) ? await sandboxState() : undefined;
  for (const unit of prepared) {
    const decided = decidedBeforehand(unit, request, sandbox);
    if (decided) recorder.unit({ ...recordOf(unit, request), cacheable: false, entries: decided });
    else if (unit.asked.length > 0 && unit.asked.every((obligation) => unit.reused.has(obligation.id))) recorder.reuse(wanted(unit, unit.reused));
    else left.push(unit);
  }
  recorder.flush();

  const deadline = new AbortController();
  const timer = request.deadlineSeconds === undefined ? undefined : setTimeout(() => deadline.abort(), request.deadlineSeconds * 1000);
  const signal = AbortSignal.any([request.signal, deadline.signal]);
  setMaxListeners(0, request.signal, signal); // as many listeners as units are in flight
  const ordered = ranked(parts, request.root, left, plan.tree.files);
  const learned = parts.memory.learned(ordered.map(learnKeyOf));
  parts.scheduler.forecast.expect(ordered.map((unit) => ({ id: unit.unit.id, kind: unit.toolchain.id, seconds: learned.get(learnKeyOf(unit))?.seconds, runs: learned.get(learnKeyOf(unit))?.samples })));
  const ranks = new Map(ordered.map((unit, index) => [unit.unit.id, index]));
  const window = inFlight<PreparedUnit>({
    units: ordered, limit: parts.cores * UNITS_A_CORE, signal,
    start: async (unit) => {
      await runUnit(unit, ({ record, release }) => {
        const kept = (id: string): LedgerEntry | undefined => { const found = unit.kept.get(id); return found && cachedEntry(found); };
        judgeAgainstKept(parts, { runId: run.id, unitKey: unit.key, kept, fresh: record.entries, onEvent });
        recorder.unit(record, release);
      });
    },
    onError: (unit, error) => recorder.unit({
      ...recordOf(unit, request), cacheable: false,
      entries: unit.asked.map((obligation) => entryOf(unit, obligation, empty(obligation.id, { kind: 'crashed', reason: `internal error: ${String(error)}` }))),
    }),
  });
  const end = await window.done;
  if (timer) clearTimeout(timer);
  for (const unit of end.left) {
    parts.scheduler.forecast.settle(unit.unit.id);
    const reason = request.signal.aborted ? 'cancelled before it started' : 'the time of the run was over before it started';
    recorder.unit({ ...recordOf(unit, request), cacheable: false, entries: unit.asked.map((obligation) => entryOf(unit, obligation, empty(obligation.id, { kind: 'not-run', reason }))) });
  }
  recorder.flush();
  const outcome = request.signal.aborted ? 'cancelled' : 'finished';
  const seconds = (performance.now() - started) / 1000;
  parts.store.finishRun(run.id, { outcome, seconds });
  onEvent({ type: 'run-ended', runId: run.id, outcome });
  const record: RunRecord = { ...run, outcome, seconds, endedAt: new Date().toISOString() };
  const { justify: _signed, ...ledgerFrame } = { justify: undefined, ...frame };
  return {
    run: record, ledger: { run: record, ...ledgerFrame, ...trustOf(frame, recorder.entries()), entries: recorder.entries() },
    reusedUnits: prepared.filter((unit) => unit.reused.size > 0 && !left.includes(unit)),
    recheck: async (unit) => {
      let fresh: UnitRecord | undefined;
      await runUnit(unit, ({ record, release }) => { fresh = record; release(); }, Number.MAX_SAFE_INTEGER, false);
      return fresh!;
    },
  };

  /** `done` gets the record to keep, and what to call once it is kept: until then no other process may start on the unit. */
  async function runUnit(unit: PreparedUnit, done: (checked: { record: UnitRecord; release: () => void }) => void, rank = ranks.get(unit.unit.id) ?? 0, mayReuse = !request.fresh): Promise<void> {
    const lease = await parts.leases.acquire(unit.key, signal);
    let handedOn = false;
    try {
      if (lease.waited && mayReuse) {
        const known = reuse(parts.store.lookUp([unit.key]).get(unit.key) ?? [], reuseRequest(request, unit));
        if (unit.asked.every((obligation) => known.has(obligation.id))) { recorder.reuse(wanted(unit, known)); return; }
      }
      const began = performance.now();
      const settled = await checkUnit({
        toolchain: unit.toolchain, tree: plan.tree, project: unit.project, unit: unit.unit, asked: unit.asked, limits: request.limits,
        tools: request.tools.of(unit.toolchain.id), trusted: request.trusted, signal, scheduler: parts.scheduler, rank, workspaceRoot: parts.workspaceRoot,
        environment: request.environment, onNotice: (message) => onEvent({ type: 'notice', severity: 'warning', message }), hashesBefore: new Map(unit.inputs.map((input) => [input.path, input.sha256])),
        hashAgain: async (paths) => new Map((await parts.files.hashFiles(plan.tree.root, paths)).map((input) => [input.path, input.sha256])),
      });
      const seconds = workOf(settled) || (performance.now() - began) / 1000;
      if (!signal.aborted) parts.scheduler.forecast.settle(unit.unit.id, seconds);
      if (!signal.aborted) parts.memory.learn(learnKeyOf(unit), { seconds, memoryMb: Math.max(0, ...settled.map((entry) => entry.result.memoryMb)), outcome: 'ended' });
      const late = deadline.signal.aborted && !request.signal.aborted;
      const entries = settled.map((entry) => entryOf(unit, entry.obligation, late ? outOfTime(entry.result) : entry.result));
      handedOn = true;
      done({ record: { ...recordOf(unit, request), cacheable: entries.every((entry) => entry.result.verdict.kind !== 'not-run'), entries }, release: () => { lease.release(); } });
    } finally {
      parts.scheduler.forecast.settle(unit.unit.id);
      if (!handedOn) lease.release();
    }
  }
}

/** Ended by the deadline of the run, not by the user. */
function outOfTime(result: ObligationResult): ObligationResult {
  const { verdict } = result;
  if (verdict.kind !== 'cancelled') return result;
  return { ...result, verdict: { kind: 'timeout', reason: 'the time of the run was over', ...(verdict.depth === undefined ? {} : { depth: verdict.depth }) } };
}

/** Seconds of work of a unit: an attempt that decided several obligations counts once. */
function workOf(settled: readonly Settled[]): number {
  const attempts = new Map(settled.flatMap((entry) => entry.result.attempts).map((attempt) => [`${attempt.startedAt} ${attempt.argv.join(' ')}`, attempt.seconds]));
  return [...attempts.values()].reduce((sum, seconds) => sum + seconds, 0);
}

const NOTHING: ReadonlyMap<string, CachedResult> = new Map();
const NO_HASHES: ReadonlyMap<string, string> = new Map();

/** What decides whether something that is kept may stand. */
export type PrepareRequest = Pick<VerifyRequest, 'plan' | 'root' | 'asPlanned' | 'tools' | 'limits' | 'fresh' | 'trusted' | 'environment' | 'signal' | 'evidenceUnread'>;

/** Hashes the inputs of these units and looks up what is kept for exactly them; runs nothing. */
export async function prepare(parts: EngineParts, request: PrepareRequest, selected: readonly AskedUnit[]): Promise<PreparedUnit[]> {
  const { tree } = request.plan;
  const paths = [...new Set(selected.flatMap(({ unit }) => [...unit.inputs.files, ...(unit.inputs.absent ?? [])]))];
  const seen = request.asPlanned ? request.plan.hashes : NO_HASHES;
  const hashes = new Map((await parts.files.hashFiles(tree.root, paths.filter((path) => !seen.has(path)), request.signal)).map((input) => [input.path, input]));
  for (const [path, sha256] of seen) hashes.set(path, { path, sha256 });
  const keyed = selected.map((unit) => {
    const inputs = [...unit.unit.inputs.files, ...(unit.unit.inputs.absent ?? [])].map((path) => hashes.get(path)!);
    const key = unitKey({
      toolchain: unit.toolchain.id, revision: unit.toolchain.revision, unit: unit.unit.id, options: unit.unit.options, inputs,
      environment: request.environment, platform: platformName(), limits: request.limits, ...(unit.unit.executesCode ? { trusted: request.trusted } : {}),
    });
    return { ...unit, inputs, key };
  });
  const known = parts.store.lookUp(keyed.map((unit) => unit.key), request.root);
  const prepared = keyed.map((unit) => {
    const kept = reuse(known.get(unit.key) ?? [], reuseRequest(request, unit));
    return { ...unit, kept, reused: request.fresh ? NOTHING : kept };
  });
  return request.fresh || (request.evidenceUnread && prepared.length >= MANY_UNITS) ? prepared : withEvidence(parts, prepared);
}

/** Of fewer the evidence is looked at in a few milliseconds. */
const MANY_UNITS = 100;

/** A kept verdict whose evidence was damaged or lost does not stand: its unit is checked again. */
function withEvidence(parts: EngineParts, prepared: readonly PreparedUnit[]): PreparedUnit[] {
  const packets = new Set(prepared.flatMap((unit) => [...unit.reused.values()].map((cached) => cached.source.packet)));
  const whole = parts.store.whole(packets);
  if (whole.size === packets.size) return [...prepared];
  const stands = (of: PreparedUnit['kept']): PreparedUnit['kept'] => new Map([...of].filter(([, cached]) => whole.has(cached.source.packet)));
  return prepared.map((unit) => ({ ...unit, kept: stands(unit.kept), reused: stands(unit.reused) }));
}

const requests = new WeakMap<PrepareRequest, Map<string, Parameters<typeof reuse>[1]>>();
function reuseRequest(request: PrepareRequest, unit: AskedUnit): Parameters<typeof reuse>[1] {
  let byToolchain = requests.get(request);
  if (!byToolchain) requests.set(request, byToolchain = new Map());
  let made = byToolchain.get(unit.toolchain.id);
  if (!made) {
    made = { limits: request.limits, toolSet: request.tools.setHash(unit.toolchain.id), installedFingerprints: request.tools.fingerprints(unit.toolchain.id) };
    byToolchain.set(unit.toolchain.id, made);
  }
  return made;
}

/** What was asked for, and what only running finds; not what `--only` left out. */
function wanted(unit: PreparedUnit, known: ReadonlyMap<string, CachedResult>): CachedResult[] {
  const asked = new Set(unit.asked.map((obligation) => obligation.id));
  const outlined = new Set(unit.unit.obligations);
  return [...known.values()].filter(({ obligation }) => asked.has(obligation.id) || !outlined.has(obligation.id));
}

/** Verdicts that need no run: the outline says it, or the code of the repository may not run. */
function decidedBeforehand(unit: PreparedUnit, request: VerifyRequest, sandbox: SandboxState | undefined): LedgerEntry[] | undefined {
  const verdict = unit.unit.decided
    ?? (unit.unit.executesCode && !request.trusted
      ? { kind: 'not-run' as const, reason: `checking it would run code of the repository (${unit.project.executes[0]?.what ?? unit.unit.label}); pass --trust to allow that` }
      : unit.unit.executesCode && sandbox && 'missing' in sandbox
      ? { kind: 'not-run' as const, reason: `checking it would run code of the repository, and there is no sandbox to run it in: ${sandbox.missing}; ${sandbox.remedy}` }
      : undefined);
  return verdict && unit.asked.map((obligation) => entryOf(unit, obligation, empty(obligation.id, verdict)));
}

function entryOf(unit: PreparedUnit, obligation: LedgerEntry['obligation'], result: LedgerEntry['result']): LedgerEntry {
  return { obligation, result, stale: false, cached: false, at: result.attempts[0]?.startedAt ?? new Date().toISOString(), inputs: unit.inputs.filter((input) => input.sha256 !== 'absent') };
}

function recordOf(unit: PreparedUnit, request: VerifyRequest): { unit: string; unitKey: string; limits: Limits; toolSet: string } {
  return { unit: unit.unit.id, unitKey: unit.key, limits: request.limits, toolSet: request.tools.setHash(unit.toolchain.id) };
}

function ranked(parts: EngineParts, root: string, units: readonly PreparedUnit[], files: readonly TreeFile[]): PreparedUnit[] {
  if (units.length < 2) return [...units];
  const latest = parts.store.latestVerdicts(root);
  // Where no time is known, large inputs are the likelier long ones.
  const sizes = new Map(files.map((file) => [file.path, file.bytes]));
  const learned = parts.memory.learned(units.map(learnKeyOf));
  return inOrder(units, (unit) => ({
    failedLast: unit.asked.some((obligation) => { const before = latest.get(obligation.id); return before !== undefined && classOf(before.kind) === 'red'; }),
    seconds: learned.get(learnKeyOf(unit))?.seconds, kind: unit.toolchain.id,
    bytes: unit.unit.inputs.files.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0),
  }));
}

function machineDescription(): JsonObject {
  return {
    platform: platformName(), release: release(), cores: availableParallelism(), memoryMb: Math.round(totalmem() / 1048576),
    processor: cpus()[0]?.model ?? 'unknown', node: process.version, environment: Object.keys(allowedEnvironment()).join(' '),
  };
}
