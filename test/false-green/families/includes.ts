/** Files that a design includes or names, and that change, appear, vanish, or lie elsewhere. */
import { says, type Case, type Family } from '../case.ts';
import { counter, native, sby } from '../designs.ts';

const including = `\`include "limit.vh"\n${counter('p: assert (c < `LIMIT);')}`;
const wide = '`define LIMIT 15\n', narrow = '`define LIMIT 5\n';
const task = sby({ mode: 'prove', files: ['t.sv', 'limit.vh'] });
const proved = { verify: { 't.p': 'proved' } } as const;
const refuted = { verify: { 't.p': 'refuted' } } as const;
/** The same answer from what is kept, as long as nothing is where it was looked for. */
const looked: Case['steps'] = [proved, { ...proved, cached: true }];
const edited: Case['steps'] = [proved, { act: (place) => place.write('limit.vh', narrow) }, refuted];

export const family: Family = {
  name: 'includes',
  cases: [
    { name: 'an included file was edited', files: { 't.sv': including, 'limit.vh': wide, 't.sby': task }, tools: native, steps: edited },
    { name: 'the same in a bare design', files: { 't.sv': including, 'limit.vh': wide }, tools: native, steps: edited },
    { name: 'an included file of an included file', files: { 't.sv': including, 'limit.vh': '`include "inner.vh"\n', 'inner.vh': wide }, tools: native, steps: [proved, { act: (place) => place.write('inner.vh', narrow) }, refuted] },
    { name: 'a file appears beside the design that stood further up', files: { 'rtl/t.sv': including, 'limit.vh': wide }, tools: native, steps: [...looked, { act: (place) => place.write('rtl/limit.vh', narrow) }, refuted] },
    { name: 'a file appears in the folder that is looked at first', files: { 'rtl/t.sv': including, 'inc/limit.vh': wide, 't.sby': sby({ mode: 'prove', script: ['read_verilog -formal -sv -I inc rtl/t.sv', 'prep -top t'], files: ['rtl', 'inc'] }) }, tools: native, steps: [...looked, { act: (place) => place.write('rtl/limit.vh', narrow) }, refuted] },
    { name: 'a file appears that the task names', files: { 't.sv': including, 'limit.vh': wide, 't.sby': sby({ mode: 'prove', files: ['t.sv', 'other/limit.vh'] }) }, tools: native, steps: [{ verify: { 't.p': 'malformed' } }, { act: (place) => place.write('other/limit.vh', narrow) }, refuted] },
    { name: 'a missing file', files: { 't.sv': including, 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'malformed' }, { exit: 3 }) },
    { name: 'a missing file in a bare design', files: { 't.sv': including }, tools: native, steps: says({ 't.p': 'malformed' }, { exit: 3 }) },
    { name: 'a file that vanished', files: { 't.sv': including, 'limit.vh': wide, 't.sby': task }, tools: native, steps: [proved, { act: (place) => place.remove('limit.vh') }, { verify: { 't.p': 'malformed' } }] },
    { name: 'a memory file was edited', files: { 't.sv': 'module t(input clk, input [1:0] a);\n  reg [7:0] m [0:3];\n  initial $readmemh("m.hex", m);\n  reg [7:0] o = 0;\n  always @(posedge clk) o <= m[a];\n  always @* p: assert (o < 8);\nendmodule\n', 'm.hex': '01\n02\n03\n04\n', 't.sby': sby({ mode: 'prove', files: ['t.sv', 'm.hex'] }) }, tools: native, steps: [proved, { act: (place) => place.write('m.hex', '01\n02\n03\n40\n') }, refuted] },
    { name: 'a task file was edited', files: { 't.sv': counter('p: assert (c < `LIMIT);'), 't.sby': sby({ mode: 'prove', script: ['read -formal -D LIMIT=15 t.sv', 'prep -top t'] }) }, tools: native, steps: [proved, { act: (place) => place.write('t.sby', sby({ mode: 'prove', script: ['read -formal -D LIMIT=5 t.sv', 'prep -top t'] })) }, refuted] },
    { name: 'a file outside the repository', files: { 't.sv': including.replace('limit.vh', '/etc/hostname') }, tools: native, steps: says({ 't.p': 'malformed' }) },
    { name: 'a module that is only bound', files: { 't.sv': `${counter('p: assert (c <= 15);')}module chk(input clk, input [3:0] c);\n  always @(posedge clk) q: assert (c < 5);\nendmodule\nbind t chk k(.clk(clk), .c(c));\n`, 't.sby': sby({ mode: 'prove' }) }, tools: native, steps: says({ 't.p': 'proved', 'chk.q': 'malformed' }, { exit: 3 }) },
    { name: 'results of an earlier run in the tree', files: { 't.sv': counter('p: assert (c < 5);'), 't.sby': sby({ mode: 'prove' }), 't/status': 'PASS 0 1\n', 't/PASS': '', 't/logfile.txt': 'SBY DONE (PASS, rc=0)\n', 't/engine_0/logfile.txt': '##   0:00:00  Status: PASSED\n', 't/model/design_smt2.smt2': '; yosys-smt2-module t\n' }, tools: native, steps: says({ 't.p': 'refuted', 'design_smt2.smt2#script': 'nothing-to-prove' }) },
    { name: 'nothing was edited', control: true, files: { 't.sv': including, 'limit.vh': wide, 't.sby': task }, tools: native, steps: [proved, { ...proved, cached: true }] },
    { name: 'an include in a bare design', control: true, files: { 't.sv': including, 'limit.vh': wide }, tools: native, steps: [proved, { ...proved, cached: true }] },
  ],
};
