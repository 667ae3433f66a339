/** Scanning sources for property statements: what is code and what only looks like it. */
import { describe, expect, it } from 'vitest';
import { symbolsOf } from '../../../toolchains/verilog/names.ts';
import { Preprocessor } from '../../../toolchains/verilog/source/preprocess.ts';
import { readingOf } from '../../../toolchains/verilog/source/reading.ts';
import { readScriptLine } from '../../../toolchains/verilog/sby/commands.ts';
import { scanStatements } from '../../../toolchains/verilog/source/statements.ts';
import { smt2Model } from '../../../toolchains/verilog/native/smt2.ts';

function scan(text: string, defines: readonly string[] = ['FORMAL'], includes: Readonly<Record<string, string>> = {}) {
  const preprocessor = new Preprocessor(defines.map(name => [name, '1'] as const), name => (includes[name] === undefined ? undefined : { file: name, text: includes[name]! }));
  return { ...scanStatements(preprocessor.read('top.sv', text)), missing: preprocessor.missing };
}

describe('statements', () => {
  it('finds them with label, kind, place and expression', () => {
    const { statements } = scan('module m(input a);\n  always @* begin\n    here: assert (a == (1 && 1));\n    if (a) assume property (a);\n    cover(a); restrict property (!a);\n  end\nendmodule\n');
    expect(statements.map(one => [one.kind, one.word, one.label, one.expression, one.range.start, one.range.end])).toEqual([
      ['assert', 'assert', 'here', 'a==(1&&1)', { line: 3, column: 5 }, { line: 3, column: 33 }],
      ['assume', 'assume', undefined, 'a', { line: 4, column: 12 }, { line: 4, column: 31 }],
      ['cover', 'cover', undefined, 'a', { line: 5, column: 5 }, { line: 5, column: 13 }],
      ['assume', 'restrict', undefined, '!a', { line: 5, column: 15 }, { line: 5, column: 37 }],
    ]);
  });

  it('is not fooled by comments, strings, escaped names and ports', () => {
    expect(scan('module m; // assert(1)\n/* assert(2) */ initial $display("assert (3) \\" assert(4)");\nwire \\assert(5) ; sub s(.assert(6)); wire assert_x; endmodule assert(7);').statements).toEqual([]);
  });

  it('follows conditions, definitions and includes', () => {
    const text = '`define CHECK(x, y) assert(x == y)\n`include "more.vh"\nmodule m;\n`ifdef FORMAL\nalways @* `CHECK(1, (2, 3));\n`else\nalways @* assert(0);\n`endif\n`ifndef NEVER\nalways @* `MORE(a)\n`elsif FORMAL\nalways @* assert(9);\n`endif\nendmodule\n';
    const { statements, missing } = scan(text, ['FORMAL'], { 'more.vh': '`define MORE(c) assume(c);\n' });
    expect(statements.map(one => `${one.word}(${one.expression})@${one.range.start.line}`)).toEqual(['assert(1==(2,3))@5', 'assume(a)@10']);
    expect(missing).toEqual([]);
    expect(scan(text, []).statements.map(one => one.expression)).toEqual(['0']);
    expect(scan('`include "gone.vh"\n').missing.map(one => one.name)).toEqual(['gone.vh']);
  });

  it('knows concurrent assertions and liveness', () => {
    const { statements } = scan('module m; assert property (@(posedge c) a |-> b); assert property (a ##1 b); assert property (a); assert property (s_eventually a); endmodule');
    expect(statements.map(one => [one.kind, one.concurrent])).toEqual([['assert', true], ['assert', true], ['assert', false], ['live', false]]);
  });

  it('names them by label or by what they say, so that edits elsewhere do not move them', () => {
    const { statements } = scan('module m; always @* begin x: assert(a); assert(b); assert(b); assert(c); end endmodule');
    expect(symbolsOf(statements)).toEqual(['m.x', 'm.assert(b)', 'm.assert(b)#2', 'm.assert(c)']);
  });
});

describe('scripts', () => {
  it('knows what is read, with which macros, and the top', () => {
    const script = ['read -define A=1', 'read -formal a.sv', 'read_verilog -DB -Iinc b.v', 'prep -top main'].map((text, index) => readScriptLine(text, index + 1));
    const reading = readingOf(script);
    expect(reading.top).toBe('main');
    expect(reading.files.map(file => [file.path, file.defines.map(([name]) => name), file.includeFolders])).toEqual([['a.sv', ['YOSYS', 'FORMAL', 'A'], []], ['b.v', ['YOSYS', 'SYNTHESIS', 'A', 'B'], ['inc']]]);
  });
});

describe('the SMT-LIB model', () => {
  const model = '; yosys-smt2-module t\n; yosys-smt2-assert 0 p\n(define-fun |t_a 0| ((state |t_s|)) Bool true) ; p\n; yosys-smt2-assert 1 q\n(define-fun |t_a 1| ((state |t_s|)) Bool true) ; q\n(define-fun |t_a| ((state |t_s|)) Bool (and\n  (|t_a 0| state)\n  (|t_a 1| state)\n))\n(define-fun |t_u| ((state |t_s|)) Bool true)\n';

  it('is cut down to the properties that are asked about', () => {
    const text = smt2Model(model).only(new Set(['q']));
    expect(text).not.toContain('yosys-smt2-assert 0');
    expect(text).toContain('(define-fun |t_a| ((state |t_s|)) Bool (|t_a 1| state))\n(define-fun |t_u|');
    expect(smt2Model(model).only(new Set())).toContain('(define-fun |t_a| ((state |t_s|)) Bool true)\n');
    expect(smt2Model(model).asserts).toEqual(['p', 'q']);
  });
});
