/** Small JSON files in Assay's own folder: written whole or not at all; one that cannot be read counts as absent. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../../toolchains/contract.ts';
import { reasonOf } from '../engine/repository/system-errors.ts';

export function readKept(file: string): unknown {
  try { return JSON.parse(readFileSync(file, 'utf8')) as unknown; } catch { return undefined; }
}

/** @throws InputError where the disk refuses */
export function writeKept(file: string, value: unknown): void {
  const fresh = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new InputError(file, `cannot be written: ${reasonOf(error)}`, 'Make room there, or set ASSAY_HOME to a folder that you may write');
  }
}
