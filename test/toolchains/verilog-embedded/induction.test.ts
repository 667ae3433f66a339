/** The step of k-induction on the WebAssembly engine, on a system where one property needs another as a lemma. */
import { expect, it } from 'vitest';
import { AigBuilder } from '../../../toolchains/verilog/aiger/builder.ts';
import type { Literal } from '../../../toolchains/verilog/aiger/model.ts';
import type { System, SystemProperty } from '../../../toolchains/verilog/aiger/system.ts';
import { embeddedChecker } from '../../../toolchains/verilog/embedded/checker.ts';
import { proveByInduction } from '../../../toolchains/verilog/embedded/induction.ts';
import { contextFor, embeddedTool } from './bench.ts';

function twins(): { system: System; equal: SystemProperty; sums: SystemProperty; wrong: SystemProperty } {
  const builder = new AigBuilder();
  const data = builder.input();
  const [a, b, p, q] = [builder.latch(0), builder.latch(0), builder.latch(0), builder.latch(0)];
  for (const latch of [a, b]) builder.setNext(latch, data);
  builder.setNext(p, builder.exclusiveOr(p, a));
  builder.setNext(q, builder.exclusiveOr(q, b));
  const property = (cell: string, target: Literal): SystemProperty => ({ kind: 'assert', cell, attributes: {}, enabled: 1, target });
  const [equal, sums, wrong] = [property('equal', builder.exclusiveOr(a, b)), property('sums', builder.exclusiveOr(p, q)), property('wrong', p)];
  return { system: { aig: builder.finish({}), properties: [equal, sums, wrong], signals: [], inputs: [], outputs: [], freeState: [] }, equal, sums, wrong };
}

it('proves with lemmas what it cannot prove alone, and nothing that is false', async () => {
  const { system, equal, sums, wrong } = twins();
  const tool = await embeddedTool();
  const checker = embeddedChecker(contextFor([tool]), tool, []);
  const prove = async (open: readonly SystemProperty[], proved: readonly SystemProperty[]): Promise<readonly string[]> => {
    const names: string[] = [];
    for await (const { property, lemmas } of proveByInduction(checker, system, open, proved, 1, 20, new AbortController().signal)) names.push(`${property.cell} ${lemmas}`);
    return names;
  };
  expect(await prove([sums], [])).toEqual([]);
  expect(await prove([sums, wrong], [equal])).toEqual(['sums 1']);
});
