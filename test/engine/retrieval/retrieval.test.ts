import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../app/engine/engine.ts';
import { callsIn, withoutCalls } from '../../../app/engine/retrieval/calls.ts';
import { chunksOf, type Chunk } from '../../../app/engine/retrieval/chunk.ts';
import { fuse } from '../../../app/engine/retrieval/fuse.ts';
import { RetrievalIndex } from '../../../app/engine/retrieval/index.ts';
import { Postings, Vocabulary } from '../../../app/engine/retrieval/postings.ts';
import { hiddenQuery, recallOf } from '../../../app/engine/retrieval/recall.ts';
import { wilson } from '../../../app/engine/retrieval/wilson.ts';
import { eachTerm } from '../../../app/engine/retrieval/words.ts';
import { toolchains } from '../../../toolchains/registry.ts';
import { generatedChunks } from '../../bench/retrieval-driver.ts';

const terms = (text: string): string[] => { const found: string[] = []; eachTerm(text, (term) => { found.push(term); }); return found; };

const SLOW_MS = 240_000;
let home: string, engine: Engine;
beforeAll(async () => { home = mkdtempSync(join(tmpdir(), 'assay-home-')); engine = await Engine.create({ toolchains, home, path: '' }); }, SLOW_MS);
afterAll(async () => { await engine.dispose(); rmSync(home, { recursive: true, force: true }); });

async function chunks(files: Readonly<Record<string, string>>): Promise<Chunk[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-retrieval-'));
  try {
    for (const [path, text] of Object.entries(files)) { mkdirSync(dirname(join(folder, 'r', path)), { recursive: true }); writeFileSync(join(folder, 'r', path), text); }
    const opened = await engine.plan({ path: join(folder, 'r'), trusted: false, signal: new AbortController().signal });
    try { return await chunksOf(opened.plan); } finally { await opened.repository.dispose(); }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('terms', () => {
  it('are identifiers and their parts, without what every proof says', () => {
    expect(terms('lemma_seqPush(x10)')).toEqual(['lemma_seqpush', 'seq', 'push', 'x10', '10'].filter((term) => term !== 'seq'));
    expect(terms('ensures HTTPServer?.isOpen == 3')).toEqual(['httpserver?', 'http', 'server', 'isopen', 'open'].filter((term) => term !== 'open'));
    expect(terms('forall i :: true')).toEqual([]);
  });
});

describe('BM25', () => {
  const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'kappa', 'omega', 'sigma');
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

  it('ranks as the formula written down plainly does', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), text, (texts, query) => {
      const vocabulary = new Vocabulary();
      const postings = new Postings(vocabulary, texts.map((one) => vocabulary.termsOf(one, one)));
      const split = texts.map(terms), average = Math.max(1, split.reduce((sum, list) => sum + list.length, 0) / texts.length);
      const score = (list: readonly string[]): number => [...new Set(terms(query))].reduce((sum, term) => {
        const df = split.filter((other) => other.includes(term)).length, tf = list.filter((other) => other === term).length, times = terms(query).filter((other) => other === term).length;
        return sum + (Math.log(1 + (texts.length - df + 0.5) / (df + 0.5)) * tf * 2.2 * (1 + Math.log(times))) / (tf + 1.2 * (0.4 + (0.6 * list.length) / average));
      }, 0);
      const expected = split.map(score);
      const hits = postings.search(query, texts.length);
      expect(hits.map((hit) => hit.document).sort((a, b) => a - b)).toEqual(expected.flatMap((value, at) => (value > 0 ? [at] : [])));
      for (const [at, hit] of hits.entries()) {
        expect(hit.score).toBeCloseTo(expected[hit.document]!, 4);
        if (at > 0) expect(hits[at - 1]!.score).toBeGreaterThanOrEqual(hit.score);
      }
      const few = postings.search(query, 3);
      expect(few).toEqual(hits.slice(0, 3));
    }), { numRuns: 200 });
  });

  it('keeps nothing of a search that the next one could see', () => {
    const vocabulary = new Vocabulary();
    const postings = new Postings(vocabulary, ['alpha beta', 'beta gamma'].map((one) => vocabulary.termsOf(one, one)));
    const first = postings.search('alpha', 9);
    postings.search('beta gamma', 9, () => false);
    expect(postings.search('alpha', 9)).toEqual(first);
    expect(postings.search('unseen', 9)).toEqual([]);
  });
});

it('fuses by place: what two rankings have comes before what one has', () => {
  const fused = fuse([{ name: 'a', weight: 1, documents: [1, 2, 3] }, { name: 'b', weight: 1, documents: [3, 4] }], 9);
  expect(fused.map((one) => one.document)).toEqual([3, 1, 2, 4]);
  expect(fused[0]!.places).toEqual({ a: 3, b: 1 });
});

