/**
 * An inverted index with BM25 scores (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) in typed arrays.
 * Incremental by content: the terms of a text are read once, whatever the text belongs to; inverting what is there is one
 * counting pass. Not changed once it is made.
 */
import { eachTerm } from './words.ts';

/** Terms of one text, each once, with how often it stands there. */
export interface Terms { readonly ids: Int32Array; readonly counts: Uint16Array; readonly length: number }

/** Terms by number, and the terms of texts by content. Shared by all indexes of a process. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  #kept = new Map<string, Terms>();
  /** Texts whose terms were read, not remembered. */
  reads = 0;

  get size(): number { return this.#numbers.size; }

  number(term: string): number | undefined { return this.#numbers.get(term); }

  /** @param key of the text's content */
  termsOf(key: string, text: string): Terms {
    const known = this.#kept.get(key);
    if (known) return known;
    this.reads++;
    const counts = new Map<number, number>();
    let length = 0;
    eachTerm(text, (term) => {
      let id = this.#numbers.get(term);
      if (id === undefined) { id = this.#numbers.size; this.#numbers.set(term, id); }
      counts.set(id, (counts.get(id) ?? 0) + 1);
      length++;
    });
    const terms: Terms = { ids: Int32Array.from(counts.keys()), counts: Uint16Array.from(counts.values(), (count) => Math.min(count, 65_535)), length };
    this.#kept.set(key, terms);
    return terms;
  }

  /** Forgets all texts but these. */
  keepOnly(keys: Iterable<string>): void {
    const kept = new Map<string, Terms>();
    for (const key of keys) { const terms = this.#kept.get(key); if (terms) kept.set(key, terms); }
    this.#kept = kept;
  }
}

export interface Hit { readonly document: number; readonly score: number }

/** Saturation of repetitions, and how much long texts are held back. */
const K1 = 1.2, B = 0.6;
/** Of a query: those that say the most. Beyond them the order hardly changes and the time does. */
const MOST_QUERY_TERMS = 48;
/** Places that a query looks at: the commonest terms of a large repository say the least and cost the most. Some terms always. */
const MOST_PLACES = 15_000, LEAST_QUERY_TERMS = 6;

export class Postings {
  readonly #starts: Int32Array;
  readonly #documents: Int32Array;
  /** Score that the term adds to the document. */
  readonly #weights: Float32Array;
  /** All zero between two searches. */
  readonly #scores: Float32Array;
  /** Documents with a score in this search, the first so many of it. */
  readonly #touched: Int32Array;

  constructor(private readonly vocabulary: Vocabulary, texts: readonly Terms[]) {
    const documents = texts.length, terms = vocabulary.size;
    const starts = new Int32Array(terms + 1);
    let total = 0;
    for (const { ids, length } of texts) { total += length; for (const id of ids) starts[id + 1]!++; }
    const idf = new Float32Array(terms);
    for (let id = 0; id < terms; id++) idf[id] = Math.log(1 + (documents - starts[id + 1]! + 0.5) / (starts[id + 1]! + 0.5));
    for (let id = 0; id < terms; id++) starts[id + 1]! += starts[id]!;
    const average = documents > 0 ? Math.max(1, total / documents) : 1;
    const next = starts.slice(0, terms);
    this.#documents = new Int32Array(starts[terms]!);
    this.#weights = new Float32Array(starts[terms]!);
    for (const [document, { ids, counts, length }] of texts.entries()) {
      const norm = K1 * (1 - B + (B * length) / average);
      for (let at = 0; at < ids.length; at++) {
        const id = ids[at]!, place = next[id]!++, count = counts[at]!;
        this.#documents[place] = document;
        this.#weights[place] = (idf[id]! * count * (K1 + 1)) / (count + norm);
      }
    }
    this.#starts = starts;
    this.#scores = new Float32Array(documents);
    this.#touched = new Int32Array(documents);
  }

  get documents(): number { return this.#scores.length; }

  /** The best first, of equal ones the earlier document. @param isWanted of a document */
  search(query: string, most: number, isWanted: (document: number) => boolean = () => true): Hit[] {
    const wanted = new Map<number, number>();
    eachTerm(query, (term) => { const id = this.vocabulary.number(term); if (id !== undefined && id + 1 < this.#starts.length) wanted.set(id, (wanted.get(id) ?? 0) + 1); });
    const count = (id: number): number => this.#starts[id + 1]! - this.#starts[id]!;
    // Of a term the rarer says more, and repetition in the query counts little.
    const value = (id: number, times: number): number => Math.log(1 + (this.documents - count(id) + 0.5) / (count(id) + 0.5)) * (1 + Math.log(times));
    const terms = [...wanted].filter(([id]) => count(id) > 0).sort((a, b) => value(b[0], b[1]) - value(a[0], a[1])).slice(0, MOST_QUERY_TERMS);
    const scores = this.#scores, touched = this.#touched, from = this.#documents, weights = this.#weights;
    let places = 0, met = 0;
    for (const [rank, [id, times]] of terms.entries()) {
      places += count(id);
      if (places > MOST_PLACES && rank >= LEAST_QUERY_TERMS) break;
      const share = 1 + Math.log(times);
      const end = this.#starts[id + 1]!;
      for (let at = this.#starts[id]!; at < end; at++) {
        const document = from[at]!;
        if (scores[document] === 0) touched[met++] = document;
        scores[document]! += weights[at]! * share;
      }
    }
    const best = new Best(most);
    for (let at = 0; at < met; at++) {
      const document = touched[at]!;
      const score = scores[document]!;
      if (score > best.least && isWanted(document)) best.add(document, score);
      scores[document] = 0;
    }
    return best.list();
  }
}

/** The `most` best of many, without sorting the many. */
class Best {
  readonly #kept: { document: number; score: number }[] = [];
  least = 0;
  constructor(private readonly most: number) {}

  add(document: number, score: number): void {
    const kept = this.#kept;
    if (this.most <= 0) return;
    let at = kept.length;
    while (at > 0 && (kept[at - 1]!.score < score || (kept[at - 1]!.score === score && kept[at - 1]!.document > document))) at--;
    if (at >= this.most) return;
    kept.splice(at, 0, { document, score });
    if (kept.length > this.most) kept.pop();
    // Equal scores go by the document: those at the limit are looked at as well.
    if (kept.length === this.most) this.least = kept.at(-1)!.score * (1 - 1e-7);
  }

  list(): Hit[] { return this.#kept; }
}
