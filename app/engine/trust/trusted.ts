/**
 * Which repositories the user trusts: their code may run, in the sandbox. Kept in Assay's own folder, never in a
 * repository, and revocable. A repository is its folder and that folder's identity on the disk: another one put in its
 * place is not trusted, and neither is a folder around it or below it. `--trust` of the command line is for one run and
 * is not kept here. A file that cannot be read trusts nobody.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { reasonOf } from '../repository/system-errors.ts';
import { identify } from './identity.ts';

export interface TrustedRepository {
  /** Absolute, without links. */
  readonly root: string;
  /** Of the folder: device, inode and time of birth. */
  readonly identity: string;
  /** ISO 8601. */
  readonly since: string;
}

export class TrustedRepositories {
  private readonly file: string;
  constructor(private readonly home: string) { this.file = join(home, 'trust.json'); }

  has(root: string): boolean {
    const asked = identify(root);
    return asked !== undefined && this.list().some((entry) => entry.root === asked.root && entry.identity === asked.identity);
  }

  add(root: string): TrustedRepository {
    const asked = identify(root);
    if (!asked) throw new InputError(root, 'is no folder', 'Trust is given to the folder of a repository');
    const entry = { ...asked, since: new Date().toISOString() };
    this.write([...this.list().filter((one) => one.root !== entry.root), entry]);
    return entry;
  }

  /** @returns false where it was not trusted */
  revoke(root: string): boolean {
    const real = identify(root)?.root ?? root;
    const before = this.list();
    const after = before.filter((entry) => entry.root !== real && entry.root !== root);
    if (after.length === before.length) return false;
    this.write(after);
    return true;
  }

  list(): readonly TrustedRepository[] {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return Array.isArray(kept) ? kept.filter(isEntry) : [];
    } catch { return []; }
  }

  private write(entries: readonly TrustedRepository[]): void {
    const fresh = `${this.file}.${process.pid}.tmp`;
    try {
      mkdirSync(this.home, { recursive: true, mode: 0o700 });
      writeFileSync(fresh, `${JSON.stringify(entries, null, 1)}\n`, { mode: 0o600 });
      renameSync(fresh, this.file);
    } catch (error) { throw new InputError(this.file, `cannot be written: ${reasonOf(error)}`, 'Nothing was changed in what you trust'); }
  }
}

function isEntry(value: unknown): value is TrustedRepository {
  const entry = value as Partial<TrustedRepository> | null;
  return typeof entry === 'object' && typeof entry?.root === 'string' && typeof entry.identity === 'string' && typeof entry.since === 'string';
}
