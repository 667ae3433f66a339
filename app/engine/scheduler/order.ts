/**
 * The order in which units are checked: what was asked for first, then what failed last time, then longest first
 * by learned seconds (the LPT rule, at most 4/3 of the best makespan: Graham 1969).
 *
 * A unit without a learned time goes where the long ones of its kind are: after the known ones longer than
 * three quarters of their kind, before the rest. Late, it may turn out to be the long one that everybody waits for;
 * before all, it would hold up the ones that are known to be long. Among unknown ones the larger file goes first.
 */
export interface Orderable {
  /** 0 asked for by name, larger for later wishes; undefined for not asked. */
  readonly asked?: boolean;
  readonly failedLast?: boolean;
  /** Learned seconds. */
  readonly seconds?: number;
  /** Bytes of its input: a hint where nothing is learned. */
  readonly bytes?: number;
  readonly kind?: string;
}

const UNKNOWN_QUANTILE = 0.75;

/** The items in the order to check them. Stable: equal ones keep their place. */
export function inOrder<T>(items: readonly T[], describe: (item: T) => Orderable): T[] {
  const keyed = items.map((item, index) => ({ item, index, of: describe(item) }));
  const guesses = longSecondsByKind(keyed.map((entry) => entry.of));
  const weight = ({ of }: { of: Orderable }): number => of.seconds ?? guesses(of.kind);
  keyed.sort((a, b) =>
    Number(b.of.asked ?? false) - Number(a.of.asked ?? false)
    || Number(b.of.failedLast ?? false) - Number(a.of.failedLast ?? false)
    || descending(weight(a), weight(b))
    || (b.of.bytes ?? 0) - (a.of.bytes ?? 0)
    || a.index - b.index);
  return keyed.map((entry) => entry.item);
}

function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/** Where an unknown one of a kind stands; of a kind of which nothing is known, as the kinds together; before all where nothing is. */
function longSecondsByKind(all: readonly Orderable[]): (kind: string | undefined) => number {
  const known = new Map<string | undefined, number[]>();
  const together: number[] = [];
  for (const { seconds, kind } of all) {
    if (seconds === undefined) continue;
    together.push(seconds);
    const list = known.get(kind);
    if (list) list.push(seconds);
    else known.set(kind, [seconds]);
  }
  const overall = quantile(together, UNKNOWN_QUANTILE) ?? Number.POSITIVE_INFINITY;
  const guesses = new Map([...known].map(([kind, list]) => [kind, quantile(list, UNKNOWN_QUANTILE)!] as const));
  return (kind) => guesses.get(kind) ?? overall;
}

/** The smallest value with at least that share of the list at or below it. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))];
}
