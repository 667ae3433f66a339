/** Equivalence of two designs on both lanes: the samples, and what must not be called equal. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { VerdictKind } from '../../../toolchains/verdict.ts';
import { compare, hasNative, type Pair } from './harness.ts';

const sample = (name: string): Pair => ({ gold: readFileSync(`samples/equiv/${name}/gold.v`, 'utf8'), gate: readFileSync(`samples/equiv/${name}/gate.v`, 'utf8') });

const SAMPLES: readonly (readonly [string, VerdictKind])[] = [['majority', 'proved'], ['saturate', 'refuted'], ['detector', 'proved'], ['debounce', 'refuted'], ['pipeline', 'refuted']];

const register = (init: string, next: string): string => `module m(input clk, input d, output reg q${init}); always @(posedge clk) q <= ${next}; endmodule`;
const logic = (expression: string, ports = 'input a, b, output y'): string => `module m(${ports}); assign y = ${expression}; endmodule`;

for (const lane of ['native', 'embedded'] as const) describe.skipIf(lane === 'native' && !hasNative)(`${lane} (${lane === 'native' ? 'needs yosys and yosys-abc' : 'WebAssembly'})`, () => {
  it.each(SAMPLES)('sample %s is %s', async (name, expected) => {
    const result = await compare(lane, sample(name));
    expect(result.verdict.kind).toBe(expected);
    expect(result.parts?.length).toBeGreaterThan(0);
    if (result.verdict.kind === 'refuted') {
      expect(result.verdict.counterexample?.status).toBe('checked');
      expect(result.attempts[0]?.outputs.map((output) => output.name)).toContain('trace.vcd');
    }
  });

  it('shows the inputs of the trace and the values that differ', async () => {
    const { verdict } = await compare(lane, { gold: logic('a & b'), gate: logic('a & (b | !a)') });
    expect(verdict.kind).toBe('proved');
    const differing = await compare(lane, { gold: logic('a & b'), gate: logic('a ^ b') });
    const values = differing.verdict.kind === 'refuted' ? differing.verdict.counterexample?.values ?? [] : [];
    const of = (name: string): string | undefined => values.find((value) => value.name === name)?.value;
    expect(of('gold.y')).not.toBe(of('gate.y'));
    expect(of('gold.y')).toBe(String(Number(of('a')) & Number(of('b'))));
  });

  it('says that a difference comes from registers without an initial value', async () => {
    const { verdict } = await compare(lane, sample('pipeline'));
    expect(verdict.kind === 'refuted' && verdict.reason).toMatch(/^only through registers without an initial value \(gold: .*product/);
  });

  it('takes equal starts as an assumption, where that is asked', async () => {
    const pair: Pair = { gold: register('', 'd ^ q'), gate: register('', 'q ^ d') };
    expect((await compare(lane, pair)).verdict).toMatchObject({ kind: 'refuted', depth: 1 });
    expect((await compare(lane, { ...pair, initial: 'matched' })).verdict).toEqual({ kind: 'proved' });
  });

  it('does not take different initial values as equal', async () => {
    expect((await compare(lane, { gold: register(' = 0', 'd'), gate: register(' = 1', 'd') })).verdict).toMatchObject({ kind: 'refuted', depth: 1 });
    expect((await compare(lane, { gold: register(' = 0', 'd'), gate: register(' = 0', 'd'), initial: 'matched' })).verdict).toEqual({ kind: 'proved' });
  });

  it('does not choose undefined values in favour of equality', async () => {
    const { verdict } = await compare(lane, { gold: logic("a ? b : 1'bx"), gate: logic('b') });
    expect(verdict).toMatchObject({ kind: 'refuted' });
    expect(verdict.kind === 'refuted' && verdict.reason).toMatch(/undefined values/);
    expect((await compare(lane, { gold: logic("a ? b : 1'bx"), gate: logic("a ? b : 1'bx") })).verdict.kind).toBe('refuted');
  });

  it('does not take an edge for the other, nor a gated clock for the clock', async () => {
    const clocked = (event: string): string => `module m(input clk, en, d, output reg q = 0); wire g = clk & en; always @(${event}) q <= d; endmodule`;
    expect((await compare(lane, { gold: clocked('posedge clk'), gate: clocked('negedge clk') })).verdict.kind).toBe('refuted');
    const inverted = clocked('posedge g').replace('clk & en', 'clk & !en');
    expect((await compare(lane, { gold: clocked('posedge g'), gate: inverted })).verdict.kind).toBe('refuted');
  });

  it('names every difference of the interfaces', async () => {
    const { verdict, diagnostics } = await compare(lane, { gold: logic('a & b'), gate: logic('a', 'input [1:0] a, input c, output y') });
    expect(verdict).toMatchObject({ kind: 'malformed' });
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual(['a has 1 bits in gold and 2 in gate', 'input b is only in gold', 'input c is only in gate']);
  });

  it('names the file and the line of a syntax error, and an unknown top', async () => {
    expect((await compare(lane, { gold: logic('a & b'), gate: 'module m(input a);\n\nassign = ;\nendmodule' })).verdict).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(/^gate\.v:3: /) as string });
    expect((await compare(lane, { gold: logic('a'), gate: logic('a'), goldTop: 'absent' })).verdict.kind).toBe('malformed');
    expect((await compare(lane, { gold: 'module m(input a, output y); missing u(.a(a), .y(y)); endmodule', gate: logic('a', 'input a, output y') })).verdict.kind).toBe('malformed');
  });

  it('reads includes beside the file, and ignores formal statements', async () => {
    const gate = '`include "part.vh"\nmodule m(input a, b, output y); assign y = `JOIN; always @* assume (!a); endmodule';
    expect((await compare(lane, { gold: logic('a & b'), gate, more: { 'part.vh': '`define JOIN a & b' } })).verdict).toEqual({ kind: 'proved' });
    expect((await compare(lane, { gold: logic('1\'b0'), gate, more: { 'part.vh': '`define JOIN a & b' } })).verdict.kind).toBe('refuted');
  });

  it('has nothing to prove without outputs', async () => {
    expect((await compare(lane, { gold: 'module m(input a); endmodule', gate: 'module m(input a); endmodule' })).verdict.kind).toBe('nothing-to-prove');
  });

  it('compares memories', async () => {
    const memory = (write: string): string => `module m(input clk, we, input [1:0] a, input [3:0] d, output [3:0] q); reg [3:0] mem [0:3]; integer i; initial for (i = 0; i < 4; i = i + 1) mem[i] = 0;
      always @(posedge clk) ${write} assign q = mem[a]; endmodule`;
    expect((await compare(lane, { gold: memory('if (we) mem[a] <= d;'), gate: memory('mem[a] <= we ? d : mem[a];') })).verdict).toEqual({ kind: 'proved' });
    expect((await compare(lane, { gold: memory('if (we) mem[a] <= d;'), gate: memory('if (we) mem[a ^ 2] <= d;') })).verdict.kind).toBe('refuted');
  });
});

const recorded = new URL('../../../../shared/data/recorded/yosys-0.23/', import.meta.url);
describe.skipIf(!existsSync(recorded))('the recorded multipliers (need the recorded data)', () => {
  const pair = (gate: string): Pair => ({ gold: readFileSync(new URL('m1.v', recorded), 'utf8'), gate: readFileSync(new URL(gate, recorded), 'utf8') });
  it('agree with what was recorded', async () => {
    expect((await compare('embedded', pair('m2.v'))).verdict).toEqual({ kind: 'proved' });
    expect((await compare('embedded', pair('m3.v'))).verdict.kind).toBe('refuted');
  });
});
