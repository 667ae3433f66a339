/**
 * What changed between two runs. Obligations are matched by id, assumptions by id and else by what they say, so
 * that a shifted line is no news. Pure: reads two ledgers, runs nothing.
 */
import type { Assumption, Limits, Tool } from '../../toolchains/contract.ts';
import { classOf, REASON, type Verdict } from '../../toolchains/verdict.ts';
import { justifiedIds } from './justify/resolve.ts';
import type { Ledger, LedgerEntry, RunRecord } from './ledger/types.ts';

export interface Pair { readonly before: LedgerEntry; readonly after: LedgerEntry }
export interface Timed extends Pair {
  /** Seconds after over seconds before. */
  readonly ratio: number;
}

export interface ToolChange {
  readonly id: string;
  readonly path: string;
  /** Versions; absent where the tool was not there. */
  readonly before?: string;
  readonly after?: string;
}

export interface Comparison {
  readonly before: RunRecord;
  readonly after: RunRecord;
  /** Red now, and was not. */
  readonly newlyFailing: readonly Pair[];
  /** Green before, and now neither green nor red: out of time, crashed, not run. */
  readonly lost: readonly Pair[];
  /** Proved or covered now, and was not. */
  readonly newlyProved: readonly Pair[];
  readonly otherwiseChanged: readonly Pair[];
  readonly added: readonly LedgerEntry[];
  readonly removed: readonly LedgerEntry[];
  readonly newAssumptions: readonly Assumption[];
  readonly goneAssumptions: readonly Assumption[];
  /** Ids of those that are new and that a reviewer signed. */
  readonly justified: ReadonlySet<string>;
  /** Of both runs: signed and unchanged before, and not any more. */
  readonly noLongerJustified: readonly Assumption[];
  /** Both decided, and the time differs by more than the thresholds; the largest ratio first. */
  readonly slower: readonly Timed[];
  readonly faster: readonly Timed[];
  readonly tools: readonly ToolChange[];
  /** Why differences may come from the runs and not from the code; one sentence each. */
  readonly caveats: readonly string[];
  /** Obligations of both runs with the same verdict. */
  readonly unchanged: number;
}

export interface CompareThresholds {
  /** At least this many times as long (or as short). */
  readonly ratio: number;
  /** And at least this many seconds of difference. */
  readonly seconds: number;
}

export const COMPARE_THRESHOLDS: CompareThresholds = { ratio: 1.5, seconds: 0.5 };

export function compareLedgers(before: Ledger, after: Ledger, thresholds: CompareThresholds = COMPARE_THRESHOLDS): Comparison {
  const known = new Map(before.entries.map((entry) => [entry.obligation.id, entry]));
  const pairs: Pair[] = [];
  const added: LedgerEntry[] = [];
  for (const entry of after.entries) {
    const earlier = known.get(entry.obligation.id);
    if (earlier) pairs.push({ before: earlier, after: entry });
    else added.push(entry);
    known.delete(entry.obligation.id);
  }
  const sorted: Record<Change, Pair[]> = { failing: [], lost: [], proved: [], other: [], none: [] };
  for (const pair of pairs) sorted[changeOf(pair)].push(pair);
  const timed = pairs.flatMap((pair) => timedOf(pair, thresholds));
  return {
    before: before.run, after: after.run,
    newlyFailing: sorted.failing, lost: sorted.lost, newlyProved: sorted.proved, otherwiseChanged: sorted.other, unchanged: sorted.none.length,
    added, removed: [...known.values()],
    newAssumptions: missingFrom(before.assumptions, after.assumptions), goneAssumptions: missingFrom(after.assumptions, before.assumptions),
    justified: justifiedIds(after.justifications), noLongerJustified: noLongerJustified(before, after),
    slower: timed.filter((pair) => pair.ratio > 1).sort((a, b) => b.ratio - a.ratio),
    faster: timed.filter((pair) => pair.ratio < 1).sort((a, b) => a.ratio - b.ratio),
    tools: toolChanges(before.tools, after.tools),
    caveats: caveatsOf(before, after),
  };
}

/** Something that was fine is not any more, or rests on more than it did that nobody signed. */
export function isWorse(comparison: Comparison): boolean {
  return comparison.newlyFailing.length > 0 || comparison.lost.length > 0 || comparison.newAssumptions.some((one) => !comparison.justified.has(one.id)) || comparison.noLongerJustified.length > 0
    || comparison.added.some((entry) => classOf(entry.result.verdict.kind) === 'red');
}

type Change = 'failing' | 'lost' | 'proved' | 'other' | 'none';

function changeOf(pair: Pair): Change {
  const before = pair.before.result.verdict;
  const after = pair.after.result.verdict;
  const was = classOf(before.kind);
  const is = classOf(after.kind);
  if (is === 'red' && was !== 'red') return 'failing';
  if (was === 'green' && is !== 'green') return 'lost';
  if (isSettled(after) && !isSettled(before)) return 'proved';
  return isSame(before, after) && pair.before.stale === pair.after.stale ? 'none' : 'other';
}

