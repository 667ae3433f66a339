/**
 * Verdicts with their evidence, in packets: written in one transaction with the outputs they rest on, looked
 * up by unit key, taken over by later runs, voided where a re-check disagreed.
 *
 * A batch that the disk refuses stays in memory, is offered again later, and is part of the ledger all the
 * while; `record` says that it is not kept.
 */
import type { Attempt, Limits, Output } from '../../../toolchains/contract.ts';
import type { VerdictKind } from '../../../toolchains/verdict.ts';
import type { Connection } from './connection.ts';
import type { LedgerDatabase, StoreProblem, WriteOptions } from './database.ts';
import { voidPackets } from './damaged.ts';
import { outputHash, type OutputStore } from './outputs.ts';
import { clearLookUps, KeptLookUps, type PacketHead } from './kept-look-ups.ts';
import { attemptsOf, decodePacket, encodePacket, entriesOf, headOf, insertVerdict, packetDigest } from './packets.ts';
import type { DecodedEntry, PacketText } from './packets.ts';
import type { Runs } from './runs.ts';
import type { CachedResult, LedgerEntry, UnitKey, Voided } from './types.ts';

/** What a check of one unit said just now; a unit that streams may come in several records. */
export interface UnitRecord {
  readonly unit: string;
  readonly unitKey: UnitKey;
  readonly limits: Limits;
  /** Hash of all usable tools. */
  readonly toolSet: string;
  readonly entries: readonly LedgerEntry[];
  /** False: history only, never looked up (inputs changed while it ran, discovered work that the key does not cover). */
  readonly cacheable?: boolean;
}

export type Kept = { readonly kept: true } | { readonly kept: false; readonly problem: StoreProblem };

export interface HistoryItem {
  readonly run: string; readonly kind: VerdictKind; readonly seconds: number; readonly memoryMb: number;
  readonly at: string; readonly cached: boolean; readonly voided?: Voided;
}

export interface LatestVerdict { readonly kind: VerdictKind; readonly seconds: number; readonly memoryMb: number; readonly at: string }

interface PacketRow extends PacketText { readonly void: string | null }
interface Batch { readonly run: string; readonly units: readonly UnitRecord[]; readonly reused: readonly CachedResult[] }

/** How long a disk that refused is left alone before it is tried again. */
const RETRY_MILLISECONDS = 5000;
/** Packets of one unit key that a look-up reads: enough for every set of tools and limits in use. */
const PACKETS_PER_KEY = 64;
/** Runs that are searched for an obligation's latest verdict. */
const LATEST_RUNS = 20;

export class Results {
  readonly #unwritten: Batch[] = [];
  /** By unit key: the newest packet of the store when it was last looked up. */
  readonly #seen = new Map<UnitKey, number>();
  #problem: StoreProblem | undefined;
  #retryAt = 0;

  readonly #lookUps: KeptLookUps;

  constructor(private readonly database: LedgerDatabase, private readonly outputs: OutputStore, private readonly runs: Runs) {
    this.#lookUps = new KeptLookUps(database);
  }

  /** Evidence, then verdicts, of a batch of units and of results taken over from the cache: one transaction. */
  record(run: string, units: readonly UnitRecord[], reused: readonly CachedResult[] = []): Kept {
    this.#unwritten.push({ run, units, reused });
    if (this.#problem && Date.now() < this.#retryAt) return { kept: false, problem: this.#problem };
    return this.flush();
  }

