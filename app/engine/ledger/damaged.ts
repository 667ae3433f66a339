/** A kept verdict without its evidence is void: no run takes it over any more, and ledgers that have it say so. */
import type { Connection } from './connection.ts';
import { clearLookUps } from './kept-look-ups.ts';
import type { Voided } from './types.ts';

const REASON = 'its evidence is damaged';

/** In a transaction. @param which a condition on the table `packets` with one parameter */
export function voidPackets(connection: Connection, which: string, value: string | number): void {
  const why: Voided = { reason: REASON, at: new Date().toISOString(), run: '' };
  connection.run(`UPDATE packets SET void = ? WHERE ${which} AND void IS NULL`, [JSON.stringify(why), value]);
  clearLookUps(connection);
}
