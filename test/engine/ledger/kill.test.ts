/** kill -9 at any moment: no reported verdict is lost, none stands without its evidence, the run is marked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outputHash } from '../../../app/engine/ledger/outputs.ts';
import { openStore } from '../../../app/engine/ledger/store.ts';
import { buildDriver, ended, start } from './build.ts';

let driver: string;
let home: string;
beforeAll(async () => { driver = await buildDriver('kill'); home = mkdtempSync(join(tmpdir(), 'assay-kill-')); });
afterAll(() => { rmSync(home, { recursive: true, force: true }); rmSync(driver, { force: true }); });

const ROUNDS = 8;

it(`loses nothing that was reported over ${ROUNDS} killed processes`, async () => {
  const reported = new Map<string, string[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const child = start(driver, 'write', home, `round${round}`);
    const output = ended(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await sleep((round * 61) % 250);
    child.kill('SIGKILL');
    const lines = (await output).output.split('\n').slice(0, -1);
    const run = lines.find((line) => line.startsWith('run '))?.slice(4);
    if (run) reported.set(run, lines.filter((line) => !line.startsWith('run ')));
  }
  expect(reported.size).toBe(ROUNDS);
  expect([...reported.values()].flat().length).toBeGreaterThan(10);

  const store = openStore(home);
  try {
    expect(store.notices).toEqual([]);
    for (const [run, names] of reported) {
      const ledger = store.readLedger(run);
      expect(ledger?.run.outcome).toBe('interrupted');
      const found = new Map(ledger?.entries.map((entry) => [entry.obligation.file.replace('.smt2', ''), entry]));
      for (const name of names) expect(found.has(name), `${name} was reported`).toBe(true);
      for (const [name, entry] of found) {
        expect(entry.result.attempts).toHaveLength(2);
        expect(entry.result.verdict.kind).toBe(Number(/-(\d+)/.exec(name)?.[1]) % 2 ? 'refuted' : 'proved');
        for (const output of entry.result.attempts.flatMap((attempt) => attempt.outputs)) {
          expect(store.readOutput(outputHash(output))?.length, `evidence of ${name}`).toBe(output.bytes);
        }
      }
    }
  } finally { store.close(); }
  const database = new Database(join(home, 'ledger.db'));
  expect(database.prepare('PRAGMA integrity_check').all([])).toEqual([{ integrity_check: 'ok' }]);
  expect(database.prepare('SELECT count(*) AS count FROM processes').get([])).toMatchObject({ count: 0 });
  database.close();
});
