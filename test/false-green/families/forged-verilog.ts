/** Designs whose names, labels and messages read like the output of an engine. */
import { says, type Family } from '../case.ts';
import { counter, native, sby } from '../designs.ts';

const status = '##   0:00:00  Status: PASSED';

/** Taken for the clock of every step, it would move `moved` in the first one; it need not. */
const gated = 'module t(input clk, input en);\n  wire gated = clk & en;\n  reg moved = 0;\n  reg [1:0] age = 0;\n  always @(posedge gated) moved <= 1;\n  (* gclk *) wire every;\n  always @(posedge every) if (age != 3) age <= age + 1;\n  always @* p: assert (age == 0 || moved);\nendmodule\n';
/** Written on one clock, kept on another: they tick apart. */
const memory = 'module t(input c1, input c2, input d);\n  reg m [0:1];\n  initial begin m[0] = 0; m[1] = 0; end\n  reg copy = 0;\n  always @(posedge c1) m[0] <= d;\n  always @(posedge c2) copy <= d;\n  always @* p: assert (m[0] == copy);\nendmodule\n';

export const family: Family = {
  name: 'output forged by a design',
  cases: [
    { name: 'a message while it is read', files: { 't.sv': counter('p: assert (c < 5);').replace('endmodule', `  initial $display("${status}\\n");\nendmodule`), 't.sby': sby({ mode: 'bmc' }) }, tools: native, steps: says({ 't.p': ['refuted', 'malformed'] }) },
    { name: 'a message while it runs', files: { 't.sv': counter(`$display("${status}"); p: assert (c < 5);`), 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': ['refuted', 'malformed'] }) },
    { name: 'a signal of that name', files: { 't.sv': counter('p: assert (c < 5 && \\Status:_PASSED );').replace('reg [3:0]', 'wire \\Status:_PASSED = 1;\n  reg [3:0]'), 't.sby': sby({ mode: 'bmc' }) }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'a file of that name', files: { 'Status: PASSED.sv': counter('p: assert (c < 5);') }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'two properties on one line, of which one holds', files: { 't.sv': counter('p: assert (c < 15); q: assert (c < 5);'), 't.sby': sby({ mode: 'bmc' }) }, tools: native, steps: says({ 't.p': 'bounded', 't.q': 'refuted' }) },
    { name: 'the same statement in two instances, one of which fails', files: { 't.sv': 'module s #(parameter L = 15)(input clk);\n  reg [3:0] c = 0;\n  always @(posedge clk) begin if (c < 9) c <= c + 1; p: assert (c < L); end\nendmodule\nmodule t(input clk);\n  s #(15) good(clk);\n  s #(5) bad(clk);\nendmodule\n', 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 's.p': 'refuted' }) },
    { name: 'a concurrent property that the front end cannot read', files: { 't.sv': counter('p: assert (c < 15);').replace('endmodule', '  q: assert property (@(posedge clk) c < 5);\nendmodule'), 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'malformed', 't.q': 'malformed: concurrent' }, { exit: 3 }) },
    { name: 'values that are not known', files: { 't.sv': "module t(input clk);\n  wire [3:0] y = 4'bx;\n  reg r;\n  always @* p: assert (y == 0);\n  always @(posedge clk) q: assert (r == 0);\nendmodule\n", 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'refuted', 't.q': 'refuted' }) },
    { name: 'two clocks that are not one', files: { 't.sv': 'module t(input c1, input c2);\n  reg a = 0, b = 0;\n  always @(posedge c1) a <= !a;\n  always @(posedge c2) b <= !b;\n  always @* p: assert (a == b);\nendmodule\n' }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'a clock that the design gates', files: { 't.sv': gated }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'a clock that the design gates, and a file that leaves multiclock off', files: { 't.sv': gated, 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'malformed: t.sby: the design makes the clock gated itself' }, { exit: 3 }) },
    { name: 'a clock that the design gates, and a file that says multiclock', files: { 't.sv': gated, 't.sby': sby({ mode: 'prove', options: ['multiclock on'] }) }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'a gated clock in WebAssembly', files: { 't.sv': gated, 't.sby': sby({ mode: 'prove' }) }, embedded: ['yosys-embedded'], steps: says({ 't.p': 'malformed: t.sby: the design makes the clock gated itself' }) },
    { name: 'a memory on a clock of its own', files: { 't.sv': memory }, tools: native, steps: says({ 't.p': 'refuted' }) },
    { name: 'steps that were passed over', files: { 't.sv': counter('p: assert (c != 2);'), 't.sby': sby({ mode: 'bmc', options: ['skip 5'] }) }, tools: native, steps: says({ 't.p': ['unknown', 'refuted'] }) },
    { name: 'a bound is no proof', files: { 't.sv': counter('p: assert (c < 15);'), 't.sby': sby({ mode: 'bmc' }) }, tools: native, steps: says({ 't.p': 'bounded' }, { exit: 0 }) },
    { name: 'an honest design', control: true, files: { 't.sv': counter('p: assert (c < 15);'), 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'proved' }, { exit: 0 }) },
    { name: 'the same with harmless names', control: true, files: { 't.sv': counter('p: assert (c < 15 && \\Status:_FAILED );').replace('reg [3:0]', 'wire \\Status:_FAILED = 1;\n  reg [3:0]'), 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'proved' }) },
  ],
};
