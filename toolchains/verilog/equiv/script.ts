/**
 * From Verilog to gates for comparison. Unlike in a property check, undefined values are made free before
 * anything is optimised, so that no pass can choose one of them in one design and another in the other.
 */
import type { EquivalenceSide } from './request.ts';

export const FLAT = 'flat.il';
export const GATES = 'gates.json';

/** The file names as yosys sees them: numbered, so that no name of the repository is a word of a script. */
export function sourceName(index: number, path: string): string {
  return `f${index}/${path.replace(/[^A-Za-z0-9_./-]/g, '_').replace(/^-/, '_')}`;
}

/** @param names as laid out, in the order to read. @param folders for `include */
export function flattenScript(side: EquivalenceSide, names: readonly string[], folders: readonly string[]): string {
  const include = folders.map((folder) => ` -I${folder}`).join('');
  return [
    // Formal statements are no part of what the designs do.
    ...names.map((name) => `read_verilog -sv -noassert -noassume -norestrict${include} ${name}`),
    side.top === undefined ? 'hierarchy -check -auto-top' : `hierarchy -check -top ${moduleName(side.top)}`,
    'proc',
    'setattr -mod -unset keep_hierarchy *',
    'flatten',
    'setundef -undriven -anyseq',
    'opt_clean',
    `write_rtlil ${FLAT}`,
    '',
  ].join('\n');
}

export function gatesScript(multiclock: boolean): string {
  return [
    `read_rtlil ${FLAT}`,
    'memory_nordff',
    multiclock ? 'clk2fflogic' : 'async2sync',
    'opt_clean',
    'formalff -setundef -clk2ff -ff2anyinit',
    'setundef -undriven -anyseq',
    'memory_map -formal',
    'formalff -clk2ff -ff2anyinit',
    'techmap',
    'setundef -undriven -anyseq',
    'simplemap',
    'dffunmap',
    'opt -fast',
    'aigmap',
    'opt_clean',
    `write_json ${GATES}`,
    '',
  ].join('\n');
}

function moduleName(top: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$]*$/.test(top) ? top : `\\${top}`;
}
