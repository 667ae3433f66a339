/** From connection to a window that follows the engine; and again after the connection was lost. */
import type { BridgeEvent, MenuCommand, ProofState } from '../../app/contract.ts';
import { allCommands, runCommand } from '../commands/registry.ts';
import { valueOf } from '../store/loadable.ts';
import { isOver } from '../store/reduce.ts';
import { loadDetail } from './inspect.ts';
import { keepState } from './keep.ts';
import { applyLook, begin } from './machine.ts';
import { loadRecent, openRepository, replan, returnTo } from './repository.ts';
import { loadProblems, loadRuns } from './run.ts';
import { followEvents, type Session } from './session.ts';

export function beginSession(session: Session): void {
  session.onMenu = (command: MenuCommand) => { const found = allCommands().find((one) => one.menu === command); if (found) runCommand(session, found.id); };
  followEvents(session, (event) => { afterEvent(session, event); });
  keepState(session);
  followDetail(session);
  let lost = false;
  session.bridge.onConnection((connection) => {
    if (connection === 'lost') {
      lost = true;
      session.update((state) => ({ ...state, engine: { state: 'gone', message: 'The connection was lost; it is being tried again.' } }));
    } else if (connection === 'connected' && lost) { lost = false; void start(session); }
  });
  void start(session);
}

async function start(session: Session): Promise<void> {
  await begin(session);
  if (session.get().engine.state !== 'ready') return;
  void loadRecent(session);
  const returned = await returnTo(session);
  const { settings } = session.get();
  if (!returned && settings && !settings.firstRunDone) session.update((state) => ({ ...state, guide: state.guide ?? 0 }));
}

function afterEvent(session: Session, event: BridgeEvent): void {
  switch (event.type) {
    case 'plan': if (event.repository === session.repository() && event.revision > (valueOf(session.get().plan)?.revision ?? 0)) void replan(session, false); return;
    case 'settings': applyLook(event.settings); return;
    case 'menu': session.onMenu(event.command); return;
    case 'open-path': void openRepository(session, { kind: 'path', path: event.path }); return;
    case 'engine': if (event.state === 'restarted') void start(session); return;
    case 'proof': if (event.repository === session.repository() && event.proof.state !== 'running' && event.proof.state !== 'cancelling') sayProofEnd(session, event.proof); return;
    case 'run': if (event.repository === session.repository() && isOver(event.run.state)) { void loadProblems(session); void loadRuns(session); sayEnd(session, event.run); } return;
    default:
  }
}

/** Once a search: its later events are of what became of what it found. */
const toldProofs = new Set<string>();
function sayProofEnd(session: Session, proof: ProofState): void {
  if (toldProofs.has(proof.proof)) return;
  toldProofs.add(proof.proof);
  if (proof.state === 'failed') { session.notify({ severity: 'error', message: `The search for proofs failed: ${proof.problem ?? 'no reason is known'}` }); return; }
  if (proof.spent.seconds < (session.get().settings?.notifyAfterSeconds ?? 30)) return;
  const message = `The search for proofs has ended: ${proof.found} of ${proof.goals} found${proof.candidates.length > 0 ? '. Nothing is written before you accept it' : ''}.`;
  session.notify({ severity: 'info', message });
  if (document.hidden && 'Notification' in window && Notification.permission === 'granted') new Notification('Assay', { body: message });
}

/** What changed since the run before comes first. */
function sayEnd(session: Session, run: Extract<BridgeEvent, { type: 'run' }>['run']): void {
  const { settings } = session.get();
  if (run.state === 'failed') { session.notify({ severity: 'error', message: `The run failed: ${run.problem ?? 'no reason is known'}` }); return; }
  if ((run.seconds ?? 0) < (settings?.notifyAfterSeconds ?? 30)) return;
  const message = `${run.state === 'cancelled' ? 'The run was stopped' : 'The run has ended'}. ${changeWords(run)}`;
  session.notify({ severity: 'info', message });
  if (document.hidden && 'Notification' in window && Notification.permission === 'granted') new Notification('Assay', { body: message });
}

function changeWords({ changes }: Extract<BridgeEvent, { type: 'run' }>['run']): string {
  if (!changes) return 'There is no earlier run to compare with.';
  const parts = ([['newlyFailing', 'newly failing'], ['lost', 'no longer proved'], ['newlyProved', 'newly proved'], ['newAssumptions', 'new assumptions'], ['slower', 'slower']] as const)
    .filter(([key]) => changes[key] > 0).map(([key, words]) => `${changes[key]} ${words}`);
  return parts.length === 0 ? 'Nothing changed since the run before.' : `Since the run before: ${parts.join(', ')}.`;
}

/** The inspector's details are read again when the selected row has changed, not more than twice a second. */
function followDetail(session: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  session.store.subscribe((state, before) => {
    const id = state.selection.present.obligation;
    if (id === undefined || state.table === before.table) return;
    const [now, earlier] = [state.table.index.get(id), before.table.index.get(id)];
    if (now === undefined || state.table.rows[now] === (earlier === undefined ? undefined : before.table.rows[earlier]) || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      const selected = session.get().selection.present.obligation;
      if (selected !== undefined) void loadDetail(session, selected);
    }, 500);
  });
}
