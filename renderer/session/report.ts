/** Reports: made by the engine of what the ledger shows, fetched in pieces, looked at, and saved where the user's own dialog says. */
import { OUTPUT_CHUNK, type MadeReport, type ReportFormat } from '../../app/contract.ts';
import { saveBytes } from './save.ts';
import { ask, type Session } from './session.ts';

/** A refusal is the state of the view. @param ids only these obligations */
export async function previewReport(session: Session, ids?: readonly string[]): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const asked = { state: 'loading' as const };
  session.update((state) => ({ ...state, report: asked }));
  const made = await session.bridge.request('report.make', { repository, format: 'html', ...(ids ? { ids: [...ids] } : {}) });
  const bytes = made.ok ? await readReport(session, made.value) : undefined;
  if (session.get().report !== asked) return;
  session.update((state) => ({
    ...state, report: !made.ok ? { state: 'failed', problem: made.problem } : !bytes ? { state: 'failed', problem: { kind: 'internal', message: 'The report could not be read' } }
      : { state: 'ready', value: { made: made.value, page: withoutScripts(new TextDecoder().decode(bytes)) } },
  }));
}

/** Makes it and hands it to the browser's (or Electron's) own download. */
export async function exportReport(session: Session, format: ReportFormat, ids?: readonly string[]): Promise<void> {
  const repository = session.repository();
  if (repository === undefined) return;
  const made = await ask(session, 'report.make', { repository, format, ...(ids ? { ids: [...ids] } : {}) });
  const bytes = made && await readReport(session, made);
  if (made && bytes) saveBytes(bytes, made.name, made.type);
}

async function readReport(session: Session, { report }: MadeReport): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let bytes = new Uint8Array(0);
  for (let offset = 0, total = 1; offset < total;) {
    const part = await ask(session, 'report.read', { report, offset, length: OUTPUT_CHUNK });
    if (!part) return undefined;
    if (offset === 0) bytes = new Uint8Array(part.total);
    total = part.total;
    const piece = Uint8Array.from(atob(part.base64), (letter) => letter.charCodeAt(0));
    if (piece.length === 0) break;
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** The page is whole without them, and a stranger's text in it is escaped: every "<script" there is one of ours. */
function withoutScripts(page: string): string { return page.replaceAll(/<script\b[^>]*>[^]*?<\/script>/g, ''); }
