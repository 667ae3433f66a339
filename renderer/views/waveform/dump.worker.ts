/** Reads a dump beside the window's thread: 50 MB take seconds. */
import { DumpError, readDump, type Dump } from './dump.ts';

export type DumpAnswer = { readonly ok: true; readonly dump: Dump } | { readonly ok: false; readonly message: string };

onmessage = ({ data }: MessageEvent<Uint8Array>): void => {
  let answer: DumpAnswer;
  try {
    answer = { ok: true, dump: readDump(new TextDecoder('latin1').decode(data)) };
  } catch (error) {
    answer = { ok: false, message: error instanceof DumpError ? error.message : String(error) };
  }
  postMessage(answer);
};