  /** Offers what the disk refused once more. */
  flush(options: WriteOptions = {}): Kept {
    if (this.#unwritten.length > 0) {
      const outcome = this.database.write((connection) => { for (const batch of this.#unwritten) this.#write(connection, batch); }, options);
      this.#problem = outcome.ok ? undefined : outcome.problem;
      if (outcome.ok) this.#unwritten.length = 0;
      else this.#retryAt = Date.now() + RETRY_MILLISECONDS;
    }
    if (!this.database.kept) return { kept: false, problem: { kind: 'unopenable', file: this.database.file, message: this.database.notices[0]?.message ?? '' } };
    return this.#problem ? { kept: false, problem: this.#problem } : { kept: true };
  }

  #write(connection: Connection, batch: Batch): void {
    const run = this.runs.numberOf(connection, batch.run);
    for (const unit of batch.units) {
      if (unit.entries.length === 0) continue;
      const body = encodePacket(unit, (output: Output) => this.outputs.keep(connection, output));
      connection.run('INSERT INTO packets (unit_key, cacheable, digest, body) VALUES (?, ?, ?, ?)',
        [unit.unitKey, unit.cacheable === false ? 0 : 1, packetDigest(unit.unitKey, body), body]);
      const packet = connection.get<{ id: number }>('SELECT last_insert_rowid() AS id')?.id ?? 0;
      for (const entry of unit.entries) insertVerdict(connection, packet, entry);
      connection.run('INSERT INTO run_packets (run, packet, cached) VALUES (?, ?, 0)', [run, packet]);
    }
    if (batch.reused.length > 0) {
      connection.run(`INSERT INTO run_packets (run, packet, cached, places)
        SELECT ?, value ->> 0, 1, value ->> 1 FROM json_each(?)`, [run, JSON.stringify(takenOver(batch.reused))]);
    }
  }

  /**
   * All that is known of these units, the newest first; what may be reused of it is decided by cache.ts.
   * @param of what the repository is known by, where all its units are looked up
   */
  lookUp(keys: readonly UnitKey[], of?: string): Map<UnitKey, CachedResult[]> {
    const newest = this.database.read((connection) => connection.get<{ id: number | null }>('SELECT max(id) AS id FROM packets'), undefined)?.id ?? 0;
    for (const key of keys) this.#seen.set(key, newest);
    const kept = of === undefined ? undefined : this.#lookUps.read(of, keys, newest);
    const heads = kept ?? this.#readHeads(keys);
    // Where something is missing the next look-up will be another one.
    if (of !== undefined && !kept && new Set(heads.map(([, key]) => key)).size === new Set(keys).size) this.#lookUps.keep(of, keys, newest, heads);
    const found = new Map<UnitKey, CachedResult[]>();
    for (const [id, key, body] of heads) {
      let attempts: readonly Attempt[] | undefined;
      const entries = entriesOf(id, key, body, () => attempts ??= this.#attemptsOf(id)).filter((entry) => !entry.stale);
      const known = found.get(key);
      if (known) known.push(...entries);
      else found.set(key, entries);
    }
    return found;
  }

  /** Newest first. */
  #readHeads(keys: readonly UnitKey[]): PacketHead[] {
    const rows = this.database.read((connection) => connection.all<PacketText>(
      `SELECT p.id, p.unit_key, p.digest, p.body FROM json_each(?) AS asked CROSS JOIN packets AS p ON p.unit_key = asked.value
       WHERE p.void IS NULL AND p.cacheable = 1`, [JSON.stringify([...new Set(keys)])]), []).sort((a, b) => b.id - a.id);
    const packets = new Map<UnitKey, number>();
    return rows.flatMap((row): PacketHead[] => {
      const count = (packets.get(row.unit_key) ?? 0) + 1;
      packets.set(row.unit_key, count);
      const body = count > PACKETS_PER_KEY ? undefined : headOf(row);
      if (!body && count <= PACKETS_PER_KEY) this.#unsound(row.id);
      return body ? [[row.id, row.unit_key, body]] : [];
    });
  }

  /** Undefined where they are damaged: the packet is dropped then, and the next run checks the unit anew. */
  #attemptsOf(packet: number): readonly Attempt[] | undefined {
    const row = this.database.read((connection) => connection.get<PacketText>('SELECT id, unit_key, digest, body FROM packets WHERE id = ?', [packet]), undefined);
    const attempts = row && attemptsOf(row, (hash) => this.outputs.read(hash));
    if (!attempts) this.#unsound(packet);
    return attempts;
  }

  #unsound(packet: number): void {
    this.database.notice(`the kept result ${packet} does not match its digest and is not used`);
    this.database.write((connection) => voidPackets(connection, 'id = ?', packet));
  }

