/** The WebAssembly lane on small designs whose verdicts are known by hand. */
import { describe, expect, it } from 'vitest';
import { checkEmbedded } from './bench.ts';

const COUNTER = `
module top(input clk, input rst, input en, output reg [7:0] q);
  initial q = 0;
  always @(posedge clk) if (rst) q <= 0; else if (en && q < 9) q <= q + 1;
  always @* begin
    holds: assert (q <= 9);
    breaks: assert (q != 4);
    reached: cover (q == 3);
    never: cover (q == 12);
  end
endmodule
`;

describe('bounded search', () => {
  it('gives every property its own verdict and a replayed trace', async () => {
    const { verdicts, results } = await checkEmbedded({ 'top.sv': COUNTER }, { mode: 'bmc', depth: 10 });
    expect(verdicts['holds']).toEqual({ kind: 'bounded', depth: 10 });
    expect(verdicts['breaks']).toMatchObject({ kind: 'refuted', depth: 5, counterexample: { status: 'checked', failingStep: 4, witness: 'trace.vcd' } });
    const refuted = verdicts['breaks'];
    expect(refuted?.kind === 'refuted' && refuted.counterexample?.values.find((value) => value.name === 'q')).toMatchObject({ value: "8'h4", step: 4, file: 'top.sv', line: 2 });
    expect(results.get('breaks')?.attempts[0]?.outputs.map((output) => output.name)).toContain('trace.vcd');
    expect(Object.keys(verdicts).sort()).toEqual(['breaks', 'holds']);
  });

  it('is not fooled by a depth that is one too short', async () => {
    const { verdicts } = await checkEmbedded({ 'top.sv': COUNTER }, { mode: 'bmc', depth: 4 });
    expect(verdicts['breaks']).toEqual({ kind: 'bounded', depth: 4 });
  });

  it('does not count failures before `skip`', async () => {
    const source = 'module top(input clk); reg [3:0] n = 0; always @(posedge clk) n <= n + 1; always @* early: assert (n != 1); endmodule';
    expect((await checkEmbedded({ 'top.sv': source }, { mode: 'bmc', depth: 8, skip: 2 })).verdicts['early']).toEqual({ kind: 'bounded', depth: 8 });
    expect((await checkEmbedded({ 'top.sv': source }, { mode: 'bmc', depth: 20, skip: 2 })).verdicts['early']).toMatchObject({ kind: 'refuted', depth: 18 });
  });
});

describe('proof', () => {
  it('proves without the other asserts as hypotheses', async () => {
    const { verdicts } = await checkEmbedded({ 'top.sv': COUNTER }, { mode: 'prove', depth: 10 });
    expect(verdicts['holds']).toEqual({ kind: 'proved' });
    expect(verdicts['breaks']).toMatchObject({ kind: 'refuted' });
  });

  it('lets registers without an initial value start with anything', async () => {
    const source = 'module top(input clk, input d); reg q; always @(posedge clk) q <= q; always @* free: assert (q == 0); endmodule';
    const { verdicts } = await checkEmbedded({ 'top.sv': source }, { mode: 'prove', depth: 4 });
    expect(verdicts['free']).toMatchObject({ kind: 'refuted', depth: 1 });
  });
});

describe('clocked properties', () => {
  const CLOCKED = `module top(input clk, input d, output reg [3:0] q); initial q = 0;
    always @(posedge clk) begin
      q <= q + d;
      holds: assert (q - $past(q) <= 1 || $initstate);
      if (!$initstate) breaks: assert (q != 3);
      calm: assume (q < 6);
      reached: cover (q == 5);
    end endmodule`;

  it('keep their names and kinds', async () => {
    const { verdicts, properties } = await checkEmbedded({ 'top.sv': CLOCKED }, { mode: 'bmc', depth: 12 });
    expect(properties.map((property) => `${property.kind} ${property.name}`).sort()).toEqual(['assert breaks', 'assert holds', 'assume calm', 'cover reached']);
    expect(verdicts).toMatchObject({ holds: { kind: 'bounded' }, breaks: { kind: 'refuted' } });
    expect((await checkEmbedded({ 'top.sv': CLOCKED }, { mode: 'cover', depth: 12 })).verdicts).toMatchObject({ reached: { kind: 'covered' } });
  });

  it('are checked on both edges and on two clocks', async () => {
    const edges = 'module top(input clk, input d); reg a = 0, b = 0; always @(posedge clk) a <= d; always @(negedge clk) b <= a; always @(posedge clk) same: assert (a == b || 1); always @* differ: assert (a == b); endmodule';
    const { verdicts } = await checkEmbedded({ 'top.sv': edges }, { mode: 'bmc', depth: 8, multiclock: true });
    expect(verdicts).toMatchObject({ same: { kind: 'bounded' }, differ: { kind: 'refuted' } });
  });
});

