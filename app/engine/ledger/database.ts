/**
 * The open database of a store, and what happens when it cannot be used: a damaged file is set aside and
 * replaced while the program runs; a file that was moved away under us is made anew; where nothing can be
 * kept at all, the run goes on in memory. Each such event becomes a notice that names the file.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, StoreError } from './connection.ts';
import type { StoreProblemKind } from './connection.ts';
import { salvage, setAside, whileRepairing } from './repair.ts';
import { migrate } from './schema.ts';

export interface StoreProblem { readonly kind: StoreProblemKind; readonly file: string; readonly message: string }
export type StoreOutcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: StoreProblem };

/** Something the user must be told about the store. */
export interface StoreNotice { readonly file: string; readonly message: string }

/** How long a busy database is left alone. */
const REST_MILLISECONDS = 5000;

export interface WriteOptions {
  /** On the disk when it returns. */
  readonly durable?: boolean;
  /** Try even if the database was busy a moment ago: there is no later. */
  readonly insist?: boolean;
}

export class LedgerDatabase {
  readonly file: string;
  readonly notices: StoreNotice[] = [];
  #connection: Connection;
  #inode: number;
  #kept = true;
  #renewing = false;
  /** A writer that does not end (a stopped process) must not hold up every step of ours. */
  #busy: StoreProblem | undefined;
  #busyUntil = 0;
  readonly #renewals: (() => void)[] = [];

  /** Throws InputError for a store of a newer schema; everything else becomes a notice. */
  constructor(readonly home: string) {
    this.file = join(home, 'ledger.db');
    this.#connection = this.#open();
    this.#inode = this.#inodeNow();
  }

  /** False where the store is in memory only, since the disk refuses it. */
  get kept(): boolean { return this.#kept; }

  /** Called after the file was replaced by a fresh one: rows that this process relies on are written again. */
  onRenewal(callback: () => void): void { this.#renewals.push(callback); }

  notice(message: string, file: string = this.file): void {
    if (!this.notices.some((known) => known.file === file && known.message === message)) this.notices.push({ file, message });
  }

  /** Reads; a store that cannot be read is as good as empty. */
  read<Value>(body: (connection: Connection) => Value, otherwise: Value): Value {
    const outcome = this.#attempt(() => body(this.#connection));
    if (outcome.ok) return outcome.value;
    this.notice(outcome.problem.message, outcome.problem.file);
    return otherwise;
  }

  /** One transaction, all or nothing. */
  write<Value>(body: (connection: Connection) => Value, options: WriteOptions = {}): StoreOutcome<Value> {
    if (this.#busy && Date.now() < this.#busyUntil && !options.insist) return { ok: false, problem: this.#busy };
    const outcome = this.#attempt(() => {
      for (;;) {
        this.#reopenIfMoved();
        const value = options.durable ? this.#connection.durably(() => body(this.#connection)) : this.#connection.transaction(() => body(this.#connection));
        // Moved away between the look and the commit: written once more, twice at worst.
        if (!this.#hasMoved() || this.#renewing) return value;
      }
    });
    this.#busy = undefined;
    if (!outcome.ok) {
      this.notice(outcome.problem.message, outcome.problem.file);
      if (outcome.problem.kind === 'busy') { this.#busy = outcome.problem; this.#busyUntil = Date.now() + REST_MILLISECONDS; }
    }
    return outcome;
  }

  /** After the machine stopped without warning. A file that fails is replaced like any damaged one. */
  checkPages(): void {
    this.read((connection) => {
      const found = connection.pragma('quick_check(1)');
      if (found !== 'ok') throw new StoreError('damaged', this.file, String(found));
    }, undefined);
  }

  close(): void { this.#connection.close(); }

  #attempt<Value>(body: () => Value): StoreOutcome<Value> {
    for (let tries = 0; ; tries++) {
      try { return { ok: true, value: body() }; } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        const first = tries === 0 && this.#kept && !this.#renewing;
        if (first && this.#hasMoved()) { this.#reopenIfMoved(); continue; }
        if (first && error.kind === 'damaged') { this.#replace(error); continue; }
        return { ok: false, problem: { kind: error.kind, file: error.file, message: error.message } };
      }
    }
  }

  #open(): Connection {
    try {
      mkdirSync(this.home, { recursive: true, mode: 0o700 });
      const inode = this.#inodeNow();
      try { return opened(this.file); } catch (error) {
        if (error instanceof StoreError && error.kind === 'damaged') return this.#repaired(error, inode);
        throw error;
      }
    } catch (error) {
      return this.#inMemory(error);
    }
  }

  /** @param inode of the file that was found damaged: another one there now is another process's repair */
  #repaired(reason: StoreError, inode: number): Connection {
    return whileRepairing(this.file, () => {
      if (this.#inodeNow() !== inode) {
        try { return opened(this.file); } catch (error) { if (!(error instanceof StoreError) || error.kind !== 'damaged') throw error; }
      }
      const aside = setAside(this.file);
      const fresh = opened(this.file);
      const carried = salvage(aside, fresh);
      this.notice(`${reason.message}; it was set aside as ${aside} and a fresh one begun with the ${carried} rows that could be read`);
      return fresh;
    });
  }

  #inMemory(error: unknown): Connection {
    const system = error instanceof Error && 'syscall' in error && 'code' in error;
    if (!(error instanceof StoreError) && !system) throw error;
    this.#kept = false;
    const message = error instanceof Error ? error.message : String(error);
    this.notice(`${message}; this run is kept in memory only`);
    const memory = new Connection(this.file, ':memory:');
    migrate(memory);
    if (existsSync(this.file)) salvage(this.file, memory); // what is known already serves as a cache
    return memory;
  }

  /** The file turned out to be damaged in use: everything this process holds in it is written anew. */
  #replace(reason: StoreError): void {
    this.#connection.close();
    try { this.#connection = this.#repaired(reason, this.#inode); } catch (error) { this.#connection = this.#inMemory(error); }
    this.#renewed();
  }

  #hasMoved(): boolean { return this.#kept && this.#inodeNow() !== this.#inode; }

  #reopenIfMoved(): void {
    if (!this.#hasMoved() || this.#renewing) return;
    this.notice('the database was moved away while in use and was begun anew');
    this.#connection.close();
    this.#connection = this.#open();
    this.#renewed();
  }

  #renewed(): void {
    this.#inode = this.#inodeNow();
    this.#renewing = true;
    try { for (const renewal of this.#renewals) renewal(); } finally { this.#renewing = false; }
  }

  #inodeNow(): number {
    if (!this.#kept) return 0;
    try { return statSync(this.file).ino; } catch { return 0; }
  }
}

/** Two processes that make the file at once may both find it busy for a moment. */
function opened(file: string): Connection {
  for (let tries = 0; ; tries++) {
    let connection: Connection | undefined;
    try {
      connection = new Connection(file);
      connection.pragma('journal_mode=WAL');
      connection.pragma('synchronous=NORMAL');
      migrate(connection);
      return connection;
    } catch (error) {
      connection?.close();
      if (!(error instanceof StoreError) || error.kind !== 'busy' || tries >= 2) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}
