/** Exit codes that say what the output does not. */
import { says, type Family } from '../case.ts';
import { CNF_SATISFIABLE, CNF_UNSATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, z3Like } from '../programs.ts';

const solver = (manner: string) => ({ z3: z3Like(manner) });
const cadical = (body: string) => ({ cadical: cadicalLike(body) });
const proof = 'printf "1 0\\n0\\n" > "$last"';

export const family: Family = {
  name: 'exit codes',
  cases: [
    { name: 'zero without a word', files: { 'a.smt2': UNSATISFIABLE }, tools: solver('process.exit(0)'), steps: says({ 'check-sat 1': 'crashed' }, { exit: 3 }) },
    { name: 'the word alone, with zero', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("console.log('unsat')"), steps: says({ 'check-sat 1': 'crashed' }) },
    { name: 'twenty without a word', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`${proof}; exit 20`), steps: says({ cnf: 'crashed' }) },
    { name: 'twenty and unknown', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNKNOWN"; ${proof}; exit 20`), steps: says({ cnf: 'crashed' }) },
    { name: 'ten and unsatisfiable', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNSATISFIABLE"; ${proof}; exit 10`), steps: says({ cnf: 'crashed' }) },
    { name: 'zero and unsatisfiable', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNSATISFIABLE"; ${proof}; exit 0`), steps: says({ cnf: 'crashed' }) },
    { name: 'one and unsatisfiable', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNSATISFIABLE"; ${proof}; exit 1`), steps: says({ cnf: 'crashed' }) },
    { name: 'ten and a model that is none', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical('echo "s SATISFIABLE"; echo "v 1 2 0"; exit 10'), steps: says({ cnf: 'unknown: the model of cadical is void' }, { options: { expect: 'sat' } }) },
    { name: 'a signal after everything was said', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unsat')); process.kill(process.pid, 'SIGKILL'); await sleep(60)"), steps: says({ 'check-sat 1': 'crashed' }) },
    { name: 'an abort after the status', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNSATISFIABLE"; ${proof}; kill -ABRT $$`), steps: says({ cnf: 'crashed' }) },
    { name: 'one, and a whole output that says it: text decides', control: true, files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unsat')); process.exitCode = 1"), steps: says({ 'check-sat 1': 'proved' }) },
    { name: 'twenty, with status and certificate', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: cadical(`echo "s UNSATISFIABLE"; ${proof}; exit 20`), steps: says({ cnf: 'proved' }) },
    { name: 'ten, with status and model', control: true, files: { 'a.cnf': CNF_SATISFIABLE }, tools: cadical('echo "s SATISFIABLE"; echo "v 1 -2 0"; exit 10'), steps: says({ cnf: 'covered' }, { options: { expect: 'sat' } }) },
  ],
};
