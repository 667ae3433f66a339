/** The one selection, and what is read for it. */
import { back, forward, select, type Selected } from '../store/selection.ts';
import { IDLE, valueOf } from '../store/loadable.ts';
import { rowOf } from '../store/rows.ts';
import { ask, load, type Session } from './session.ts';

/** Longer outputs are shown in part, and the panel says so. */
const OUTPUT_SHOWN_BYTES = 1_048_576;

export function selectPlace(session: Session, selected: Selected): void {
  session.update((state) => ({ ...state, selection: select(state.selection, selected) }));
  afterSelection(session);
}

export function selectObligation(session: Session, id: string): void {
  const row = rowOf(session.get().table, id);
  selectPlace(session, { obligation: id, ...(row ? { file: row.file, line: row.range.start.line } : {}) });
}

export function goBack(session: Session): void {
  session.update((state) => ({ ...state, selection: back(state.selection) }));
  afterSelection(session);
}

export function goForward(session: Session): void {
  session.update((state) => ({ ...state, selection: forward(state.selection) }));
  afterSelection(session);
}

function afterSelection(session: Session): void {
  const { obligation } = session.get().selection.present;
  if (obligation === undefined) { session.update((state) => ({ ...state, detail: IDLE })); return; }
  void loadDetail(session, obligation);
  void session.bridge.request('run.focus', { obligations: [obligation] });
}

export async function loadDetail(session: Session, obligation: string): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const shown = valueOf(session.get().detail);
  await load(session, 'detail', 'ledger.detail', { repository, obligation }, (answer) => answer, shown?.row.id === obligation);
}

export async function readOutput(session: Session, name: string, sha256: string): Promise<void> {
  session.update((state) => ({ ...state, layout: { ...state.layout, bottom: true, bottomTab: 'output' } }));
  await load(session, 'output', 'output.read', { sha256, offset: 0, length: OUTPUT_SHOWN_BYTES }, (answer) => {
    const bytes = Uint8Array.from(atob(answer.base64), (letter) => letter.charCodeAt(0));
    return { name, sha256, text: new TextDecoder().decode(bytes), total: answer.total, shown: bytes.length };
  }, false);
}

/** Everything on the screen can be copied as text. */
export async function copyText(session: Session, text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    session.notify({ severity: 'info', message: `Copied ${what}` });
  } catch {
    session.notify({ severity: 'warning', message: `${what} could not be copied`, remedy: 'Select the text and copy it with Ctrl+C' });
  }
}

export async function reveal(session: Session, path: string): Promise<void> {
  await ask(session, 'shell.reveal', { path });
}
