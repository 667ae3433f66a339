/**
 * What a user can do, as functions over one store: the only place that speaks with the bridge. Each asks, and puts the
 * answer into the state; a refusal becomes a state of the view that asked, or a notice, never an exception.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BridgeEvent, MenuCommand, RequestInput, RequestName, RequestOutput } from '../../app/contract.ts';
import type { Bridge } from '../bridge/client.ts';
import { loading, valueOf, type Loadable } from '../store/loadable.ts';
import { addNotice, type NewNotice } from '../store/notices.ts';
import { reduceEvents } from '../store/reduce.ts';
import { INITIAL_STATE, type WindowState } from '../store/state.ts';
import type { CentreTabs } from '../layout/centre-tabs.ts';

export interface Session {
  readonly store: StoreApi<WindowState>;
  readonly bridge: Bridge;
  /** Set by the centre while it is on the screen. */
  centre: CentreTabs | undefined;
  /** The obligation around the cursor, while an editor has the focus. */
  atCursor: (() => string | undefined) | undefined;
  /** Set by the commands. */
  onMenu: (command: MenuCommand) => void;
  get(): WindowState;
  update(change: (state: WindowState) => WindowState): void;
  notify(notice: NewNotice): void;
  /** The open repository. */
  repository(): string | undefined;
}

export function createSession(bridge: Bridge): Session {
  const store = createStore<WindowState>()(() => INITIAL_STATE);
  const session: Session = {
    store, bridge, centre: undefined, atCursor: undefined, onMenu: () => undefined,
    get: store.getState,
    update: (change) => { store.setState(change, true); },
    notify: (notice) => { session.update((state) => ({ ...state, notices: addNotice(state.notices, notice) })); },
    repository: () => valueOf(store.getState().plan)?.repository,
  };
  return session;
}

/** Events change the state in batches; `after` sees them when the state has. */
export function followEvents(session: Session, after: (event: BridgeEvent) => void): () => void {
  return session.bridge.onBatch((events) => {
    session.update((state) => reduceEvents(state, events));
    for (const event of events) after(event);
  });
}

type LoadableKey = { [Key in keyof WindowState]-?: WindowState[Key] extends Loadable<unknown> ? Key : never }[keyof WindowState];

/** Asks for what one view shows. An answer that is overtaken by a later question of the same view is dropped. */
export async function load<Key extends LoadableKey, Name extends RequestName>(
  session: Session, key: Key, name: Name, input: RequestInput<Name>, read: (answer: RequestOutput<Name>) => WindowState[Key] extends Loadable<infer Value> ? Value : never, keepBefore = true,
): Promise<void> {
  const asked = { ...(keepBefore ? loading(session.get()[key] as Loadable<unknown>) : { state: 'loading' as const }) };
  const put = (value: Loadable<unknown>): void => { session.update((state) => ({ ...state, [key]: value })); };
  put(asked);
  const answer = await session.bridge.request(name, input);
  if (session.get()[key] !== asked) return;
  put(answer.ok ? { state: 'ready', value: read(answer.value) } : { state: 'failed', problem: answer.problem });
}

/** For what has no view of its own: a refusal is a notice. */
export async function ask<Name extends RequestName>(session: Session, name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name> | undefined> {
  const answer = await session.bridge.request(name, input);
  if (answer.ok) return answer.value;
  if (answer.problem.kind !== 'cancelled') session.notify({ severity: 'error', message: answer.problem.message, ...(answer.problem.remedy === undefined ? {} : { remedy: answer.problem.remedy }) });
  return undefined;
}
