/**
 * A damaged database is set aside under a new name with the date, never deleted, and what can still be read
 * of it is carried over to a fresh one. Nothing is believed because it could be read: packets and remembered
 * values stand under digests, outputs under their hash. One process repairs at a time.
 */
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Connection, StoreError } from './connection.ts';
import { decodePacket, insertVerdict, packetDigest } from './packets.ts';

/** The log and the shared index beside a database belong to it. */
const COMPANIONS = ['', '-wal', '-shm'];

/** Renames the database with its companions. @returns its new name */
export function setAside(file: string, now: Date = new Date()): string {
  const stamp = now.toISOString().replaceAll(':', '-').replace(/\.\d+/, '');
  const stem = join(dirname(file), `${basename(file, '.db')}.damaged-${stamp}`);
  let target = `${stem}.db`;
  for (let count = 2; existsSync(target); count++) target = `${stem}-${count}.db`;
  for (const companion of COMPANIONS) if (existsSync(file + companion)) renameSync(file + companion, target + companion);
  return target;
}

/** Runs `body` while no other process repairs this database; a lock whose holder is gone is taken over. */
export function whileRepairing<Result>(file: string, body: () => Result): Result {
  const lock = `${file}.repair`;
  for (let tries = 0; !takeLock(lock); tries++) {
    if (tries >= 100) throw new StoreError('busy', lock, 'another process repairs the store');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  try { return body(); } finally { rmSync(lock, { force: true }); }
}

/** A repair reads one file once; a lock older than this was left behind. */
const LOCK_SECONDS = 60;

function takeLock(lock: string): boolean {
  try {
    const handle = openSync(lock, 'wx', 0o600);
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (isLeftBehind(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isLeftBehind(lock: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LOCK_SECONDS * 1000) return true;
    process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Tables that are carried over, with the test a row must pass. Caches and leases are not worth the doubt. */
const CARRIED: readonly { readonly table: string; readonly columns: readonly string[]; readonly key: string; readonly sound: (row: Row) => boolean }[] = [
  {
    table: 'runs', columns: ['number', 'id', 'repository', 'root', 'description', 'process', 'ended_at', 'seconds', 'outcome', 'frame'], key: 'rowid',
    sound: (row) => OUTCOMES.includes(row['outcome'] ?? '') && isText(row['id']) && isText(row['root']) && isJson(row['description']),
  },
  { table: 'outputs', columns: ['sha256', 'bytes', 'coding', 'content'], key: 'rowid', sound: (row) => CODINGS.includes(row['coding'] ?? '') }, // hashed when read
  { table: 'packets', columns: ['id', 'unit_key', 'cacheable', 'digest', 'body', 'void'], key: 'rowid', sound: isSoundPacket },
  { table: 'run_packets', columns: ['id', 'run', 'packet', 'cached', 'places'], key: 'rowid', sound: (row) => ['id', 'run', 'packet', 'cached'].every((name) => Number.isInteger(row[name])) && (row['places'] === null || isJson(row['places'])) },
  { table: 'learned', columns: ['key', 'seconds', 'memory_mb', 'outcome', 'samples'], key: 'key', sound: (row) => isText(row['key']) && isText(row['outcome']) && ['seconds', 'memory_mb', 'samples'].every((name) => Number.isFinite(row[name])) },
];
const OUTCOMES: readonly Value[] = ['running', 'finished', 'cancelled', 'interrupted'];
const CODINGS: readonly Value[] = ['plain', 'gzip', 'file'];

type Value = string | number | Buffer | null;
type Row = Readonly<Record<string, Value>>;

/**
 * Carries over what can be read of a database, which is left as it is: a copy is opened, with its log.
 * @returns rows that were carried over
 */
export function salvage(file: string, fresh: Connection): number {
  const folder = mkdtempSync(join(tmpdir(), 'assay-salvage-'));
  const copy = join(folder, 'copy.db');
  let source: Connection | undefined;
  try {
    for (const companion of ['', '-wal']) if (existsSync(file + companion)) copyFileSync(file + companion, copy + companion);
    source = new Connection(copy);
    source.pragma('writable_schema=ON'); // lets SQLite read a file that is shorter than its header says
    const reader = source;
    return fresh.transaction(() => {
      const carried = CARRIED.reduce((sum, plan) => sum + carryOver(reader, fresh, plan), 0);
      relist(fresh);
      return carried;
    });
  } catch (error) {
    if (isSystem(error) || (error instanceof StoreError && error.file === copy)) return 0; // no room for the copy, or nothing in it can be read
    throw error;
  } finally {
    source?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads from both ends up to the damage; rows that stand between two damaged places are lost. */
function carryOver(source: Connection, fresh: Connection, plan: (typeof CARRIED)[number]): number {
  const columns = plan.columns.join(', ');
  const insert = `INSERT OR IGNORE INTO ${plan.table} (${columns}) VALUES (${plan.columns.map(() => '?').join(', ')})`;
  let carried = 0;
  for (const [direction, beyond] of [['ASC', '>'], ['DESC', '<']] as const) {
    let last: Value = null;
    for (let rows = PAGE_ROWS; rows > 0;) {
      const page = readPage(source, `SELECT ${plan.key} AS place, ${columns} FROM ${plan.table} WHERE ?1 IS NULL OR ${plan.key} ${beyond} ?1 ORDER BY ${plan.key} ${direction} LIMIT ${rows}`, last);
      if (page === 'damaged') { rows = rows > 1 ? 1 : 0; continue; } // then row by row, up to the damage
      if (page.length === 0) return carried;
      for (const row of page) {
        const values = plan.columns.map((column) => row[column] ?? null);
        if (values.every(isValue) && plan.sound(row)) carried += insertRow(fresh, insert, values);
      }
      last = page.at(-1)?.['place'] ?? null;
      if (last === null || !isValue(last)) break;
    }
  }
  return carried;
}

const PAGE_ROWS = 100;

function readPage(source: Connection, sql: string, last: Value): Row[] | 'damaged' {
  try { return source.all<Row>(sql, [last]); } catch (error) {
    if (error instanceof StoreError || isSqlite(error)) return 'damaged'; // a table that is not there, too
    throw error;
  }
}

/** The list of single verdicts is made again from the packets, which stand under a digest. */
function relist(fresh: Connection): void {
  for (const row of fresh.all<Parameters<typeof decodePacket>[0]>('SELECT id, unit_key, digest, body FROM packets')) {
    for (const entry of decodePacket(row, () => undefined) ?? []) insertVerdict(fresh, row.id, entry);
  }
}

/** A garbled row may break a constraint of the fresh table: that row alone is dropped. */
function insertRow(fresh: Connection, insert: string, values: readonly Value[]): number {
  try { return fresh.run(insert, values); } catch (error) {
    if (isSqlite(error, '_CONSTRAINT')) return 0;
    throw error;
  }
}

function isSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function isSqlite(error: unknown, code = ''): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(`SQLITE${code}`);
}

function isValue(value: Value): boolean {
  return value === null || typeof value === 'string' || Buffer.isBuffer(value) || Number.isFinite(value);
}

function isText(value: Value | undefined): boolean {
  return typeof value === 'string';
}

function isSoundPacket(row: Row): boolean {
  return typeof row['unit_key'] === 'string' && typeof row['body'] === 'string' && row['digest'] === packetDigest(row['unit_key'], row['body']);
}

function isJson(text: Value | undefined): boolean {
  if (typeof text !== 'string') return false;
  try { JSON.parse(text); return true; } catch { return false; }
}
