/**
 * What one check of a unit said, as one text under a digest: a first line with obligations, results, limits
 * and inputs, and a second one with the attempts, each once though many obligations share it. Outputs stand
 * in it by hash. A look-up of thousands of units reads first lines only; attempts are parsed when asked for.
 */
import type { Attempt, Limits, Obligation, ObligationResult, Output } from '../../../toolchains/contract.ts';
import { sha256 } from './canonical.ts';
import type { Connection } from './connection.ts';
import { KeptOutput } from './outputs.ts';
import type { CachedResult, HashedInput, LedgerEntry, StoredAttempt, StoredOutput, UnitKey } from './types.ts';

/** The first line. */
export interface PacketBody {
  readonly unit: string;
  readonly limits: Limits;
  readonly toolSet: string;
  readonly inputs: readonly (readonly HashedInput[])[];
  /** Fingerprints of every program that each attempt names, by its place. */
  readonly tools: readonly (readonly string[])[];
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
  const attempts = new Places<Attempt>((attempt) => JSON.stringify({
    ...attempt, outputs: attempt.outputs.map((output): StoredOutput => ({ name: output.name, sha256: keep(output), bytes: output.bytes, truncated: output.truncated })),
  }));
  const inputs = new Places<readonly HashedInput[]>(JSON.stringify);
  const entries = from.entries.map((entry): PacketEntry => {
    const { attempts: made, ...result } = entry.result;
    return {
      obligation: entry.obligation, result, attempts: made.map((attempt) => attempts.of(attempt)), inputs: inputs.of(entry.inputs), at: entry.at,
      ...(entry.stale ? { stale: true } : {}),
    };
  });
  const body: PacketBody = { unit: from.unit, limits: from.limits, toolSet: from.toolSet, inputs: inputs.items, tools: attempts.items.map(fingerprintsOf), entries };
  return `${JSON.stringify(body)}\n[${attempts.texts.join(',')}]`; // JSON has no line breaks of its own
}

/** Numbers for things that many entries share, by identity where it helps and else by their text. */
class Places<Item extends object> {
  readonly items: Item[] = [];
  readonly texts: string[] = [];
  readonly #byItem = new Map<Item, number>();
  readonly #byText = new Map<string, number>();
  constructor(private readonly textOf: (item: Item) => string) {}

  of(item: Item): number {
    const known = this.#byItem.get(item);
    if (known !== undefined) return known;
    const text = this.textOf(item);
    let place = this.#byText.get(text);
    if (place === undefined) {
      place = this.items.push(item) - 1;
      this.texts.push(text);
      this.#byText.set(text, place);
    }
    this.#byItem.set(item, place);
    return place;
  }
}

/** A packet as it stands in the store. */
export interface PacketText { readonly id: number; readonly unit_key: UnitKey; readonly digest: string; readonly body: string }

/** Undefined where the text is not what was written. @param read bytes of an output, when they are asked for */
export function decodePacket(row: PacketText, read: (sha256: string) => Buffer | undefined): DecodedEntry[] | undefined {
  const body = headOf(row);
  let parsed: readonly Attempt[] | undefined;
  return body && entriesOf(row.id, row.unit_key, body, () => parsed ??= decodeAttempts(row.body.slice(row.body.indexOf('\n') + 1), read));
}

/** The first line of a packet whose whole text is what was written. */
export function headOf(row: PacketText): PacketBody | undefined {
  if (packetDigest(row.unit_key, row.body) !== row.digest) return undefined;
  const end = row.body.indexOf('\n');
  return end < 0 ? undefined : JSON.parse(row.body.slice(0, end)) as PacketBody; // under the digest: it is what encodePacket wrote
}

/** @param attempts of the whole packet, when they are asked for; undefined where they are lost */
export function entriesOf(packet: number, unitKey: UnitKey, body: PacketBody, attempts: () => readonly Attempt[] | undefined): DecodedEntry[] {
  return body.entries.map((entry, place): DecodedEntry => ({
    unitKey, obligation: entry.obligation, result: resultOf(entry, attempts), limits: body.limits,
    usedTools: [...new Set(entry.attempts.flatMap((index) => at(body.tools, index)))], toolSet: body.toolSet, at: entry.at, inputs: at(body.inputs, entry.inputs),
    source: { packet, place, of: body.entries.length }, stale: entry.stale ?? false,
  }));
}

/** An own property, so that a copy by spreading has the attempts too. */
function resultOf(entry: PacketEntry, attempts: () => readonly Attempt[] | undefined): ObligationResult {
  let used: readonly Attempt[] | undefined;
  const result = { ...entry.result };
  const take = (): readonly Attempt[] => {
    const all = attempts();
    return all === undefined ? [] : entry.attempts.map((index) => at(all, index));
  };
  return Object.defineProperty(result, 'attempts', { enumerable: true, configurable: true, get: () => used ??= take() }) as ObligationResult;
}

/** The second line; undefined where the packet's text is not what was written. */
export function attemptsOf(row: PacketText, read: (sha256: string) => Buffer | undefined): readonly Attempt[] | undefined {
  return packetDigest(row.unit_key, row.body) === row.digest ? decodeAttempts(row.body.slice(row.body.indexOf('\n') + 1), read) : undefined;
}

function decodeAttempts(text: string, read: (sha256: string) => Buffer | undefined): readonly Attempt[] {
  return (JSON.parse(text) as readonly StoredAttempt[]).map((attempt) => ({
    ...attempt,
    outputs: attempt.outputs.map((output) => new KeptOutput(output.name, output.sha256, output.bytes, output.truncated, () => read(output.sha256))),
  }));
}

/** The row by which an obligation's history is found. */
export function insertVerdict(connection: Connection, packet: number, entry: Pick<LedgerEntry, 'obligation' | 'result' | 'at'>): void {
  connection.run('INSERT OR REPLACE INTO verdicts (obligation, packet, kind, seconds, memory_mb, at) VALUES (?, ?, ?, ?, ?, ?)',
    [entry.obligation.id, packet, entry.result.verdict.kind, entry.result.seconds, entry.result.memoryMb, entry.at]);
}

function fingerprintsOf(attempt: Attempt): string[] {
  return attempt.solver ? [attempt.fingerprint, attempt.solver.fingerprint] : [attempt.fingerprint];
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`a packet refers to place ${index} of ${list.length}`);
  return item;
}
