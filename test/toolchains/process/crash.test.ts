import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessRequest } from '../../../toolchains/process.ts';
import { alive, identities, LIMITS, programsFolder, temporaryFolder, untilRunning, type Identity } from './programs.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const driver = fileURLToPath(new URL('./driver.mjs', import.meta.url));
const folder = temporaryFolder();
const bundle = join(folder.path, 'process.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'toolchains/process.ts')], outfile: bundle, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error',
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
});
afterAll(() => { folder[Symbol.dispose](); });

/** @param prologue shell text that comes before the stand-in becomes itself */
function drive(requests: readonly Partial<ProcessRequest>[], prologue = ':'): ChildProcess {
  const whole = requests.map((request) => ({ cwd: folder.path, args: [], limits: LIMITS, env: { PATH: process.env.PATH }, ...request }));
  return spawn('/bin/sh', ['-c', `${prologue}; exec "$@"`, 'sh', process.execPath, driver, bundle, JSON.stringify(whole)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A program that tells its pid and waits. */
const sleeper = (file: string): Partial<ProcessRequest> => ({ file: '/bin/sh', args: ['-c', 'echo "$$" >>"$1"; exec sleep 1000', 'sh', file] });

/** Generous: the machine may be busy. What is measured stands in test/bench/cancel.mjs. */
const GONE_MS = 5000;
async function untilGone(those: readonly Identity[]): Promise<Identity[]> {
  const since = Date.now();
  while (alive(those).length > 0 && Date.now() - since < GONE_MS) await new Promise((resolve) => { setTimeout(resolve, 10); });
  return alive(those);
}

/** Those that the stand-in has started. */
function watchdogsOf(assay: ChildProcess): Identity[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
      const field = readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /, '').split(' ');
      return command.includes('assay-watchdog') && Number(field[1]) === assay.pid ? [{ pid: Number(name), start: field[19] ?? '' }] : [];
    } catch { return []; }
  });
}

async function untilWatched(assay: ChildProcess): Promise<Identity[]> {
  for (;;) {
    const own = watchdogsOf(assay);
    if (own.length > 0) return own;
    await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
}

describe.runIf(process.platform === 'linux')('when Assay itself', () => {
  it('is killed, nothing of what it ran is left: groups, daemons, storms', async () => {
    using pids = temporaryFolder();
    const [family, daemon, storm, stubborn] = ['family', 'daemon', 'storm', 'stubborn'].map((name) => join(pids.path, name)) as [string, string, string, string];
    const assay = drive([
      { file: join(programsFolder, 'family.sh'), args: [family] },
      { file: join(programsFolder, 'daemon.sh'), args: [daemon, 'hang'] },
      { file: join(programsFolder, 'storm.sh'), args: [storm] },
      { file: join(programsFolder, 'ignore-signals.sh'), args: [stubborn] },
    ]);
    await Promise.all([untilRunning(family, 4), untilRunning(daemon, 1), untilRunning(storm, 10), untilRunning(stubborn, 1)]);
    const own = watchdogsOf(assay);
    expect(own).toHaveLength(1);
    assay.kill('SIGKILL');
    await once(assay, 'exit');
    expect(await untilGone(own)).toEqual([]); // it ends when its work is done
    for (const file of [family, daemon, storm, stubborn]) expect(identities(file)).toEqual([]);
  });

  it('is killed at any moment of a start, no program gets away', async () => {
    using pids = temporaryFolder();
    for (let round = 0; round < 12; round++) {
      const file = join(pids.path, String(round));
      const assay = drive(Array.from({ length: 6 }, () => sleeper(file)));
      // The watchdog comes just before the first start; the last start follows some milliseconds later.
      const own = await untilWatched(assay);
      await new Promise((resolve) => { setTimeout(resolve, round * 3); });
      assay.kill('SIGKILL');
      await once(assay, 'exit');
      expect(await untilGone(own)).toEqual([]);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      expect(identities(file)).toEqual([]);
    }
  });

  it('is killed where a hard limit forbids the tags, the registered groups are gone', async () => {
    using pids = temporaryFolder();
    const [family, orphans] = [join(pids.path, 'family'), join(pids.path, 'orphans')];
    const assay = drive([
      { file: join(programsFolder, 'orphans.sh'), args: [orphans] },
      { file: join(programsFolder, 'family.sh'), args: [family] },
    ], 'ulimit -m 1000000000');
    await untilRunning(family, 4);
    const own = watchdogsOf(assay);
    expect(own).toHaveLength(1);
    assay.kill('SIGKILL');
    expect(await untilGone(own)).toEqual([]);
    expect([...identities(family), ...identities(orphans)]).toEqual([]);
  });

  it('is killed after its watchdog was, what is started by then is ended by the next one', async () => {
    using pids = temporaryFolder();
    const [first, second] = [join(pids.path, 'first'), join(pids.path, 'second')];
    // The second program starts when the first, a short one, has ended; the driver runs both through one module.
    const assay = drive([sleeper(first), { file: '/bin/sh', args: ['-c', 'while ! test -e "$1"; do sleep 0.02; done', 'sh', join(pids.path, 'go')] }], `export ASSAY_TEST_THEN='${JSON.stringify({ cwd: folder.path, limits: LIMITS, ...sleeper(second) })}'`);
    await untilRunning(first, 1);
    const [dog] = watchdogsOf(assay) as [Identity];
    process.kill(dog.pid, 'SIGKILL');
    expect(await untilGone([dog])).toEqual([]);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    writeFileSync(join(pids.path, 'go'), '');
    await untilRunning(second, 1);
    const own = watchdogsOf(assay);
    expect(own).toHaveLength(1);
    assay.kill('SIGKILL');
    expect(await untilGone(own)).toEqual([]);
    expect([...identities(first), ...identities(second)]).toEqual([]);
  });

  it('ends as it should, its watchdog ends too and does not keep it', async () => {
    const assay = drive([{ file: '/bin/sleep', args: ['0.3'] }]);
    const own = await untilWatched(assay);
    const [code] = await once(assay, 'exit') as [number];
    expect(code).toBe(0);
    expect(await untilGone(own)).toEqual([]);
  });

  it('is stopped for a while, no limit runs meanwhile', async () => {
    using pids = temporaryFolder();
    const file = join(pids.path, 'pids');
    const napper = (seconds: number, wallSeconds: number): Partial<ProcessRequest> =>
      ({ file: '/bin/sh', args: ['-c', 'echo "$$" >>"$1"; exec sleep "$2"', 'sh', file, String(seconds)], limits: { ...LIMITS, wallSeconds } });
    const assay = drive([napper(6, 5), napper(4, 3)]);
    const output: Buffer[] = [];
    assay.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
    await untilRunning(file, 2);
    assay.kill('SIGSTOP');
    await new Promise((resolve) => { setTimeout(resolve, 6500); });
    assay.kill('SIGCONT');
    await once(assay, 'close');
    const [long, short] = JSON.parse(Buffer.concat(output).toString()) as { exit: { reason: string }; seconds: number }[];
    // Both ended during the stop, after more than their limit by the clock on the wall.
    expect(long?.exit.reason).toBe('exited');
    expect(short?.exit.reason).toBe('exited');
    expect(long?.seconds).toBeLessThan(5);
  });
});
