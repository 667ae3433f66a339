/** Two processes on one store: no job twice, no verdict lost, no more cores than there are; one may be killed. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../app/engine/ledger/store.ts';
import { buildDriver, ended, start } from './build.ts';

let driver: string;
let home: string;
let journal: string;
beforeAll(async () => { driver = await buildDriver('two'); });
afterAll(() => rmSync(driver, { force: true }));
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'assay-two-')); mkdirSync(journal = join(home, 'journal')); });
afterEach(() => rmSync(home, { recursive: true, force: true }));

const COUNT = 60;
const go = (): void => writeFileSync(join(journal, 'go'), '');
const ready = (child: ChildProcessWithoutNullStreams): Promise<unknown> => new Promise((resolve) => child.stdout.once('data', resolve));
const indices = (file: string): number[] => readFileSync(join(journal, file), 'utf8').trim().split('\n').map((line) => Number(line.split(' ')[0])).sort((a, b) => a - b);
const all = Array.from({ length: COUNT }, (_, index) => index);

describe('two processes at once', () => {
  it('share the work: every unit is done once, both ledgers are whole, cores are not exceeded', async () => {
    const children = [start(driver, 'work', home, journal, String(COUNT)), start(driver, 'work', home, journal, String(COUNT), 'backwards')];
    const outputs = Promise.all(children.map(ended));
    await Promise.all(children.map(ready));
    go();
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, readdirSync(journal).filter((name) => name.startsWith('core.')).length); }, 2);
    const finished = await outputs;
    clearInterval(watch);
    expect(finished.map((output) => output.code)).toEqual([0, 0]);
    expect(indices('jobs')).toEqual(all);
    expect(most).toBeLessThanOrEqual(2);
    const workers = new Set(readFileSync(join(journal, 'jobs'), 'utf8').trim().split('\n').map((line) => line.split(' ')[1]));
    expect(workers.size).toBe(2); // each got some
    const store = openStore(home);
    const runs = store.listRuns();
    expect(runs.map((run) => run.outcome)).toEqual(['finished', 'finished']);
    for (const run of runs) expect(store.readLedger(run.id)?.entries).toHaveLength(COUNT);
    store.close();
  });

  it('of which one is killed: the other takes its units over and ends whole', async () => {
    const killed = start(driver, 'work', home, journal, String(COUNT));
    const other = start(driver, 'work', home, journal, String(COUNT));
    const output = ended(other);
    await Promise.all([ready(killed), ready(other)]);
    go();
    while (!existsSync(join(journal, 'jobs')) || indices('jobs').length < COUNT / 4) await sleep(2);
    killed.kill('SIGKILL');
    expect((await output).code).toBe(0);
    const done = indices('done');
    const jobs = indices('jobs');
    // At most the killed one's two cores were cut short after they had begun; their verdict may be there already.
    expect(jobs.length - COUNT).toBeLessThanOrEqual(2);
    expect(new Set(jobs).size).toBe(COUNT);
    expect(new Set(done).size).toBeGreaterThanOrEqual(COUNT - 2);
    const store = openStore(home);
    const finished = store.listRuns().filter((run) => run.outcome === 'finished');
    expect(finished).toHaveLength(1);
    expect(store.readLedger(finished[0]!.id)?.entries).toHaveLength(COUNT);
    expect(store.listRuns().filter((run) => run.outcome === 'interrupted')).toHaveLength(1);
    store.close();
  });
});

describe('leases within one process', () => {
  it('make the second wait, say so, and can be given up', async () => {
    const one = openStore(home);
    const two = openStore(home);
    const first = await one.leases.acquire('unit');
    expect(first.waited).toBe(false);
    let second = false;
    const waiting = two.leases.acquire('unit').then((lease) => { second = true; return lease; });
    const same = one.leases.acquire('unit');
    const aborted = new AbortController();
    const given = two.leases.acquire('unit', aborted.signal);
    aborted.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await sleep(200);
    expect(second).toBe(false);
    first.release();
    first.release();
    const next = await Promise.race([waiting, same]);
    expect(next.waited).toBe(true);
    next.release();
    (await waiting).release();
    (await same).release();
    one.close();
    two.close();
  });

  it('of cores never exceed the machine and give everyone a turn', async () => {
    const stores = [openStore(home), openStore(home), openStore(home)];
    let used = 0;
    let most = 0;
    const counts = stores.map(() => 0);
    await Promise.all(stores.flatMap((store, who) => Array.from({ length: 12 }, async (_, index) => {
      const cores = index % 4 === 3 ? 2 : 1;
      const giveBack = await store.cores.acquire(cores, 2);
      used += cores;
      most = Math.max(most, used);
      counts[who]!++;
      await sleep(3);
      used -= cores;
      giveBack();
    })));
    expect(most).toBe(2);
    expect(counts).toEqual([12, 12, 12]);
    for (const store of stores) store.close();
  });

  it('of cores are all given to one alone, without waiting for anybody', async () => {
    const store = openStore(home);
    const held = await Promise.all([store.cores.acquire(1, 4), store.cores.acquire(2, 4), store.cores.acquire(1, 4)]);
    expect(store.cores.granted).toBe(4);
    const aborted = new AbortController();
    const waiting = store.cores.acquire(1, 4, aborted.signal);
    aborted.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    for (const giveBack of held) giveBack();
    store.close();
  });
});
