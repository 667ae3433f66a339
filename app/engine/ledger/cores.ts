/**
 * Cores by lease, so that all Assay processes of a machine together use no more than it has. A process keeps
 * a block of cores while it has work, and shares it out among its own jobs without touching the store; the
 * block grows when the others' blocks leave room, and shrinks within 100 ms of somebody else's claim, as jobs
 * end (shares.ts has the rule). Nothing that runs is ever stopped for it.
 */
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import type { Processes } from './processes.ts';
import { divide } from './shares.ts';

interface Row { readonly process: number; readonly granted: number; readonly need: number; readonly demand: number; readonly turn: number }
interface Waiting { readonly cores: number; readonly grant: () => void }

const POLL_MILLISECONDS = 80;

export class CoreLeases {
  readonly #waiting = new Set<Waiting>();
  #total = 1;
  /** Cores in use by this process's jobs, and the block it has. */
  #used = 0;
  #granted = 0;
  /** Others have or want cores too. */
  #contended = false;
  /** Our place in the order of turns; 0 while we claim nothing. */
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;
  #attempt: NodeJS.Immediate | undefined;

  constructor(private readonly database: LedgerDatabase, private readonly processes: Processes) {}

  /** Cores this process may use now, of its own block. */
  get granted(): number { return this.#granted; }

  /**
   * Waits until `cores` (at most `total`) are this process's to use.
   * @param total cores of the machine that Assay may use
   * @returns gives them back; further calls do nothing. Rejects with the signal's reason when aborted
   */
  acquire(cores: number, total: number, signal?: AbortSignal): Promise<() => void> {
    this.#total = Math.max(1, total);
    const wanted = Math.min(Math.max(1, cores), this.#total);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) { reject(signal.reason); return; }
      const abort = (): void => { this.#waiting.delete(waiting); this.#soon(); reject(signal?.reason); };
      const waiting: Waiting = { cores: wanted, grant: () => { signal?.removeEventListener('abort', abort); resolve(this.#giveBack(wanted)); } };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiting);
      this.#serve();
      this.#soon();
    });
  }

  /** Stops waiting; the row ends with the process's own (processes.ts). */
  close(): void {
    clearTimeout(this.#timer);
    if (this.#attempt) clearImmediate(this.#attempt);
    this.#timer = this.#attempt = undefined;
    this.#waiting.clear();
  }

  #giveBack(cores: number): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#used -= cores;
      if (this.#contended) this.#settle(); // before the next job of ours takes what somebody else is waiting for
      else this.#serve();
      this.#soon();
    };
  }

  /** Within the block, first come first served; a large job is not overtaken for ever by small ones. */
  #serve(): void {
    for (const waiting of this.#waiting) {
      if (this.#used + waiting.cores > this.#granted) return;
      this.#waiting.delete(waiting);
      this.#used += waiting.cores;
      waiting.grant();
    }
  }

  /** Asks for a larger block at once where nobody is in the way, else at the next poll. */
  #soon(): void {
    if (this.#waiting.size > 0 && this.#granted < this.#total && !this.#contended) {
      this.#attempt ??= setImmediate(() => { this.#attempt = undefined; this.#settle(); });
    }
    this.#poll();
  }

  /** Only somebody who waits keeps the program alive. */
  #poll(): void {
    if (this.#waiting.size === 0 && this.#granted === 0) return;
    this.#timer ??= setTimeout(() => { this.#timer = undefined; this.#settle(); }, POLL_MILLISECONDS);
    if (this.#waiting.size > 0) this.#timer.ref(); else this.#timer.unref();
  }

  /** Brings the block in line with what this process needs and the others claim. */
  #settle(): void {
    const outcome = this.database.write((connection) => this.#claim(connection));
    if (!outcome.ok) { this.#contended = false; this.#granted = this.#total; } // no store, no neighbours to ask
    this.#serve();
    this.#poll();
  }

  /** In a transaction. */
  #claim(connection: Connection): void {
    const own = this.processes.own(connection);
    const rows = connection.all<Row>('SELECT process, granted, need, demand, turn FROM cores');
    const living = rows.length > 1 || rows[0]?.process !== own ? this.processes.living(connection) : new Set<number>();
    const others = rows.filter((row) => living.has(row.process));
    this.#contended = others.length > 0;
    const demand = Math.min(this.#total, [...this.#waiting].reduce((sum, waiting) => sum + waiting.cores, this.#used));
    if (demand === 0) {
      connection.run('DELETE FROM cores WHERE process = ?', [own]);
      this.#granted = this.#turn = 0;
      return;
    }
    const starved = others.some((row) => row.granted === 0);
    if (this.#turn === 0 || (starved && this.#used < this.#granted)) this.#turn = 1 + Math.max(0, ...rows.map((row) => row.turn));
    const need = Math.max(1, ...[...this.#waiting].map((waiting) => waiting.cores));
    const share = divide([...others, { process: own, need, demand, turn: this.#turn }], this.#total).get(own) ?? 0;
    const free = this.#total - others.reduce((sum, row) => sum + row.granted, 0);
    // Alone, what is not used at this moment is kept for the next job: it costs nobody anything.
    this.#granted = Math.max(this.#used, Math.min(others.length === 0 ? Math.max(share, this.#granted) : share, free));
    const mine = rows.find((row) => row.process === own);
    if (mine?.granted === this.#granted && mine.need === need && mine.demand === demand && mine.turn === this.#turn) return;
    connection.run('INSERT OR REPLACE INTO cores (process, granted, need, demand, turn) VALUES (?, ?, ?, ?, ?)', [own, this.#granted, need, demand, this.#turn]);
  }
}
