/**
 * A folder of this process alone under Assay's own, for unpacked archives. The name says whose it is, so that
 * the next process removes what a killed one left.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { printable } from './printable.ts';
import { isDiskFull, reasonOf } from './system-errors.ts';

export interface PrivateFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Of another machine that shares the home folder we cannot see the processes: its folders are removed by age. */
const FOREIGN_AGE_MS = 7 * 24 * 3_600_000;

export function makePrivateFolder(home: string): PrivateFolder {
  const parent = join(home, 'unpacked');
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    removeStale(parent);
    const path = join(realpathSync(parent), `${owner(process.pid)}.${randomBytes(6).toString('hex')}`);
    mkdirSync(path, { mode: 0o700 });
    return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
  } catch (error) {
    const remedy = isDiskFull(error) ? 'Make room there' : 'Set ASSAY_HOME to a folder that you may write';
    throw new InputError(printable(parent), `cannot be used for unpacking: ${reasonOf(error)}`, remedy);
  }
}

function removeStale(parent: string): void {
  for (const name of readdirSync(parent)) {
    const match = /^(.+)\.(\d+)\.(\d+)\.[0-9a-f]{12}$/.exec(name);
    if (!match) continue;
    const path = join(parent, name);
    try {
      const stale = match[1] === host() ? owner(Number(match[2])) !== name.slice(0, name.lastIndexOf('.')) : Date.now() - statSync(path).mtimeMs > FOREIGN_AGE_MS;
      if (stale) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it at the same time, or it is not ours to remove.
    }
  }
}

const host = (): string => hostname().replaceAll(/[^A-Za-z0-9-]/g, '_') || 'host';

/** Machine, process and its start time, since process numbers are used again; "gone" where there is no such process. */
function owner(pid: number): string {
  return `${host()}.${isRunning(pid) ? `${pid}.${startTicks(pid)}` : 'gone'}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat (proc(5)), in clock ticks since boot; 0 where there is no /proc. */
function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}
