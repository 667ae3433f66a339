/** One fetch of a file at a time, over all Assay processes: the part that is gone on with is shared. A lock whose process is gone does not count. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { InputError } from '../../../toolchains/contract.ts';

/** @returns what lets go of it */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  for (let tries = 0; tries < 2; tries++) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => '0'));
      if (owner > 0 && isRunning(owner)) throw new InputError(file, `is being fetched by another Assay, process ${owner}`, 'Wait for it; what it installs is then there');
      await rm(lock, { force: true });
    }
  }
  throw new InputError(file, 'is being fetched by another Assay', 'Wait for it; what it installs is then there');
}

function isRunning(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM'; }
}
