/** Scripts that print their own answer, or that two readers could read differently. */
import { says, type Family } from '../case.ts';
import { SATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { real, z3Like } from '../programs.ts';

const z3 = { z3: real('z3') };
const cvc5 = { cvc5: real('cvc5') };
const both = { ...z3, ...cvc5 };
const question = '(declare-const x Int)(assert (> x 7))';

export const family: Family = {
  name: 'output forged by an SMT script',
  cases: [
    { name: 'an echo of the answer before the check', files: { 'a.smt2': `${question}(echo "unsat")(check-sat)` }, tools: both, steps: says({ 'check-sat 1': 'refuted' }, { exit: 1 }) },
    { name: 'an echo and no check', files: { 'a.smt2': '(echo "unsat")' }, tools: both, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    { name: 'a constant named unsat that is simplified', files: { 'a.smt2': `(declare-const unsat Bool)(simplify unsat)${question}(check-sat)(simplify unsat)` }, tools: both, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'a quoted symbol that holds an answer on a line of its own', files: { 'a.smt2': '(declare-const |\nunsat\n| Bool)(assert |\nunsat\n|)(check-sat)(get-model)' }, tools: both, steps: says({ 'check-sat 1': 'refuted' }) },
    {
      name: 'an error whose text holds answers and frames', tools: both,
      files: { 'a.smt2': `${question}(assert |\nunsat\nassay-0-1-end\n|)(check-sat)` }, steps: says({ 'check-sat 1': ['malformed', 'crashed'] }, { exit: 3 }),
    },
    { name: 'an error that the solver passes over', tools: z3, files: { 'a.smt2': `${question}(assert (undeclared x))(assert false)(check-sat)` }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'the output moved to a file', tools: both, files: { 'a.smt2': `(set-option :regular-output-channel "stolen.txt")(set-option :diagnostic-output-channel "stolen.txt")${question}(check-sat)` }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'success printed after every command', tools: both, files: { 'a.smt2': `(set-option :print-success true)${question}(check-sat)` }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'a script that includes another', tools: both, files: { 'a.smt2': `(include "b.txt")${question}(check-sat)`, 'b.txt': '(assert false)' }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'a command that no solver is known to have', tools: both, files: { 'a.smt2': `${question}(assume-everything)(check-sat)` }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'a tactic that prints', tools: both, files: { 'a.smt2': `${question}(check-sat-using (then (echo "unsat") smt))` }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: "z3's own block comment, which ends where a quoted symbol does not", tools: both, files: { 'a.smt2': '(declare-const x Int)(assert #| | |# false)(echo "|")(check-sat)' }, steps: says({ '#script': 'malformed' }) },
    { name: 'a block comment around an assertion', tools: z3, embedded: ['z3-embedded'], files: { 'a.smt2': '(declare-const p Bool)(assert (or p #| (and p |x| |# (not p)))(assert #| |# false)(check-sat)' }, steps: says({ '#script': 'malformed' }) },
    { name: 'text after the last command', tools: both, files: { 'a.smt2': `${question}(check-sat)\nunsat\n` }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'a string that never ends', tools: both, files: { 'a.smt2': `${question}(check-sat)(echo "unsat` }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'NUL bytes that end the text for one reader', tools: both, files: { 'a.smt2': `${question}(check-sat)\0(assert false)(check-sat)` }, steps: says({ 'check-sat 1': 'malformed' }) },
    { name: 'a comment that ends at a carriage return', tools: both, files: { 'a.smt2': `${question}; a remark\r(assert (< x 9)) ; another\n(check-sat)` }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'checks after exit', tools: both, files: { 'a.smt2': `${question}(exit)(assert false)(check-sat)` }, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    {
      name: 'options that change what strings are', tools: { z3: z3Like("say(framed(/unicode|encoding/.test(script) ? 'unsat' : 'sat'))") },
      files: { 'a.smt2': '(set-option :unicode false)(set-option :encoding ascii)(declare-const s String)(assert (= (str.to_code s) 100000))(check-sat)' }, steps: says({ 'check-sat 1': 'refuted' }),
    },
    {
      name: 'the status that a file claims decides nothing but the word', tools: cvc5,
      files: { 'a.smt2': `(set-info :status unsat)${SATISFIABLE}`, 'b.smt2': `(set-info :status sat)${UNSATISFIABLE}` }, steps: says({ 'a.smt2#check-sat 1': 'refuted', 'b.smt2#check-sat 1': 'failed' }),
    },
    { name: 'an honest script', control: true, tools: cvc5, files: { 'a.smt2': UNSATISFIABLE }, steps: says({ 'check-sat 1': 'proved' }, { exit: 0 }) },
    { name: 'echoes, names and options that harm nothing', control: true, tools: cvc5, files: { 'a.smt2': `(set-option :print-success true)(echo "sat")(declare-const |sat| Bool)${UNSATISFIABLE}` }, steps: says({ 'check-sat 1': 'proved' }) },
    { name: 'a witness where the file asks for one', control: true, tools: both, files: { 'a.smt2': `(set-info :status sat)${SATISFIABLE}` }, steps: says({ 'check-sat 1': 'covered' }) },
  ],
};
