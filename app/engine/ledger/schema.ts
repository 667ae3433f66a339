/**
 * The tables of the store and their versions. A verdict stands in a *packet*: what one unit's check said at
 * one moment, with the attempts behind it, as one JSON text under a digest (SQLite has no checksums of its
 * own; a packet whose text changed is never believed). A run lists the packets it made or took over from
 * earlier runs, so that re-verifying unchanged content adds a few small rows only.
 */
import { InputError } from '../../../toolchains/contract.ts';
import type { Connection } from './connection.ts';
import { StoreError } from './connection.ts';

export const SCHEMA_VERSION = 1;

/** Marks the file as ours ("ASSY"); PRAGMA application_id. */
const APPLICATION_ID = 0x41535359;

const TABLES = `
CREATE TABLE processes (id INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL, heartbeat INTEGER NOT NULL);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, repository TEXT NOT NULL, root TEXT NOT NULL,
  description TEXT NOT NULL, process INTEGER NOT NULL, ended_at TEXT, seconds REAL, outcome TEXT NOT NULL, frame TEXT);
CREATE INDEX runs_by_root ON runs(root);
CREATE INDEX runs_by_repository ON runs(repository);
CREATE TABLE packets (
  id INTEGER PRIMARY KEY AUTOINCREMENT, unit_key TEXT NOT NULL, cacheable INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL, void TEXT);
CREATE INDEX packets_by_key ON packets(unit_key);
CREATE TABLE verdicts (
  obligation TEXT NOT NULL, packet INTEGER NOT NULL, kind TEXT NOT NULL, seconds REAL NOT NULL, memory_mb REAL NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (obligation, packet)) WITHOUT ROWID;
CREATE INDEX verdicts_by_packet ON verdicts(packet);
CREATE TABLE run_packets (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, packet INTEGER NOT NULL, cached INTEGER NOT NULL, places TEXT);
CREATE INDEX run_packets_by_run ON run_packets(run);
CREATE INDEX run_packets_by_packet ON run_packets(packet);
CREATE TABLE outputs (sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, coding TEXT NOT NULL, content BLOB);
CREATE TABLE files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL, day INTEGER NOT NULL);
CREATE TABLE learned (key TEXT PRIMARY KEY, seconds REAL NOT NULL, memory_mb REAL NOT NULL, outcome TEXT NOT NULL, samples INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE leases (key TEXT PRIMARY KEY, process INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE cores (process INTEGER PRIMARY KEY, granted INTEGER NOT NULL, need INTEGER NOT NULL, demand INTEGER NOT NULL, turn INTEGER NOT NULL);
`;

/** Brings a file to the present schema. Throws {@link InputError} for a newer one, StoreError `damaged` for a stranger's. */
export function migrate(connection: Connection): void {
  if (version(connection) === SCHEMA_VERSION) return;
  connection.transaction(() => {
    const found = version(connection);
    if (found === SCHEMA_VERSION) return;
    if (found > SCHEMA_VERSION) {
      throw new InputError(connection.file, `the store was written by a newer Assay (schema ${found}, this one knows ${SCHEMA_VERSION})`,
        'Use that version of Assay, or set ASSAY_HOME to another folder');
    }
    const strangers = connection.get<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema');
    if (strangers?.count) throw new StoreError('damaged', connection.file, 'not a ledger: it holds other tables');
    connection.exec(TABLES);
    connection.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${SCHEMA_VERSION}`);
  });
}

function version(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}
