/** Gathers what units gave for a moment, writes it in one transaction, and only then tells anybody. */
import type { EventSink } from '../events.ts';
import type { UnitRecord } from '../ledger/results.ts';
import type { Store } from '../ledger/store.ts';
import type { CachedResult, LedgerEntry } from '../ledger/types.ts';

/** A thousand tiny files a second would else be a thousand transactions. */
const GATHER_MILLISECONDS = 40;

export class Recorder {
  readonly #entries = new Map<string, LedgerEntry>();
  #units: UnitRecord[] = [];
  #reused: CachedResult[] = [];
  #written: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #told = false;

  constructor(private readonly store: Store, private readonly runId: string, private readonly onEvent: EventSink) {}

  /** @param written called once the record is in the store, or cannot be */
  unit(record: UnitRecord, written?: () => void): void {
    if (record.entries.length > 0) this.#units.push(record);
    if (written) this.#written.push(written);
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MILLISECONDS);
  }

  reuse(results: readonly CachedResult[]): void {
    this.#reused.push(...results);
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MILLISECONDS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const units = this.#units, reused = this.#reused, written = this.#written;
    this.#units = [];
    this.#reused = [];
    this.#written = [];
    if (units.length > 0 || reused.length > 0) this.#write(units, reused);
    for (const told of written) told();
  }

  #write(units: readonly UnitRecord[], reused: readonly CachedResult[]): void {
    const kept = this.store.record(this.runId, units, reused);
    if (!kept.kept && !this.#told) {
      this.#told = true;
      this.onEvent({ type: 'notice', severity: 'warning', message: `verdicts of this run are not kept: ${kept.problem.message}` });
    }
    const entries = [...units.flatMap((unit) => unit.entries), ...reused.map(cachedEntry)];
    for (const entry of entries) this.#entries.set(entry.obligation.id, entry);
    this.onEvent({ type: 'verdicts', entries });
  }

  entries(): LedgerEntry[] {
    return [...this.#entries.values()];
  }
}

export function cachedEntry(cached: CachedResult): LedgerEntry {
  return { obligation: cached.obligation, result: cached.result, stale: false, cached: true, at: cached.at, inputs: cached.inputs };
}
