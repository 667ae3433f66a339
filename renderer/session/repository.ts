/** Opening, planning, trusting and closing a repository, and reading its rows. */
import type { PlanView, RepositorySource } from '../../app/contract.ts';
import { ROWS_A_PAGE } from '../../app/contract.ts';
import { readTableView, INITIAL_TABLE_VIEW } from '../ledger/table-view.ts';
import { NO_GOALS } from '../store/goals.ts';
import { IDLE, loading, valueOf } from '../store/loadable.ts';
import { emptyTable, withRows } from '../store/rows.ts';
import { NOTHING_SELECTED } from '../store/selection.ts';
import type { WindowState } from '../store/state.ts';
import { overlaidRows } from '../store/unsaved.ts';
import { loadRace } from './proof.ts';
import { mayLeave } from './leave.ts';
import { ask, load, type Session } from './session.ts';

export async function loadRecent(session: Session): Promise<void> {
  await load(session, 'recent', 'repository.recent', {}, (answer) => answer);
}

let opening: AbortController | undefined;

/** Opens in place of what is open. A refusal is the state of the Start view; what was open stays. */
export async function openRepository(session: Session, source: RepositorySource): Promise<void> {
  if (!await mayLeave(session, 'Opening another repository')) return;
  opening?.abort();
  const mine = opening = new AbortController();
  const what = source.kind === 'path' ? source.path : source.kind === 'git' ? source.url : `the sample “${source.sample}”`;
  session.update((state) => ({ ...state, opening: { what } }));
  const answer = await session.bridge.request('repository.open', { source }, mine.signal);
  if (opening !== mine) return;
  opening = undefined;
  if (!answer.ok) {
    session.update((state) => ({ ...state, opening: undefined }));
    if (answer.problem.kind !== 'cancelled') session.notify({ severity: 'error', message: answer.problem.message, ...(answer.problem.remedy === undefined ? {} : { remedy: answer.problem.remedy }) });
    return;
  }
  await show(session, answer.value);
  session.centre?.open('plan');
  void loadRecent(session);
}

export function cancelOpening(session: Session): void {
  opening?.abort();
  session.update((state) => ({ ...state, opening: undefined }));
}

/**
 * A window that comes back: to what the engine has open; else, after the engine or the whole application ended, to what was
 * open then. A path that was given meanwhile goes first.
 */
export async function returnTo(session: Session): Promise<boolean> {
  const answer = await session.bridge.request('repository.list', {});
  const open = answer.ok ? answer.value.repositories : [];
  const before = valueOf(session.get().plan);
  const first = open.find((one) => one.repository === before?.repository) ?? open[0];
  if (!first) return reopen(session, before?.origin ?? await keptOrigin(session));
  const plan = await session.bridge.request('repository.plan', { repository: first.repository, again: false });
  if (!plan.ok) return false;
  await show(session, plan.value);
  if (first.run) session.update((state) => ({ ...state, run: first.run }));
  void loadRace(session);
  return true;
}

async function keptOrigin(session: Session): Promise<string | undefined> {
  const kept = await session.bridge.request('state.load', { name: 'session' });
  const value = kept.ok ? kept.value.value : null;
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'string' ? value.open : undefined;
}

/** Without a change of what is in front. */
async function reopen(session: Session, path: string | undefined): Promise<boolean> {
  if (path === undefined || opening) return false;
  const mine = opening = new AbortController();
  session.update((state) => ({ ...state, opening: { what: path } }));
  const answer = await session.bridge.request('repository.open', { source: { kind: 'path', path } }, mine.signal);
  if (opening !== mine) return true;
  opening = undefined;
  if (answer.ok) { await show(session, answer.value); return true; }
  session.update((state) => ({ ...state, opening: undefined }));
  if (answer.problem.kind !== 'cancelled') session.notify({ severity: 'warning', message: `What was open is not opened again: ${answer.problem.message}`, ...(answer.problem.remedy === undefined ? {} : { remedy: answer.problem.remedy }) });
  return false;
}

