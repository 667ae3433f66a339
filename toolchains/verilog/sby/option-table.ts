/**
 * Every option of an .sby (SymbiYosys reference, "Options section", and what sby itself reads besides). An option is
 * obeyed, or refused with a word, or, where it only concerns files that sby writes into its own work folder, said
 * beside every verdict of the task. As in sby, an option that the mode does not know is an error of the file.
 */
import type { Mode } from '../design.ts';

export type ValueForm = 'switch' | 'number' | 'words';

export type OptionRule = { readonly form: ValueForm; readonly modes?: readonly Mode[] } & (
  | { readonly fate: 'obeyed' }
  /** `asUsual`: the value that changes nothing, and is not worth a word. */
  | { readonly fate: 'said'; readonly asUsual?: string; readonly word: string }
  | { readonly fate: 'refused'; readonly asUsual?: string; readonly word: string });

const SAFETY: readonly Mode[] = ['bmc', 'prove', 'cover', 'prep'];
const VCD_HOLDS = 'the VCD of the verdict is made by replaying the run, and no other trace file is written';

export const OPTION_TABLE: Readonly<Record<string, OptionRule>> = {
  mode: { form: 'words', fate: 'obeyed' },
  expect: { form: 'words', fate: 'obeyed' },
  timeout: { form: 'words', fate: 'obeyed' },
  multiclock: { form: 'switch', fate: 'obeyed' },
  depth: { form: 'number', modes: SAFETY, fate: 'obeyed' },
  skip: { form: 'words', fate: 'obeyed' },
  append: { form: 'number', modes: SAFETY, fate: 'obeyed' },
  append_assume: { form: 'switch', modes: SAFETY, fate: 'obeyed' },
  assume_early: { form: 'switch', fate: 'obeyed' },
  cover_assert: { form: 'switch', modes: ['cover'], fate: 'obeyed' },
  wait: { form: 'switch', fate: 'obeyed' },
  vcd: { form: 'switch', fate: 'obeyed' },
  cycle_width: { form: 'number', fate: 'obeyed' },
  vcd_sim: { form: 'switch', fate: 'said', asUsual: 'off', word: VCD_HOLDS },
  fst: { form: 'switch', fate: 'said', asUsual: 'off', word: VCD_HOLDS },
  aigsmt: { form: 'words', modes: ['bmc', 'prove', 'live'], fate: 'said', word: 'no solver is needed to turn a witness into a trace: it is replayed' },
  tbtop: { form: 'words', fate: 'said', word: 'no Verilog test bench is written' },
  make_model: { form: 'words', fate: 'said', word: 'models that no engine needs are not written' },
  witrename: { form: 'switch', fate: 'said', asUsual: 'on', word: 'names of signals in traces are those of the design' },
  aigfolds: { form: 'switch', fate: 'said', asUsual: 'off', word: 'the and-inverter graph is built for each question' },
  aigvmap: { form: 'switch', fate: 'said', asUsual: 'off', word: 'no map of the and-inverter graph is written' },
  aigsyms: { form: 'switch', fate: 'said', asUsual: 'off', word: 'no map of the and-inverter graph is written' },
  smtc: { form: 'words', fate: 'refused', word: 'constraint files are not supported; write the constraint as an assume' },
  skip_prep: { form: 'switch', fate: 'refused', asUsual: 'off', word: 'a design that was not prepared is not supported; remove it' },
};