it('reads an unchanged text once, and an edited repository as a new index would', () => {
  const before = generatedChunks(300), vocabulary = new Vocabulary();
  new RetrievalIndex(before, vocabulary);
  const reads = vocabulary.reads;
  const after = before.filter((_, at) => at !== 5).map((chunk, at) => (at === 40 ? { ...chunk, text: `${chunk.text} alone_here`, sha256: 'edited' } : chunk));
  const again = new RetrievalIndex(after, vocabulary), fresh = new RetrievalIndex(after);
  expect(vocabulary.reads - reads).toBe(1);
  for (const at of [0, 40, 120, 298]) {
    const query = { text: after[at]!.text, from: after[at]!, only: 'premises' } as const;
    expect(again.find(query, 10).map((one) => one.chunk.id)).toEqual(fresh.find(query, 10).map((one) => one.chunk.id));
  }
});

describe('hidden calls', () => {
  it('take qualifier, arguments and semicolon with them, and leave no mention', () => {
    const text = 'if n > 0 { M.Push(a, f(b)); Pushed(c); } // by Push\nassert x by { Push(1) }';
    const hidden = withoutCalls(text, new Set(['Push']));
    expect(hidden).not.toMatch(/\bPush\b/);
    expect(hidden).toContain('Pushed(c);');
    expect(hidden).not.toContain('f(b)');
    expect(callsIn('lemma_a::<T>(x)').map((call) => call.name)).toEqual(['lemma_a']);
  });

  const LIBRARY = `lemma SumOfAppend(s: seq<int>, t: seq<int>) ensures Sum(s + t) == Sum(s) + Sum(t) { }
lemma CountOfAppend(s: seq<int>, x: int) ensures Count(s + [x], x) == Count(s, x) + 1 { }
lemma MulIsMonotone(a: nat, b: nat, c: nat) requires a <= b ensures a * c <= b * c { }
function Sum(s: seq<int>): int { if s == [] then 0 else s[0] + Sum(s[1..]) }
function Count(s: seq<int>, x: int): nat { if s == [] then 0 else Count(s[1..], x) }
lemma Total(s: seq<int>, t: seq<int>, u: seq<int>) ensures Sum(s + t + u) == Sum(s) + Sum(t) + Sum(u) { SumOfAppend(s + t, u); SumOfAppend(s, t); }
lemma Alone(x: int) ensures x == x { }
`;
  it('are what recall asks for: each lemma once a proof, the proof itself and its name never in the pool', async () => {
    const all = await chunks({ 'a.dfy': LIBRARY });
    const [measured] = recallOf(all, [1, 5]);
    expect(measured).toMatchObject({ toolchain: 'dafny', proofs: 1, hidden: 1, pool: 5 });
    expect(measured!.at[0]).toMatchObject({ k: 1, found: 1, whole: 1 });
    const total = all.find((chunk) => chunk.name === 'Total')!;
    expect(hiddenQuery(total, new Set(['SumOfAppend'])).text).not.toContain('SumOfAppend');
    const found = new RetrievalIndex(all).find(hiddenQuery(total, new Set(['SumOfAppend'])), 10);
    expect(found[0]!.chunk.name).toBe('SumOfAppend');
    expect(found.map((one) => one.chunk.name)).not.toContain('Total');
    expect(found.every((one) => one.chunk.isPremise)).toBe(true);
  }, SLOW_MS);

  it('learns from similar proofs elsewhere, but never from a copy of the hidden one', async () => {
    const copy = LIBRARY.split('\n').filter((line) => line.startsWith('lemma Total')).join('\n');
    const all = await chunks({ 'a.dfy': LIBRARY, 'b/b.dfy': `${copy}\n` });
    const own = all.find((chunk) => chunk.name === 'Total' && chunk.file === 'a.dfy')!;
    const places = new RetrievalIndex(all).find(hiddenQuery(own, new Set(['SumOfAppend'])), 10).find((one) => one.chunk.name === 'SumOfAppend')!.places;
    expect(places).not.toHaveProperty('proofs');
  }, SLOW_MS);

  it('is empty where no proof calls a lemma', async () => {
    expect(recallOf(await chunks({ 'a.dfy': 'lemma A() ensures true { }\nmethod M() { }\n' }), [1])).toEqual([]);
  }, SLOW_MS);
});

it("gives Wilson's interval", () => {
  const round = ({ low, high }: { low: number; high: number }): number[] => [low, high].map((value) => Math.round(value * 1000) / 1000);
  expect(round(wilson(10, 16))).toEqual([0.386, 0.815]);
  expect(round(wilson(0, 10))).toEqual([0, 0.278]);
  expect(round(wilson(4, 4))).toEqual([0.51, 1]);
});
