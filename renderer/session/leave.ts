/**
 * Care for edits that are not on the disk. What would throw them away asks first and does nothing meanwhile: the one modal
 * of the window, since it cannot be undone.
 */
import type { Session } from './session.ts';

export type LeaveAnswer = 'save' | 'discard' | 'stay';

/** Set by the editor while it is loaded: only it has the texts. False where a file could not be saved. */
let saveAll: (() => Promise<boolean>) | undefined;
let answered: ((answer: LeaveAnswer) => void) | undefined;

export function offerSaving(save: () => Promise<boolean>): void { saveAll = save; }

export async function saveEverything(session: Session): Promise<boolean> {
  const saved = await saveAll?.() ?? true;
  if (!saved) session.notify({ severity: 'warning', message: 'Not every file could be saved', remedy: 'Its tab says why' });
  return saved;
}

/** True where there is nothing to lose, or the user has said what becomes of it. */
export async function mayLeave(session: Session, what: string): Promise<boolean> {
  const files = Object.keys(session.get().unsaved);
  if (files.length === 0) return true;
  answered?.('stay');
  const answer = await new Promise<LeaveAnswer>((resolve) => {
    answered = resolve;
    session.update((state) => ({ ...state, leaving: { what, files } }));
  });
  answered = undefined;
  session.update((state) => ({ ...state, leaving: undefined }));
  return answer === 'discard' || (answer === 'save' && await saveEverything(session));
}

export function answerLeaving(answer: LeaveAnswer): void { answered?.(answer); }
