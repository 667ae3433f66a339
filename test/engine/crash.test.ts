import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOptions, root } from '../../app/build.mjs';
import { openStore } from '../../app/engine/ledger/store.ts';

/** "20 rounds in npm test, 100 in npm run test:long". */
const ROUNDS = process.env.ASSAY_LONG ? 100 : 20;
const FILES = 24;

let scratch = '', program = '', folder = '';
/** File number even: satisfiable (refuted); odd: unsatisfiable (proved). */
const truth = (id: string): string => (Number(/f(\d+)/.exec(id)![1]) % 2 === 0 ? 'refuted' : 'proved');

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'assay-crash-'));
  // In the checkout, so that packages and the built worker programs are found.
  program = join(root, '.assay', `crash-driver.${process.pid}.mjs`);
  await build({ ...bundleOptions, entryPoints: [join(root, 'test/engine/crash-driver.ts')], outfile: program } as Parameters<typeof build>[0]);
  folder = join(scratch, 'files');
  mkdirSync(folder);
  for (let file = 0; file < FILES; file++) writeFileSync(join(folder, `f${file}.cnf`), formula(file));
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(program, { force: true });
});

/** Numbers make each file's content its own, so that each has its own place in the cache. */
function formula(file: number): string {
  const clauses = file % 2 === 0 ? ['1 2 0', '-1 3 0', `${file + 4} 0`] : ['1 2 0', '-1 2 0', '1 -2 0', '-1 -2 0', `${file + 4} 0`];
  return `p cnf ${FILES + 4} ${clauses.length}\n${clauses.join('\n')}\n`;
}

interface Told { readonly id: string; readonly kind: string; readonly cached: boolean }

/** When to kill it: so many milliseconds after so many lines were told of. */
interface Moment { readonly lines: number; readonly milliseconds: number }

/** Runs the driver, kills it at that moment (never where undefined), and returns the whole lines that it wrote. */
function drive(home: string, moment?: Moment): Promise<{ told: Told[]; ended: boolean; how: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, home], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    const aim = (): void => {
      if (!moment || timer || text.split('\n').length - 1 < moment.lines) return;
      timer = setTimeout(() => child.kill('SIGKILL'), moment.milliseconds);
    };
    child.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); aim(); });
    child.on('error', reject);
    aim();
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const lines = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Told & { end?: true });
      resolve({ told: lines.filter((line) => !line.end), ended: lines.some((line) => line.end), how: `code ${code}, signal ${signal}` });
    });
  });
}

describe('Assay killed at random moments', () => {
  it(`loses no verdict that it told of and keeps none that is false, in ${ROUNDS} rounds`, async () => {
    const whole = await measureWholeRun();
    let killed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const home = join(scratch, `home${round}`);
      // One round in three before anything is told of, the others in the midst of it.
      const first = await drive(home, round % 3 === 0 ? { lines: 0, milliseconds: Math.random() * whole } : { lines: Math.ceil(Math.random() * FILES * 0.7), milliseconds: Math.random() * 30 });
      if (!first.ended) killed += 1;
      for (const { id, kind } of first.told) expect(kind, id).toBe(truth(id));
      const store = openStore(home);
      try {
        expect(store.notices, 'the store was found whole').toEqual([]);
        const runs = store.listRuns();
        const entries = runs[0] ? store.readLedger(runs[0].id)!.entries : [];
        const kept = new Map(entries.map((entry) => [entry.obligation.id, entry]));
        for (const { id, kind } of first.told) {
          const entry = kept.get(id);
          expect(entry?.result.verdict.kind, `${id} was told of and is kept`).toBe(kind);
          expect(entry!.result.attempts[0]!.outputs.length, `${id} has its evidence`).toBeGreaterThan(0);
        }
        for (const entry of entries) if (entry.result.verdict.kind !== 'not-run') expect(entry.result.verdict.kind, 'nothing false is kept').toBe(truth(entry.obligation.id));
        if (first.told.length < FILES && runs[0]) expect(runs[0].outcome).toBe('interrupted');
      } finally {
        store.close();
      }
      const second = await drive(home);
      expect(second.ended, `the next run goes through (${second.how})`).toBe(true);
      expect(second.told.map(({ id }) => id).sort()).toHaveLength(FILES);
      const again = new Map(second.told.map((told) => [told.id, told]));
      for (const { id } of first.told) expect(again.get(id)!.cached, `${id} is not checked twice`).toBe(true);
      rmSync(home, { recursive: true, force: true });
    }
    expect(killed, 'the rounds killed it while it worked').toBeGreaterThan(ROUNDS / 4);
    expect(readdirSync('/proc').filter(isDriver), 'no driver is left').toEqual([]);
  }, 1_200_000);
});

async function measureWholeRun(): Promise<number> {
  const started = performance.now();
  expect((await drive(join(scratch, 'home'))).told).toHaveLength(FILES);
  return performance.now() - started;
}

function isDriver(pid: string): boolean {
  try { return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program); } catch { return false; }
}
