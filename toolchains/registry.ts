/** The verifiers that Assay knows. Adding one means adding a line here; nothing else asks which there are. */
import type { Toolchain } from './contract.ts';
import { dafny } from './dafny/index.ts';
import { lean } from './lean/index.ts';
import { sat } from './sat/index.ts';
import { smt } from './smt/index.ts';
import { verilog } from './verilog/index.ts';
import { verus } from './verus/index.ts';
import { why3 } from './why3/index.ts';

export const toolchains: readonly Toolchain[] = [smt, sat, verilog, dafny, lean, verus, why3];