  /**
   * Those of these packets whose attempts and outputs are in the store as they were written. The others are void from now on.
   * As dear as reading all of it.
   */
  whole(packets: ReadonlySet<number>): ReadonlySet<number> {
    const outputs = new Map<string, boolean>();
    const isThere = (hash: string): boolean => {
      let known = outputs.get(hash);
      if (known === undefined) outputs.set(hash, known = this.outputs.read(hash) !== undefined);
      return known;
    };
    const rows = this.database.read((connection) => connection.all<PacketText>(
      'SELECT p.id, p.unit_key, p.digest, p.body FROM json_each(?) AS asked CROSS JOIN packets AS p ON p.id = asked.value', [JSON.stringify([...packets])]), []);
    const found = new Set<number>();
    for (const row of rows) {
      const attempts = attemptsOf(row, () => undefined);
      if (!attempts) this.#unsound(row.id);
      else if (attempts.every((attempt) => attempt.outputs.every((output) => isThere(outputHash(output))))) found.add(row.id);
      else {
        this.database.notice(`the evidence of the kept result ${row.id} is gone: it is not used`);
        this.database.write((connection) => voidPackets(connection, 'id = ?', row.id));
      }
    }
    return found;
  }

  /** Undefined where this unit was not looked up. */
  seen(key: UnitKey): number | undefined { return this.#seen.get(key); }

  /** A re-check disagreed: nothing that was kept for this unit is reused again; history shows why. */
  voidEntry(unitKey: UnitKey, why: Voided): Kept {
    const outcome = this.database.write((connection) => {
      connection.run('UPDATE packets SET void = ? WHERE unit_key = ? AND void IS NULL', [JSON.stringify(why), unitKey]);
      clearLookUps(connection);
    });
    this.database.notice(`a re-check disagreed with a kept verdict (${why.reason}): the kept results of that unit are void`);
    return outcome.ok ? { kept: true } : { kept: false, problem: outcome.problem };
  }

  /** Entries of a run in the order of recording; a later one of the same obligation holds. */
  entriesOf(run: string, number: number): LedgerEntry[] {
    const rows = this.database.read((connection) => connection.all<PacketRow & { cached: number; places: string | null }>(
      `SELECT p.id, p.unit_key, p.digest, p.body, p.void, r.cached, r.places FROM run_packets AS r JOIN packets AS p ON p.id = r.packet
       WHERE r.run = ? ORDER BY r.id`, [number]), []);
    const entries = rows.flatMap((row) => {
      const places = row.places === null ? undefined : new Set(JSON.parse(row.places) as number[]);
      const voided = row.void === null ? {} : { voided: JSON.parse(row.void) as Voided };
      return this.#decode(row).filter((entry) => !places || places.has(entry.source.place)).map((entry): LedgerEntry => ({
        obligation: entry.obligation, result: entry.result, stale: entry.stale, cached: row.cached === 1, at: entry.at, inputs: entry.inputs, ...voided,
      }));
    });
    for (const batch of this.#unwritten) {
      if (batch.run !== run) continue;
      for (const { obligation, result, at, inputs } of batch.reused) entries.push({ obligation, result, stale: false, cached: true, at, inputs });
      for (const unit of batch.units) entries.push(...unit.entries);
    }
    return entries;
  }

  /** One entry with its attempts, without reading the rest of its run. @param run its id and number; or a place in a packet */
  entryOf(obligation: string, where: { readonly run: string; readonly number: number } | CachedResult['source']): LedgerEntry | undefined {
    const columns = 'p.id, p.unit_key, p.digest, p.body, p.void';
    if ('run' in where) {
      for (const batch of [...this.#unwritten].reverse()) {
        const found = batch.run === where.run ? batch.units.flatMap((unit) => unit.entries).findLast((entry) => entry.obligation.id === obligation) : undefined;
        if (found) return found;
      }
    }
    const row = this.database.read((connection) => ('run' in where
      ? connection.get<PacketRow & { cached: number }>(`SELECT ${columns}, r.cached FROM verdicts AS v JOIN run_packets AS r ON r.packet = v.packet JOIN packets AS p ON p.id = v.packet
          WHERE v.obligation = ? AND r.run = ? ORDER BY r.id DESC LIMIT 1`, [obligation, where.number])
      : connection.get<PacketRow & { cached: number }>(`SELECT ${columns}, 1 AS cached FROM packets AS p WHERE p.id = ?`, [where.packet])), undefined);
    const entry = row && this.#decode(row).findLast((one) => one.obligation.id === obligation);
    return entry && row && {
      obligation: entry.obligation, result: entry.result, stale: entry.stale, cached: row.cached === 1, at: entry.at, inputs: entry.inputs,
      ...(row.void === null ? {} : { voided: JSON.parse(row.void) as Voided }),
    };
  }

  /** Newest first. @param of a repository's id or root */
  history(obligation: string, of?: string): HistoryItem[] {
    const rows = this.database.read((connection) => connection.all<{
      run: string; kind: VerdictKind; seconds: number; memory_mb: number; at: string; cached: number; void: string | null;
    }>(`SELECT runs.id AS run, v.kind, v.seconds, v.memory_mb, v.at, r.cached, p.void FROM verdicts AS v
        JOIN run_packets AS r ON r.packet = v.packet JOIN runs ON runs.number = r.run JOIN packets AS p ON p.id = v.packet
        WHERE v.obligation = ?1 AND (?2 IS NULL OR runs.root = ?2 OR runs.repository = ?2) ORDER BY r.id DESC`, [obligation, of ?? null]), []);
    return rows.map((row) => ({
      run: row.run, kind: row.kind, seconds: row.seconds, memoryMb: row.memory_mb, at: row.at, cached: row.cached === 1,
      ...(row.void === null ? {} : { voided: JSON.parse(row.void) as Voided }),
    }));
  }

  /** By obligation, from the last runs of a repository (id or root): what failed last time, and how long it took. */
  latestVerdicts(of: string): Map<string, LatestVerdict> {
    const rows = this.database.read((connection) => connection.all<{ obligation: string; kind: VerdictKind; seconds: number; memory_mb: number; at: string }>(
      `SELECT v.obligation, v.kind, v.seconds, v.memory_mb, v.at FROM run_packets AS r CROSS JOIN verdicts AS v ON v.packet = r.packet
       WHERE r.run IN (SELECT number FROM runs WHERE root = ?1 OR repository = ?1 ORDER BY number DESC LIMIT ${LATEST_RUNS}) ORDER BY r.id`, [of]), []);
    return new Map(rows.map((row) => [row.obligation, { kind: row.kind, seconds: row.seconds, memoryMb: row.memory_mb, at: row.at }]));
  }

  #decode(row: PacketText): DecodedEntry[] {
    const entries = decodePacket(row, (hash) => this.outputs.read(hash));
    if (!entries) this.database.notice(`the kept result ${row.id} does not match its digest and is not used`);
    return entries ?? [];
  }
}

/** Per packet the places that were taken over; null for all of them. */
function takenOver(reused: readonly CachedResult[]): [packet: number, places: string | null][] {
  const packets = new Map<number, { readonly places: number[]; readonly of: number }>();
  for (const { source } of reused) {
    const known = packets.get(source.packet);
    if (known) known.places.push(source.place);
    else packets.set(source.packet, { places: [source.place], of: source.of });
  }
  return [...packets].map(([packet, { places, of }]) => [packet, places.length === of ? null : JSON.stringify(places)]);
}
