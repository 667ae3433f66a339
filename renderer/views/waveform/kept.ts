/** Which signals a person had on the screen, by obligation, for as long as the window is open; one trace differs from the next, its names hardly. */
import { useEffect } from 'react';
import type { Session } from '../../session/session.ts';
import type { ShownSignal } from './state.ts';

const kept = new WeakMap<Session, Map<string, readonly ShownSignal[]>>();

export function readWaveKept(session: Session, obligation: string): readonly ShownSignal[] | undefined {
  return kept.get(session)?.get(obligation);
}

export function useKeptSignals(session: Session, obligation: string, shown: readonly ShownSignal[]): void {
  useEffect(() => {
    let of = kept.get(session);
    if (!of) kept.set(session, of = new Map());
    of.set(obligation, shown);
  }, [session, obligation, shown]);
}
