/** `assay retrieval PATH`: which lemmas of the repository are found for its proofs, measured by hiding the calls they have. */
import { chunksOf } from '../engine/retrieval/chunk.ts';
import { RetrievalIndex } from '../engine/retrieval/index.ts';
import { recallOf, type Recall } from '../engine/retrieval/recall.ts';
import type { Interval } from '../engine/retrieval/wilson.ts';
import { printable } from '../engine/repository/printable.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { counted } from './layout.ts';
import { peopleStream, withSession } from './session.ts';
import { writeWhole } from './write.ts';

const OPTIONS = { for: { type: 'string' }, top: { type: 'string' }, json: { type: 'string' }, toolchain: { type: 'string' }, help: { type: 'boolean' } } as const;

const HELP = `usage: assay retrieval PATH [options]
  hides the lemma calls of each proof, looks for the lemmas among all of the repository, prints recall@k with n and the
  95 % Wilson interval; starts no prover, executes no code of the repository
  --top 1,5,10,50    the k               --toolchain ID     only this one
  --for PATTERN      instead: what is found for the obligations whose name has this part, and by which ranking
  --json FILE|-`;

export async function retrievalCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP}\n`); return 0; }
  const [path, ...more] = command.positionals;
  if (path === undefined || more.length > 0) throw new UsageError('retrieval wants one folder, file or archive');
  const ks = (command.text('top') ?? '1,5,10,50').split(',').map(Number);
  if (ks.some((k) => !Number.isInteger(k) || k < 1 || k > 1000)) throw new UsageError('--top wants whole numbers from 1 to 1000 with commas between');
  const pattern = command.text('for'), json = command.text('json'), onlyToolchain = command.text('toolchain');
  const out = peopleStream(json);
  return withSession({}, async ({ engine, signal }) => {
    const opened = await engine.plan({ path, trusted: false, signal, ...(onlyToolchain === undefined ? {} : { onlyToolchain }) });
    try {
      const chunks = await chunksOf(opened.plan);
      if (pattern !== undefined) {
        const index = new RetrievalIndex(chunks);
        const asked = chunks.filter((chunk) => chunk.symbol.includes(pattern));
        const found = asked.map((chunk) => ({ chunk, items: index.find({ text: chunk.text, from: chunk, only: 'premises' }, Math.max(...ks)) }));
        for (const { chunk, items } of found) {
          out.write(`${printable(`${chunk.file}:${chunk.range.start.line}  ${chunk.symbol}`)}\n`);
          for (const item of items) out.write(`  ${printable(`${item.chunk.file}:${item.chunk.range.start.line}  ${item.chunk.symbol}`)}  (${Object.entries(item.places).map(([name, place]) => `${name} ${place}`).join(', ')})\n`);
        }
        if (asked.length === 0) out.write(`Nothing is named "${printable(pattern)}".\n`);
        if (json !== undefined) await writeWhole(json, `${JSON.stringify(found.map(({ chunk, items }) => ({ obligation: chunk.id, items: items.map((item) => ({ obligation: item.chunk.id, score: item.score, places: item.places })) })), null, 1)}\n`);
        return asked.length > 0 ? 0 : 3;
      }
      const measured = recallOf(chunks, ks);
      out.write(`${counted(chunks.length, 'chunk')} of ${counted(new Set(chunks.map((chunk) => chunk.file)).size, 'file')}\n${measured.map(rendered).join('')}`);
      if (measured.length === 0) out.write('No proof here calls a lemma of the repository: there is nothing to measure.\n');
      if (json !== undefined) await writeWhole(json, `${JSON.stringify({ schema: 1, command: ['assay', 'retrieval', ...args], chunks: chunks.length, recall: measured }, null, 1)}\n`);
      return measured.length > 0 ? 0 : 3;
    } finally { await opened.repository.dispose(); }
  });
}

function rendered({ toolchain, proofs, hidden, pool, at }: Recall): string {
  const lines = [`${toolchain}: ${counted(proofs, 'proof')} with ${counted(hidden, 'hidden call')} of ${counted(pool, 'lemma')}`];
  for (const { k, found, share, whole, wholeShare } of at) {
    lines.push(`  recall@${String(k).padEnd(4)}${percent(share)}, ${found} of ${hidden} calls · all calls of a proof ${percent(wholeShare)}, ${whole} of ${proofs}`);
    if (k >= pool) lines.push(`              (there are no more than ${pool} to choose from)`);
  }
  return `${lines.join('\n')}\n`;
}

function percent({ share, low, high }: Interval): string { return `${(100 * share).toFixed(0)} % (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`; }
