/** Files that were cut, and outputs that end too early. */
import { says, type Family } from '../case.ts';
import { CNF_SATISFIABLE, CNF_UNSATISFIABLE, THREE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, real, shell, z3Like } from '../programs.ts';

const answers = { '#check-sat 1': 'crashed', '#check-sat 2': 'crashed', '#check-sat 3': 'crashed' };
const lying = (manner: string) => ({ z3: z3Like(manner) });
const honestCadical = { cadical: real('cadical') };
/** MiniSat: tells by its usage line what it is. */
const minisatLike = (body: string) => ({ minisat: shell(`case "$1" in --help) echo "USAGE: minisat [options] <input-file> <result-output-file>"; exit 0;; esac\nfor last; do :; done\n${body}`) });

export const family: Family = {
  name: 'truncation',
  cases: [
    { name: 'a script cut inside a command', files: { 'a.smt2': UNSATISFIABLE.slice(0, -3) }, tools: { cvc5: real('cvc5') }, steps: says({ '#script': 'malformed' }) },
    { name: 'a script cut before its check', files: { 'a.smt2': UNSATISFIABLE.slice(0, UNSATISFIABLE.indexOf('(check-sat)')) }, tools: { cvc5: real('cvc5') }, steps: says({ '#script': 'nothing-to-prove' }, { exit: 3 }) },
    { name: 'a formula cut inside a clause', files: { 'a.cnf': 'p cnf 1 2\n1 0\n-1' }, tools: honestCadical, steps: says({ cnf: 'malformed' }) },
    { name: 'a formula cut between clauses', files: { 'a.cnf': 'p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n' }, tools: honestCadical, steps: says({ cnf: 'malformed' }) },
    { name: 'no end mark', files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat').slice(0, -1))"), steps: says(answers) },
    { name: 'half the answers', files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat').slice(0, 6))"), steps: says(answers) },
    { name: 'the last line without its end', files: { 'a.smt2': THREE }, tools: lying("fs.writeSync(1, framed('unsat').join('\\n'))"), steps: says(answers) },
    { name: 'an empty output', files: { 'a.smt2': THREE }, tools: lying(''), steps: says(answers) },
    { name: 'everything on the other stream', files: { 'a.smt2': THREE }, tools: lying("fs.writeSync(2, framed('unsat').join('\\n') + '\\n')"), steps: says(answers) },
    { name: 'a status line without its end', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical: cadicalLike('printf "s UNSATISFIABLE"; printf "1 0\\n0\\n" > "$last"; exit 20') }, steps: says({ cnf: 'crashed' }) },
    { name: 'a model without its end', files: { 'a.cnf': CNF_SATISFIABLE }, tools: { cadical: cadicalLike('echo "s SATISFIABLE"; echo "v 1 -2"; exit 10') }, steps: says({ cnf: 'crashed' }, { options: { expect: 'sat' } }) },
    { name: 'a certificate without its lines', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; printf "c\\n" > "$last"; exit 20') }, steps: says({ cnf: 'unknown: the certificate of cadical was rejected' }) },
    { name: 'a certificate cut inside its last line', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; printf "1 " > "$last"; exit 20') }, steps: says({ cnf: 'unknown: the certificate of cadical was rejected' }) },
    { name: 'a result file that was not finished', files: { 'a.cnf': CNF_SATISFIABLE }, tools: minisatLike('echo SATISFIABLE; printf "SAT\\n1 -2" > "$last"; exit 10'), steps: says({ cnf: 'crashed' }, { options: { expect: 'sat' } }) },
    { name: 'a result file that was not written', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: minisatLike('echo UNSATISFIABLE; exit 20'), steps: says({ cnf: 'crashed' }) },
    { name: 'the same solver to the end of its output', control: true, files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat'))"), steps: says({ 'check-sat 1': 'proved', 'check-sat 2': 'proved', 'check-sat 3': 'proved' }) },
    { name: 'the same certificate, whole', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; printf "1 0\\n0\\n" > "$last"; exit 20') }, steps: says({ cnf: 'proved' }) },
    { name: 'the same result file, whole', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: minisatLike('echo UNSATISFIABLE; printf "UNSAT\\n" > "$last"; exit 20'), steps: says({ cnf: 'proved' }) },
  ],
};
