/** The runs of a store: begun, framed (what else a ledger holds besides verdicts), ended, listed. */
import { randomBytes } from 'node:crypto';
import type { Assumption, JsonObject, Obligation, Project, Tool, Uncovered } from '../../../toolchains/contract.ts';
import type { Commit } from '../repository/types.ts';
import type { JustifyFile } from '../justify/types.ts';
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase, StoreOutcome } from './database.ts';
import type { OutputStore } from './outputs.ts';
import type { Processes } from './processes.ts';
import type { RunDescription, RunRecord } from './types.ts';

/** All of a run that is not a verdict. */
export interface RunFrame {
  readonly projects: readonly Project[];
  readonly assumptions: readonly Assumption[];
  readonly uncovered: readonly Uncovered[];
  readonly tools: readonly Tool[];
  readonly machine: JsonObject;
  /** All that were found, so that those a killed run did not reach are not forgotten. */
  readonly obligations: readonly Obligation[];
  /** Obligations of the plan that were not asked for. */
  readonly notAsked?: number;
  readonly justify?: JustifyFile;
  /** Of the repository when the run began, where it has one. */
  readonly commit?: Commit;
}

interface RunRow {
  readonly number: number; readonly id: string; readonly description: string; readonly ended_at: string | null;
  readonly seconds: number | null; readonly outcome: RunRecord['outcome']; readonly frame: string | null;
}

const COLUMNS = 'number, id, description, ended_at, seconds, outcome, frame';

export class Runs {
  /** Runs of this process that have not ended: written again where the database had to be begun anew. */
  readonly #mine = new Map<string, { readonly record: RunRecord; readonly repository: string }>();

  constructor(private readonly database: LedgerDatabase, private readonly outputs: OutputStore, private readonly processes: Processes) {
    database.onRenewal(() => {
      if (this.#mine.size > 0) database.write((connection) => { for (const run of this.#mine.values()) this.#insert(connection, run.record, run.repository); });
    });
  }

  start(description: RunDescription, repository: string): RunRecord {
    const stamp = description.startedAt.replaceAll(/\D/g, '').slice(0, 14);
    const record: RunRecord = { ...description, id: `${stamp.slice(0, 8)}-${stamp.slice(8)}-${randomBytes(3).toString('hex')}`, outcome: 'running' };
    this.#mine.set(record.id, { record, repository });
    this.database.write((connection) => this.#insert(connection, record, repository));
    return record;
  }

  saveFrame(id: string, frame: RunFrame): StoreOutcome<void> {
    return this.database.write((connection) => {
      const content = Buffer.from(JSON.stringify(frame));
      const hash = sha256(content);
      this.outputs.keepBytes(connection, hash, content);
      connection.run('UPDATE runs SET frame = ? WHERE number = ?', [hash, this.numberOf(connection, id)]);
    });
  }

  /** On the disk when it returns, with every verdict of the run. */
  finish(id: string, end: { readonly outcome: 'finished' | 'cancelled'; readonly seconds: number }, now: Date = new Date()): StoreOutcome<void> {
    const outcome = this.database.write((connection) => {
      const number = this.numberOf(connection, id);
      connection.run('UPDATE runs SET outcome = ?, seconds = ?, ended_at = ? WHERE number = ?', [end.outcome, end.seconds, now.toISOString(), number]);
    }, { durable: true, insist: true });
    if (outcome.ok) this.#mine.delete(id);
    return outcome;
  }

  /** Newest first. @param of a repository's id or root; all runs without it */
  list(of?: string): RunRecord[] {
    return this.database.read((connection) => connection.all<RunRow>(
      `SELECT ${COLUMNS} FROM runs ${of === undefined ? '' : 'WHERE root = ? OR repository = ?'} ORDER BY number DESC`, of === undefined ? [] : [of, of]), []).map(recordOf);
  }

  find(id: string): { readonly number: number; readonly record: RunRecord; readonly frame: RunFrame | undefined } | undefined {
    const row = this.database.read((connection) => connection.get<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE id = ?`, [id]), undefined);
    if (!row) {
      const mine = this.#mine.get(id); // could not be written yet
      return mine && { number: -1, record: mine.record, frame: undefined };
    }
    const frame = row.frame === null ? undefined : this.outputs.read(row.frame);
    return { number: row.number, record: recordOf(row), frame: frame && JSON.parse(frame.toString()) as RunFrame };
  }

  number(id: string): number | undefined {
    return this.database.read((connection) => connection.get<{ number: number }>('SELECT number FROM runs WHERE id = ?', [id]), undefined)?.number;
  }

  /** In a transaction. The row of a run of this process is made again where it is gone. */
  numberOf(connection: Connection, id: string): number {
    const row = connection.get<{ number: number }>('SELECT number FROM runs WHERE id = ?', [id]);
    if (row) return row.number;
    const mine = this.#mine.get(id);
    if (!mine) throw new Error(`there is no run ${id}`);
    return this.#insert(connection, mine.record, mine.repository);
  }

  #insert(connection: Connection, record: RunRecord, repository: string): number {
    const { id, outcome: _running, ...description } = record;
    connection.run(`INSERT INTO runs (id, repository, root, description, process, outcome) VALUES (?, ?, ?, ?, ?, 'running')
      ON CONFLICT (id) DO UPDATE SET process = excluded.process, outcome = 'running'`,
    [id, repository, record.root, JSON.stringify(description), this.processes.own(connection)]);
    return connection.get<{ number: number }>('SELECT number FROM runs WHERE id = ?', [id])?.number ?? 0;
  }
}

function recordOf(row: RunRow): RunRecord {
  const description = JSON.parse(row.description) as RunDescription;
  return {
    ...description, id: row.id, outcome: row.outcome,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }), ...(row.seconds === null ? {} : { seconds: row.seconds }),
  };
}
