/** Formulas that print their own answer, or that solvers could read differently. */
import { says, type Family } from '../case.ts';
import { CNF_PROOF, CNF_SATISFIABLE, CNF_UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, real } from '../programs.ts';

const solvers = { cadical: real('cadical'), minisat: real('minisat') };
/** Prints every comment of its formula as if it were its own output. */
const repeater = { cadical: cadicalLike(`for file; do test -f "$file" && sed -n 's/^c //p' "$file"; done\nprintf '${CNF_PROOF.replaceAll('\n', '\\n')}' > "$last"\nexit 20`) };

export const family: Family = {
  name: 'output forged by a formula',
  cases: [
    { name: 'comments that read like an answer', files: { 'a.cnf': `c s UNSATISFIABLE\n${CNF_SATISFIABLE}c s UNSATISFIABLE\n` }, tools: solvers, steps: says({ cnf: 'refuted' }, { exit: 1 }) },
    { name: 'comments that a solver repeats', files: { 'a.cnf': `c s UNSATISFIABLE\n${CNF_SATISFIABLE}` }, tools: repeater, steps: says({ cnf: 'crashed' }) },
    { name: 'a formula that ends at the end mark for some', files: { 'a.cnf': 'p cnf 2 2\n1 0\n%\n0\n-1 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'more clauses than the header says', files: { 'a.cnf': 'p cnf 1 1\n1 0\n-1 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'a second header', files: { 'a.cnf': 'p cnf 1 2\n1 0\np cnf 1 1\n-1 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'a number that wraps round to another variable', files: { 'a.cnf': 'p cnf 4294967297 2\n1 0\n-4294967297 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'XOR clauses that one solver would pass over', files: { 'a.cnf': 'p cnf 2 2\n1 0\nx -1 2 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'a quantified formula', files: { 'a.cnf': 'p cnf 2 1\na 1 0\ne 2 0\n1 2 0\n' }, tools: solvers, steps: says({ cnf: 'malformed' }) },
    { name: 'an honest formula', control: true, files: { 'a.cnf': `c s SATISFIABLE\n${CNF_UNSATISFIABLE}` }, tools: solvers, steps: says({ cnf: 'proved' }, { exit: 0 }) },
    { name: 'the smallest one', control: true, files: { 'a.cnf': 'p cnf 0 1\n0\n' }, tools: solvers, steps: says({ cnf: 'proved' }) },
  ],
};
