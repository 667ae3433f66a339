/** Writes what other programs read: whole or not at all, and "-" is standard output. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { InputError } from '../../toolchains/contract.ts';

/** @throws InputError where the file cannot be written */
export async function writeWhole(target: string, text: string): Promise<void> {
  if (target === '-') {
    await new Promise<void>((resolve, reject) => { process.stdout.write(text, (error) => { if (error) reject(error); else resolve(); }); });
    return;
  }
  const fresh = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new InputError(target, `cannot be written: ${error instanceof Error ? error.message : String(error)}`, 'Check the folder, its permissions and the free space');
  }
}
