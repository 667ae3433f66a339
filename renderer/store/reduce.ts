/** Events of the engine become the next state. Pure; events of other repositories than the open one change nothing. */
import type { BridgeEvent } from '../../app/contract.ts';
import { withLanes } from './lanes.ts';
import { withLiveState } from './live.ts';
import { valueOf } from './loadable.ts';
import { addNotice } from './notices.ts';
import { withProof } from './proof.ts';
import { withRows } from './rows.ts';
import type { WindowState } from './state.ts';
import { overlaidRows } from './unsaved.ts';

/** One batch, one new state: a listener hears of it once. */
export function reduceEvents(state: WindowState, events: readonly BridgeEvent[]): WindowState {
  return events.reduce(reduceEvent, state);
}

export function reduceEvent(state: WindowState, event: BridgeEvent): WindowState {
  if ('repository' in event && event.repository !== undefined && event.repository !== valueOf(state.plan)?.repository) return state;
  switch (event.type) {
    case 'notice': return { ...state, notices: addNotice(state.notices, { severity: event.severity, message: event.message }) };
    case 'opening': return state.opening ? { ...state, opening: { what: state.opening.what, step: event.step, ...(event.detail === undefined ? {} : { detail: event.detail }) } } : state;
    case 'rows': return rowsArrived(state, event.revision, event.rows);
    case 'run': return { ...state, run: event.run, ...(isOver(event.run.state) ? { progress: undefined } : {}) };
    case 'progress': {
      const { type: _type, repository: _repository, ...progress } = event;
      return { ...state, progress };
    }
    case 'proof': return { ...state, race: withProof(state.race, event) };
    case 'load': return { ...state, load: event.load };
    case 'lanes': return { ...state, lanes: withLanes(state.lanes, event) };
    case 'install': return { ...state, installs: { ...state.installs, [event.install.job]: event.install } };
    case 'settings': return { ...state, settings: event.settings };
    case 'engine': return engineChanged(state, event.state, event.message);
    // Answered by the session, which asks for what is new.
    case 'live': return withLiveState(state, event);
    case 'plan': case 'files-changed': case 'menu': case 'open-path': return state;
  }
}

export function isOver(runState: 'running' | 'cancelling' | 'finished' | 'cancelled' | 'failed'): boolean {
  return runState === 'finished' || runState === 'cancelled' || runState === 'failed';
}

function rowsArrived(state: WindowState, revision: number, rows: Parameters<typeof withRows>[1]): WindowState {
  const table = withRows(state.table, overlaidRows(rows, state.unsaved));
  const rowsLoaded = state.rowsLoaded.state === 'ready' ? { state: 'ready' as const, value: Math.max(revision, state.rowsLoaded.value) } : state.rowsLoaded;
  return { ...state, table, rowsLoaded };
}

function engineChanged(state: WindowState, engine: 'crashed' | 'restarted' | 'gone', message: string): WindowState {
  if (engine === 'restarted') return { ...state, engine: { state: 'ready' }, notices: addNotice(state.notices, { severity: 'info', message }) };
  return { ...state, engine: { state: engine, message }, run: undefined, progress: undefined, race: undefined, notices: addNotice(state.notices, { severity: 'error', message }) };
}
