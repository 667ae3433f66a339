/** Indexes a generated repository and asks it: words drawn as in code (few often, most seldom), lemmas that call lemmas. */
import type { Chunk } from '../../app/engine/retrieval/chunk.ts';
import { RetrievalIndex } from '../../app/engine/retrieval/index.ts';
import { Postings, Vocabulary } from '../../app/engine/retrieval/postings.ts';

export interface Measured { readonly chunks: number; readonly terms: number; readonly indexSeconds: number; readonly againSeconds: number; readonly readAgain: number; readonly querySeconds: Readonly<Record<string, readonly number[]>> }

export function measureRetrieval({ chunks: count = 20_000, queries = 300 } = {}): Measured {
  const chunks = generatedChunks(count);
  const vocabulary = new Vocabulary();
  const [indexSeconds, index] = timed(() => new RetrievalIndex(chunks, vocabulary));
  const before = vocabulary.reads;
  const edited = chunks.map((chunk, at) => (at === 77 ? { ...chunk, text: `${chunk.text} freshly`, sha256: 'edited' } : chunk));
  const [againSeconds] = timed(() => new RetrievalIndex(edited, vocabulary));
  const readAgain = vocabulary.reads - before;
  const own = new Vocabulary();
  const postings = new Postings(own, chunks.map((chunk) => own.termsOf(chunk.sha256, chunk.text)));
  const asked = Array.from({ length: queries }, (_, at) => chunks[(at * 7919) % count]!);
  for (const chunk of asked.slice(0, 30)) { postings.search(chunk.contract, 50); index.find({ text: chunk.text, from: chunk, only: 'premises' }, 10); }
  return {
    chunks: count, terms: vocabulary.size, indexSeconds, againSeconds, readAgain,
    querySeconds: {
      'BM25, best 50, the contract as query': asked.map((chunk) => timed(() => postings.search(chunk.contract, 50))[0]),
      'BM25, best 50, contract and body as query': asked.map((chunk) => timed(() => postings.search(chunk.text, 50))[0]),
      'all three rankings fused, best 10': asked.map((chunk) => timed(() => index.find({ text: chunk.text, from: chunk, only: 'premises' }, 10))[0]),
    },
  };
}

/** Processor time of this process: others on the machine do not count. */
function timed<T>(body: () => T): [number, T] {
  const before = process.cpuUsage();
  const value = body();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1_000_000, value];
}

/** Deterministic. 6,000 stems, drawn by Zipf's law. */
export function generatedChunks(count: number): Chunk[] {
  let state = 12_345;
  const random = (): number => { state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0; return state / 2 ** 32; };
  const syllables = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'je', 'ki', 'lo', 'mu', 'na', 'pe', 'ri', 'so', 'tu', 'va', 'we', 'xi', 'yo', 'zu'];
  const stem = (at: number): string => `${syllables[at % 20]}${syllables[Math.floor(at / 20) % 20]}${syllables[Math.floor(at / 400) % 20]}`;
  const drawn = (): string => stem(Math.floor(6000 ** random()) - 1);
  const identifier = (): string => (random() < 0.5 ? `${drawn()}_${drawn()}` : `${drawn()}${drawn().replace(/^./, (first) => first.toUpperCase())}`);
  const names = Array.from({ length: count }, (_, at) => `lemma_${identifier()}_${at}`);
  return names.map((name, at) => {
    const contract = `lemma ${name}(${drawn()}: ${identifier()}, ${drawn()}: int)\n  requires ${identifier()}(${drawn()}) && ${identifier()} <= ${drawn()}\n  ensures ${identifier()}(${drawn()}, ${identifier()}) == ${identifier()}(${drawn()})\n`;
    const calls = Array.from({ length: Math.floor(random() * 4) }, () => `  ${names[Math.floor(random() * count)]}(${drawn()}, ${drawn()});\n`).join('');
    const text = `${contract}{\n${calls}${Array.from({ length: 2 + Math.floor(random() * 8) }, () => `  assert ${identifier()}(${drawn()}) == ${identifier()};\n`).join('')}}\n`;
    const file = `src/f${Math.floor(at / 40)}.dfy`, line = 1 + (at % 40) * 12;
    return { id: `dafny:all#${name}`, toolchain: 'dafny', project: 'dafny:all', file, range: { start: { line, column: 1 }, end: { line: line + 10, column: 2 } }, symbol: name, name, kind: 'lemma', isPremise: true, contract, text, sha256: String(at) };
  });
}