describe('covers', () => {
  it('finds a trace, or says to which depth there is none', async () => {
    const { verdicts } = await checkEmbedded({ 'top.sv': COUNTER }, { mode: 'cover', depth: 12 });
    expect(verdicts['reached']).toMatchObject({ kind: 'covered', depth: 4, counterexample: { status: 'checked' } });
    expect(verdicts['never']).toEqual({ kind: 'unreachable', depth: 12 });
  });
});

describe('assumptions', () => {
  const assuming = (assumption: string): string => `
    module top(input clk, input a); reg [3:0] n = 0; reg s = 0;
    always @(posedge clk) begin n <= n + 1; s <= s | a; end
    always @* begin ${assumption} claim: assert (!s); end endmodule`;

  it('are used', async () => {
    expect((await checkEmbedded({ 'top.sv': assuming('assume (!a);') }, { mode: 'prove' })).verdicts['claim']).toEqual({ kind: 'proved' });
  });

  it('that contradict each other make the verdict vacuous, at once or later', async () => {
    for (const assumption of ['assume (a); assume (!a);', 'assume (!a); assume (n < 5);'])
      for (const mode of ['bmc', 'prove'] as const)
        expect((await checkEmbedded({ 'top.sv': assuming(assumption) }, { mode, depth: 10 })).verdicts['claim']).toEqual({ kind: 'failed', reason: 'vacuous' });
  });

  it('that end all runs behind the depth make a proof a bound', async () => {
    const source = assuming('assume (!a); assume (n < 8);').replace('n <= n + 1', 'n <= n + !n[3]');
    expect((await checkEmbedded({ 'top.sv': source }, { mode: 'prove', depth: 5 })).verdicts['claim']).toMatchObject({ kind: 'bounded', depth: 5 });
  });

  it('may bind a run that goes on for ever, in a short loop or a long one', async () => {
    const source = assuming('assume (!a); assume (n != 15 || !a);');
    expect((await checkEmbedded({ 'top.sv': source }, { mode: 'prove', depth: 3 })).verdicts['claim']).toEqual({ kind: 'proved' });
    expect((await checkEmbedded({ 'top.sv': source.replace('[3:0]', '[31:0]') }, { mode: 'prove', depth: 3 })).verdicts['claim']).toEqual({ kind: 'proved' });
  });
});

describe('bad input', () => {
  it('names file and line of a syntax error', async () => {
    const { whole } = await checkEmbedded({ 'top.sv': 'module top(input a);\n  assert property (@(posedge a) a |-> a);\nendmodule\n' }, { mode: 'bmc' });
    expect(whole?.verdict.kind).toBe('malformed');
    expect(whole?.diagnostics[0]).toMatchObject({ file: 'top.sv', range: { start: { line: 2 } } });
  });

  it('gives no verdict where the script ends before the netlist', async () => {
    const { whole, verdicts } = await checkEmbedded({ 'top.sv': COUNTER }, { mode: 'prove', script: ['read_verilog -formal -sv top.sv', 'prep -top top', 'read_verilog <<NEVER'] });
    expect(verdicts).toEqual({});
    expect(['crashed', 'malformed']).toContain(whole?.verdict.kind);
  });

  it('does not overwrite what the engine needs', async () => {
    const { whole } = await checkEmbedded({ 'share/x.sv': COUNTER }, { mode: 'bmc' });
    expect(whole?.verdict).toMatchObject({ kind: 'malformed' });
  });
});
