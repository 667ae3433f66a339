/** Small designs and task files that the Verilog families share. */
import type { Program } from './case.ts';
import { real } from './programs.ts';

/** What the native lane starts. */
export const native: Readonly<Record<string, Program>> = { yosys: real('yosys'), 'yosys-smtbmc': real('yosys-smtbmc'), 'yosys-abc': real('yosys-abc'), z3: real('z3'), python3: real('python3') };

export interface Task { readonly mode: 'bmc' | 'prove' | 'cover'; readonly depth?: number; readonly script?: readonly string[]; readonly files?: readonly string[]; readonly options?: readonly string[] }

/** An .sby file for top `t` in t.sv. */
export function sby({ mode, depth = 10, script = ['read -formal t.sv', 'prep -top t'], files = ['t.sv'], options = [] }: Task): string {
  return ['[options]', `mode ${mode}`, `depth ${depth}`, ...options, '[engines]', 'smtbmc z3', '[script]', ...script, '[files]', ...files, ''].join('\n');
}

/** A counter that stops at `last`, with these statements in its clocked block. */
export function counter(statements: string, last = 9): string {
  return `module t(input clk, input a);
  reg [3:0] c = 0;
  always @(posedge clk) begin
    if (c < ${last}) c <= c + 1;
    ${statements}
  end
endmodule
`;
}
