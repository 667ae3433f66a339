/** Keeps the window's own state: layout and which repository is open, the look at the ledger for each. Written a moment after it changed. */
import { keep } from '../ledger/table-view.ts';
import type { RequestInput } from '../../app/contract.ts';
import { valueOf } from '../store/loadable.ts';
import type { WindowState } from '../store/state.ts';
import type { Session } from './session.ts';

const DELAY_MILLISECONDS = 400;

export function keepState(session: Session): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const later = (name: string, save: () => void): void => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(save, DELAY_MILLISECONDS));
  };
  const stop = session.store.subscribe((state, before) => {
    if (state.layout !== before.layout && before.engine.state !== 'starting') later('layout', () => { void session.bridge.request('state.save', { name: 'layout', value: plain(session.get().layout) }); });
    if (originOf(state) !== originOf(before)) later('session', () => { void session.bridge.request('state.save', { name: 'session', value: { open: originOf(session.get()) ?? null } }); });
    const repository = session.repository();
    if (state.view !== before.view && state.rowsLoaded.state !== 'idle' && repository !== undefined) {
      later('ledger', () => { if (session.repository() === repository) void session.bridge.request('state.save', { name: 'ledger', repository, value: plain(keep(session.get().view)) }); });
    }
  });
  return () => { stop(); for (const timer of timers.values()) clearTimeout(timer); };
}

const originOf = (state: WindowState): string | undefined => valueOf(state.plan)?.origin;

/** As JSON has it: without what is undefined. */
const plain = (value: unknown): RequestInput<'state.save'>['value'] => JSON.parse(JSON.stringify(value)) as RequestInput<'state.save'>['value'];
