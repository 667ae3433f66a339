/** What a report says first: how much is shown, under what, and what needs a look. Works on a ledger as JSON. */
import { classOf, VERDICT_KINDS, type VerdictKind } from '../../../toolchains/verdict.ts';
import type { LedgerJson } from './schema.ts';

export type ObligationJson = LedgerJson['obligations'][number];

export interface Totals {
  /** All that have something to prove. */
  readonly obligations: number;
  /** Proved or covered by a verdict that holds for the files as they are: neither stale nor void. */
  readonly shown: number;
  readonly bounded: number;
  readonly red: number;
  readonly open: number;
  readonly unchecked: number;
  readonly nothing: number;
  readonly stale: number;
  readonly voided: number;
  /** Of those shown: the ones that rest on an assumption. */
  readonly assuming: number;
  /** Obligations that the run was not asked for. */
  readonly notAsked: number;
  readonly byKind: readonly { readonly kind: VerdictKind; readonly count: number }[];
}

/** True where the verdict stands for the files as they are now. */
export const holds = (entry: ObligationJson): boolean => !entry.stale && entry.voided === undefined;

export function totalsOf(ledger: LedgerJson): Totals {
  const count = (test: (entry: ObligationJson) => boolean): number => ledger.obligations.filter(test).length;
  const isShown = (entry: ObligationJson): boolean => holds(entry) && (entry.verdict.kind === 'proved' || entry.verdict.kind === 'covered');
  const inClass = (name: ReturnType<typeof classOf>): number => count((entry) => holds(entry) && classOf(entry.verdict.kind) === name);
  return {
    obligations: count((entry) => classOf(entry.verdict.kind) !== 'none'), shown: count(isShown),
    bounded: count((entry) => holds(entry) && entry.verdict.kind === 'bounded'),
    red: inClass('red'), open: inClass('open'), unchecked: inClass('unchecked'), nothing: inClass('none'),
    stale: count((entry) => entry.stale), voided: count((entry) => entry.voided !== undefined),
    notAsked: ledger.notAsked ?? 0,
    assuming: count((entry) => isShown(entry) && entry.assumptions.length > 0),
    byKind: VERDICT_KINDS.flatMap((kind) => { const of = count((entry) => entry.verdict.kind === kind); return of === 0 ? [] : [{ kind, count: of }]; }),
  };
}

/** One sentence that a reader may quote: it never says more than the ledger does. */
export function headline(totals: Totals): string {
  if (totals.obligations === 0) return 'Nothing was found that a tool could check.';
  const parts: string[] = [];
  const under = totals.assuming > 0 ? ` (${totals.assuming} under assumptions)` : '';
  parts.push(totals.shown === totals.obligations ? `All ${totals.obligations}${totals.notAsked > 0 ? ' asked' : ''} obligations are shown${under}` : `${totals.shown} of ${totals.obligations} obligations are shown${under}`);
  const rest: readonly (readonly [number, string, string])[] = [
    [totals.red, 'do not hold or are not shown', 'does not hold or is not shown'],
    [totals.bounded, 'are clear up to a bound only', 'is clear up to a bound only'],
    [totals.open, 'are undecided', 'is undecided'], [totals.unchecked, 'could not be checked', 'could not be checked'],
    [totals.stale, 'are stale: their files changed since', 'is stale: its files changed since'],
    [totals.voided, 'are void: a re-check disagreed, or their evidence is damaged', 'is void: a re-check disagreed, or its evidence is damaged'],
    [totals.notAsked, 'more were not asked for', 'more was not asked for'],
  ];
  for (const [count, words, one] of rest) if (count > 0) parts.push(`${count} ${count === 1 ? one : words}`);
  return `${parts.join('; ')}.`;
}

/** Whether a reader must look at it: everything but a verdict that holds and is green, and what has nothing to prove. */
export function needsALook(entry: ObligationJson): boolean {
  const of = classOf(entry.verdict.kind);
  return !holds(entry) || (of !== 'green' && of !== 'none') || entry.verdict.kind === 'bounded';
}
