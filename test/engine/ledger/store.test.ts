import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reuse } from '../../../app/engine/ledger/cache.ts';
import { storeHome } from '../../../app/engine/ledger/home.ts';
import { KeptOutput, outputHash } from '../../../app/engine/ledger/outputs.ts';
import { openStore } from '../../../app/engine/ledger/store.ts';
import type { Store } from '../../../app/engine/ledger/store.ts';
import type { HashedInput } from '../../../app/engine/ledger/types.ts';
import { InputError } from '../../../toolchains/contract.ts';
import { attempt, description, entry, limits, obligation, unitRecord } from './samples.ts';

const request = { limits, toolSet: 'tools', installedFingerprints: new Set(['print-z3']) };
const frame = { projects: [], assumptions: [], uncovered: [{ file: 'x', why: 'no tool reads it' }], tools: [], machine: { cores: 2 }, obligations: [] };

let home: string;
let store: Store;
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'assay-store-')); store = openStore(home); });
afterEach(() => { store.close(); rmSync(home, { recursive: true, force: true }); });

describe('a run', () => {
  it('is read back whole, with its outputs, after the store was opened again', () => {
    const run = store.startRun(description());
    const large = randomBytes(300_000);
    const shared = attempt(large);
    expect(store.record(run.id, [{ ...unitRecord('a'), entries: [entry('a', undefined, [shared]), entry('b', { kind: 'refuted' }, [shared, attempt('')])] }])).toEqual({ kept: true });
    store.saveFrame(run.id, { ...frame, obligations: [obligation('a'), obligation('b'), obligation('c')] });
    expect(store.finishRun(run.id, { outcome: 'finished', seconds: 2 })).toEqual({ kept: true });
    store.close();
    store = openStore(home);
    const ledger = store.readLedger(run.id);
    expect(ledger?.run).toMatchObject({ id: run.id, outcome: 'finished', seconds: 2, root: '/repository' });
    expect(ledger?.machine).toEqual({ cores: 2 });
    expect(ledger?.uncovered).toEqual(frame.uncovered);
    expect(ledger?.entries.map((item) => [item.obligation.file, item.result.verdict.kind])).toEqual([['a.smt2', 'proved'], ['b.smt2', 'refuted'], ['c.smt2', 'not-run']]);
    const [first, second] = ledger?.entries ?? [];
    expect(first?.result.attempts[0]).toBe(second?.result.attempts[0]); // one attempt, shared
    const output = first?.result.attempts[0]?.outputs[0];
    expect(output).toBeInstanceOf(KeptOutput);
    expect(output?.content.equals(large)).toBe(true);
    expect(store.readOutput(outputHash(output ?? shared.outputs[0]!))?.equals(large)).toBe(true);
    expect(first?.inputs).toEqual(entry('a').inputs);
  });

  it('writes what its obligations share once, though they do not share the object', () => {
    const run = store.startRun(description());
    const names = Array.from({ length: 50 }, (_, index) => `shared${index}`);
    const inputs = (): HashedInput[] => Array.from({ length: 50 }, (_, index) => ({ path: `part${index}.v`, sha256: 'cd'.repeat(32) }));
    store.record(run.id, [{ ...unitRecord('a'), entries: names.map((name) => ({ ...entry(name, undefined, [attempt('one output')]), inputs: inputs() })) }]);
    const database = new Database(join(home, 'ledger.db'));
    expect(database.prepare('SELECT length(body) AS bytes FROM packets').get([])).toMatchObject({ bytes: expect.closeTo(27_000, -4) as number });
    database.close();
    const ledger = store.readLedger(run.id);
    expect(ledger?.entries).toHaveLength(50);
    for (const item of ledger?.entries ?? []) expect(item.inputs).toEqual(inputs());
  });

  it('keeps the last report of an obligation', () => {
    const run = store.startRun(description());
    store.record(run.id, [unitRecord('a', { kind: 'unknown', reason: 'first try' })]);
    store.record(run.id, [unitRecord('a', { kind: 'proved' })]);
    expect(store.readLedger(run.id)?.entries.map((item) => item.result.verdict.kind)).toEqual(['proved']);
    expect(store.history(obligation('a').id).map((item) => item.kind)).toEqual(['proved', 'unknown']);
    expect(store.latestVerdicts('/repository').get(obligation('a').id)).toMatchObject({ kind: 'proved' });
  });

  it('stores a large output once and off the main thread when prepared', async () => {
    const run = store.startRun(description());
    const proof = attempt(Buffer.from('d 1 2 3 0\n'.repeat(200_000)));
    await store.prepare([entry('a', undefined, [proof]).result]);
    store.record(run.id, [unitRecord('a', undefined, [proof]), unitRecord('b', undefined, [proof])]);
    const output = store.readLedger(run.id)?.entries[1]?.result.attempts[0]?.outputs[0];
    expect(output?.content.equals(proof.outputs[0]!.content)).toBe(true);
  });

  it('lists runs of a root, the newest first', () => {
    const one = store.startRun(description('/one'), 'id-one');
    const two = store.startRun(description('/one'), 'id-one');
    store.startRun(description('/other'), 'id-other');
    expect(store.listRuns('/one').map((run) => run.id)).toEqual([two.id, one.id]);
    expect(store.listRuns('id-one')).toHaveLength(2);
    expect(store.listRuns()).toHaveLength(3);
    expect(store.readLedger('nothing')).toBeUndefined();
  });
});

