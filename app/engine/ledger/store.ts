/**
 * The ledger store: one SQLite file with the outputs beside it, in the user's data folder, shared by all
 * Assay processes of that user. A verdict that `record` returned `kept: true` for survives the end of this
 * process by any means, with its evidence; one that was not recorded whole is not there at all.
 *
 * Open it once per process. Nothing here throws for what a disk or another process does: outcomes are
 * values, and `notices` says what the user must know.
 */
import type { ObligationResult, Output } from '../../../toolchains/contract.ts';
import { CoreLeases } from './cores.ts';
import { LedgerDatabase } from './database.ts';
import type { StoreNotice, StoreOutcome } from './database.ts';
import { FileHashes } from './files.ts';
import { trustOf } from './found.ts';
import { UnitLeases } from './leases.ts';
import { Memory } from './memory.ts';
import { OutputStore } from './outputs.ts';
import { Processes } from './processes.ts';
import { Results } from './results.ts';
import type { HistoryItem, Kept, LatestVerdict, UnitRecord } from './results.ts';
import { Runs } from './runs.ts';
import type { RunFrame } from './runs.ts';
import type { CachedResult, Ledger, LedgerEntry, RunDescription, RunRecord, UnitKey, Voided } from './types.ts';

/** @param home see home.ts. Throws InputError where the file is of a newer schema. */
export function openStore(home: string): Store {
  return new Store(home);
}

export class Store {
  readonly #database: LedgerDatabase;
  readonly #outputs: OutputStore;
  readonly #processes: Processes;
  readonly #runs: Runs;
  readonly #results: Results;
  readonly files: FileHashes;
  readonly memory: Memory;
  readonly leases: UnitLeases;
  readonly cores: CoreLeases;

  constructor(readonly home: string) {
    this.#database = new LedgerDatabase(home);
    this.#processes = new Processes(this.#database);
    this.#outputs = new OutputStore(this.#database);
    this.#runs = new Runs(this.#database, this.#outputs, this.#processes);
    this.#results = new Results(this.#database, this.#outputs, this.#runs);
    this.files = new FileHashes(this.#database);
    this.memory = new Memory(this.#database);
    this.leases = new UnitLeases(this.#database, this.#processes, (key) => this.#results.seen(key));
    this.cores = new CoreLeases(this.#database, this.#processes);
    this.#processes.reap();
  }

  /** False where everything is in memory only. */
  get kept(): boolean { return this.#database.kept; }
  get notices(): readonly StoreNotice[] { return this.#database.notices; }

  startRun(description: RunDescription, repositoryId: string = description.root): RunRecord { return this.#runs.start(description, repositoryId); }
  saveFrame(runId: string, frame: RunFrame): StoreOutcome<void> { return this.#runs.saveFrame(runId, frame); }

  /** Compresses large outputs off the main thread; optional, before `record`. */
  prepare(results: readonly ObligationResult[]): Promise<void> {
    return this.#outputs.prepare(results.flatMap((result) => result.attempts.flatMap((attempt): readonly Output[] => attempt.outputs)));
  }

  /** What was checked just now, and what was taken over from the cache: evidence before verdicts, one transaction. */
  record(runId: string, units: readonly UnitRecord[], reused: readonly CachedResult[] = []): Kept { return this.#results.record(runId, units, reused); }

  /** Syncs everything of the run to the disk. */
  finishRun(runId: string, end: { readonly outcome: 'finished' | 'cancelled'; readonly seconds: number }): Kept {
    const written = this.#results.flush({ insist: true });
    const ended = this.#runs.finish(runId, end);
    return ended.ok ? written : { kept: false, problem: ended.problem };
  }

  /** Newest first. @param root a repository's root or id */
  listRuns(root?: string): RunRecord[] {
    this.#processes.reap();
    return this.#runs.list(root);
  }

  /** A whole run; obligations that it did not reach are `not-run`. Undefined where there is no such run. */
  readLedger(runId: string): Ledger | undefined {
    const run = this.#runs.find(runId);
    if (!run) return undefined;
    const entries = new Map<string, LedgerEntry>();
    for (const entry of this.#results.entriesOf(runId, run.number)) entries.set(entry.obligation.id, entry);
    for (const obligation of run.frame?.obligations ?? []) {
      if (entries.has(obligation.id)) continue;
      const verdict = { kind: 'not-run', reason: `the run is ${run.record.outcome}` } as const;
      entries.set(obligation.id, {
        obligation, stale: false, cached: false, at: run.record.startedAt, inputs: [],
        result: { obligation: obligation.id, verdict, diagnostics: [], attempts: [], confirmed: [], seconds: 0, memoryMb: 0 },
      });
    }
    return {
      run: run.record, machine: run.frame?.machine ?? {}, tools: run.frame?.tools ?? [], projects: run.frame?.projects ?? [],
      ...trustOf(run.frame ?? { assumptions: [] }, [...entries.values()]),
      uncovered: run.frame?.uncovered ?? [], ...(run.frame?.notAsked ? { notAsked: run.frame.notAsked } : {}), ...(run.frame?.commit ? { commit: run.frame.commit } : {}), entries: [...entries.values()].sort(byPlace),
    };
  }

  /** One entry of a run, or of the place that a kept result came from. */
  readEntry(obligation: string, from: { readonly run: string } | CachedResult['source']): LedgerEntry | undefined {
    if (!('run' in from)) return this.#results.entryOf(obligation, from);
    return this.#results.entryOf(obligation, { run: from.run, number: this.#runs.number(from.run) ?? -1 });
  }

  latestVerdicts(root: string): Map<string, LatestVerdict> { return this.#results.latestVerdicts(root); }
  history(obligationId: string, root?: string): HistoryItem[] { return this.#results.history(obligationId, root); }
  /** Undefined where the output is not there or no longer has that hash. */
  readOutput(sha256: string): Buffer | undefined { return this.#outputs.read(sha256); }

  /**
   * Everything known of these units, newest first; `reuse` of cache.ts picks what may stand. One query.
   * @param of what the repository is known by, where all its units are looked up
   */
  lookUp(keys: readonly UnitKey[], of?: string): Map<UnitKey, CachedResult[]> { return this.#results.lookUp(keys, of); }
  /** Packets whose evidence is all there; the others are void from now on. */
  whole(packets: ReadonlySet<number>): ReadonlySet<number> { return this.#results.whole(packets); }
  voidEntry(unitKey: UnitKey, why: Voided): Kept { return this.#results.voidEntry(unitKey, why); }

  close(): void {
    this.#results.flush({ insist: true });
    this.memory.flush();
    this.leases.close();
    this.cores.close();
    this.#processes.close();
    this.#database.close();
  }
}

function byPlace(a: LedgerEntry, b: LedgerEntry): number {
  const [one, other] = [a.obligation, b.obligation];
  return compare(one.file, other.file) || one.range.start.line - other.range.start.line
    || one.range.start.column - other.range.start.column || compare(one.id, other.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
