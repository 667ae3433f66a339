/**
 * From a flat design to a netlist of gates and formal cells: the steps that SymbiYosys takes before it writes
 * AIGER, but that covers stay and that the netlist is written as JSON, so that every property and every signal
 * keeps its name.
 */

/** Makes clocked logic into `$ff` on one global step, with free initial values and free undefined values. */
export function modelScript({ multiclock, assumeEarly }: { readonly multiclock: boolean; readonly assumeEarly: boolean }): readonly string[] {
  return [
    'scc -select; simplemap; select -clear',
    'memory_nordff',
    ...(multiclock ? ['clk2fflogic'] : ['async2sync', ...(assumeEarly ? ['chformal -assume -early'] : [])]),
    'opt_clean',
    'formalff -setundef -clk2ff -ff2anyinit -hierarchy',
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