describe('a run that was not ended', () => {
  it('is interrupted once its process is gone, and not before', () => {
    const run = store.startRun(description());
    const other = openStore(home);
    expect(other.listRuns()[0]?.outcome).toBe('running');
    const database = new Database(join(home, 'ledger.db'));
    database.exec(`UPDATE processes SET identity = json_set(identity, '$.start', '1')`); // the number was given to another process
    database.close();
    expect(other.listRuns()[0]).toMatchObject({ id: run.id, outcome: 'interrupted' });
    other.close();
  });

  it('of a machine that cannot be asked is interrupted after a long silence', () => {
    store.startRun(description());
    const database = new Database(join(home, 'ledger.db'));
    const other = openStore(home);
    database.exec(`UPDATE processes SET identity = json_set(identity, '$.space', 'pid:[1]'), heartbeat = heartbeat - 20000`);
    expect(other.listRuns()[0]?.outcome).toBe('running');
    database.exec(`UPDATE processes SET heartbeat = heartbeat - 20000`);
    expect(other.listRuns()[0]?.outcome).toBe('interrupted');
    database.close();
    other.close();
  });
});

describe('the cache', () => {
  it('hands out what an earlier run found, and the later run lists it as cached', () => {
    const first = store.startRun(description());
    store.record(first.id, [unitRecord('a'), { ...unitRecord('b'), entries: [entry('b'), entry('b2'), entry('b3')] }]);
    const second = store.startRun(description());
    const known = store.lookUp(['key-a', 'key-b', 'key-c']);
    expect([...known.keys()].sort()).toEqual(['key-a', 'key-b']);
    const taken = [...known.values()].flatMap((list) => [...reuse(list, request).values()]).filter((cached) => cached.obligation.id !== obligation('b2').id);
    expect(taken).toHaveLength(3);
    expect(taken[0]?.usedTools).toEqual(['print-z3']);
    store.record(second.id, [], taken);
    const ledger = store.readLedger(second.id);
    expect(ledger?.entries.map((item) => [item.obligation.file, item.cached])).toEqual([['a.smt2', true], ['b.smt2', true], ['b3.smt2', true]]);
    expect(ledger?.entries[0]?.result.attempts[0]?.outputs[0]?.content.toString()).toBe('unsat a\n');
    expect(store.history(obligation('a').id).map((item) => [item.run, item.cached])).toEqual([[second.id, true], [first.id, false]]);
  });

  it('does not hand out what was marked as not cacheable, stale or void', () => {
    const run = store.startRun(description());
    store.record(run.id, [unitRecord('a', undefined, undefined, { cacheable: false }), { ...unitRecord('b'), entries: [{ ...entry('b'), stale: true }] }, unitRecord('c')]);
    expect(store.voidEntry('key-c', { reason: 'refuted on re-check', at: 'now', run: run.id })).toEqual({ kept: true });
    expect([...store.lookUp(['key-a', 'key-b', 'key-c']).values()].flat()).toEqual([]);
    expect(store.history(obligation('c').id)[0]?.voided).toMatchObject({ reason: 'refuted on re-check' });
    expect(store.readLedger(run.id)?.entries[2]?.voided).toMatchObject({ run: run.id });
    expect(store.notices.some((notice) => notice.message.includes('re-check'))).toBe(true);
  });

  it('believes no kept result whose text was changed in the file', () => {
    const run = store.startRun(description());
    store.record(run.id, [unitRecord('a', { kind: 'refuted' })]);
    const other = new Database(join(home, 'ledger.db'));
    other.exec(`UPDATE packets SET body = replace(body, 'refuted', 'proved')`);
    other.close();
    expect(store.lookUp(['key-a']).get('key-a') ?? []).toEqual([]);
    expect(store.readLedger(run.id)?.entries).toEqual([]);
    expect(store.notices.some((notice) => notice.message.includes('digest'))).toBe(true);
  });

  it('hands out no output whose bytes were changed', () => {
    const run = store.startRun(description());
    const large = attempt(randomBytes(300_000));
    store.record(run.id, [unitRecord('a', undefined, [large])]);
    const hash = outputHash(large.outputs[0]!);
    writeFileSync(join(home, 'outputs', hash.slice(0, 2), `${hash}.gz`), 'something else');
    expect(store.readOutput(hash)).toBeUndefined();
    expect(store.notices.some((notice) => notice.message.includes(hash))).toBe(true);
    store.record(run.id, [unitRecord('b', undefined, [large])]);
    expect(store.readOutput(hash)?.equals(large.outputs[0]!.content)).toBe(true);
    expect(readdirSync(join(home, 'outputs', hash.slice(0, 2)))).toHaveLength(1);
  });
});

