/** Nothing asked, nothing found, nothing matched: never green, and never exit code 0. */
import { says, type Case, type Family } from '../case.ts';
import { CNF_UNSATISFIABLE, SATISFIABLE, THREE, UNSATISFIABLE } from '../inputs.ts';
import { real } from '../programs.ts';

const tools = { cvc5: real('cvc5'), cadical: real('cadical') };
const nothing = (name: string, files: Case['files'], options?: NonNullable<Parameters<typeof says>[1]>['options']): Case => ({ name, files, tools, steps: says({}, { exit: 3, ...(options ? { options } : {}) }) });

export const family: Family = {
  name: 'filters and empty results',
  cases: [
    nothing('--only matches nothing', { 'a.smt2': UNSATISFIABLE }, { only: 'no such name' }),
    nothing('--only with patterns that match nothing', { 'a.smt2': UNSATISFIABLE }, { only: '*b.smt2*|d*' }),
    nothing('--only that is empty between bars', { 'a.smt2': SATISFIABLE }, { only: '|' }),
    nothing('--task that no file has', { 'a.smt2': UNSATISFIABLE }, { tasks: ['prove'] }),
    nothing('--toolchain that finds nothing', { 'a.smt2': UNSATISFIABLE }, { onlyToolchain: 'verilog' }),
    nothing('--toolchain that is not there', { 'a.smt2': UNSATISFIABLE }, { onlyToolchain: 'coq' }),
    nothing('an empty folder', {}),
    nothing('a folder of other files', { 'README.md': 'unsat', 'results.txt': 'proved' }),
    { name: 'an empty script', files: { 'a.smt2': '' }, tools, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    { name: 'a script of comments', files: { 'a.smt2': '; (check-sat)\n; unsat\n' }, tools, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    { name: 'a script without a check', files: { 'a.smt2': '(declare-const x Int)(assert false)' }, tools, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    { name: 'an empty formula file', files: { 'a.cnf': '' }, tools, steps: says({ cnf: 'malformed' }, { exit: 3 }) },
    { name: 'a formula of comments', files: { 'a.cnf': 'c p cnf 1 1\nc 0\n' }, tools, steps: says({ cnf: 'malformed' }, { exit: 3 }) },
    { name: 'the green one does not cover the empty one', files: { 'a.smt2': UNSATISFIABLE, 'b.smt2': '' }, tools, steps: says({ 'a.smt2#check-sat 1': 'proved', 'b.smt2#script': 'nothing-to-prove' }) },
    { name: 'the green one does not cover the malformed one', files: { 'a.smt2': UNSATISFIABLE, 'b.smt2': '(check-sat' }, tools, steps: says({ 'a.smt2#check-sat 1': 'proved', 'b.smt2#script': 'malformed' }, { exit: 3 }) },
    { name: 'no tool at all', files: { 'a.smt2': UNSATISFIABLE, 'a.cnf': CNF_UNSATISFIABLE }, tools: {}, steps: says({ 'check-sat 1': 'tool-missing', cnf: 'tool-missing' }, { exit: 3 }) },
    { name: '--only one of them says nothing of the others', control: true, files: { 'a.smt2': THREE }, tools, steps: says({ '#check-sat 3': 'proved' }, { options: { only: 'check-sat 3' }, exit: 0 }) },
    { name: 'a filter that matches', control: true, files: { 'a.smt2': UNSATISFIABLE, 'b.smt2': SATISFIABLE }, tools, steps: says({ 'a.smt2#check-sat 1': 'proved' }, { options: { only: '*a.smt2*' }, exit: 0 }) },
    { name: 'the same folder, unfiltered', control: true, files: { 'a.smt2': UNSATISFIABLE, 'a.cnf': CNF_UNSATISFIABLE }, tools, steps: says({ 'check-sat 1': 'proved', cnf: 'proved' }, { exit: 0 }) },
  ],
};
