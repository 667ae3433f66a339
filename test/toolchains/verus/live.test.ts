/** A real Verus where one is on PATH: the samples give the verdicts that their README names. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFolder, toolsOf } from '../check-context.ts';
import { verus } from '../../../toolchains/verus/index.ts';

const tools = await toolsOf(verus);
const isThere = tools.some((tool) => tool.id === 'verus') && tools.some((tool) => tool.id === 'z3');

describe('samples', () => {
  it.skipIf(!isThere)('verify as they must (needs verus)', async () => {
    const { results } = await checkFolder(verus, resolve('samples/verus'), { tools });
    const kinds = Object.fromEntries(results.map((one) => [one.obligation.slice(one.obligation.indexOf('#') + 1), one.verdict.kind]));
    expect(kinds).toEqual({
      'average::midpoint': 'failed', 'average::midpoint_careful': 'proved', 'average::main': 'proved',
      'counter::Counter::new': 'proved', 'counter::Counter::room': 'proved', 'counter::triangle': 'proved', 'counter::triangle_grows': 'proved', 'counter::main': 'proved',
      'trusted::distinct': 'proved', 'trusted::by_decree': 'proved', 'trusted::main': 'proved',
    });
  }, 600_000);

  it.skipIf(isThere)('are tool-missing with a remedy where there is no Verus, with their assumptions listed', async () => {
    const { results, outlines } = await checkFolder(verus, resolve('samples/verus'), { tools: [] });
    expect(results).toHaveLength(11);
    for (const { verdict } of results) expect(verdict).toMatchObject({ kind: 'tool-missing', remedy: expect.stringContaining('assay install verus') as string });
    expect(outlines.flatMap((outline) => outline.assumptions.map((one) => one.kind))).toEqual(['axiom', 'external_body', 'assume']);
  });
});
