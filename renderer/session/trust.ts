/** What is taken on trust, and signing it: the entry as text, and into the repository's file once a person has filled it in. */
import type { EntriesAnswer } from '../../app/contract.ts';
import { ask, load, type Session } from './session.ts';
import { replan } from './repository.ts';
import { loadDetail } from './inspect.ts';

export interface Signing { readonly subjects: readonly string[]; readonly reviewer: string; readonly reason: string }

export async function loadTrust(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository !== undefined) await load(session, 'trust', 'ledger.assumptions', { repository }, (answer) => answer);
}

/** Opens the list with these ticked. */
export function signThese(session: Session, subjects: readonly string[]): void {
  session.update((state) => ({ ...state, signing: subjects }));
  session.centre?.open('assumptions');
}

export async function entriesFor(session: Session, signing: Signing): Promise<EntriesAnswer | undefined> {
  const repository = session.repository();
  return repository === undefined ? undefined : ask(session, 'justify.entries', { repository, ...signing, subjects: [...signing.subjects] });
}

/** True where the file holds it now. */
export async function appendEntries(session: Session, signing: Signing): Promise<boolean> {
  const repository = session.repository();
  if (repository === undefined) return false;
  const written = await ask(session, 'justify.append', { repository, ...signing, subjects: [...signing.subjects] });
  if (!written) return false;
  if (written.kind === 'conflict') { session.notify({ severity: 'error', message: 'assay.justify.toml changed at this moment: nothing was written', remedy: 'Look at it, and try again' }); return false; }
  session.notify({ severity: 'info', message: 'Signed in assay.justify.toml' });
  session.update((state) => ({ ...state, signing: [] }));
  await Promise.all([replan(session, false), loadTrust(session)]);
  const { obligation } = session.get().selection.present;
  if (obligation !== undefined) void loadDetail(session, obligation);
  return true;
}
