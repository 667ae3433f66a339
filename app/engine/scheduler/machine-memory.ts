/** Memory of this machine, or of the container it pretends to be. */
import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import type { MemoryOptions } from './memory.ts';

const MEBIBYTE = 1024 * 1024;
/** Where the two versions of control groups show the group's own figures from inside a container. */
const GROUPS = [
  { limit: '/sys/fs/cgroup/memory.max', used: '/sys/fs/cgroup/memory.current', stat: '/sys/fs/cgroup/memory.stat' },
  { limit: '/sys/fs/cgroup/memory/memory.limit_in_bytes', used: '/sys/fs/cgroup/memory/memory.usage_in_bytes', stat: '/sys/fs/cgroup/memory/memory.stat' },
];

/**
 * On macOS the system's free pages leave out all that could be had by giving up caches, so that no figure is better
 * than that one. On Linux the figure is MemAvailable.
 */
export function machineMemory(): MemoryOptions {
  const total = totalmem();
  const group = GROUPS.find(({ limit }) => { const bytes = number(limit); return bytes !== undefined && bytes < total; });
  const limit = group && number(group.limit);
  if (group && limit !== undefined) {
    const freeMb = (): number | undefined => {
      const used = number(group.used);
      if (used === undefined) return freemem() / MEBIBYTE;
      return Math.min(freemem(), limit - used + inactiveFile(group.stat)) / MEBIBYTE;
    };
    return { totalMb: limit / MEBIBYTE, freeMb };
  }
  if (process.platform === 'darwin') return { totalMb: total / MEBIBYTE };
  return { totalMb: total / MEBIBYTE, freeMb: () => freemem() / MEBIBYTE };
}

/** Undefined where the file is absent or says "max". */
function number(path: string): number | undefined {
  try {
    const value = Number(readFileSync(path, 'utf8'));
    return Number.isFinite(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** File cache that the kernel gives up when asked for memory. */
function inactiveFile(path: string): number {
  try {
    return Number(/^(?:total_)?inactive_file (\d+)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
