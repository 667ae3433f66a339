/**
 * The process table from `ps`, for systems without /proc (macOS). It shows no tags: a process that left both
 * group and parent between two looks is not seen. Windows has neither: there `taskkill /T` ends the tree
 * (end.ts) and memory is not sampled. Untested on macOS and Windows; the reading of `ps` is tested on Linux.
 */
import { execFile, execFileSync } from 'node:child_process';
import type { ProcessRow, ProcessTable } from './table.ts';

const COLUMNS = ['-o', 'pid=,ppid=,pgid=,rss=,time=,stat=,lstart='];
const OPTIONS = { encoding: 'latin1', maxBuffer: 16 * 2 ** 20, timeout: 5000, env: { LANG: 'C', LC_ALL: 'C' } } as const;

export const psTable: ProcessTable = {
  read() {
    if (process.platform === 'win32') return [];
    return new Promise((resolve) => {
      execFile('/bin/ps', ['-A', ...COLUMNS], OPTIONS, (_error, text) => { resolve(rowsOf(text)); });
    });
  },
  row(pid) {
    if (process.platform === 'win32') return undefined;
    try { return rowsOf(execFileSync('/bin/ps', ['-p', String(pid), ...COLUMNS], OPTIONS))[0]; } catch { return undefined; }
  },
  lastPid: () => undefined,
  tag: () => undefined,
};

/** One line a process: pid parent group KiB [[dd-]hh:]mm:ss[.cc] state start. */
export function rowsOf(text: string): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (!match) continue;
    const [, pid, parent, group, kib, time, state, start] = match as unknown as [string, string, string, string, string, string, string, string];
    rows.push({
      pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(group),
      ended: state.startsWith('Z'), start, cpuSeconds: secondsOf(time), residentMb: Number(kib) / 1024,
    });
  }
  return rows;
}

function secondsOf(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') as [string, string] : ['0', time];
  return clock.split(':').reduce((total, part) => total * 60 + Number(part), 0) + Number(days) * 86_400;
}
