/** Goals at the cursor, for the inspector. */
import type { LiveView } from '../../app/contract.ts';
import { withGoals } from '../store/goals.ts';
import { askLive } from './live.ts';
import type { Session } from './session.ts';

export interface Cursor { readonly file: string; readonly version: number; readonly line: number; readonly column: number }

let serial = 0;
let asked: AbortController | undefined;

/** An answer that is overtaken by the next place is dropped. */
export async function askGoals(session: Session, { file, version, line, column }: Cursor): Promise<void> {
  if (session.get().live[file]?.abilities?.goals !== true || session.get().goals.paused) return;
  asked?.abort();
  const mine = asked = new AbortController();
  const answer = await askLive(session, 'live.goals', file, version, 'goals', { at: { line, column } }, mine.signal);
  if (asked !== mine || !answer) return;
  session.update((state) => withGoals(state, { id: ++serial, file, line, column, ...(answer.goals ? { goals: answer.goals } : {}) }));
}

/** A document that has more to say than when its goals were asked for. */
export const saysMore = (now: LiveView | undefined, before: LiveView | undefined): boolean => now !== before && (now?.phase === 'settled' || (now?.phase === 'checking' && before?.phase !== 'checking'));
