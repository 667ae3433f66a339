/**
 * One SQLite connection, with the few operations the store uses. Errors that can happen to a sound program
 * (full disk, read-only folder, damaged file, another writer) come as {@link StoreError} with their kind;
 * anything else is a bug of ours and passes through.
 *
 * Durability: WAL with synchronous=NORMAL. A commit is then in the operating system's hands when it returns:
 * it survives the end of this process by any signal. A loss of power may take the last commits, never the
 * file's consistency; {@link Connection.durably} (synchronous=FULL) closes that gap at the end of a run,
 * since it syncs the log with everything before it.
 */
import Database from 'libsql';

/** What went wrong, without SQLite's words; decides what the store does about it. */
export type StoreProblemKind = 'full' | 'read-only' | 'unwritable' | 'damaged' | 'busy' | 'unopenable';

export class StoreError extends Error {
  constructor(readonly kind: StoreProblemKind, readonly file: string, detail: string) {
    super(`${file}: ${WORDS[kind]} (${detail})`);
    this.name = 'StoreError';
  }
}

const WORDS: Record<StoreProblemKind, string> = {
  full: 'the disk is full; free some space',
  'read-only': 'the file or its folder is read-only; make it writable or set ASSAY_HOME to another folder',
  unwritable: 'the file cannot be written; check the disk, quotas and file size limits',
  damaged: 'the database is damaged',
  busy: 'another process holds the database',
  unopenable: 'the file cannot be opened; check permissions or set ASSAY_HOME to another folder',
};

type Bound = string | number | Buffer | null;

/** Another writer's transaction takes milliseconds. */
const BUSY_MILLISECONDS = 3000;

export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[]>>();

  constructor(readonly file: string, source: string = file) {
    this.#database = this.#guarded(() => new Database(source));
    this.#guarded(() => this.#database.pragma(`busy_timeout=${BUSY_MILLISECONDS}`));
  }

  all<Row>(sql: string, bound: readonly Bound[] = []): Row[] {
    return this.#guarded(() => this.#statement(sql).all(bound) as Row[]);
  }

  get<Row>(sql: string, bound: readonly Bound[] = []): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(bound) as Row | undefined);
  }

  /** @returns rows changed */
  run(sql: string, bound: readonly Bound[] = []): number {
    return this.#guarded(() => this.#statement(sql).run(bound).changes);
  }

  exec(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  pragma(source: string): unknown {
    const rows = this.#guarded(() => this.#database.pragma(source)) as Record<string, unknown>[];
    return rows[0] && Object.values(rows[0])[0];
  }

  /** All or nothing, as the only writer; joins a transaction that is already open. */
  transaction<Result>(body: () => Result): Result {
    if (this.#database.inTransaction) return body();
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = body();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  /** A transaction that is on the disk when it returns, with all that was committed before. */
  durably<Result>(body: () => Result): Result {
    this.exec('PRAGMA synchronous=FULL');
    try { return this.transaction(body); } finally { this.exec('PRAGMA synchronous=NORMAL'); }
  }

  /** The file itself is closed when the statements have been collected; until then only shared locks remain. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, statement = this.#database.prepare(sql));
    return statement;
  }

  #guarded<Result>(body: () => Result): Result {
    try { return body(); } catch (error) { throw named(error, this.file); }
  }
}

function named(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const kind = problemOf(code, error.message);
  return kind ? new StoreError(kind, file, error.message) : error;
}

function problemOf(code: string, message: string): StoreProblemKind | undefined {
  if (code === 'SQLITE_FULL') return 'full';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (code.startsWith('SQLITE_IOERR')) return 'unwritable';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') || code === 'SQLITE_PROTOCOL') return 'busy';
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM' || message.includes('Unable to open connection')) return 'unopenable';
  return undefined;
}
