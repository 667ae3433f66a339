/** The trace behind a refuted property: found, read in pieces, and parted into changes beside the window's thread. */
import type { Problem, RequestOutput } from '../../app/contract.ts';
import { OUTPUT_CHUNK } from '../../app/contract.ts';
import type { Dump } from '../views/waveform/dump.ts';
import type { DumpAnswer } from '../views/waveform/dump.worker.ts';
import DumpWorker from '../views/waveform/dump.worker.ts?worker';
import type { Session } from './session.ts';

export interface Trace {
  readonly dump: Dump;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** Cycle in which the claim fails, from 0. */
  readonly failingStep?: number;
  /** The tool's own dump was cut when it was kept. */
  readonly truncated: boolean;
}

export type TraceAnswer = { readonly kind: 'trace'; readonly trace: Trace } | { readonly kind: 'none' } | { readonly kind: 'refused'; readonly problem: Problem };

type Witness = NonNullable<RequestOutput<'witness.find'>['witness']>;

/** @param onPart is told the bytes read so far and their number in all */
export async function readTrace(session: Session, obligation: string, onPart: (read: number, of: number) => void, signal: AbortSignal): Promise<TraceAnswer> {
  const repository = session.repository();
  if (repository === undefined) return { kind: 'none' };
  const found = await session.bridge.request('witness.find', { repository, obligation });
  if (!found.ok) return { kind: 'refused', problem: found.problem };
  const { witness } = found.value;
  if (!witness) return { kind: 'none' };
  const read = await readWhole(session, witness, onPart, signal);
  if ('problem' in read) return { kind: 'refused', problem: read.problem };
  const answer = await parted(read.bytes, signal);
  if (!answer.ok) return { kind: 'refused', problem: { kind: 'input', message: answer.message, file: witness.name, remedy: 'The raw output can be read in the inspector' } };
  return { kind: 'trace', trace: { dump: answer.dump, bytes: read.bytes, name: witness.name, truncated: witness.truncated, ...(witness.failingStep === undefined ? {} : { failingStep: witness.failingStep }) } };
}

/** Names of the counterexample, in its order: those in the cone of the property. */
export async function namesThatMatter(session: Session, obligation: string): Promise<readonly string[]> {
  const repository = session.repository();
  const detail = repository === undefined ? undefined : await session.bridge.request('ledger.detail', { repository, obligation });
  const values = detail?.ok ? detail.value.obligation.verdict.counterexample?.values ?? [] : [];
  return [...new Set(values.map((value) => value.name))];
}

async function readWhole(session: Session, witness: Witness, onPart: (read: number, of: number) => void, signal: AbortSignal): Promise<{ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: Problem }> {
  let bytes = new Uint8Array(0);
  for (let offset = 0, total = 1; offset < total && !signal.aborted;) {
    const part = await session.bridge.request('output.read', { sha256: witness.sha256, offset, length: OUTPUT_CHUNK });
    if (!part.ok) return { problem: part.problem };
    if (offset === 0) bytes = new Uint8Array(part.value.total);
    total = part.value.total;
    const piece = Uint8Array.from(atob(part.value.base64), (letter) => letter.charCodeAt(0));
    if (piece.length === 0) break;
    bytes.set(piece, offset);
    offset += piece.length;
    onPart(offset, total);
  }
  return { bytes };
}

function parted(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<DumpAnswer> {
  return new Promise((resolve) => {
    const worker = new DumpWorker();
    const end = (answer: DumpAnswer): void => { worker.terminate(); resolve(answer); };
    worker.onmessage = ({ data }: MessageEvent<DumpAnswer>) => { end(data); };
    worker.onerror = (event) => { end({ ok: false, message: event.message || 'the reader of dumps could not be started' }); };
    signal.addEventListener('abort', () => { end({ ok: false, message: 'closed' }); }, { once: true });
    worker.postMessage(bytes);
  });
}
