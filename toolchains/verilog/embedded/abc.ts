/**
 * Model checking by the ABC that is inside yosys. yosys runs it on a mapped netlist; a tiny one is given to
 * it, put aside, and put back at the end, and in between ABC reads the AIGER system of the question.
 */
import type { Question } from '../aiger/reach.ts';
import type { FileTree } from './protocol.ts';

/** What yosys needs a design for; has nothing to do with the question. */
const CARRIER = 'module carrier(input a, input b, output y); assign y = a & b; endmodule\n';

export interface AbcJob { readonly args: readonly string[]; readonly files: FileTree; readonly wanted: readonly string[] }

export const WITNESS_FILE = 'witness.aiw';

/** @param system binary AIGER with one output, no constraints and latches that start at 0 */
export function abcJob(system: Uint8Array, question: Question): AbcJob {
  const seconds = Math.max(1, Math.floor(question.seconds));
  const check = question.kind === 'bmc' ? `bmc3,-F,${question.frames},-T,${seconds},-v` : `pdr,-T,${seconds},-v`;
  // One word without blanks: yosys turns "," into a blank, and does not part a word at ";". A script file in
  // its place would be one open file more than this build of yosys can bear.
  const script = `write_blif,/carrier.blif;read_aiger,/system.aig;${check};print_status;write_cex,-a,/${WITNESS_FILE};read_blif,/carrier.blif`;
  return {
    args: ['-p', 'read_verilog carrier.v; prep; techmap', '-p', `abc -script +${script}`],
    files: { 'carrier.v': Buffer.from(CARRIER), 'system.aig': system },
    wanted: [WITNESS_FILE],
  };
}
