/**
 * Who a process is, so that another one can say later whether it still lives. A process id alone is reused;
 * with the start time and the boot it is exact, where both look from the same pid namespace of a Linux
 * machine. Elsewhere a heartbeat decides.
 */
import { readFileSync, readlinkSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot (Linux); "" where unknown. */
  readonly start: string;
  readonly boot: string;
  /** The pid namespace: a container counts its processes from 1. */
  readonly space: string;
}

/** Without an exact answer a process counts as dead after this silence. A heartbeat comes every 2 s. */
const SILENCE_MILLISECONDS = 30_000;

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, start: startOf(process.pid) ?? '', boot: bootId(), space: pidSpace() };
}

/** @param heartbeat milliseconds since the epoch */
export function isAlive(other: ProcessIdentity, heartbeat: number, now: number = Date.now()): boolean {
  if (other.boot !== '' && other.start !== '' && other.boot === bootId() && other.space === pidSpace()) return startOf(other.pid) === other.start;
  return Math.abs(now - heartbeat) < SILENCE_MILLISECONDS;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets. A zombie has ended. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

let boot: string | undefined;
function bootId(): string {
  return boot ??= readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

let space: string | undefined;
function pidSpace(): string {
  if (space !== undefined) return space;
  try { return space = readlinkSync('/proc/self/ns/pid'); } catch { return space = ''; }
}

function readText(path: string): string | undefined {
  try { return readFileSync(path, 'utf8'); } catch { return undefined; }
}
