/** The second engine of an equivalence: it confirms, proves what the first left open, and contradicts one that lies. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AbcAnswer } from '../../../toolchains/verilog/aiger/abc-output.ts';
import type { EquivalenceEngine } from '../../../toolchains/verilog/equiv/runner.ts';
import { readInductionAnswer } from '../../../toolchains/verilog/equiv/second.ts';
import { LIMITS } from '../verilog-embedded/bench.ts';
import { compare, hasNative } from './harness.ts';

const ONE = { ...LIMITS, effort: 1 } as const;
const ring = (taken: string): string => `module m(input clk, input d, output y); reg [3:0] a = 1; always @(posedge clk) a <= {a[2:0], a[3]}; assign y = ${taken}; endmodule`;
const never = 'module m(input clk, input d, output y); assign y = 0; endmodule';
const LONG = 300_000;

/** The first engine with another answer to every question. */
const saying = (answer: AbcAnswer) => (engine: EquivalenceEngine): EquivalenceEngine => ({
  ...engine, checker: { name: 'another engine', ask: async (aig, question, label) => ({ attempt: (await engine.checker.ask(aig, question, label)).attempt, answer }) },
});

for (const lane of ['native', 'embedded'] as const) describe.skipIf(lane === 'native' && !hasNative)(`a second engine, ${lane} (${lane === 'native' ? 'needs yosys and yosys-abc' : 'WebAssembly'})`, () => {
  it('confirms a proof by a miter of its own, and the ledger says which', async () => {
    const result = await compare(lane, { gold: ring('a[0] & a[1]'), gate: never }, ONE);
    expect(result).toMatchObject({ verdict: { kind: 'proved' }, confirmed: [{ by: expect.stringMatching(/^yosys .*, sat -tempinduct$/) as string, how: 'k-induction of length 4' }] });
    expect(result.attempts.at(-1)?.said).toEqual({ kind: 'proved' });
    expect((await compare(lane, { gold: ring('a[0] & a[1]'), gate: never }, { ...ONE, effort: 0 })).confirmed).toEqual([]);
  }, LONG);

  it('is believed no more than the first where they contradict each other', async () => {
    const result = await compare(lane, { gold: ring('a[2]'), gate: never }, ONE, saying({ kind: 'never' }));
    expect(result.verdict).toEqual({ kind: 'unknown', reason: 'disputed' });
    expect(result.diagnostics).toContainEqual({ severity: 'error', message: expect.stringMatching(/sat -tempinduct finds a difference in step 2; another engine says proved$/) as string });
  }, LONG);

  it('proves what the first left open', async () => {
    const result = await compare(lane, { gold: ring('a[0] & a[1]'), gate: never }, ONE, saying({ kind: 'undecided', frames: 0 }));
    expect(result).toMatchObject({ verdict: { kind: 'proved' }, used: expect.stringMatching(/sat -tempinduct, k-induction of length 4$/) as string, confirmed: [] });
  }, LONG);
});

it('is read to its end or not believed', () => {
  const text = readFileSync('test/fixtures/recorded/yosys-0.23-sat-tempinduct.txt', 'utf8');
  expect(readInductionAnswer(text)).toEqual({ kind: 'equal', length: 4 });
  expect(readInductionAnswer(text.replace('** Trying induction with length 2 **\n', ''))).toMatchObject({ kind: 'open' });
  expect(readInductionAnswer('')).toEqual({ kind: 'open', why: 'it gave no answer' });
});
