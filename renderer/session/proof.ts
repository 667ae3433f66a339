/** Searching proofs: starting and ending a search, looking at what it found, and writing it only where the user says so. */
import { classOf, type CandidateTexts, type LedgerRow, type ProofBudget } from '../../app/contract.ts';
import { valueOf } from '../store/loadable.ts';
import { isSearching } from '../store/proof.ts';
import { rowOf } from '../store/rows.ts';
import type { WindowState } from '../store/state.ts';
import { ask, type Session } from './session.ts';

/** At a place: the selected obligation; where only a file is selected nothing. */
export const selectedGoal = (state: WindowState): LedgerRow | undefined => rowOf(state.table, state.selection.present.obligation);

/** What a search may be asked for: not green, and something to prove. */
export function isOpenGoal(row: LedgerRow): boolean {
  const is = classOf(row.verdict.kind);
  return row.stale !== undefined || is === 'red' || is === 'open' || is === 'unchecked';
}

/** Not green by a run: what nobody has run yet, and what cannot be checked at all, is not among them. */
export const failingRows = (state: WindowState): readonly LedgerRow[] => state.table.rows.filter(isFailing);

function isFailing({ verdict }: LedgerRow): boolean {
  const is = classOf(verdict.kind);
  return is === 'red' || (is === 'open' && verdict.kind !== 'not-run');
}

/** Names of the toolchains of these rows that cannot search proofs; empty where all can. */
export function withoutStrategies(state: WindowState, rows: readonly LedgerRow[]): readonly string[] {
  const toolchains = valueOf(state.plan)?.toolchains ?? [];
  const used = new Set(rows.map((row) => row.toolchain));
  return toolchains.filter((one) => used.has(one.toolchain) && one.strategies.length === 0).map((one) => one.name);
}

export async function proveThese(session: Session, rows: readonly LedgerRow[]): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  session.centre?.open('synthesis');
  if (isSearching(session.get().race)) { session.notify({ severity: 'info', message: 'A search for proofs is going on', remedy: 'Stop it first, or wait until it ends' }); return; }
  const edited = [...new Set(rows.map((row) => row.file))].filter((file) => session.get().unsaved[file] !== undefined);
  if (edited.length > 0) { session.notify({ severity: 'warning', message: `${edited.join(', ')} has unsaved edits: proofs are searched for what is on the disk`, remedy: 'Save it first' }); return; }
  const lacking = withoutStrategies(session.get(), rows);
  const searchable = rows.filter((row) => !lacking.includes(toolchainName(session.get(), row)));
  if (searchable.length === 0) { session.notify({ severity: 'info', message: rows.length === 0 ? 'Nothing fails: there is no proof to search' : `${lacking.join(', ')} has no strategies: there is no way to search a proof of it` }); return; }
  if (lacking.length > 0) session.notify({ severity: 'info', message: `${(rows.length - searchable.length).toLocaleString('en')} of ${rows.length.toLocaleString('en')} are not searched: ${lacking.join(', ')} has no strategies` });
  const proof = await ask(session, 'prove.start', { repository, selection: { ids: searchable.map((row) => row.id) }, budget: session.get().proofBudget });
  if (proof && session.repository() === repository) session.update((state) => (state.race?.proof.proof === proof.proof ? state : { ...state, race: { proof, goals: [] } }));
}

/** The obligation around the cursor goes first: the selection follows it a moment later. */
export async function proveSelected(session: Session): Promise<void> {
  const row = rowOf(session.get().table, session.atCursor?.()) ?? selectedGoal(session.get());
  if (row) await proveThese(session, [row]);
  else session.notify({ severity: 'info', message: 'No obligation is selected', remedy: 'Choose one in the tree, the ledger or the text' });
}

const toolchainName = (state: WindowState, row: LedgerRow): string => valueOf(state.plan)?.toolchains.find((one) => one.toolchain === row.toolchain)?.name ?? row.toolchain;

/** Shown at once; the engine tells when all has ended. */
export async function stopProving(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined || session.get().race?.proof.state !== 'running') return;
  session.update((state) => (state.race ? { ...state, race: { ...state.race, proof: { ...state.race.proof, state: 'cancelling' } } } : state));
  await ask(session, 'prove.cancel', { repository });
}

export function setProofBudget(session: Session, budget: ProofBudget): void {
  session.update((state) => ({ ...state, proofBudget: budget }));
}

/** For a window that comes back: the search goes on without it. */
export async function loadRace(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const answer = await session.bridge.request('prove.read', { repository });
  if (!answer.ok || session.repository() !== repository) return;
  const { proof, goals } = answer.value;
  session.update((state) => {
    if (!proof) return { ...state, race: undefined };
    // What events brought meanwhile is newer.
    const newer = new Map(state.race?.proof.proof === proof.proof ? state.race.goals.map((goal) => [goal.obligation, goal]) : []);
    return { ...state, race: { proof: newer.size > 0 ? state.race!.proof : proof, goals: goals.map((goal) => newer.get(goal.obligation) ?? goal) } };
  });
}

export async function candidateTexts(session: Session, candidate: string): Promise<CandidateTexts | undefined> {
  const repository = session.repository();
  return repository === undefined ? undefined : ask(session, 'prove.candidate', { repository, candidate });
}

/** Writes it, and has what was written checked: green comes from that run alone. */
export async function acceptCandidate(session: Session, candidate: string): Promise<void> {
  await replace(session, 'prove.accept', candidate, 'is not what was proved any more: nothing was written', 'Search the proof again');
}

export async function undoCandidate(session: Session, candidate: string): Promise<void> {
  await replace(session, 'prove.undo', candidate, 'was changed since: nothing was taken back', 'Undo it in the editor');
}

async function replace(session: Session, name: 'prove.accept' | 'prove.undo', candidate: string, conflict: string, remedy: string): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const written = await ask(session, name, { repository, candidate });
  if (!written) return;
  if (written.kind === 'conflict') { session.notify({ severity: 'error', message: `${written.path} ${conflict}`, remedy }); return; }
  const files = written.files.map((file) => file.path);
  session.notify({ severity: 'info', message: `${name === 'prove.accept' ? 'Written' : 'Taken back'}: ${files.join(', ')}. It is being checked.` });
  const run = await ask(session, 'run.start', { repository, selection: { files }, options: {} });
  if (run && session.repository() === repository) session.update((state) => (state.run?.run === run.run && state.run.state !== 'running' ? state : { ...state, run }));
}

export async function rejectCandidate(session: Session, candidate: string): Promise<void> {
  const repository = session.repository();
  if (repository !== undefined) await ask(session, 'prove.reject', { repository, candidate });
}

/** The last one that was written and not taken back. */
export const lastWritten = (state: WindowState): string | undefined => state.race?.proof.candidates.findLast((one) => one.fate === 'written')?.id;