describe('the file', () => {
  it('of a newer Assay is refused, with the remedy', () => {
    store.close();
    const other = new Database(join(home, 'ledger.db'));
    other.exec('PRAGMA user_version = 99');
    other.close();
    expect(() => openStore(home)).toThrow(InputError);
    expect(() => openStore(home)).toThrow(/ledger\.db.*newer Assay.*ASSAY_HOME/);
    const again = new Database(join(home, 'ledger.db'));
    again.exec('PRAGMA user_version = 1');
    again.close();
    store = openStore(home);
  });

  it('that is moved away in use is begun anew, and the run goes on', () => {
    const run = store.startRun(description());
    store.record(run.id, [unitRecord('a')]);
    for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true });
    expect(store.record(run.id, [unitRecord('b')])).toEqual({ kept: true });
    expect(store.notices.some((notice) => notice.message.includes('moved away'))).toBe(true);
    store.close();
    store = openStore(home);
    expect(store.readLedger(run.id)?.entries.map((item) => item.obligation.file)).toEqual(['b.smt2']);
  });

  it('that somebody holds for long delays what is recorded, and loses nothing', () => {
    const run = store.startRun(description());
    const other = new Database(join(home, 'ledger.db'));
    other.exec('BEGIN IMMEDIATE');
    const refused = store.record(run.id, [unitRecord('a')]);
    expect(refused).toMatchObject({ kept: false, problem: { kind: 'busy', file: join(home, 'ledger.db') } });
    const begun = Date.now();
    expect(store.record(run.id, [unitRecord('b')]).kept).toBe(false);
    expect(Date.now() - begun).toBeLessThan(2000); // does not wait again at once
    expect(store.readLedger(run.id)?.entries).toHaveLength(2);
    other.exec('ROLLBACK');
    other.close();
    expect(store.finishRun(run.id, { outcome: 'finished', seconds: 1 })).toEqual({ kept: true });
    store.close();
    store = openStore(home);
    expect(store.readLedger(run.id)?.entries).toHaveLength(2);
  });

  it('that another process set aside is followed to its successor', () => {
    const run = store.startRun(description());
    store.record(run.id, [unitRecord('a')]);
    for (const name of readdirSync(home)) renameSync(join(home, name), join(home, `aside-${name}`));
    const other = openStore(home);
    expect(store.record(run.id, [unitRecord('b')])).toEqual({ kept: true });
    expect(other.readLedger(run.id)?.entries.map((item) => item.obligation.file)).toEqual(['b.smt2']);
    expect(other.listRuns().map((item) => item.outcome)).toEqual(['running']);
    other.close();
  });

  it('lives in the data folder of the platform', () => {
    expect(storeHome({}, 'linux', '/home/u')).toBe('/home/u/.local/share/assay');
    expect(storeHome({ XDG_DATA_HOME: '/data' }, 'linux', '/home/u')).toBe('/data/assay');
    expect(storeHome({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/u')).toBe('/home/u/.local/share/assay');
    expect(storeHome({}, 'darwin', '/Users/u')).toBe('/Users/u/Library/Application Support/Assay');
    expect(storeHome({ ASSAY_HOME: '/elsewhere' }, 'darwin', '/Users/u')).toBe('/elsewhere');
  });
});

describe('memory', () => {
  it('keeps values and learned times over runs', () => {
    store.memory.set('outline:1', '{"a":1}');
    store.memory.learn('z3 a', { seconds: 4, memoryMb: 100, outcome: 'proved' });
    store.memory.learn('z3 a', { seconds: 2, memoryMb: 50, outcome: 'timeout' });
    expect(store.memory.get('outline:1')).toBe('{"a":1}');
    store.close();
    store = openStore(home);
    expect(store.memory.getAll(['outline:1', 'outline:2'])).toEqual(new Map([['outline:1', '{"a":1}']]));
    expect(store.memory.learned(['z3 a', 'z3 b'])).toEqual(new Map([['z3 a', { seconds: 3, memoryMb: 90, outcome: 'timeout', samples: 2 }]]));
  });

  it('believes no value that was changed in the file', () => {
    store.memory.set('outline:1', 'three obligations');
    store.memory.flush();
    const other = new Database(join(home, 'ledger.db'));
    other.exec(`UPDATE memory SET value = 'two obligations'`);
    other.close();
    store.close();
    store = openStore(home);
    expect(store.memory.get('outline:1')).toBeUndefined();
  });
});
