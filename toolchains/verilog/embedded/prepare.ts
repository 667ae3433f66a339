/**
 * From the script of a task to a flat netlist of gates and formal cells: the steps that sby 0.55 takes before
 * it writes AIGER, but that covers stay and that the netlist is written as JSON, so that every property and
 * every signal keeps its name.
 */
import type { ScriptLine } from '../design.ts';

/** Makes clocked logic into `$ff` on one global step, with free initial values and free undefined values. */
export function modelScript(multiclock: boolean): readonly string[] {
  return [
    'scc -select; simplemap; select -clear',
    'memory_nordff',
    multiclock ? 'clk2fflogic' : 'async2sync',
    'chformal -assume -early',
    'opt_clean',
    'formalff -setundef -clk2ff -ff2anyinit -hierarchy',
    'check',
    'setundef -undriven -anyseq',
    'opt -fast',
    'opt_clean',
  ];
}

/** Gates only, one module. */
export const GATE_SCRIPT: readonly string[] = [
  'flatten',
  'setundef -undriven -anyseq',
  'opt -fast',
  'techmap',
  'opt -fast',
  'memory_map -formal',
  'formalff -clk2ff -ff2anyinit',
  'simplemap',
  'dffunmap',
  'aigmap',
  'opt_clean',
];

export function taskScript(script: readonly ScriptLine[], multiclock: boolean, netlist: string): string {
  return [...script.map((line) => line.text), ...modelScript(multiclock), ...GATE_SCRIPT, `write_json ${netlist}`].map((line) => `${line}\n`).join('');
}
