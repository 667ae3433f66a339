/** The texts of files as an editor needs them: read, written only over what was read, with what rests on them and what is marked in them. */
import type { BridgeEventOf, FileContent, FileMarks, Outcome, Problem, WriteResult } from '../../app/contract.ts';
import { ask, type Session } from './session.ts';

const NOT_OPEN: Problem = { kind: 'not-open', message: 'No repository is open' };

export async function readText(session: Session, path: string): Promise<Outcome<FileContent>> {
  const repository = session.repository();
  return repository === undefined ? { ok: false, problem: NOT_OPEN } : session.bridge.request('files.read', { repository, path });
}

/** A refusal is a notice. @param base hash of what the text was made from */
export async function writeText(session: Session, path: string, text: string, base: string): Promise<WriteResult | undefined> {
  const repository = session.repository();
  return repository === undefined ? undefined : ask(session, 'files.write', { repository, path, text, base });
}

/** Ids of the obligations whose verdicts rest on the file. */
export async function dependentsOf(session: Session, path: string, sha256: string): Promise<readonly string[] | undefined> {
  const repository = session.repository();
  const answer = repository === undefined ? undefined : await session.bridge.request('files.dependents', { repository, path, sha256 });
  return answer?.ok ? answer.value.dependents : undefined;
}

export async function marksOf(session: Session, file: string): Promise<FileMarks | undefined> {
  const repository = session.repository();
  const answer = repository === undefined ? undefined : await session.bridge.request('ledger.marks', { repository, file });
  return answer?.ok ? answer.value : undefined;
}

/** Of the open repository. Returns what ends it. */
export function onFilesChanged(session: Session, listener: (event: BridgeEventOf<'files-changed'>) => void): () => void {
  return session.bridge.on('files-changed', (event) => { if (event.repository === session.repository()) listener(event); });
}
