/**
 * What a look-up of a whole repository found, kept as one text, so that the next one reads a row instead of thousands.
 * It holds while the store has no newer packet; whoever voids or drops a packet clears all of them in the same transaction.
 */
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import { digest } from './memory.ts';
import type { PacketBody } from './packets.ts';
import type { UnitKey } from './types.ts';

/** A packet without its attempts. */
export type PacketHead = readonly [id: number, key: UnitKey, body: PacketBody];

/** Fewer are read as rows in a few milliseconds. */
const MANY = 100;
const PREFIX = 'look-up ';
const DAY_MILLISECONDS = 86_400_000;

export class KeptLookUps {
  constructor(private readonly database: LedgerDatabase) {}

  /** @param of what the repository is known by @param newest packet of the store */
  read(of: string, keys: readonly UnitKey[], newest: number): readonly PacketHead[] | undefined {
    if (keys.length < MANY) return undefined;
    const name = PREFIX + of;
    const row = this.database.read((connection) => connection.get<{ value: string; digest: string }>('SELECT value, digest FROM memory WHERE key = ?', [name]), undefined);
    const stamp = stampOf(keys, newest);
    if (!row?.value.startsWith(stamp) || digest(name, row.value) !== row.digest) return undefined;
    return JSON.parse(row.value.slice(stamp.length)) as readonly PacketHead[]; // under the digest: it is what `keep` wrote
  }

  keep(of: string, keys: readonly UnitKey[], newest: number, heads: readonly PacketHead[]): void {
    if (keys.length < MANY) return;
    const name = PREFIX + of, value = stampOf(keys, newest) + JSON.stringify(heads);
    this.database.write((connection) => connection.run('INSERT OR REPLACE INTO memory (key, value, digest, day) VALUES (?, ?, ?, ?)',
      [name, value, digest(name, value), Math.floor(Date.now() / DAY_MILLISECONDS)]));
  }
}

/** In the transaction that voids or drops a packet. */
export function clearLookUps(connection: Connection): void {
  connection.run('DELETE FROM memory WHERE key >= ? AND key < ?', [PREFIX, `${PREFIX.slice(0, -1)}!`]); // "!" follows the space
}

function stampOf(keys: readonly UnitKey[], newest: number): string {
  return `${newest} ${sha256(keys.join(' '))}\n`;
}
