/** Running, stopping, and reading runs. */
import type { RunOptionsView, SelectionView } from '../../app/contract.ts';
import { ask, load, type Session } from './session.ts';

export async function startRun(session: Session, selection: SelectionView = {}, options: RunOptionsView = {}): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const run = await ask(session, 'run.start', { repository, selection, options });
  if (run && session.repository() === repository) session.update((state) => (state.run?.run === run.run && state.run.state !== 'running' ? state : { ...state, run }));
  if (run) session.centre?.open('ledger');
}

/** Shown at once; the engine tells when all has ended. */
export async function stopRun(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined || session.get().run?.state !== 'running') return;
  session.update((state) => (state.run ? { ...state, run: { ...state.run, state: 'cancelling' } } : state));
  await ask(session, 'run.cancel', { repository });
}

export async function loadRuns(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  await load(session, 'runs', 'run.list', { repository }, (answer) => answer.runs);
}

export async function compareRuns(session: Session, before: string, after: string): Promise<void> {
  session.centre?.open('compare');
  await load(session, 'comparison', 'run.compare', { before, after }, (answer) => answer);
}

export async function loadProblems(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  await load(session, 'problems', 'ledger.problems', { repository }, (answer) => answer);
}
