/** Ends a whole tree with SIGKILL: the group at once, then, look by look, all who left it, until a look finds nobody. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { census, isSurelyChildless, table, type Tree } from './tree.ts';

/** Between looks; the kernel needs some milliseconds to take a large process down. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 20;
/** A process that the kernel itself holds (a dead network disk) cannot be ended: give up and say so. */
const GIVE_UP_MS = 5000;

/** @returns pids that could not be ended */
export async function endTree(tree: Tree): Promise<readonly number[]> {
  if (process.platform === 'win32') return endOnWindows(tree);
  killGroup(tree.leader);
  const since = performance.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const living = ((await census()).get(tree) ?? []).filter((row) => !row.ended);
    if (living.length === 0) return [];
    if (performance.now() - since > GIVE_UP_MS) return living.map((row) => row.pid);
    killGroup(tree.leader);
    for (const row of living) if (table.row(row.pid)?.start === row.start) kill(row.pid);
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
}

/** After a program has ended by itself: what it left behind. Usually nothing, and then nearly free. */
export async function endRemains(tree: Tree): Promise<readonly number[]> {
  return isSurelyChildless(tree) ? [] : endTree(tree);
}

/** The group is killed in one step by the kernel, so a program that forks without pause cannot outrun it. */
export function killGroup(leader: number): void { kill(-leader); }

function kill(pid: number): void {
  try { process.kill(pid, 'SIGKILL'); } catch { /* already gone, or another user's */ }
}

/** Untested. `taskkill /T` follows parents; what lost its parent before stays. */
function endOnWindows(tree: Tree): Promise<readonly number[]> {
  const program = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  return new Promise((resolve) => {
    spawn(program, ['/PID', String(tree.leader), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
      .on('error', () => { resolve([tree.leader]); }).on('exit', () => { resolve([]); });
  });
}
