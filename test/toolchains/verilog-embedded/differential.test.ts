/** The two lanes on the same designs: never one green where the other is red, and on these the same word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../toolchains/contract.ts';
import { runProcess } from '../../../toolchains/process/run.ts';
import type { Mode } from '../../../toolchains/verilog/design.ts';
import { nativeLane } from '../../../toolchains/verilog/native/lane.ts';
import { hasNative, nativeTools } from '../equiv/harness.ts';
import { checkEmbedded, contextFor, LIMITS } from './bench.ts';

const DESIGNS: Readonly<Record<string, string>> = {
  counter: `module top(input clk, rst, en, output reg [3:0] q); initial q = 0; always @(posedge clk) if (rst) q <= 0; else if (en && q < 9) q <= q + 1;
    always @(posedge clk) begin if (!$initstate) begin holds: assert (q <= 9); breaks: assert (q != 6); end reached: cover (q == 4); never: cover (q == 12); end endmodule`,
  ring: `module top(input clk); reg [7:0] r = 1; always @(posedge clk) r <= {r[6:0], r[7]}; always @* begin some: assert (r != 0); one: assert ((r & (r - 1)) == 0); last: cover (r[7]); end endmodule`,
  memory: `module top(input clk, input [1:0] a, input d, output q); reg mem [0:3]; assign q = mem[a]; always @(posedge clk) mem[a] <= d;
    reg past = 0; reg [1:0] pa; reg pd; always @(posedge clk) begin past <= 1; pa <= a; pd <= d; end
    always @* begin if (past && a == pa) kept: assert (q == pd); if (past) loose: assert (q == pd); end endmodule`,
  assumed: `module top(input clk, a, b); reg s = 0; always @(posedge clk) s <= s | (a & b); always @* begin apart: assume (!(a && b)); safe: assert (!s); apart_too: cover (a); end endmodule`,
  contradicting: `module top(input clk, a); reg [2:0] n = 0; always @(posedge clk) n <= n + 1; always @* begin ends: assume (n < 3); one: assume (a); zero: assert (n < 3 || a); end endmodule`,
  hierarchy: `module part(input clk, d, output reg q = 0); always @(posedge clk) q <= d; always @* low: assert (q == 0 || q == 1); endmodule
    module top(input clk, d); wire x, y; part one(clk, d, x); part two(clk, x, y); always @* same: assert (x == y); endmodule`,
  reset: `module top(input clk, arst, d, output reg q); always @(posedge clk or posedge arst) if (arst) q <= 0; else q <= d; always @* begin if (arst) cleared: assert (!q); free: assert (q); end endmodule`,
};

async function checkNatively(source: string, mode: Mode, depth: number): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-lane-'));
  const tools = [...nativeTools()];
  const context: CheckContext = {
    ...contextFor(tools), workspace: () => Promise.resolve(folder), unit: { id: 'u', project: 'p', label: 'u', obligations: [], inputs: { files: [] }, options: {}, executesCode: false },
    run: (job) => runProcess({ file: job.tool.path, args: job.args, cwd: job.cwd, ...(job.signal && { signal: job.signal }), limits: { wallSeconds: 60, memoryMb: LIMITS.memoryMb, outputBytes: 1 << 24, floodBytes: 1 << 28, ...job.limits } }),
  };
  const found: Record<string, string> = {};
  try {
    await checkEmbedded({ 'top.sv': source }, { mode, depth }, LIMITS, undefined, { lane: nativeLane, context, found });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

describe.skipIf(!hasNative)('native and WebAssembly agree (needs yosys and yosys-abc)', () => {
  for (const [name, source] of Object.entries(DESIGNS)) for (const mode of ['bmc', 'prove', 'cover'] as const) it(`${name}, mode ${mode}`, async () => {
    const native = await checkNatively(source, mode, 10);
    const { verdicts } = await checkEmbedded({ 'top.sv': source }, { mode, depth: 10 });
    expect(Object.fromEntries(Object.entries(verdicts).map(([property, verdict]) => [property, verdict.kind]))).toEqual(native);
  });
});
