/** The native lane on real tools: the samples, and designs that try to be green without having earned it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ObligationResult } from '../../../toolchains/contract.ts';
import { verilog } from '../../../toolchains/verilog/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked, type CheckOptions } from '../check-context.ts';

const tools = await toolsOf(verilog);
const native = tools.filter(tool => !tool.embedded);
const ready = ['yosys', 'yosys-smtbmc', 'yosys-abc', 'z3'].every(id => native.some(tool => tool.id === id));
const LONG = 300_000;
const folders: (() => Promise<void>)[] = [];
afterAll(async () => { for (const dispose of folders) await dispose(); });

const words = (result: ObligationResult): string => {
  const { verdict } = result;
  const reason = verdict.kind === 'failed' ? ` ${verdict.reason}` : '';
  const depth = 'depth' in verdict && verdict.depth !== undefined && verdict.kind !== 'failed' ? ` ${verdict.depth}` : '';
  return `${verdict.kind}${depth}${reason}`;
};
const table = (checked: Checked): Record<string, string> => Object.fromEntries(checked.results.map(result => [result.obligation.replace(/^verilog:[^#]*#/, ''), words(result)]));

async function check(files: Readonly<Record<string, string>>, options: CheckOptions = {}): Promise<Checked> {
  const folder = await temporaryFolder(files);
  folders.push(folder.dispose);
  return checkFolder(verilog, folder.root, { tools: native, limits: { wallSeconds: 20 }, ...options });
}
const sby = (options: string, script: string, files: string, engines = 'smtbmc z3'): string => `[options]\n${options}\n[engines]\n${engines}\n[script]\n${script}\n[files]\n${files}\n`;

describe.skipIf(!ready)('samples (needs yosys and z3)', () => {
  it('gives the verdicts that they name', async () => {
    const checked = await checkFolder(verilog, join(process.cwd(), 'samples/verilog'), { tools: native, limits: { wallSeconds: 30 } });
    expect(table(checked)).toEqual({
      'prove/fifo.never_overfull': 'proved', 'prove/fifo.pointers_agree': 'proved', 'prove/fifo.inside': 'proved', 'prove/fifo.unchanged': 'proved', 'prove/fifo.in_order': 'proved',
      'cover/fifo.filled': 'covered 9', 'cover/fifo.drained': 'covered 17',
      'timer.never_more': 'refuted 3', 'timer.idle_at_zero': 'bounded 12',
      'arbiter.one_at_a_time': 'proved', 'arbiter.only_asked': 'proved', 'arbiter.no_idling': 'proved', 'arbiter.all_served': 'covered 6',
    });
    const refuted = checked.results.find(result => result.verdict.kind === 'refuted')!;
    expect(refuted.verdict).toMatchObject({ counterexample: { status: 'checked', failingStep: 2, witness: 'trace.vcd' } });
    expect(refuted.attempts[0]?.outputs.find(output => output.name === 'trace.vcd')?.content.toString()).toContain('$enddefinitions');
    expect(refuted.verdict.kind === 'refuted' && refuted.verdict.counterexample?.values.find(value => value.name === 'left')).toMatchObject({ value: "4'hf", step: 2, file: 'timer.sv' });
    expect(refuted.confirmed).toHaveLength(1);
  }, LONG);
});

describe.skipIf(!ready)('nothing is green unearned (needs yosys and z3)', () => {
  it('believes no word of the design', async () => {
    const checked = await check({ 'forge.sv': `module \\Status:_PASSED (input clk, input [3:0] d);
  wire \\##___0:00:00__Status:_PASSED = d[0];
  initial $display("##   0:00:00  Status: PASSED\\nEnd of script. Logfile hash: 0123456789\\nERROR: no");
  wire \\Property_proved. = d[1];
  always @(posedge clk) assert (d != 3);
endmodule
` });
    expect(checked.results.map(result => result.verdict.kind)).toEqual(['refuted']);
  }, LONG);

  it('calls contradictory assumptions vacuous in every mode and engine', async () => {
    const design = 'module c(input clk, input a);\n always @* begin assume (a); assume (!a); end\n always @(posedge clk) begin assert (a); cover (a); end\nendmodule\n';
    const files = { 'c.sv': design, ...Object.fromEntries([['bmc', 'smtbmc'], ['bmc', 'abc bmc3'], ['prove', 'abc pdr'], ['prove', 'smtbmc'], ['cover', 'smtbmc']].map(([mode, engine], index) => [`${index}.sby`, sby(`mode ${mode}\ndepth 6`, 'read -formal c.sv\nprep -top c', 'c.sv', engine)])) };
    const checked = await check(files);
    expect(checked.results).toHaveLength(5);
    for (const result of checked.results) expect(result.verdict, result.obligation).toMatchObject({ kind: 'failed', reason: 'vacuous' });
  }, LONG);

  it('claims no depth that no run has', async () => {
    const design = 'module late(input clk);\n reg [3:0] n = 0; always @(posedge clk) n <= n + 1;\n always @* assume (n < 4);\n always @* assert (n < 5);\nendmodule\n';
    expect(Object.values(table(await check({ 'late.sv': design })))).toEqual(['failed vacuous']);
    const shallow = await check({ 'late.sv': design, 'l.sby': sby('mode bmc\ndepth 4', 'read -formal late.sv\nprep -top late', 'late.sv') });
    expect(Object.values(table(shallow))).toEqual(['bounded 4']);
  }, LONG);

  it('gives each property its own verdict, and no assumption from one that fails', async () => {
    const design = 'module d(input clk, input [3:0] a);\n reg [3:0] r = 0, s = 0; always @(posedge clk) begin r <= a; s <= r; end\n always @* begin fails: assert (r < 3); rests: assert (s < 3); holds: assert (s == s + 0); end\nendmodule\n';
    for (const mode of ['bmc\ndepth 8', 'prove']) {
      const found = table(await check({ 'd.sv': design, 'd.sby': sby(`mode ${mode}`, 'read -formal d.sv\nprep -top d', 'd.sv') }));
      expect(found).toMatchObject({ 'd.fails': 'refuted 2', 'd.rests': 'refuted 3' });
    }
  }, LONG);

  it('says nothing-to-prove where there is no check', async () => {
    const checked = await check({ 'a.sv': 'module a(input x);\n`ifdef NEVER\n always @* assert (x);\n`endif\n always @* seen: assert (x || !x || 1);\n wire unused; b inner();\nendmodule\nmodule b; endmodule\nmodule c(input x); always @* assert (x); endmodule\n', 'a.sby': sby('mode bmc', 'read -formal a.sv\nprep -top a\nchformal -remove -assert', 'a.sv') });
    expect(table(checked)).toEqual({ 'a.seen': 'nothing-to-prove' });
  }, LONG);

  it('tells what the script assumes without a statement', async () => {
    const checked = await check({ 'a.sv': 'module a(input x); always @* p: assert (x); endmodule\n', 'a.sby': sby('mode bmc', 'read -formal a.sv\nprep -top a\nchformal -assert2assume', 'a.sv') });
    expect(checked.results[0]).toMatchObject({ verdict: { kind: 'nothing-to-prove' }, diagnostics: [{ severity: 'warning', message: 'p is assumed, and no statement of the sources says so' }] });
  }, LONG);

  it('refuses what it cannot read, with the place', async () => {
    const checked = await check({
      'sva.sv': 'module s(input clk, input a, input b);\n  assert property (@(posedge clk) a |-> b);\nendmodule\n',
      'broken.v': 'module t(input a;\n always @* assert(a);\nendmodule\n',
      'loop.sv': 'module l(input a, output y);\n wire x; assign x = ~x ^ a; assign y = x;\n always @* assert (y == 0);\nendmodule\n',
      'box.sv': 'module o(input a); missing m(a); always @* assert (a || 1); endmodule\n',
    });
    expect(checked.results.map(result => result.verdict.kind)).toEqual(['malformed', 'malformed', 'malformed', 'malformed']);
    const reasons = Object.fromEntries(checked.results.map(result => [result.obligation.split('#')[0]!.slice(8), 'reason' in result.verdict ? result.verdict.reason : '']));
    expect(reasons['sva.sv']).toMatch(/^concurrent assertion: .*sva\.sv:2: syntax error/);
    expect(reasons['broken.v']).toMatch(/^broken\.v:1: syntax error/);
  }, LONG);

  it('takes two clocks for independent where a bare design does not say', async () => {
    const checked = await check({ 'two.sv': 'module two(input ca, input cb, input d, output reg qa, output reg qb);\n initial begin qa = 0; qb = 0; end\n always @(posedge ca) qa <= d;\n always @(posedge cb) qb <= d;\n always @* assert (qa == qb);\nendmodule\n' });
    expect(checked.results[0]?.verdict.kind).toBe('refuted');
  }, LONG);

  it('joins the instances of a statement to the worst, with a part for each', async () => {
    const checked = await check({ 'h.sv': 'module leaf(input [1:0] a); always @* small: assert (a < 2); endmodule\nmodule h(input x, input [1:0] y); leaf one({1\'b0, x}); leaf two(y); endmodule\n' });
    expect(checked.results).toMatchObject([{ verdict: { kind: 'refuted' } }]);
    expect(checked.results[0]?.parts?.map(part => `${part.label} ${part.verdict.kind}`).sort()).toEqual(['one.small proved', 'two.small refuted']);
  }, LONG);

  it('leaves open what it has no time for, with the depth it reached', async () => {
    const design = 'module hard(input clk, input [31:0] a, input [31:0] b);\n reg [31:0] x = 1, y = 1; always @(posedge clk) begin x <= x * a + y; y <= y * b + x; end\n always @* assert ((x ^ y) * (x + 3) != 32\'h12345677 || x * y != 32\'h7654321);\nendmodule\n';
    const checked = await check({ 'hard.sv': design, 'hard.sby': sby('mode bmc\ndepth 100000', 'read -formal hard.sv\nprep -top hard', 'hard.sv') }, { limits: { wallSeconds: 3 } });
    const [result] = checked.results;
    expect(['timeout', 'refuted']).toContain(result?.verdict.kind);
  }, LONG);
});

describe.skipIf(!ready)('code of the repository (needs yosys and z3)', () => {
  const files = {
    'd.sv': 'module d(input a); always @* p: assert (a || !a || 0); always @* q: assert (a != 1 || a); endmodule\n',
    'shell.sby': sby('mode bmc\ndepth 2', '!touch ran\nread -formal d.sv\nprep -top d', 'd.sv'),
    'py.sby': `[tasks]\n--pycode-begin--\noutput('t1')\nopen('ran', 'w').close()\n--pycode-end--\n${sby('mode bmc\ndepth 2', '--pycode-begin--\noutput("read -formal d.sv")\n--pycode-end--\nprep -top d', 'd.sv')}`,
  };

  it('is not run without trust', async () => {
    const folder = await temporaryFolder(files);
    folders.push(folder.dispose);
    const checked = await checkFolder(verilog, folder.root, { tools: native });
    expect(checked.projects.find(project => project.name === 'shell.sby')?.executes).toMatchObject([{ line: 7, what: 'yosys script: !touch ran' }]);
    expect(checked.results.map(result => result.verdict.kind)).toEqual(['not-run', 'not-run', 'not-run']);
    expect(checked.runs).toEqual([]);
  }, LONG);

  it('runs with trust, in a private folder', async () => {
    const folder = await temporaryFolder(files);
    folders.push(folder.dispose);
    const checked = await checkFolder(verilog, folder.root, { tools: native, trusted: true });
    expect(checked.results.filter(result => result.verdict.kind === 'bounded' || result.verdict.kind === 'nothing-to-prove')).toHaveLength(checked.results.length);
    expect(checked.obligations.some(obligation => obligation.task === 't1')).toBe(true);
    expect(existsSync(join(folder.root, 'ran'))).toBe(false);
  }, LONG);
});

describe('without programs', () => {
  it('is tool-missing where no lane can run, for that task only', async () => {
    const folder = await temporaryFolder({ 'd.sv': 'module d(input a); always @* assert (a); endmodule\n' });
    folders.push(folder.dispose);
    const checked = await checkFolder(verilog, folder.root, { tools: [] });
    expect(checked.results.map(result => result.verdict.kind)).toEqual(['tool-missing']);
  });
});
