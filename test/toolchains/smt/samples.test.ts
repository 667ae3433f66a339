/** The bundled samples give the verdicts that their first lines promise, on any one engine. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endEmbedded } from '../../../toolchains/smt/embedded-pool.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { checkFolder, toolsOf } from '../check-context.ts';

const tools = await toolsOf(smt);
afterAll(endEmbedded);

const promised = {
  'drinkers.smt2': ['proved'], 'midpoint-naive.smt2': ['refuted'], 'midpoint.smt2': ['proved'], 'money.smt2': ['covered'],
  'ring-buffer.smt2': ['proved', 'proved', 'proved', 'covered'],
};

describe('samples', () => {
  it.skipIf(tools.length === 0).each([
    ['every engine', tools], ['the embedded engine alone', tools.filter((tool) => tool.embedded)],
  ])('with %s', async (_, using) => {
    const checked = await checkFolder(smt, join(import.meta.dirname, '../../../samples/smt'), { tools: using, limits: { wallSeconds: 20 } });
    const kinds = Object.fromEntries(checked.projects.map((project) => [project.name, checked.results.filter((result) => result.obligation.startsWith(`${project.id}#`)).map((result) => result.verdict.kind)]));
    expect(kinds).toEqual(promised);
  }, 120_000);
});
