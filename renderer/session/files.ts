/** Files of the repository: their list, and finding text in them. */
import { load, type Session } from './session.ts';
import { selectPlace } from './inspect.ts';

export async function loadFiles(session: Session): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  await load(session, 'files', 'files.tree', { repository }, (answer) => answer.files);
}

export interface FindOptions { readonly text: string; readonly regularExpression: boolean; readonly matchCase: boolean; readonly wholeWord: boolean }
const FOUND_AT_MOST = 2_000;

export async function find(session: Session, options: FindOptions): Promise<void> {
  const repository = session.repository();
  if (repository === undefined || options.text === '') return;
  await load(session, 'found', 'files.find', { repository, query: { ...options, limit: FOUND_AT_MOST } }, (answer) => ({ ...answer, text: options.text }), false);
}

/** Shows a place of a file: selects it, and opens it where an editor is to be had. */
export function openPlace(session: Session, file: string, line?: number): void {
  selectPlace(session, { file, ...(line === undefined ? {} : { line }) });
  session.centre?.openFile(file, line);
}

