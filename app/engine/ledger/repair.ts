/**
 * A damaged database is set aside under a new name with the date, never deleted, and what can still be read
 * of it is carried over to a fresh one. Nothing is believed because it could be read: packets and remembered
 * values stand under digests, outputs under their hash. One process repairs at a time.
 */
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Connection, StoreError } from './connection.ts';
import { packetDigest } from './packets.ts';

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
const CARRIED: readonly { readonly table: string; readonly columns: readonly string[]; readonly sound?: (row: Row) => boolean }[] = [
  { table: 'runs', columns: ['number', 'id', 'repository', 'root', 'description', 'process', 'ended_at', 'seconds', 'outcome', 'frame'], sound: (row) => isJson(row['description']) },
  { table: 'outputs', columns: ['sha256', 'bytes', 'coding', 'content'] },
  { table: 'packets', columns: ['id', 'unit_key', 'cacheable', 'digest', 'body', 'void'], sound: isSoundPacket },
  { table: 'verdicts', columns: ['obligation', 'packet', 'kind', 'seconds', 'memory_mb', 'at'] },
  { table: 'run_packets', columns: ['id', 'run', 'packet', 'cached', 'places'] },
  { table: 'learned', columns: ['key', 'seconds', 'memory_mb', 'outcome', 'samples'] },
];

type Value = string | number | Buffer | null;
type Row = Readonly<Record<string, Value>>;

/** @returns rows that were carried over */
export function salvage(damaged: string, fresh: Connection): number {
  const copy = `${fresh.file}.salvage`;
  for (const companion of COMPANIONS) {
    rmSync(copy + companion, { force: true });
    if (companion !== '-shm' && existsSync(damaged + companion)) copyFileSync(damaged + companion, copy + companion);
  }
  let carried = 0;
  let source: Connection | undefined;
  try {
    source = new Connection(copy);
    source.pragma('writable_schema=ON'); // lets SQLite read a file that is shorter than its header says
    const reader = source;
    fresh.transaction(() => { for (const plan of CARRIED) carried += carryOver(reader, fresh, plan); });
  } catch (error) {
    if (!(error instanceof StoreError) || error.file !== copy) throw error;
  } finally {
    source?.close();
    for (const companion of COMPANIONS) rmSync(copy + companion, { force: true });
  }
  return carried;
}

/** Reads from both ends up to the damage; rows that stand between two damaged places are lost. */
function carryOver(source: Connection, fresh: Connection, plan: (typeof CARRIED)[number]): number {
  const columns = plan.columns.join(', ');
  const insert = `INSERT OR IGNORE INTO ${plan.table} (${columns}) VALUES (${plan.columns.map(() => '?').join(', ')})`;
  let carried = 0;
  const order = plan.table === 'verdicts' || plan.table === 'learned' ? plan.columns[0] : 'rowid';
  for (const direction of ['ASC', 'DESC']) {
    try {
      for (const row of source.each<Row>(`SELECT ${columns} FROM ${plan.table} ORDER BY ${order} ${direction}`)) {
        if (plan.sound && !plan.sound(row)) continue;
        carried += insertRow(fresh, insert, plan.columns.map((column) => row[column] ?? null));
      }
      break;
    } catch (error) {
      if (!(error instanceof StoreError) || error.file !== source.file) throw error;
    }
  }
  return carried;
}

/** A garbled row may break a constraint of the fresh table: that row alone is dropped. */
function insertRow(fresh: Connection, insert: string, values: readonly Value[]): number {
  try { return fresh.run(insert, values); } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) return 0;
    throw error;
  }
}

function isSoundPacket(row: Row): boolean {
  return typeof row['unit_key'] === 'string' && typeof row['body'] === 'string' && row['digest'] === packetDigest(row['unit_key'], row['body']);
}

function isJson(text: Value | undefined): boolean {
  if (typeof text !== 'string') return false;
  try { JSON.parse(text); return true; } catch { return false; }
}
