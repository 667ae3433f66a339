/** Holds every signature against what is there: valid, void or unmatched, and none is dropped. */
import type { Assumption } from '../../../toolchains/contract.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import { signableAssumptions, signableFailures, type Signable } from './sign.ts';
import type { Justification, Justifications, JustifyEntry, JustifyFile } from './types.ts';

/** @param entries verdicts, where there are any; without them a signed failure is unmatched */
export function resolveJustifications(file: JustifyFile | undefined, assumptions: readonly Assumption[], entries: readonly LedgerEntry[] = []): Justifications | undefined {
  if (!file) return undefined;
  const signable = [...signableAssumptions(assumptions), ...signableFailures(entries, file.contents)];
  const byHash = new Map(signable.map((one) => [one.sha256, one]));
  const claimed = new Set(file.entries.flatMap((entry) => byHash.get(entry.sha256)?.subject ?? []));
  const taken = new Set<string>();
  const resolved = file.entries.map((entry): Justification => {
    const exact = byHash.get(entry.sha256);
    const matches = exact !== undefined && exact.of === entry.of && exact.toolchain === entry.toolchain && exact.kind === entry.kind && exact.symbol === entry.symbol;
    if (matches && file.problem) return { ...entry, state: 'void', why: `${file.file}:${file.problem.line} is broken`, subject: exact.subject };
    if (matches && entry.of === 'assumption' && entry.text !== exact.text) return { ...entry, state: 'void', why: 'its text is not the one that its hash is of', subject: exact.subject };
    if (matches && !taken.has(exact.subject)) { taken.add(exact.subject); return { ...entry, state: 'valid', subject: exact.subject }; }
    if (matches) return { ...entry, state: 'unmatched', why: 'it is signed twice' };
    const changed = signable.find((one) => isPlaceOf(entry, one) && !claimed.has(one.subject) && !taken.has(one.subject));
    if (!changed) return { ...entry, state: 'unmatched', why: entry.of === 'failure' ? 'nothing there fails like this' : 'it is not there' };
    taken.add(changed.subject);
    return { ...entry, state: 'void', why: changed.kind === entry.kind ? 'what was signed has changed' : `it is ${changed.kind} now`, subject: changed.subject };
  });
  return { file: file.file, entries: resolved, ...(file.problem ? { problem: file.problem } : {}) };
}

function isPlaceOf(entry: JustifyEntry, one: Signable): boolean {
  return entry.of === one.of && entry.toolchain === one.toolchain && entry.symbol === one.symbol && (entry.of === 'failure' || entry.kind === one.kind);
}

/** By the id of what was signed; a valid one before a void one. */
export function bySubject(justifications: Justifications | undefined): ReadonlyMap<string, Justification> {
  const found = new Map<string, Justification>();
  for (const one of justifications?.entries ?? []) if (one.subject !== undefined && found.get(one.subject)?.state !== 'valid') found.set(one.subject, one);
  return found;
}

/** Ids of the assumptions that are signed and unchanged. */
export function justifiedIds(justifications: Justifications | undefined): ReadonlySet<string> {
  return new Set((justifications?.entries ?? []).flatMap((one) => (one.state === 'valid' && one.of === 'assumption' && one.subject !== undefined ? [one.subject] : [])));
}
