/** The process table from /proc. Synchronous on purpose: some 20 µs a process, and no window between reads. */
import { closeSync, openSync, readSync, readdirSync, readFileSync } from 'node:fs';
import type { ProcessRow, ProcessTable } from './table.ts';
import { tagIn } from './tag.ts';

/** Clock ticks of user space, fixed on every Linux that Node runs on (man 7 time). */
const TICKS_PER_SECOND = 100;
const buffer = Buffer.allocUnsafe(4096);
let pageBytes: number | undefined;

export const linuxTable: ProcessTable = {
  read(skip) {
    const pids: number[] = [];
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (Number.isInteger(pid)) pids.push(pid);
    }
    if (skip.size > 0) {
      const here = new Set(pids);
      for (const pid of skip) if (!here.has(pid)) skip.delete(pid);
    }
    const rows: ProcessRow[] = [];
    for (const pid of pids) {
      if (skip.has(pid)) continue;
      const row = readRow(pid);
      if (row) rows.push(row);
    }
    return rows;
  },
  row: readRow,
  lastPid() {
    // man 5 proc: the last field. Systems that imitate /proc write 0.
    const last = Number(readSmall('/proc/loadavg')?.trim().split(' ')[4]);
    return last > 0 ? last : undefined;
  },
  tag(pid) {
    const limits = readSmall(`/proc/${pid}/limits`);
    return limits === undefined ? undefined : tagIn(limits);
  },
};

function readRow(pid: number): ProcessRow | undefined {
  const text = readSmall(`/proc/${pid}/stat`);
  // The name stands in brackets and may hold blanks and brackets itself (man 5 proc).
  const after = text?.lastIndexOf(') ') ?? -1;
  if (text === undefined || after < 0) return undefined;
  const field = text.slice(after + 2).split(' '); // field[0] is field 3 of the manual: the state
  const number = (manual: number): number => Number(field[manual - 3]);
  return {
    pid, parent: number(4), group: number(5), session: number(6),
    ended: field[0] === 'Z' || field[0] === 'X' || field[0] === 'x',
    start: field[22 - 3] ?? '',
    cpuSeconds: (number(14) + number(15) + number(16) + number(17)) / TICKS_PER_SECOND,
    residentMb: number(24) * (pageBytes ??= readPageBytes()) / 2 ** 20,
  };
}

/** Undefined where the process is gone or is another user's. */
function readSmall(path: string): string | undefined {
  let descriptor: number;
  try { descriptor = openSync(path, 'r'); } catch { return undefined; }
  try { return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0)); }
  catch { return undefined; }
  finally { closeSync(descriptor); }
}

/** AT_PAGESZ (6) of the auxiliary vector: pairs of machine words. */
function readPageBytes(): number {
  const vector = readFileSync('/proc/self/auxv');
  for (let at = 0; at + 16 <= vector.length; at += 16)
    if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
  return 4096;
}
