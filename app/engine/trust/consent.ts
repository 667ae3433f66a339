/**
 * To whom the text of which repository may be sent. Kept in Assay's own folder, never in a repository, for one repository
 * (its folder and that folder's identity on the disk) and one receiver (an origin), and revocable. A file that cannot be
 * read consents to nothing.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../toolchains/contract.ts';
import { reasonOf } from '../repository/system-errors.ts';
import { identify } from './identity.ts';

export interface Consent {
  /** Absolute, without links. */
  readonly root: string;
  readonly identity: string;
  /** Of the receiver: "https://api.anthropic.com". */
  readonly origin: string;
  /** ISO 8601. */
  readonly since: string;
}

export class Consents {
  private readonly file: string;
  constructor(private readonly home: string) { this.file = join(home, 'consent.json'); }

  has(root: string, origin: string): boolean {
    const asked = identify(root);
    return asked !== undefined && this.list().some((entry) => entry.root === asked.root && entry.identity === asked.identity && entry.origin === origin);
  }

  add(root: string, origin: string): void {
    const asked = identify(root);
    if (!asked) throw new InputError(root, 'is no folder', 'Consent is given for the folder of a repository');
    this.write([...this.list().filter((one) => !(one.root === asked.root && one.origin === origin)), { ...asked, origin, since: new Date().toISOString() }]);
  }

  /** @returns false where there was none */
  revoke(root: string, origin: string): boolean {
    const real = identify(root)?.root ?? root;
    const before = this.list(), after = before.filter((one) => !(one.origin === origin && (one.root === real || one.root === root)));
    if (after.length === before.length) return false;
    this.write(after);
    return true;
  }

  list(): readonly Consent[] {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
      return Array.isArray(kept) ? kept.filter(isConsent) : [];
    } catch { return []; }
  }

  private write(entries: readonly Consent[]): void {
    const fresh = `${this.file}.${process.pid}.tmp`;
    try {
      mkdirSync(this.home, { recursive: true, mode: 0o700 });
      writeFileSync(fresh, `${JSON.stringify(entries, null, 1)}\n`, { mode: 0o600 });
      renameSync(fresh, this.file);
    } catch (error) { throw new InputError(this.file, `cannot be written: ${reasonOf(error)}`, 'Nothing was changed in what you agreed to'); }
  }
}

function isConsent(value: unknown): value is Consent {
  const entry = value as Partial<Consent> | null;
  return typeof entry === 'object' && typeof entry?.root === 'string' && typeof entry.identity === 'string' && typeof entry.origin === 'string' && typeof entry.since === 'string';
}
