/** Several engines at one question: what they say against each other, late, or never. */
import { says, type Case, type Family, type Program } from '../case.ts';
import { CNF_PROOF, CNF_SATISFIABLE, CNF_UNSATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, cvc5Like, real, shell, z3Like } from '../programs.ts';

const raced = { options: { effort: 2 as const, wallSeconds: 20 } };
const smt = (name: string, z3: Program, cvc5: Program, steps: Case['steps'], rest: Partial<Case> = {}): Case => ({ name, files: { 'a.smt2': UNSATISFIABLE }, tools: { z3, cvc5 }, steps, ...rest });
const proof = `printf '${CNF_PROOF.replaceAll('\n', '\\n')}' > "$last"`;
const picosatLike = (body: string): Program => shell(`case "$1" in --version) echo 965; exit 0;; esac\n${body}`);

export const family: Family = {
  name: 'races',
  cases: [
    smt('two engines contradict each other', z3Like("say(framed('unsat')); mark('said')", '4.8.12'), cvc5Like("await marked('said'); await sleep(0.5); say(framed('sat'))"), says({ 'check-sat 1': 'unknown: disputed' }, { ...raced, exit: 2 })),
    smt('the same, one after the other', z3Like("say(framed('unsat'))", '4.8.12'), cvc5Like("say(framed('sat'))"), says({ 'check-sat 1': 'unknown: disputed' })),
    smt('the loser has said the contrary before it was ended', z3Like("say(framed('sat')); mark('said'); await sleep(60)"), cvc5Like("await marked('said'); await sleep(0.3); say(framed('unsat'))"), says({ 'check-sat 1': 'unknown: disputed' }, raced)),
    smt('the first crashes after its answer, the other gives up', z3Like("say(framed('unsat')); process.kill(process.pid, 'SIGSEGV'); await sleep(60)"), cvc5Like("say(framed('unknown'))"), says({ 'check-sat 1': ['unknown', 'crashed'] }, raced)),
    smt('the loser is still writing when it is ended', z3Like("say(framed('sat'))"), cvc5Like("say(framed('unsat').slice(0, 3)); await sleep(60)"), says({ 'check-sat 1': 'refuted' }, raced)),
    smt('two copies of one unsound build are one engine', z3Like("say(framed('unsat'))", '4.8.12'), cvc5Like("say(framed('unknown'))"), says({ 'check-sat 1': 'unknown: one engine, known unsound' }, raced)),
    { name: 'the same build under two names', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3: z3Like("say(framed('unsat'))", '4.8.12'), 'z3-4.8.12': z3Like("/* copy */ say(framed('unsat'))", '4.8.12') }, steps: says({ 'check-sat 1': 'unknown: one engine, known unsound' }, { options: { effort: 3, wallSeconds: 10 } }) },
    { name: 'one unsound build alone', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3: z3Like("say(framed('unsat'))", '4.8.12') }, steps: says({ 'check-sat 1': 'unknown: one engine, known unsound' }, { exit: 2 }) },
    { name: 'a witness of an unsound build that nobody checked', files: { 'a.smt2': `(set-info :status sat)${UNSATISFIABLE}` }, tools: { z3: z3Like("say(framed('sat'))", '4.8.12') }, steps: says({ 'check-sat 1': 'unknown' }) },
    { name: 'a model that the other engine finds void', files: { 'a.smt2': `(set-info :status sat)${UNSATISFIABLE}` }, tools: { z3: z3Like("say(framed('sat').flatMap((line) => (line.endsWith('-end') ? [line, '((define-fun x () Int 8))'] : [line])))"), cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'failed' }) },
    { name: 'two SAT solvers contradict each other', files: { 'a.cnf': CNF_SATISFIABLE }, tools: { minisat: shell('case "$1" in --help) echo "USAGE: minisat [options] <input-file> <result-output-file>"; exit 0;; esac\nfor last; do :; done\nsleep 1; echo UNSATISFIABLE; echo UNSAT > "$last"; exit 20'), picosat: picosatLike('echo "s SATISFIABLE"; echo "v 1 -2 0"; exit 10') }, steps: says({ cnf: ['unknown: disputed', 'refuted'] }, { ...raced }) },
    { name: 'the winner of a SAT race has a void model', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { picosat: picosatLike('echo "s SATISFIABLE"; echo "v 1 2 0"; exit 10'), cadical: cadicalLike('sleep 60') }, steps: says({ cnf: ['unknown', 'timeout'] }, { options: { effort: 2, wallSeconds: 1, expect: 'sat' } }) },
    smt('both agree', z3Like("say(framed('unsat'))", '4.8.12'), cvc5Like("say(framed('unsat'))"), says({ 'check-sat 1': 'proved' }, raced), { control: true }),
    smt('the other engine answers for the one that broke', z3Like("process.kill(process.pid, 'SIGSEGV'); await sleep(60)"), real('cvc5'), says({ 'check-sat 1': 'proved' }, raced), { control: true }),
    { name: 'a race of SAT solvers', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { picosat: picosatLike('sleep 60'), cadical: cadicalLike(`echo "s UNSATISFIABLE"; ${proof}; exit 20`) }, steps: says({ cnf: 'proved' }, raced) },
  ],
};
