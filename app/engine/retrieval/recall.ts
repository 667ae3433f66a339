/** How well premises are found: lemma calls of the repository's own proofs are hidden, and looked for among all of its lemmas. */
import type { Chunk } from './chunk.ts';
import { bodyOf, callsIn, withoutCalls } from './calls.ts';
import { RetrievalIndex, twinKey, type Query } from './index.ts';
import { wilson, type Interval } from './wilson.ts';

export interface Recall {
  readonly toolchain: string;
  /** Proofs that call at least one lemma. */
  readonly proofs: number;
  /** Calls that were hidden, each lemma once a proof. */
  readonly hidden: number;
  /** Distinct lemmas that were chosen from. */
  readonly pool: number;
  readonly at: readonly { readonly k: number; readonly found: number; readonly share: Interval; /** Proofs of which every lemma was found. */ readonly whole: number; readonly wholeShare: Interval }[];
}

/** The query for a chunk with the calls of these names taken out. */
export function hiddenQuery(chunk: Chunk, names: ReadonlySet<string>): Query {
  return { text: withoutCalls(chunk.text, names), from: chunk, only: 'premises' };
}

export function recallOf(chunks: readonly Chunk[], ks: readonly number[]): Recall[] {
  const index = new RetrievalIndex(chunks);
  return [...new Set(chunks.map((chunk) => chunk.toolchain))].sort().flatMap((toolchain) => {
    const pool = new Set(chunks.filter((chunk) => chunk.toolchain === toolchain && chunk.isPremise).map(twinKey));
    const ranks: number[][] = [];
    const seen = new Set<string>();
    for (const [document, chunk] of chunks.entries()) {
      // A proof that stands in two files is one proof.
      if (chunk.toolchain !== toolchain || seen.has(`${chunk.name} ${chunk.text}`)) continue;
      const called = new Set(callsIn(bodyOf(chunk)).map((call) => call.name));
      const premises = index.premisesOf(document).map((premise) => chunks[premise]!).filter((premise) => called.has(premise.name) && premise.name !== chunk.name);
      if (premises.length === 0) continue;
      seen.add(`${chunk.name} ${chunk.text}`);
      const found = index.find(hiddenQuery(chunk, new Set(premises.map((premise) => premise.name))), Math.max(...ks)).map((one) => twinKey(one.chunk));
      // Names that mean several lemmas: any of them is what was called.
      const byName = new Map<string, number>();
      for (const premise of premises) {
        const place = found.indexOf(twinKey(premise));
        byName.set(premise.name, Math.min(byName.get(premise.name) ?? Infinity, place < 0 ? Infinity : place));
      }
      ranks.push([...byName.values()]);
    }
    if (ranks.length === 0) return [];
    const hidden = ranks.reduce((sum, list) => sum + list.length, 0);
    const at = ks.map((k) => {
      const found = ranks.reduce((sum, list) => sum + list.filter((rank) => rank < k).length, 0), whole = ranks.filter((list) => list.every((rank) => rank < k)).length;
      return { k, found, share: wilson(found, hidden), whole, wholeShare: wilson(whole, ranks.length) };
    });
    return [{ toolchain, proofs: ranks.length, hidden, pool: pool.size, at }];
  });
}
