/** `assay consent`: to whom text of which repository may be sent, and taking that back. */
import { resolve } from 'node:path';
import { storeHome } from '../engine/ledger/home.ts';
import { printable } from '../engine/repository/printable.ts';
import { Consents } from '../engine/trust/consent.ts';
import { parseCommand, UsageError } from './arguments.ts';

const OPTIONS = { revoke: { type: 'string' }, receiver: { type: 'string' }, help: { type: 'boolean' } } as const;

const HELP = `usage: assay consent                                  lists what was agreed to
       assay consent --revoke PATH [--receiver ORIGIN]  takes it back, for one receiver or for all`;

export async function consentCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  if (command.positionals.length > 0) throw new UsageError('consent takes options only; see assay consent --help');
  const consents = new Consents(storeHome());
  const path = command.text('revoke'), receiver = command.text('receiver');
  if (path === undefined) {
    if (receiver !== undefined) throw new UsageError('--receiver wants --revoke PATH beside it');
    const all = consents.list();
    process.stdout.write(all.length === 0 ? 'Text of no repository may be sent anywhere.\n' : all.map((one) => `${printable(one.root)} → ${printable(one.origin)}, since ${one.since}\n`).join(''));
    return 0;
  }
  const root = resolve(path);
  const origins = receiver === undefined ? [...new Set(consents.list().map((one) => one.origin))] : [receiver];
  const revoked = origins.filter((origin) => consents.revoke(root, origin));
  process.stdout.write(revoked.length === 0 ? `Nothing was agreed to for ${printable(root)}.\n` : revoked.map((origin) => `taken back: ${printable(root)} → ${printable(origin)}\n`).join(''));
  return revoked.length > 0 ? 0 : 3;
}
