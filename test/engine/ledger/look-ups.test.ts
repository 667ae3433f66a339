/** A whole repository's look-up is kept as one text: never in place of something newer, voided or damaged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outputHash } from '../../../app/engine/ledger/outputs.ts';
import { openStore, type Store } from '../../../app/engine/ledger/store.ts';
import type { CachedResult } from '../../../app/engine/ledger/types.ts';
import { description, unitRecord } from './samples.ts';

const COUNT = 150;
const names = Array.from({ length: COUNT }, (_, index) => `file${index}`);
const keys = names.map((name) => `key-${name}`);

let home: string, store: Store;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'assay-look-ups-'));
  store = openStore(home);
  store.record(store.startRun(description()).id, names.map((name) => unitRecord(name)));
});
afterEach(() => { store.close(); rmSync(home, { recursive: true, force: true }); });

const all = (): CachedResult[] => [...store.lookUp(keys, '/repository').values()].flat();
function inFile<Value>(body: (database: Database.Database) => Value): Value {
  const database = new Database(join(home, 'ledger.db'));
  try { return body(database); } finally { database.close(); }
}
const keptTexts = (): number => inFile((database) => (database.prepare(`SELECT count(*) AS count FROM memory WHERE key LIKE 'look-up %'`).get() as { count: number }).count);

it('gives the same as the rows, with the attempts when they are asked for', () => {
  const fromRows = all();
  expect(keptTexts()).toBe(1);
  // What stands in the rows is not looked at now.
  inFile((database) => { database.exec('UPDATE packets SET unit_key = unit_key || unit_key'); });
  const fromText = all();
  expect(fromText).toHaveLength(COUNT);
  inFile((database) => { database.exec('UPDATE packets SET unit_key = substr(unit_key, 1, length(unit_key) / 2)'); });
  const seventh = fromText.find((cached) => cached.unitKey === 'key-file7');
  expect(seventh?.result.attempts[0]?.outputs[0]?.content.toString()).toBe('unsat file7\n');
  expect(JSON.stringify(fromText)).toBe(JSON.stringify(fromRows));
});

it('gives way to a newer packet', () => {
  all();
  store.record(store.startRun(description()).id, [unitRecord('file3', { kind: 'refuted' })]);
  expect(store.lookUp(keys, '/repository').get('key-file3')?.map((cached) => cached.result.verdict.kind)).toEqual(['refuted', 'proved']);
});

it('is gone with a voided packet', () => {
  all();
  store.voidEntry('key-file3', { reason: 'a re-check', at: 'now', run: 'r' });
  expect(keptTexts()).toBe(0);
  expect(all()).toHaveLength(COUNT - 1);
});

it('is not believed where its text was changed', () => {
  all();
  inFile((database) => { database.exec(`UPDATE memory SET value = replace(value, 'proved', 'covered') WHERE key LIKE 'look-up %'`); });
  expect(new Set(all().map((cached) => cached.result.verdict.kind))).toEqual(new Set(['proved']));
});

it('and a packet whose attempts turn out damaged is not taken over again', () => {
  all();
  inFile((database) => { database.exec(`UPDATE packets SET body = replace(body, '/usr/bin/z3', '/usr/bin/z4') WHERE unit_key = 'key-file3'`); });
  const damaged = all().find((cached) => cached.unitKey === 'key-file3');
  expect(damaged?.result.attempts).toEqual([]);
  expect(store.notices.some((notice) => notice.message.includes('digest'))).toBe(true);
  expect(all().some((cached) => cached.unitKey === 'key-file3')).toBe(false);
});

it('is gone with evidence that turned out damaged, by whoever read it', () => {
  const run = store.startRun(description()).id;
  const before = all();
  store.record(run, [], before);
  inFile((database) => { database.exec(`UPDATE outputs SET content = x'00' WHERE sha256 = '${outputHash(before[0]!.result.attempts[0]!.outputs[0]!)}'`); });
  const damaged = before[0]!.obligation.id;
  expect(store.readEntry(damaged, { run })?.result.attempts[0]?.outputs[0]?.content.length).toBe(0);
  expect(keptTexts()).toBe(0);
  expect(all()).toHaveLength(COUNT - 1);
  expect(store.readEntry(damaged, { run })?.voided?.reason).toBe('its evidence is damaged');
});

it('says which of its packets are whole, and the others are void from then on', () => {
  const before = all();
  const packets = new Set(before.map((cached) => cached.source.packet));
  expect(store.whole(packets)).toEqual(packets);
  inFile((database) => { database.exec(`DELETE FROM outputs WHERE rowid = 1; UPDATE packets SET body = replace(body, 'unsat', 'unsat ') WHERE id = ${before[9]!.source.packet}`); });
  expect(store.whole(packets).size).toBe(COUNT - 2);
  expect(all()).toHaveLength(COUNT - 2);
});
