/** Runs the programs of test/fixtures/programs and sees whether they are gone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess, type ProcessLimits, type ProcessRequest, type ProcessResult } from '../../../toolchains/process.ts';

export const programsFolder = fileURLToPath(new URL('../../fixtures/programs/', import.meta.url));
export const LIMITS: ProcessLimits = { wallSeconds: 30, memoryMb: 2048, outputBytes: 1 << 20, floodBytes: 64 << 20 };

type Changes = Omit<Partial<ProcessRequest>, 'limits'> & { readonly limits?: Partial<ProcessLimits> };

export function run(name: string, args: readonly string[] = [], changes: Changes = {}): Promise<ProcessResult> {
  return runProcess({ file: name.startsWith('/') ? name : join(programsFolder, name), args, cwd: tmpdir(), ...changes,
    env: { PATH: process.env.PATH ?? '', ...changes.env }, limits: { ...LIMITS, ...changes.limits } });
}

export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'assay-test-'));
  return { path, [Symbol.dispose]: () => { rmSync(path, { recursive: true, force: true }); } };
}

/** Pid and start time: a reused pid is another process. */
export interface Identity { readonly pid: number; readonly start: string }

function stat(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const field = text.slice(text.lastIndexOf(') ') + 2).split(' ');
    return { state: field[0] ?? '', start: field[19] ?? '' };
  } catch { return undefined; }
}

/** Those of the pids listed in a file that run now. */
export function identities(file: string): Identity[] {
  let text = '';
  try { text = readFileSync(file, 'utf8'); } catch { return []; }
  return text.split('\n').filter((line) => line !== '').map(Number).flatMap((pid) => {
    const now = stat(pid);
    return now && now.state !== 'Z' ? [{ pid, start: now.start }] : [];
  });
}

export function alive(those: readonly Identity[]): Identity[] {
  return those.filter(({ pid, start }) => { const now = stat(pid); return now?.start === start && now.state !== 'Z'; });
}

/** Waits until the file lists so many running processes. */
export async function untilRunning(file: string, count: number): Promise<Identity[]> {
  for (;;) {
    const those = identities(file);
    if (those.length >= count) return those;
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
