/** A disk that refuses: the run goes on in memory, says what was not kept and where, and keeps what it can. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../app/engine/ledger/store.ts';
import { buildDriver, ended, start } from './build.ts';
import { description, letGo, unitRecord } from './samples.ts';

interface Line { readonly name: string; readonly kept: boolean; readonly kind?: string; readonly message?: string }
interface Summary { readonly run: string; readonly entries: number; readonly ended: { readonly kept: boolean }; readonly notices: readonly { readonly file: string; readonly message: string }[] }

const canMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'assay-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe]).status === 0;
  if (mounted) execFileSync('umount', [probe]);
  rmSync(probe, { recursive: true });
  return mounted;
})();

let driver: string;
let home: string;
beforeAll(async () => { driver = await buildDriver('full'); });
afterAll(() => rmSync(driver, { force: true }));
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'assay-full-')); });
afterEach(() => rmSync(home, { recursive: true, force: true }));

function parsed(output: string): { readonly lines: readonly Line[]; readonly summary: Summary } {
  const rows = output.trim().split('\n').map((row) => JSON.parse(row) as unknown);
  return { lines: rows.slice(0, -1) as Line[], summary: rows.at(-1) as Summary };
}

function checkRefused(output: string, place: string): void {
  const { lines, summary } = parsed(output);
  const refused = lines.filter((line) => !line.kept);
  expect(refused.length).toBeGreaterThan(0);
  expect(lines.filter((line) => line.kept).length).toBeGreaterThan(0);
  for (const line of refused) expect(line.message).toContain(place);
  expect(summary.entries).toBe(lines.length); // the ledger is whole all the same
  expect(summary.ended.kept).toBe(false);
  expect(summary.notices.length).toBeGreaterThan(0);
}

describe('a disk that is full', () => {
  it.skipIf(!canMount)('stops no run and loses nothing that was kept (needs root and mount)', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', home]);
    try {
      const { output, code } = await ended(start(driver, 'fill', home));
      expect(code).toBe(0);
      checkRefused(output, home);
      const { lines, summary } = parsed(output);
      expect(lines.find((line) => !line.kept)?.kind).toBe('full');
      const store = openStore(home);
      const found = new Set(store.readLedger(summary.run)?.entries.map((entry) => entry.obligation.file.replace('.smt2', '')));
      for (const line of lines.filter((item) => item.kept)) expect(found.has(line.name)).toBe(true);
      store.close();
    } finally { execFileSync('umount', ['-l', home]); }
  });

  it.skipIf(process.platform === 'win32')('or a limit on file size is met the same way', async () => {
    const { status, stdout } = spawnSync('bash', ['-c', 'ulimit -f 300; exec "$0" "$@"', process.execPath, driver, 'fill', home], { encoding: 'utf8' });
    expect(status).toBe(0);
    checkRefused(stdout, home);
  });
});

describe('a folder that cannot be written', () => {
  it.skipIf(!canMount)('is said, and the run is kept in memory (needs root and mount)', () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', home]);
    try { checkInMemory(home); } finally { execFileSync('umount', ['-l', home]); }
  });

  it('because a file stands in its place is said too', () => {
    writeFileSync(join(home, 'store'), 'a file');
    checkInMemory(join(home, 'store'));
    mkdirSync(join(home, 'other', 'ledger.db'), { recursive: true });
    checkInMemory(join(home, 'other'));
  });

  it.skipIf(!canMount)('still gives what it holds (needs root and mount)', async () => {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', home]);
    try {
      const store = openStore(home);
      const run = store.startRun(description());
      store.record(run.id, [unitRecord('a')]);
      store.finishRun(run.id, { outcome: 'finished', seconds: 1 });
      store.close();
      await letGo();
      execFileSync('mount', ['-o', 'remount,ro', home]);
      const reader = openStore(home);
      expect(reader.kept).toBe(false);
      expect(reader.lookUp(['key-a']).get('key-a')).toHaveLength(1);
      expect(reader.readLedger(run.id)?.entries).toHaveLength(1);
      const next = reader.startRun(description());
      expect(reader.record(next.id, [unitRecord('b')]).kept).toBe(false);
      expect(reader.readLedger(next.id)?.entries).toHaveLength(1);
      reader.close();
    } finally { execFileSync('umount', ['-l', home]); }
  });
});

function checkInMemory(place: string): void {
  const store = openStore(place);
  expect(store.kept).toBe(false);
  expect(store.notices.map((notice) => notice.message).join()).toContain(place);
  const run = store.startRun(description());
  expect(store.record(run.id, [unitRecord('a')])).toMatchObject({ kept: false });
  expect(store.readLedger(run.id)?.entries).toHaveLength(1);
  expect(store.lookUp(['key-a']).get('key-a')).toHaveLength(1);
  expect(store.finishRun(run.id, { outcome: 'finished', seconds: 1 })).toMatchObject({ kept: false });
  store.close();
}
