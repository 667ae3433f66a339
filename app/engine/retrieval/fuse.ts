/** Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): rankings of different kinds as one, by place alone. */

/** As in the paper: how little the first places differ from the next ones. */
const K = 60;

export interface Ranking { readonly name: string; readonly weight: number; /** The best first, each once. */ readonly documents: readonly number[] }

export interface Fused { readonly document: number; readonly score: number; /** Place in each ranking that has it, from 1. */ readonly places: Readonly<Record<string, number>> }

export function fuse(rankings: readonly Ranking[], most: number): Fused[] {
  const found = new Map<number, { score: number; places: Record<string, number> }>();
  for (const { name, weight, documents } of rankings) {
    for (const [index, document] of documents.entries()) {
      const entry = found.get(document) ?? { score: 0, places: {} };
      entry.score += weight / (K + index + 1);
      entry.places[name] = index + 1;
      found.set(document, entry);
    }
  }
  return [...found].map(([document, entry]) => ({ document, ...entry })).sort((a, b) => b.score - a.score || a.document - b.document).slice(0, most);
}
