/**
 * The exit code of `verify` (DESIGN, "The command line"): 0 all as claimed, 1 something is wrong, 3 something
 * could not be checked, 2 something is undecided; the most serious in the order 1, 3, 2.
 */
import { classOf, REASON } from '../../toolchains/verdict.ts';
import type { LedgerEntry } from './ledger/types.ts';

export interface ExitOptions {
  readonly cancelled: boolean;
  /** `--depth` was given: a bound was asked for. */
  readonly depthGiven: boolean;
  /** `--strict`: a green verdict on an unjustified assumption is wrong. */
  readonly strict: boolean;
  readonly justified?: ReadonlySet<string>;
}

export type VerifyExit = 0 | 1 | 2 | 3 | 130;

export function exitCodeOf(entries: readonly LedgerEntry[], options: ExitOptions): VerifyExit {
  if (options.cancelled) return 130;
  const judged = entries.filter((entry) => entry.result.verdict.kind !== 'nothing-to-prove');
  if (judged.length === 0) return 3;
  let wrong = false, unchecked = false, open = false;
  for (const group of byTask(judged)) {
    const state = groupState(group, options);
    wrong ||= state.wrong; unchecked ||= state.unchecked; open ||= state.open;
  }
  if (options.strict && judged.some((entry) => restsOnUnjustified(entry, options))) wrong = true;
  return wrong ? 1 : unchecked ? 3 : open ? 2 : 0;
}

/** An expectation is of a task as a whole: "expect fail" wants one failure, not a failure of every property. */
function byTask(entries: readonly LedgerEntry[]): LedgerEntry[][] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const key = `${entry.obligation.project}\n${entry.obligation.task ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(entry); else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

function groupState(group: readonly LedgerEntry[], options: ExitOptions): { wrong: boolean; unchecked: boolean; open: boolean } {
  const someMet = group.some(isAsExpected);
  const expectsRed = group.some((entry) => entry.obligation.expected?.some((kind) => classOf(kind) === 'red'));
  let wrong = false, unchecked = false, open = false, green = 0;
  for (const entry of group) {
    const verdict = entry.result.verdict;
    if (isAsExpected(entry)) continue;
    switch (classOf(verdict.kind)) {
      case 'red': wrong = true; break;
      case 'unchecked': unchecked = true; break;
      case 'open': if (!(expectsRed && someMet)) open = true; break;
      case 'green':
        green += 1;
        if (verdict.kind === 'bounded' && !options.depthGiven && entry.obligation.goal !== 'bound' && !(expectsRed && someMet)) open = true;
        break;
      case 'none': break;
    }
  }
  if (expectsRed && !someMet && green === group.length) wrong = true; // the file expects a failure and there is none
  return { wrong, unchecked, open };
}

/** A file that expects a failure expects a run that fails; assumptions that no run can meet are an error of the file. */
export function isAsExpected({ obligation, result: { verdict } }: Pick<LedgerEntry, 'obligation' | 'result'>): boolean {
  if (verdict.kind === 'failed' && verdict.reason?.startsWith(REASON.vacuous)) return false;
  return obligation.expected?.includes(verdict.kind) ?? false;
}

/** True where a green verdict rests on an assumption that nobody signed. */
export function restsOnUnjustified(entry: LedgerEntry, options: Pick<ExitOptions, 'justified'>): boolean {
  return classOf(entry.result.verdict.kind) === 'green' && entry.obligation.assumptions.some((id) => !options.justified?.has(id));
}
