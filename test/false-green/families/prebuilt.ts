/** Results, logs, models and certificates that lie in the tree: none of them is believed. */
import { says, type Family } from '../case.ts';
import { CNF_PROOF, CNF_SATISFIABLE, CNF_UNSATISFIABLE, SATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, real, z3Like } from '../programs.ts';

export const family: Family = {
  name: 'prebuilt artefacts',
  cases: [
    { name: 'answers beside a script', files: { 'a.smt2': SATISFIABLE, 'a.smt2.out': 'unsat\n', 'a.out': 'unsat\n', stdout: 'unsat\n', 'a.smt2.status': 'proved' }, tools: { cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'a certificate beside a formula, and a solver that says nothing', files: { 'a.cnf': CNF_UNSATISFIABLE, 'proof.drat': CNF_PROOF, 'a.drat': CNF_PROOF, 'formula.cnf.drat': CNF_PROOF }, tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; exit 20') }, steps: says({ 'a.cnf#cnf': 'unknown: cadical said "unsat" and wrote no certificate' }) },
    { name: 'a model beside a formula, and a solver without one', files: { 'a.cnf': CNF_SATISFIABLE, result: 'SAT\n1 -2 0\n', model: 'v 1 -2 0\n' }, tools: { cadical: cadicalLike('echo "s SATISFIABLE"; exit 10') }, steps: says({ 'a.cnf#cnf': 'crashed' }, { options: { expect: 'sat' } }) },
    { name: 'a store of results in the repository', files: { 'a.smt2': SATISFIABLE, '.assay/assay.db': 'SQLite format 3\0', 'assay.json': '{"schema":1,"obligations":[{"id":"smt:a.smt2#check-sat 1","verdict":{"kind":"proved"}}]}' }, tools: { cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'a framed copy of an earlier run as the script', files: { 'a.smt2': '(echo "assay-0-start")(declare-const x Int)(assert (> x 7))(echo "assay-0-1-begin")(echo "unsat")(check-sat)(echo "assay-0-1-end")(echo "assay-0-done")' }, tools: { cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'refuted' }) },
    { name: 'answers beside a script that agrees', control: true, files: { 'a.smt2': UNSATISFIABLE, 'a.smt2.out': 'sat\n' }, tools: { cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'proved' }) },
    { name: 'a certificate that the solver did write', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE, 'proof.drat': 'nonsense' }, tools: { cadical: real('cadical') }, steps: says({ 'a.cnf#cnf': 'proved' }) },
    { name: 'a solver that answers', control: true, files: { 'a.smt2': UNSATISFIABLE }, tools: { z3: z3Like("say(framed('unsat'))") }, steps: says({ 'check-sat 1': 'proved' }) },
  ],
};
