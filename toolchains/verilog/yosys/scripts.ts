/**
 * The yosys scripts of a task: elaborate by the task's own script into one flat design, prepare it for formal
 * engines as SymbiYosys does (recorded in its work folders), write the models. Each step is a run of its own; what
 * stands between them (instrument) is done here, not by yosys.
 */
import type { PropertyKind } from '../design.ts';
import { GATE_SCRIPT } from '../embedded/prepare.ts';

/** File names in the private model folder. Fixed, so that no name of the input appears in an engine's output. */
export const MODEL = {
  elaborated: 'elaborated.il', instrumented: 'instrumented.il', prepared: 'prepared.il', smt2: 'design.smt2',
  gates: 'gates.json', btor: 'design.btor',
} as const;

/** @param own the task's script, one command a line; runs in the source folder. @param model path of the model folder from there */
export function elaborationScript(own: string, model: string): string {
  return [
    own,
    'cd',
    'select -clear',
    // Not -smtcheck: that lets a module bring SMT-LIB text of its own.
    'hierarchy -auto-top -simcheck',
    'proc',
    'setattr -mod -unset keep_hierarchy *',
    'flatten',
    'opt_clean',
    `write_rtlil ${model}/${MODEL.elaborated}`,
    '',
  ].join('\n');
}

export interface FormalOptions { readonly multiclock: boolean; readonly assumeEarly: boolean; readonly kinds: readonly PropertyKind[] }

/** Runs in the model folder: `instrumented` → `prepared`, netlist, SMT-LIB. */
export function formalScript(options: FormalOptions): string {
  return [
    `read_rtlil ${MODEL.instrumented}`,
    'scc -select',
    'simplemap',
    'select -clear',
    'memory_nordff',
    ...(options.multiclock ? ['clk2fflogic'] : ['async2sync', ...(options.assumeEarly ? ['chformal -assume -early'] : [])]),
    'opt_clean',
    'formalff -setundef -clk2ff -ff2anyinit',
    `chformal -live -fair ${(['assert', 'cover'] as const).filter(kind => !options.kinds.includes(kind)).map(kind => `-${kind} `).join('')}-remove`,
    'opt_clean',
    'setundef -undriven -anyseq',
    'opt -fast',
    'rename -witness',
    'opt_clean',
    `write_rtlil ${MODEL.prepared}`,
    'dffunmap',
    `write_smt2 -wires ${MODEL.smt2}`,
    '',
  ].join('\n');
}

/** Runs in the model folder: `prepared` → a netlist of gates, `$ff` and formal cells for the and-inverter engines. */
export function gateScript(): string {
  return [`read_rtlil ${MODEL.prepared}`, ...GATE_SCRIPT, `write_json ${MODEL.gates}`, ''].join('\n');
}

/** Runs in the model folder: `prepared` → BTOR2. Outputs are no part of what is asked. @param covers bad states are the covers */
export function btorScript(covers: boolean): string {
  return [`read_rtlil ${MODEL.prepared}`, 'setundef -undriven -anyseq', 'opt -fast', 'delete -output', 'dffunmap', `write_btor${covers ? ' -c' : ''} ${MODEL.btor}`, ''].join('\n');
}