/** Green without a bound. */
const isSettled = (verdict: Verdict): boolean => verdict.kind === 'proved' || verdict.kind === 'covered';

const FIXED_REASONS: readonly string[] = Object.values(REASON);

/** Free text of a reason (times, messages) may differ; its fixed words may not. */
function isSame(before: Verdict, after: Verdict): boolean {
  const depth = (verdict: Verdict): number | undefined => ('depth' in verdict ? verdict.depth : undefined);
  const answer = (verdict: Verdict): string | undefined => ('answer' in verdict ? verdict.answer : undefined);
  const reason = (verdict: Verdict): string | undefined => FIXED_REASONS.find((word) => 'reason' in verdict && verdict.reason?.startsWith(word) === true);
  const proven = (verdict: Verdict): boolean => verdict.kind === 'unreachable' && verdict.proven === true;
  return before.kind === after.kind && depth(before) === depth(after) && answer(before) === answer(after)
    && reason(before) === reason(after) && proven(before) === proven(after);
}

function timedOf(pair: Pair, thresholds: CompareThresholds): Timed[] {
  if (!isDecided(pair.before) || !isDecided(pair.after)) return [];
  const [before, after] = [pair.before.result.seconds, pair.after.result.seconds];
  if (Math.abs(after - before) < thresholds.seconds || before <= 0 || after <= 0) return [];
  const ratio = after / before;
  return Math.max(ratio, 1 / ratio) >= thresholds.ratio ? [{ ...pair, ratio }] : [];
}

/** The time of an open verdict is its limit, which says nothing about speed. */
function isDecided(entry: LedgerEntry): boolean {
  const decided = classOf(entry.result.verdict.kind);
  return decided === 'green' || decided === 'red';
}

/** Those of `present` that `earlier` lacks. Each earlier one stands for one only: a second equal `assume` is new. */
function missingFrom(earlier: readonly Assumption[], present: readonly Assumption[]): Assumption[] {
  const ids = new Set(earlier.map((assumption) => assumption.id));
  const presentIds = new Set(present.map((assumption) => assumption.id));
  const moved = new Map<string, number>();
  for (const assumption of earlier) {
    if (!presentIds.has(assumption.id)) moved.set(says(assumption), (moved.get(says(assumption)) ?? 0) + 1);
  }
  return present.filter((assumption) => {
    if (ids.has(assumption.id)) return false;
    const left = moved.get(says(assumption)) ?? 0;
    if (left > 0) moved.set(says(assumption), left - 1);
    return left === 0;
  });
}

function noLongerJustified(before: Ledger, after: Ledger): Assumption[] {
  const [was, is] = [justifiedIds(before.justifications), justifiedIds(after.justifications)];
  return after.assumptions.filter((assumption) => was.has(assumption.id) && !is.has(assumption.id));
}

const says = ({ toolchain, file, kind, text }: Assumption): string => JSON.stringify([toolchain, file, kind, text]);

function toolChanges(before: readonly Tool[], after: readonly Tool[]): ToolChange[] {
  const fit = (tools: readonly Tool[]): Map<string, Tool> =>
    new Map(tools.filter((tool) => tool.unfit === undefined).map((tool) => [`${tool.id} ${tool.embedded ? '' : tool.path}`, tool]));
  const [earlier, later] = [fit(before), fit(after)];
  const changes: ToolChange[] = [];
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(key), later.get(key)];
    if (was?.fingerprint === is?.fingerprint) continue;
    const { id, path } = (is ?? was)!;
    const rebuilt = was !== undefined && was.version === is?.version ? ' (other build)' : '';
    changes.push({ id, path, ...(was ? { before: was.version } : {}), ...(is ? { after: is.version + rebuilt } : {}) });
  }
  return changes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function caveatsOf(before: Ledger, after: Ledger): string[] {
  const caveats: string[] = [];
  for (const [which, { run }] of [['earlier', before], ['later', after]] as const) {
    if (run.outcome !== 'finished') caveats.push(`The ${which} run did not finish (${run.outcome})`);
  }
  if (before.run.root !== after.run.root) caveats.push('The runs are of different folders');
  const limits = limitDifferences(before.run.limits, after.run.limits);
  if (limits.length > 0) caveats.push(`The limits differ: ${limits.join(', ')}`);
  for (const key of ['platform', 'processor', 'cores']) {
    const [was, is] = [before.machine[key], after.machine[key]];
    if (was !== is) caveats.push(`The machines differ: ${key} ${String(was)} before, ${String(is)} after`);
  }
  return caveats;
}

function limitDifferences(before: Limits, after: Limits): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Limits>;
  return [...keys].filter((key) => before[key] !== after[key]).map((key) => `${key} ${before[key] ?? 'none'} before, ${after[key] ?? 'none'} after`);
}
