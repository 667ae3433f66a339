/**
 * What one check of a unit said, as one text under a digest: obligations, results, limits, inputs, and the
 * attempts, each once though many obligations share it. Outputs stand in it by hash.
 */
import type { Attempt, Limits, Obligation, ObligationResult, Output } from '../../../toolchains/contract.ts';
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import { KeptOutput } from './outputs.ts';
import type { CachedResult, HashedInput, LedgerEntry, StoredAttempt, UnitKey } from './types.ts';

interface PacketBody {
  readonly unit: string;
  readonly limits: Limits;
  readonly toolSet: string;
  readonly inputs: readonly (readonly HashedInput[])[];
  readonly attempts: readonly StoredAttempt[];
  readonly entries: readonly PacketEntry[];
}

interface PacketEntry {
  readonly obligation: Obligation;
  readonly result: Omit<ObligationResult, 'attempts'>;
  /** Places in the packet's attempts and inputs. */
  readonly attempts: readonly number[];
  readonly inputs: number;
  readonly at: string;
  readonly stale?: true;
}

/** One entry of a packet, as it is read back. */
export interface DecodedEntry extends CachedResult { readonly stale: boolean }

export function packetDigest(unitKey: UnitKey, body: string): string {
  return sha256(`${unitKey}\n${body}`).slice(0, 32);
}

/** @param keep stores an output and returns its hash */
export function encodePacket(
  from: { readonly unit: string; readonly limits: Limits; readonly toolSet: string; readonly entries: readonly LedgerEntry[] },
  keep: (output: Output) => string,
): string {
  const attempts = new Map<Attempt, number>();
  const stored: StoredAttempt[] = [];
  const inputs = new Map<readonly HashedInput[], number>();
  const placeOfAttempt = (attempt: Attempt): number => {
    let place = attempts.get(attempt);
    if (place === undefined) {
      attempts.set(attempt, place = stored.length);
      stored.push({ ...attempt, outputs: attempt.outputs.map((output) => ({ name: output.name, sha256: keep(output), bytes: output.bytes, truncated: output.truncated })) });
    }
    return place;
  };
  const placeOfInputs = (list: readonly HashedInput[]): number => {
    let place = inputs.get(list);
    if (place === undefined) inputs.set(list, place = inputs.size);
    return place;
  };
  const entries = from.entries.map((entry): PacketEntry => {
    const { attempts: made, ...result } = entry.result;
    return {
      obligation: entry.obligation, result, attempts: made.map(placeOfAttempt), inputs: placeOfInputs(entry.inputs), at: entry.at,
      ...(entry.stale ? { stale: true } : {}),
    };
  });
  const body: PacketBody = { unit: from.unit, limits: from.limits, toolSet: from.toolSet, inputs: [...inputs.keys()], attempts: stored, entries };
  return JSON.stringify(body);
}

/** Undefined where the text is not what was written. @param read bytes of an output, when they are asked for */
export function decodePacket(
  row: { readonly id: number; readonly unit_key: UnitKey; readonly digest: string; readonly body: string },
  read: (sha256: string) => Buffer | undefined,
): DecodedEntry[] | undefined {
  if (packetDigest(row.unit_key, row.body) !== row.digest) return undefined;
  const body = JSON.parse(row.body) as PacketBody; // under the digest: it is what encodePacket wrote
  const attempts = body.attempts.map((attempt): Attempt => ({
    ...attempt,
    outputs: attempt.outputs.map((output) => new KeptOutput(output.name, output.sha256, output.bytes, output.truncated, () => read(output.sha256))),
  }));
  return body.entries.map((entry, place): DecodedEntry => {
    const used = entry.attempts.map((index) => at(attempts, index));
    return {
      unitKey: row.unit_key, obligation: entry.obligation, result: { ...entry.result, attempts: used }, limits: body.limits,
      usedTools: fingerprintsOf(used), toolSet: body.toolSet, at: entry.at, inputs: at(body.inputs, entry.inputs),
      source: { packet: row.id, place, of: body.entries.length }, stale: entry.stale ?? false,
    };
  });
}

/** The row by which an obligation's history is found. */
export function insertVerdict(connection: Connection, packet: number, entry: Pick<LedgerEntry, 'obligation' | 'result' | 'at'>): void {
  connection.run('INSERT OR REPLACE INTO verdicts (obligation, packet, kind, seconds, memory_mb, at) VALUES (?, ?, ?, ?, ?, ?)',
    [entry.obligation.id, packet, entry.result.verdict.kind, entry.result.seconds, entry.result.memoryMb, entry.at]);
}

/** Every program that the evidence names, the losers and second opinions too. */
export function fingerprintsOf(attempts: readonly Attempt[]): string[] {
  const prints = new Set<string>();
  for (const attempt of attempts) {
    prints.add(attempt.fingerprint);
    if (attempt.solver) prints.add(attempt.solver.fingerprint);
  }
  return [...prints];
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`a packet refers to place ${index} of ${list.length}`);
  return item;
}
