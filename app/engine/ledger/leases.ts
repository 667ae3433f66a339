/**
 * Who works on which unit. A unit key is leased to one process at a time, so that two Assay processes on one
 * repository do no job twice: the second waits, and finds the verdict in the cache. A lease ends by release,
 * with its process, or when that process is found dead. It is a courtesy, not a lock on data: where the store
 * cannot be written, the lease is granted, and the work is done twice at worst.
 */
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import type { Processes } from './processes.ts';
import type { UnitKey } from './types.ts';

export interface UnitLease {
  /** Another process held it, or recorded results of it since the last `lookUp`: look again before working. */
  readonly waited: boolean;
  /** After the verdicts are recorded. Further calls do nothing. */
  release(): void;
}

interface Waiting {
  readonly key: UnitKey;
  waited: boolean;
  readonly grant: (lease: UnitLease) => void;
}

/** How soon a released unit is noticed. */
const POLL_MILLISECONDS = 80;
/** Releases are gathered; a waiting process loses no more than this by it. */
const RELEASE_MILLISECONDS = 20;

export class UnitLeases {
  readonly #waiting = new Set<Waiting>();
  readonly #held = new Set<UnitKey>();
  readonly #released = new Set<UnitKey>();
  #attempt: NodeJS.Immediate | undefined;
  #poll: NodeJS.Timeout | undefined;
  #release: NodeJS.Timeout | undefined;

  /** @param seen packets up to this number were there when the unit was looked up; undefined if it was not */
  constructor(private readonly database: LedgerDatabase, private readonly processes: Processes, private readonly seen: (key: UnitKey) => number | undefined) {
    database.onRenewal(() => this.#writeHeld());
  }

  /** Waits for the unit as long as another process works on it. Rejects with the signal's reason when aborted. */
  acquire(key: UnitKey, signal?: AbortSignal): Promise<UnitLease> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) { reject(signal.reason); return; }
      const abort = (): void => { this.#waiting.delete(waiting); this.#rest(); reject(signal?.reason); };
      const waiting: Waiting = { key, waited: false, grant: (lease) => { signal?.removeEventListener('abort', abort); resolve(lease); } };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiting);
      this.#attempt ??= setImmediate(() => this.#grantFree());
    });
  }

  /** Stops waiting; the rows end with the process's own (processes.ts). */
  close(): void {
    clearTimeout(this.#poll);
    clearTimeout(this.#release);
    if (this.#attempt) clearImmediate(this.#attempt);
    this.#poll = this.#release = this.#attempt = undefined;
    this.#waiting.clear();
  }

  #grantFree(): void {
    this.#attempt = undefined;
    clearTimeout(this.#poll);
    this.#poll = undefined;
    if (this.#waiting.size === 0) return;
    const outcome = this.database.write((connection) => this.#take(connection));
    const granted = outcome.ok ? outcome.value : [...new Map([...this.#waiting].map((waiting) => [waiting.key, waiting])).values()].filter((waiting) => !this.#held.has(waiting.key));
    for (const waiting of granted) {
      this.#waiting.delete(waiting);
      this.#held.add(waiting.key);
      waiting.grant(this.#leaseOf(waiting));
    }
    this.#rest();
  }

  /** In a transaction: those of the waiting that could be taken, at most one a key. */
  #take(connection: Connection): Waiting[] {
    this.#flushReleases(connection);
    const own = this.processes.own(connection);
    const granted: Waiting[] = [];
    const taken = new Set<UnitKey>();
    let living: ReadonlySet<number> | undefined;
    for (const waiting of this.#waiting) {
      if (this.#held.has(waiting.key) || taken.has(waiting.key)) { waiting.waited = true; continue; }
      const holder = connection.get<{ process: number }>('SELECT process FROM leases WHERE key = ?', [waiting.key])?.process;
      if (holder !== undefined && holder !== own) {
        living ??= this.processes.living(connection);
        if (living.has(holder)) { waiting.waited = true; continue; }
        waiting.waited = true; // the dead one may have recorded it before it ended
      }
      waiting.waited ||= this.#isOutdated(connection, waiting.key);
      connection.run('INSERT OR REPLACE INTO leases (key, process) VALUES (?, ?)', [waiting.key, own]);
      taken.add(waiting.key);
      granted.push(waiting);
    }
    return granted;
  }

  #isOutdated(connection: Connection, key: UnitKey): boolean {
    const seen = this.seen(key);
    return seen !== undefined && connection.get('SELECT 1 AS one FROM packets WHERE unit_key = ? AND id > ? LIMIT 1', [key, seen]) !== undefined;
  }

  #leaseOf(waiting: Waiting): UnitLease {
    let released = false;
    return {
      waited: waiting.waited,
      release: () => {
        if (released) return;
        released = true;
        this.#held.delete(waiting.key);
        this.#released.add(waiting.key);
        this.#release ??= setTimeout(() => this.#writeReleases(), RELEASE_MILLISECONDS);
      },
    };
  }

  /** While someone waits, look again in a moment. */
  #rest(): void {
    if (this.#waiting.size === 0) { clearTimeout(this.#poll); this.#poll = undefined; }
    else this.#poll ??= setTimeout(() => this.#grantFree(), POLL_MILLISECONDS);
  }

  #writeReleases(): void {
    clearTimeout(this.#release);
    this.#release = undefined;
    if (this.#released.size > 0) this.database.write((connection) => this.#flushReleases(connection));
  }

  #flushReleases(connection: Connection): void {
    if (this.#released.size === 0) return;
    connection.run('DELETE FROM leases WHERE process = ? AND key IN (SELECT value FROM json_each(?))', [this.processes.own(connection), JSON.stringify([...this.#released])]);
    this.#released.clear();
  }

  #writeHeld(): void {
    if (this.#held.size === 0) return;
    this.database.write((connection) => {
      const own = this.processes.own(connection);
      for (const key of this.#held) connection.run('INSERT OR IGNORE INTO leases (key, process) VALUES (?, ?)', [key, own]);
    });
  }
}
