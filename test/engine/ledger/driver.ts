/**
 * A program that uses the store as the engine does; the tests run several of it at once and kill them.
 * Arguments: what to do, the store's home, then what the action needs. Prints one line per finished step.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reuse } from '../../../app/engine/ledger/cache.ts';
import { openStore } from '../../../app/engine/ledger/store.ts';
import { attempt, description, limits, unitRecord } from './samples.ts';

const [action, home = '', ...rest] = process.argv.slice(2);
const request = { limits, toolSet: 'tools', installedFingerprints: new Set(['print-z3']) };

/** Records verdicts for ever, saying each name only after `record` returned. */
async function write(prefix: string): Promise<void> {
  const store = openStore(home);
  const run = store.startRun(description());
  process.stdout.write(`run ${run.id}\n`);
  for (let index = 0; ; index++) {
    const names = [`${prefix}-${index}a`, `${prefix}-${index}b`];
    const proof = attempt(Buffer.from(`${prefix} ${index} `.repeat(index % 5 === 0 ? 40_000 : 10)));
    const kept = store.record(run.id, names.map((name) => unitRecord(name, { kind: index % 2 ? 'refuted' : 'proved' }, [attempt(`unsat ${name}`), proof])));
    if (kept.kept) process.stdout.write(`${names[0]}\n${names[1]}\n`);
    if (index % 7 === 0) await sleep(1);
  }
}

/** Does the units 0…count−1 as the engine does: lease, look up, work, record, release. */
async function work(journal: string, count: number, backwards: boolean): Promise<void> {
  const store = openStore(home);
  const run = store.startRun(description());
  const one = async (index: number): Promise<void> => {
    const key = `key-unit${index}`;
    const taken = (): boolean => {
      const known = reuse(store.lookUp([key]).get(key) ?? [], request);
      if (known.size > 0) store.record(run.id, [], [...known.values()]);
      return known.size > 0;
    };
    if (taken()) return;
    const lease = await store.leases.acquire(key);
    try {
      if (lease.waited && taken()) return;
      const giveBack = await store.cores.acquire(1, 2);
      try {
        const mark = join(journal, `core.${process.pid}.${index}`);
        writeFileSync(mark, '');
        appendFileSync(join(journal, 'jobs'), `${index} ${process.pid}\n`);
        await sleep(5 + (index * 7) % 20);
        rmSync(mark);
        store.record(run.id, [unitRecord(`unit${index}`)]);
        appendFileSync(join(journal, 'done'), `${index} ${process.pid}\n`);
      } finally { giveBack(); }
    } finally { lease.release(); }
  };
  process.stdout.write('started\n');
  while (!existsSync(join(journal, 'go'))) await sleep(2);
  const queue = Array.from({ length: count }, (_, index) => (backwards ? count - 1 - index : index));
  await Promise.all(Array.from({ length: 6 }, async () => { for (let index = queue.shift(); index !== undefined; index = queue.shift()) await one(index); }));
  store.finishRun(run.id, { outcome: 'finished', seconds: 1 });
  process.stdout.write(`finished ${run.id}\n`);
  store.close();
}

/** Records until the disk refuses, then goes on; prints what the store said. */
async function fill(): Promise<void> {
  const store = openStore(home);
  const run = store.startRun(description());
  const lines: string[] = [];
  for (let index = 0; index < 60; index++) {
    const noise = attempt(Buffer.from(Array.from({ length: 30_000 }, (_, at) => Math.imul(at + index * 31_337, 2_654_435_761) >>> 24)));
    const kept = store.record(run.id, [unitRecord(`fill${index}`, undefined, [noise])]);
    lines.push(JSON.stringify(kept.kept ? { name: `fill${index}`, kept: true } : { name: `fill${index}`, kept: false, kind: kept.problem.kind, message: kept.problem.message }));
  }
  const ended = store.finishRun(run.id, { outcome: 'finished', seconds: 1 });
  process.stdout.write(`${lines.join('\n')}\n${JSON.stringify({ run: run.id, entries: store.readLedger(run.id)?.entries.length, ended, notices: store.notices })}\n`);
  store.close();
}

switch (action) {
  case 'write': await write(rest[0] ?? ''); break;
  case 'work': await work(rest[0] ?? '', Number(rest[1]), rest[2] === 'backwards'); break;
  case 'fill': await fill(); break;
  default: throw new Error(`unknown action ${action}`);
}
