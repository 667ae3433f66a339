/** A damaged file is set aside with its date, said so, and what can be read of it is carried over. */
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, openSync, closeSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../app/engine/ledger/store.ts';
import type { RunRecord } from '../../../app/engine/ledger/types.ts';
import { description, letGo, unitRecord } from './samples.ts';

let home: string;
let file: string;
let run: RunRecord;
const COUNT = 300;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'assay-damage-'));
  file = join(home, 'ledger.db');
  const store = openStore(home);
  run = store.startRun(description());
  for (let index = 0; index < COUNT; index++) store.record(run.id, [unitRecord(`file${index}`)]);
  store.finishRun(run.id, { outcome: 'finished', seconds: 1 });
  store.close();
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  await letGo();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const setAside = (): string[] => readdirSync(home).filter((name) => /^ledger\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?\.db$/.test(name));

/** Opens the store, writes to it, and checks that it works. @returns verdicts that survived, and what was said */
function openAndUse(): { readonly survived: number; readonly notices: readonly string[] } {
  const store = openStore(home);
  try {
    const survived = [...store.lookUp(Array.from({ length: COUNT }, (_, index) => `key-file${index}`)).values()].flat();
    for (const cached of survived) expect(cached.result.verdict).toEqual({ kind: 'proved', answer: 'unsat' });
    const next = store.startRun(description());
    expect(store.record(next.id, [unitRecord('fresh')])).toEqual({ kept: true });
    expect(store.readLedger(next.id)?.entries).toHaveLength(1);
    expect(store.finishRun(next.id, { outcome: 'finished', seconds: 1 })).toEqual({ kept: true });
    return { survived: survived.length, notices: store.notices.map((notice) => notice.message) };
  } finally { store.close(); }
}

function overwrite(path: string, offset: number, bytes: Buffer): void {
  const handle = openSync(path, 'r+');
  try { writeSync(handle, bytes, 0, bytes.length, offset); } finally { closeSync(handle); }
}

describe('a database', () => {
  it('that is whole is left alone', () => {
    const used = openAndUse();
    expect(used).toEqual({ survived: COUNT, notices: [] });
    expect(setAside()).toEqual([]);
  });

  it('of zero length is begun anew', () => {
    truncateSync(file, 0);
    expect(openAndUse()).toMatchObject({ survived: 0 });
  });

  it('that is something else is set aside unchanged', () => {
    const garbage = Buffer.from('this is no database\n'.repeat(500));
    writeFileSync(file, garbage);
    const used = openAndUse();
    expect(used.survived).toBe(0);
    expect(used.notices.join()).toContain('set aside');
    expect(setAside()).toHaveLength(1);
    expect(readFileSync(join(home, setAside()[0]!)).equals(garbage)).toBe(true);
  });

  it('of another program is set aside, not written into', () => {
    rmSync(file);
    const other = new Database(file);
    other.exec('CREATE TABLE photos (name TEXT)');
    other.close();
    expect(openAndUse().notices.join()).toContain('not a ledger');
    expect(setAside()).toHaveLength(1);
  });

  it('that was cut is set aside, and the part before the cut is kept', () => {
    truncateSync(file, Math.floor(statSync(file).size * 0.6 / 4096) * 4096);
    const used = openAndUse();
    expect(used.notices.join()).toContain('set aside');
    expect(used.survived).toBeGreaterThan(COUNT / 10);
    expect(used.survived).toBeLessThan(COUNT);
    expect(setAside()).toHaveLength(1);
  });

  it('with a garbled header is set aside', () => {
    overwrite(file, 0, Buffer.alloc(100, 0xa5));
    expect(openAndUse().notices.join()).toContain('set aside');
  });

  for (const share of [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95]) {
    it(`with garbage at ${Math.round(share * 100)} % of it tells no lie and goes on`, () => {
      const offset = Math.floor(statSync(file).size * share / 4096) * 4096;
      overwrite(file, offset, Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * 7919 + 13) % 256)));
      const used = openAndUse(); // openAndUse checks every verdict that survived
      expect(used.survived).toBeGreaterThan(COUNT * 0.9);
      const again = openAndUse();
      expect(again.survived).toBeGreaterThanOrEqual(used.survived);
    });
  }

  it('is looked through when the machine had stopped without warning', () => {
    const database = new Database(file);
    database.exec(`INSERT INTO processes (identity, heartbeat) VALUES ('{"pid":1,"start":"1","boot":"an earlier one","space":""}', 0)`);
    database.pragma('wal_checkpoint(TRUNCATE)');
    const { rootpage } = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'run_packets_by_packet'`).get([]) as { rootpage: number };
    database.close();
    overwrite(file, (rootpage - 1) * 4096, Buffer.alloc(4096, 0xff)); // an index that opening the store does not touch
    const store = openStore(home);
    expect(store.notices.map((notice) => notice.message).join()).toContain('set aside');
    expect(store.readLedger(run.id)?.entries).toHaveLength(COUNT);
    store.close();
  });

  it('whose damage shows in mid-run is replaced while the run goes on', () => {
    const store = openStore(home);
    const mine = store.startRun(description());
    expect(store.record(mine.id, [unitRecord('before')])).toEqual({ kept: true });
    const other = new Database(file);
    other.pragma('wal_checkpoint(TRUNCATE)');
    other.close();
    const size = statSync(file).size;
    for (let offset = 4096; offset < size; offset += 4096) overwrite(file, offset, Buffer.alloc(4096, 0xff));
    const more = new Database(file); // a foreign write makes the store's own page cache out of date
    try { more.exec('PRAGMA user_version = 1'); } catch { /* damaged */ } finally { more.close(); }
    expect(store.record(mine.id, [unitRecord('after')])).toEqual({ kept: true });
    store.close();
    const again = openStore(home);
    expect(again.readLedger(mine.id)?.entries.map((entry) => entry.obligation.file)).toContain('after.smt2');
    again.close();
  });
});

describe('the log beside it', () => {
  it('that is garbage is passed over', () => {
    writeFileSync(`${file}-wal`, Buffer.alloc(50_000, 0x5a));
    expect(openAndUse()).toMatchObject({ survived: COUNT });
  });

  it('with a torn end keeps what was whole', () => {
    const store = openStore(home);
    const next = store.startRun(description());
    store.record(next.id, [unitRecord('in-log')]);
    const copy = join(home, 'copy');
    for (const name of ['ledger.db', 'ledger.db-wal']) copyFileSync(join(home, name), `${copy}.${name}`);
    store.close();
    for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm']) rmSync(join(home, name), { force: true });
    for (const name of ['ledger.db', 'ledger.db-wal']) copyFileSync(`${copy}.${name}`, join(home, name));
    appendFileSync(`${file}-wal`, Buffer.alloc(3000, 1));
    const again = openStore(home);
    expect(again.lookUp(['key-in-log']).get('key-in-log')).toHaveLength(1);
    expect(again.notices).toEqual([]);
    again.close();
  });

  it('is set aside with its database', () => {
    writeFileSync(file, 'no database'.repeat(1000));
    writeFileSync(`${file}-wal`, 'no log');
    openAndUse();
    expect(existsSync(join(home, `${setAside()[0]}-wal`))).toBe(true);
  });
});
