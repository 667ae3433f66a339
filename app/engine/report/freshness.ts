/** Which verdicts of an earlier run still stand for the files as they are now: a report made later says so. */
import type { FileHashes } from '../ledger/files.ts';
import type { Ledger } from '../ledger/types.ts';

/** The ledger with `stale` set wherever an input has other bytes now, or is gone. @param root folder that inputs are relative to */
export async function withStale(ledger: Ledger, root: string, files: Pick<FileHashes, 'hashFiles'>, signal?: AbortSignal): Promise<Ledger> {
  const paths = [...new Set(ledger.entries.flatMap((entry) => entry.inputs.map((input) => input.path)))];
  const now = new Map((await files.hashFiles(root, paths, signal)).map((input) => [input.path, input.sha256]));
  return {
    ...ledger,
    entries: ledger.entries.map((entry) => (entry.stale || entry.inputs.every((input) => now.get(input.path) === input.sha256) ? entry : { ...entry, stale: true })),
  };
}
