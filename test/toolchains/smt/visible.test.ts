/** The public regression scripts, by every engine that is here: each answer must be the one that their manifest expects, or none. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endEmbedded } from '../../../toolchains/smt/embedded-pool.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { checkFolder, toolsOf } from '../check-context.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/visible/smtlib');
const tools = await toolsOf(smt);
afterAll(endEmbedded);

interface Row { readonly file: string; readonly expected: readonly string[] }

async function rows(): Promise<readonly Row[]> {
  const [head = '', ...lines] = (await readFile(join(folder, 'MANIFEST.tsv'), 'utf8')).trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => line.split('\t')).filter((cells) => cells[columns.indexOf('role')] === 'task')
    .map((cells) => ({ file: cells[columns.indexOf('file')]!, expected: cells[columns.indexOf('expected_verdict')]!.split(' ') }));
}

describe.skipIf(!existsSync(folder) || tools.length === 0)('public scripts (needs shared data and a solver)', () => {
  it('contradicts no expected answer, and decides nine in ten', async () => {
    const expected = await rows();
    const checked = await checkFolder(smt, folder, { tools, limits: { wallSeconds: 5 }, only: (project) => expected.some((row) => row.file === project.name) });
    let agree = 0;
    for (const row of expected) {
      const answers = checked.results.filter((result) => result.obligation.startsWith(`smt:${row.file}#`)).map((result) => 'answer' in result.verdict ? result.verdict.answer : result.verdict.kind);
      expect(answers.length, row.file).toBe(row.expected.length);
      answers.forEach((answer, index) => { if (answer === 'sat' || answer === 'unsat') expect(answer, row.file).toBe(row.expected[index]); });
      if (answers.join(' ') === row.expected.join(' ')) agree++;
    }
    expect(agree / expected.length).toBeGreaterThanOrEqual(0.9);
  }, 240_000);
});
