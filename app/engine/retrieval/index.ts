/**
 * The repository's functions, lemmas, specifications and proofs, ranked for one that is to be proved: by the words of their
 * contracts (BM25), by what similar proofs used (nearest neighbours), and by nearness of calls and files, fused by rank.
 */
import type { Chunk } from './chunk.ts';
import { bodyOf, callsIn } from './calls.ts';
import { fuse, type Ranking } from './fuse.ts';
import { Postings, Vocabulary } from './postings.ts';
import { Neighbourhood } from './proximity.ts';

export interface Query {
  /** What is to be proved, with as much of its proof as there is. */
  readonly text: string;
  readonly from: Pick<Chunk, 'project' | 'toolchain' | 'file' | 'range' | 'name'>;
  readonly only: 'premises' | 'all';
}

export interface Retrieved {
  readonly chunk: Chunk;
  readonly score: number;
  /** Place in each ranking that has it, from 1: why it is here. */
  readonly places: Readonly<Record<string, number>>;
}

/** Deep enough that what only one ranking knows well still gets in. */
const DEPTH = 100;
const NEAREST_PROOFS = 20;
/** A proof's file says less than its words do. */
const NEARNESS_WEIGHT = 0.7;

export class RetrievalIndex {
  readonly #contracts: Postings;
  readonly #proofs: Postings;
  readonly #neighbourhood: Neighbourhood;
  /** Premises that a proof calls. */
  readonly #used: readonly (readonly number[])[];
  readonly #twin: readonly string[];

  /** @param vocabulary keeps what was read of texts: of an edited repository only what changed is read again */
  constructor(readonly chunks: readonly Chunk[], vocabulary: Vocabulary = new Vocabulary()) {
    const contracts = chunks.map((chunk) => vocabulary.termsOf(`contract ${chunk.name} ${chunk.contract}`, `${chunk.name} ${chunk.contract}`));
    const proofs = chunks.map((chunk) => vocabulary.termsOf(chunk.sha256, chunk.text));
    vocabulary.keepOnly(chunks.flatMap((chunk) => [`contract ${chunk.name} ${chunk.contract}`, chunk.sha256]));
    this.#contracts = new Postings(vocabulary, contracts);
    this.#proofs = new Postings(vocabulary, proofs);
    const called = new Map(chunks.map((chunk) => [chunk, [...new Set(callsIn(bodyOf(chunk)).map((call) => call.name))].filter((name) => name !== chunk.name)]));
    this.#neighbourhood = new Neighbourhood(chunks, (chunk) => called.get(chunk)!);
    this.#used = chunks.map((chunk) => called.get(chunk)!.flatMap((name) => this.#neighbourhood.named(name, chunk).filter((other) => chunks[other]!.isPremise)));
    this.#twin = chunks.map(twinKey);
  }

  /** Premises that the proof of this chunk calls by name. */
  premisesOf(document: number): readonly number[] { return this.#used[document]!; }

  /** The best first; what reads the same in several places is named once. The proof itself, and others of its name, tell nothing. */
  find(query: Query, most: number): Retrieved[] {
    const { chunks } = this;
    const isSelf = (index: number): boolean => chunks[index]!.name === query.from.name && chunks[index]!.toolchain === query.from.toolchain;
    const isWanted = (index: number): boolean => chunks[index]!.toolchain === query.from.toolchain && (query.only === 'all' || chunks[index]!.isPremise) && !isSelf(index);
    const words = this.#contracts.search(query.text, DEPTH, isWanted).map((hit) => hit.document);
    const similar = this.#proofs.search(query.text, NEAREST_PROOFS, (index) => this.#used[index]!.length > 0 && chunks[index]!.toolchain === query.from.toolchain && !isSelf(index));
    const votes = new Map<number, number>();
    for (const { document, score } of similar) for (const premise of this.#used[document]!) if (!isSelf(premise)) votes.set(premise, (votes.get(premise) ?? 0) + score);
    const self = new Set(this.#neighbourhood.everywhere(query.from.name).filter(isSelf));
    const near = this.#neighbourhood.around(query.from, new Set(callsIn(query.text).map((call) => call.name)), self).filter(isWanted);
    const rankings: Ranking[] = [
      { name: 'words', weight: 1, documents: words },
      { name: 'proofs', weight: 1, documents: [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([document]) => document) },
      { name: 'nearness', weight: NEARNESS_WEIGHT, documents: near.slice(0, DEPTH) },
    ];
    const seen = new Set<string>();
    return fuse(rankings.map((ranking) => ({ ...ranking, documents: this.#distinct(ranking.documents) })), most * 4)
      .filter(({ document }) => !seen.has(this.#twin[document]!) && seen.add(this.#twin[document]!)).slice(0, most)
      .map(({ document, score, places }) => ({ chunk: chunks[document]!, score, places }));
  }

  #distinct(documents: readonly number[]): number[] {
    const seen = new Set<string>();
    return documents.filter((document) => !seen.has(this.#twin[document]!) && seen.add(this.#twin[document]!));
  }
}

/** Two of one key can stand for each other in a proof. */
export function twinKey(chunk: Chunk): string { return `${chunk.toolchain} ${chunk.name} ${chunk.contract.replace(/\s+/g, ' ')}`; }