async function show(session: Session, plan: PlanView): Promise<void> {
  const same = session.repository() === plan.repository;
  session.update((state) => ({ ...(same ? state : withoutRepository(state)), opening: undefined, plan: { state: 'ready', value: plan } }));
  if (!same) {
    const kept = await session.bridge.request('state.load', { name: 'ledger', repository: plan.repository });
    session.update((state) => ({ ...state, view: kept.ok ? readTableView(kept.value.value) : INITIAL_TABLE_VIEW }));
  }
  await loadRows(session);
  void load(session, 'problems', 'ledger.problems', { repository: plan.repository }, (answer) => answer);
}

function withoutRepository(state: WindowState): WindowState {
  return {
    ...state, plan: IDLE, table: emptyTable(), unsaved: {}, live: {}, goals: NO_GOALS, rowsLoaded: IDLE, run: undefined, progress: undefined, race: undefined, report: IDLE, trust: IDLE, signing: [], selection: NOTHING_SELECTED, detail: IDLE, problems: IDLE, graph: IDLE, runs: IDLE, comparison: IDLE,
    output: IDLE, files: IDLE, found: IDLE, view: INITIAL_TABLE_VIEW,
  };
}

export async function closeRepository(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined || !await mayLeave(session, 'Closing the repository')) return;
  session.update(withoutRepository);
  session.centre?.open('start');
  await ask(session, 'repository.close', { repository });
  await loadRecent(session);
}

/** The plan was made again, here or elsewhere. */
export async function replan(session: Session, again: boolean): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  await load(session, 'plan', 'repository.plan', { repository, again }, (answer) => answer);
  if (session.get().plan.state === 'ready') await loadRows(session);
}

export async function setTrust(session: Session, granted: boolean): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const plan = await ask(session, granted ? 'trust.grant' : 'trust.revoke', { repository });
  if (plan) await show(session, plan);
}

/** Pages until all are there. A row that an event brought meanwhile is newer than the page that has it too. */
export async function loadRows(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const newer = new Set<string>();
  session.update((state) => ({ ...state, rowsLoaded: loading(state.rowsLoaded) }));
  const stop = session.bridge.on('rows', (event) => { if (event.repository === repository) for (const row of event.rows) newer.add(row.id); });
  try {
    let revision = 0, begun = false;
    for (let from = 0, total = 1; from < total; from += ROWS_A_PAGE) {
      const answer = await session.bridge.request('ledger.rows', { repository, from, count: ROWS_A_PAGE });
      if (session.repository() !== repository) return;
      if (!answer.ok) { session.update((state) => ({ ...state, rowsLoaded: { state: 'failed', problem: answer.problem } })); return; }
      const page = answer.value;
      total = page.total;
      revision = page.revision;
      const fresh = !begun;
      begun = true;
      session.update((state) => {
        // The old rows stand until the first new ones are here; events of the meantime are put over them.
        const base = fresh ? emptyTable() : state.table;
        const later = fresh ? state.table.rows.filter((row) => newer.has(row.id)) : [];
        return { ...state, table: withRows(withRows(base, overlaidRows(page.rows.filter((row) => !newer.has(row.id) || fresh), state.unsaved)), later) };
      });
    }
    session.update((state) => ({ ...state, rowsLoaded: { state: 'ready', value: revision } }));
  } finally {
    stop();
  }
}

export async function forget(session: Session, path: string): Promise<void> {
  await ask(session, 'repository.forget', { path });
  await loadRecent(session);
}

/** Dropped files and folders: the first that can be opened. */
export async function openDropped(session: Session, files: readonly File[]): Promise<void> {
  const first = files[0];
  if (!first) return;
  if (files.length > 1) session.notify({ severity: 'info', message: `Only the first of ${files.length} dropped items is opened: ${first.name}` });
  const path = await session.bridge.pathOf(first);
  if (!path.ok) { session.notify({ severity: 'error', message: path.problem.message, remedy: path.problem.remedy }); return; }
  await openRepository(session, { kind: 'path', path: path.value });
}

export async function choose(session: Session, what: 'folder' | 'file' | 'archive'): Promise<void> {
  const chosen = await ask(session, 'shell.choose', { what });
  const path = chosen?.paths[0];
  if (path !== undefined) await openRepository(session, { kind: 'path', path });
}
