/** The ledger as the engine and the store hold it; the JSON of `--json` is made from it (schema.ts). */
import type { Assumption, Attempt, JsonObject, Limits, Obligation, ObligationResult, Project, Tool, Uncovered } from '../../../toolchains/contract.ts';
import type { Justifications } from '../justify/types.ts';
import type { Commit } from '../repository/types.ts';

/** One line of the ledger: an obligation, its verdict in this run, and the flags on it. */
export interface LedgerEntry {
  readonly obligation: Obligation;
  readonly result: ObligationResult;
  /** The content has changed since the verdict was found. */
  readonly stale: boolean;
  /** Taken from an earlier run of exactly this content by these tools. */
  readonly cached: boolean;
  /** When the evidence was made, ISO 8601 (earlier than the run where cached). */
  readonly at: string;
  /** Inputs with their hashes as the tool saw them. */
  readonly inputs: readonly HashedInput[];
  /** A later re-check of the same content disagreed, or the evidence is damaged: the verdict is no longer believed or reused. */
  readonly voided?: Voided;
}

/** Why a kept verdict is void, recorded beside it. */
export interface Voided {
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** Run of the re-check; "" where there was none. */
  readonly run: string;
}

export interface HashedInput { readonly path: string; readonly sha256: string }

/** What a run was asked to do; kept with it. */
export interface RunDescription {
  readonly command: readonly string[];
  readonly root: string;
  readonly limits: Limits;
  readonly startedAt: string;
}

export interface RunRecord extends RunDescription {
  readonly id: string;
  /** Absent while it runs, and for ever where it was killed. */
  readonly endedAt?: string;
  readonly seconds?: number;
  readonly outcome: 'running' | 'finished' | 'cancelled' | 'interrupted';
}

/** Everything of one run, as `compare`, `report` and the window read it. */
export interface Ledger {
  readonly run: RunRecord;
  readonly machine: JsonObject;
  readonly tools: readonly Tool[];
  readonly projects: readonly Project[];
  readonly entries: readonly LedgerEntry[];
  readonly assumptions: readonly Assumption[];
  readonly uncovered: readonly Uncovered[];
  /** Obligations of the repository that the run was not asked for (`--only`, a single file): it says nothing of them. */
  readonly notAsked?: number;
  /** Held against what was found; absent where the repository has none. */
  readonly justifications?: Justifications;
  /** Of the repository when the run began, where it has one. */
  readonly commit?: Commit;
}

/** The content part of a cache key, computed by cache.ts from a unit and the hashes of its inputs. */
export type UnitKey = string;

export interface CachedResult {
  readonly unitKey: UnitKey;
  readonly obligation: Obligation;
  readonly result: ObligationResult;
  readonly limits: Limits;
  /** Fingerprints of the tools that the evidence names. A decided verdict needs them all to be here still. */
  readonly usedTools: readonly string[];
  /** Hash of all usable tools then; an open verdict needs the same set. */
  readonly toolSet: string;
  readonly at: string;
  readonly inputs: readonly HashedInput[];
  /** Where it stands in the store. */
  readonly source: { readonly packet: number; readonly place: number; readonly of: number };
}

/** Attempts without their bytes; outputs are fetched by hash. */
export type StoredOutput = { readonly name: string; readonly sha256: string; readonly bytes: number; readonly truncated: boolean };
export type StoredAttempt = Omit<Attempt, 'outputs'> & { readonly outputs: readonly StoredOutput[] };
