/**
 * The Assay processes that share a store. Each has one row with its identity and a heartbeat; runs, unit
 * leases and core leases name it. What belongs to a process that no longer lives is freed, and its run, if
 * it had not ended, becomes `interrupted`.
 */
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import { isAlive, ownIdentity } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';

const HEARTBEAT_MILLISECONDS = 2000;

interface ProcessRow { readonly id: number; readonly identity: string; readonly heartbeat: number }

export class Processes {
  #own: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: LedgerDatabase) {
    database.onRenewal(() => { this.#own = undefined; });
  }

  /** This process's number in the store; makes the row at first use. To be called in a transaction. */
  own(connection: Connection): number {
    if (this.#own !== undefined) return this.#own;
    connection.run('INSERT INTO processes (identity, heartbeat) VALUES (?, ?)', [JSON.stringify(ownIdentity()), Date.now()]);
    const row = connection.get<{ id: number }>('SELECT last_insert_rowid() AS id');
    this.#own = row?.id ?? 0;
    this.#timer ??= setInterval(() => this.#beat(), HEARTBEAT_MILLISECONDS).unref();
    return this.#own;
  }

  /** The others that live. */
  living(connection: Connection): Set<number> {
    const now = Date.now();
    const rows = connection.all<ProcessRow>('SELECT id, identity, heartbeat FROM processes');
    return new Set(rows.filter((row) => row.id !== this.#own && lives(row, now)).map((row) => row.id));
  }

  /** Frees what dead processes left behind. Reads first: most of the time there is nothing to write. */
  reap(): void {
    const now = Date.now();
    let machineStopped = false;
    const dead = this.database.read((connection) => {
      const rows = connection.all<ProcessRow>('SELECT id, identity, heartbeat FROM processes').filter((row) => row.id !== this.#own && !lives(row, now));
      machineStopped = rows.some((row) => bootOf(row) !== ownIdentity().boot);
      const gone = rows.map((row) => row.id);
      const orphan = connection.get("SELECT 1 AS one FROM runs WHERE outcome = 'running' AND process NOT IN (SELECT id FROM processes) LIMIT 1");
      return gone.length || orphan ? gone : undefined;
    }, undefined);
    if (!dead) return;
    if (machineStopped) this.database.checkPages();
    this.database.write((connection) => {
      const ids = JSON.stringify(dead);
      for (const table of ['leases', 'cores']) connection.run(`DELETE FROM ${table} WHERE process IN (SELECT value FROM json_each(?))`, [ids]);
      connection.run('DELETE FROM processes WHERE id IN (SELECT value FROM json_each(?))', [ids]);
      connection.run("UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running' AND process NOT IN (SELECT id FROM processes)");
    });
  }

  /** Gives everything back; leases of this process end with it. */
  close(): void {
    clearInterval(this.#timer);
    const own = this.#own;
    if (own === undefined) return;
    this.#own = undefined;
    this.database.write((connection) => {
      for (const table of ['leases', 'cores']) connection.run(`DELETE FROM ${table} WHERE process = ?`, [own]);
      connection.run('DELETE FROM processes WHERE id = ?', [own]);
      connection.run("UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running' AND process = ?", [own]);
    });
  }

  #beat(): void {
    const own = this.#own;
    if (own !== undefined) this.database.write((connection) => connection.run('UPDATE processes SET heartbeat = ? WHERE id = ?', [Date.now(), own]));
  }
}

function bootOf(row: ProcessRow): string {
  return (JSON.parse(row.identity) as ProcessIdentity).boot;
}

function lives(row: ProcessRow, now: number): boolean {
  return isAlive(JSON.parse(row.identity) as ProcessIdentity, row.heartbeat, now);
}
