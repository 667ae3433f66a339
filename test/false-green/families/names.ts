/** Answers to something that was not asked, too few, too many, twice. */
import { says, type Family } from '../case.ts';
import { CNF_SATISFIABLE, CNF_UNSATISFIABLE, THREE } from '../inputs.ts';
import { cadicalLike, real, z3Like } from '../programs.ts';

const lying = (manner: string) => ({ z3: z3Like(manner) });
const none = { '#check-sat 1': 'crashed', '#check-sat 2': 'crashed', '#check-sat 3': 'crashed' };

export const family: Family = {
  name: 'missing and extra names',
  cases: [
    { name: 'the frames of a check left out', files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat').filter((line) => !line.includes('-2-')).filter((line, index) => index !== 4))"), steps: says(none) },
    { name: 'a check answered twice', files: { 'a.smt2': THREE }, tools: lying("const lines = framed('unsat'); say([...lines.slice(0, 5), ...lines.slice(1)])"), steps: says(none) },
    { name: 'two answers in one frame', files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat').flatMap((line) => (line === 'unsat' ? ['unsat', 'sat'] : [line])))"), steps: says({ '#check-sat 1': 'crashed', '#check-sat 2': 'crashed', '#check-sat 3': 'crashed' }) },
    { name: 'frames in another order', files: { 'a.smt2': THREE }, tools: lying("const lines = framed('unsat'); say([lines[0], ...lines.slice(5, 9), ...lines.slice(1, 5), ...lines.slice(9)])"), steps: says(none) },
    { name: 'frames of another run', files: { 'a.smt2': THREE }, tools: lying("say(framed('unsat').map((line) => line.replace(/assay-[0-9a-f]+/, 'assay-' + '0'.repeat(32))))"), steps: says(none) },
    { name: 'a further check that nobody asked', files: { 'a.smt2': THREE }, tools: lying("const lines = framed('unsat'); say([...lines.slice(0, -1), ...lines.slice(-5, -1).map((line) => line.replace(/-3-/, '-4-')), lines.at(-1)])"), steps: says(none) },
    { name: 'answers with the wrong letters', files: { 'a.smt2': THREE }, tools: lying("say(framed('UNSAT'))"), steps: says(none) },
    { name: 'a model of variables that are not there', files: { 'a.cnf': CNF_SATISFIABLE }, tools: { cadical: cadicalLike('echo "s SATISFIABLE"; echo "v 1 -2 3 0"; exit 10') }, steps: says({ cnf: 'unknown: the model of cadical is void' }, { options: { expect: 'sat' } }) },
    { name: 'a certificate of another formula', files: { 'a.cnf': CNF_SATISFIABLE }, tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; printf "2 0\\n0\\n" > "$last"; exit 20') }, steps: says({ cnf: 'unknown: the certificate of cadical was rejected' }) },
    { name: 'two files of one content are two obligations', files: { 'a.cnf': CNF_SATISFIABLE, 'b.cnf': CNF_UNSATISFIABLE, 'c/a.cnf': CNF_SATISFIABLE }, tools: { cadical: real('cadical') }, steps: says({ 'sat:a.cnf#cnf': 'refuted', 'sat:b.cnf#cnf': 'proved', 'c/a.cnf#cnf': 'refuted' }, { exit: 1 }) },
    { name: 'each check by its own name', control: true, files: { 'a.smt2': THREE }, tools: { cvc5: real('cvc5') }, steps: says({ '#check-sat 1': 'proved', '#check-sat 2': 'refuted', '#check-sat 3': 'proved' }, { exit: 1 }) },
    { name: 'names that look like others', control: true, files: { 'a.smt2#check-sat 1.smt2': THREE }, tools: { cvc5: real('cvc5') }, steps: says({ '.smt2#check-sat 1': 'proved', '.smt2#check-sat 2': 'refuted', '.smt2#check-sat 3': 'proved' }) },
  ],
};
