/**
 * What is known of a plan before anything runs: the verdicts that hold for exactly what is there now, and the last words
 * that were found for something else. Only the rule of the cache makes a verdict current: a green one that it does not
 * let stand is stale, whatever its files say.
 */
import { classOf } from '../../../toolchains/verdict.ts';
import type { EngineParts } from '../engine.ts';
import type { CachedResult, HashedInput, LedgerEntry } from '../ledger/types.ts';
import { cachedEntry } from './recorder.ts';
import { selectUnits } from './select.ts';
import { prepare, type PrepareRequest, type PreparedUnit } from './verify.ts';

/** Runs that are read back for a last word; beyond them an obligation counts as never run. */
const RUNS_READ = 8;

export interface KnownVerdict {
  readonly entry: LedgerEntry;
  /** Why the entry is of something else than what is there now; absent where it is current. */
  readonly stale?: string;
  /** Where its evidence stands in the store. */
  readonly from: { readonly run: string } | CachedResult['source'];
}

export interface Known {
  readonly verdicts: ReadonlyMap<string, KnownVerdict>;
  readonly units: readonly PreparedUnit[];
  /** How many obligations a run would take over. */
  readonly current: number;
}

export async function knownVerdicts(parts: EngineParts, request: PrepareRequest): Promise<Known> {
  const units = await prepare(parts, { ...request, fresh: false, evidenceUnread: true }, selectUnits(request.plan, {}));
  const verdicts = new Map<string, KnownVerdict>();
  for (const unit of units) for (const [id, cached] of unit.kept) verdicts.set(id, { entry: cachedEntry(cached), from: cached.source });
  const current = verdicts.size;
  const wanted = new Map(units.flatMap((unit) => unit.unit.obligations.filter((id) => !verdicts.has(id)).map((id) => [id, unit] as const)));
  for (const run of parts.store.listRuns(request.root).slice(0, RUNS_READ)) {
    if (wanted.size === 0) break;
    for (const entry of parts.store.readLedger(run.id)?.entries ?? []) {
      const { id } = entry.obligation;
      const unit = wanted.get(id);
      // What was not reached says nothing; an earlier run may.
      if (!unit || (entry.result.verdict.kind === 'not-run' && entry.result.attempts.length === 0)) continue;
      wanted.delete(id);
      const stale = whyStale(entry, unit);
      verdicts.set(id, { entry: { ...entry, cached: true }, from: { run: run.id }, ...(stale === undefined ? {} : { stale }) });
    }
  }
  return { verdicts, units, current };
}

function whyStale(entry: LedgerEntry, unit: PreparedUnit): string | undefined {
  if (entry.voided) return entry.voided.run === '' ? entry.voided.reason : `a later check disagreed: ${entry.voided.reason}`;
  const changed = differing(entry.inputs, unit.inputs.filter((input) => input.sha256 !== 'absent'));
  if (changed !== undefined) return `${changed} has changed since`;
  return classOf(entry.result.verdict.kind) === 'green' ? 'it was found with other tools or options' : undefined;
}

/** A file whose content is not what the verdict saw, or that one of the two has and the other has not. */
function differing(seen: readonly HashedInput[], now: readonly HashedInput[]): string | undefined {
  const hashes = new Map(seen.map((input) => [input.path, input.sha256]));
  for (const { path, sha256 } of now) {
    if (hashes.get(path) !== sha256) return path;
    hashes.delete(path);
  }
  return hashes.keys().next().value;
}
