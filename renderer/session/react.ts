/** The thin binding: components read parts of the state and call what the session can do. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { WindowState } from '../store/state.ts';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session around this component');
  return session;
}

/** @param read must give the same value for the same state: parts of it, not new objects */
export function useWindow<Value>(read: (state: WindowState) => Value): Value {
  return useStore(useSession().store, read);
}
