/** Time, memory and output: what was ended, by us or by itself, proves nothing that it had not said whole. */
import { says, type Family } from '../case.ts';
import { CNF_UNSATISFIABLE, pigeons, THREE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, real, z3Like } from '../programs.ts';

const solver = (manner: string) => ({ z3: z3Like(manner) });
const quick = { options: { wallSeconds: 1 } };

export const family: Family = {
  name: 'limits',
  cases: [
    { name: 'a solver that ignores its own limit', files: { 'a.smt2': UNSATISFIABLE }, tools: solver('process.on("SIGTERM", () => 0); await sleep(60)'), steps: says({ 'check-sat 1': 'timeout' }, { ...quick, exit: 2 }) },
    { name: 'one that says the answer after its time', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("await sleep(30); say(framed('unsat'))"), steps: says({ 'check-sat 1': 'timeout' }, quick) },
    { name: 'one that says half of it and waits', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unsat').slice(0, 3)); await sleep(60)"), steps: says({ 'check-sat 1': 'timeout' }, quick) },
    { name: 'one that says the word "timeout" and ends well', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(['timeout'])"), steps: says({ 'check-sat 1': ['crashed', 'timeout'] }) },
    { name: 'its own limit inside the frame', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unknown').flatMap((line) => (line.endsWith('-details') ? ['(:reason-unknown \"timeout\")', line] : [line])))"), steps: says({ 'check-sat 1': 'timeout' }) },
    { name: 'a resource count that ran out', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unknown').flatMap((line) => (line.endsWith('-details') ? ['(:reason-unknown \"max. resource limit exceeded\")', line] : [line])))"), steps: says({ 'check-sat 1': 'out-of-resource' }, { exit: 2 }) },
    { name: 'one that takes all memory', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("const held = []; for (;;) { held.push(Buffer.alloc(2 ** 24, held.length + 1)); await sleep(0.01); }"), steps: says({ 'check-sat 1': 'out-of-memory' }, { options: { memoryMb: 400 }, exit: 2 }) },
    { name: 'a flood of answers', files: { 'a.smt2': UNSATISFIABLE }, tools: solver("say(framed('unsat').slice(0, 2)); for (;;) fs.writeSync(1, 'unsat\\n'.repeat(100000))"), steps: says({ 'check-sat 1': ['crashed', 'timeout'] }) },
    { name: 'a flood of comments before the status', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical: cadicalLike('yes "c flood" | head -c 3000000; echo "s UNSATISFIABLE"; printf "1 0\\n0\\n" > "$last"; exit 20') }, steps: says({ cnf: 'crashed' }) },
    { name: 'a hard formula', files: { 'a.cnf': pigeons(14) }, tools: { cadical: real('cadical') }, steps: says({ cnf: 'timeout' }, quick) },
    { name: 'the deadline of the whole run', files: { 'a.smt2': UNSATISFIABLE, 'b.smt2': UNSATISFIABLE }, tools: solver('await sleep(60)'), steps: says({ 'a.smt2#check-sat 1': ['timeout', 'not-run'], 'b.smt2#check-sat 1': ['timeout', 'not-run'] }, { options: { deadlineSeconds: 0.5, wallSeconds: 30 }, exit: 2 }) },
    { name: 'answers before the limit stand, the others do not', files: { 'a.smt2': THREE }, tools: solver("say(framed('unsat').slice(0, 5)); await sleep(60)"), steps: says({ '#check-sat 1': 'proved', '#check-sat 2': 'timeout', '#check-sat 3': 'timeout' }, { options: { wallSeconds: 0.5 }, exit: 2 }) },
    { name: 'the same solver within its limits', control: true, files: { 'a.smt2': UNSATISFIABLE }, tools: solver("await sleep(0.2); say(framed('unsat'))"), steps: says({ 'check-sat 1': 'proved' }) },
    { name: 'a small formula within its limits', control: true, files: { 'a.cnf': pigeons(4) }, tools: { cadical: real('cadical') }, steps: says({ cnf: 'proved' }) },
  ],
};
