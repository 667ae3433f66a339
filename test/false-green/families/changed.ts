/** Inputs and tools that change while they are used. */
import { says, type Family, type Place } from '../case.ts';
import { CNF_SATISFIABLE, CNF_UNSATISFIABLE, SATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, z3Like } from '../programs.ts';

/** Waits in the middle of its run. */
const z3 = z3Like("mark('started'); await marked('go'); say(framed('unsat'))");
const cadical = cadicalLike(({ marks }) => `touch ${marks}/started; while ! test -e ${marks}/go; do sleep 0.02; done; echo "s UNSATISFIABLE"; printf "1 0\\n0\\n" > "$last"; exit 20`);
const whileRunning = (change: (place: Place) => Promise<void>) => async (place: Place): Promise<void> => {
  await place.marked('started');
  await change(place);
  await place.mark('go');
};
const changed = { 'check-sat 1': 'not-run: input-changed' };

export const family: Family = {
  name: 'changed while running',
  cases: [
    { name: 'the input was edited', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3 }, steps: says(changed, { meanwhile: whileRunning((place) => place.write('a.smt2', SATISFIABLE)), exit: 2 }) },
    { name: 'the input was taken away', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3 }, steps: says(changed, { meanwhile: whileRunning((place) => place.remove('a.smt2')) }) },
    {
      name: 'what was said of the old content is not kept for the new', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3 },
      steps: [
        { verify: changed, meanwhile: whileRunning((place) => place.write('a.smt2', SATISFIABLE)) }, { act: (place) => place.replace('z3', z3Like("say(framed('sat'))")) }, { verify: { 'check-sat 1': 'refuted' } },
      ],
    },
    {
      name: 'edited before the solver began, while another was in its way', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3: z3Like("if (script.includes('(< x 3)')) { mark('started'); await marked('go'); say(framed('unsat')); } else say(framed('sat'))") },
      steps: says(changed, { meanwhile: whileRunning((place) => place.write('a.smt2', SATISFIABLE)) }),
    },
    { name: 'a formula was edited', files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical }, steps: says({ cnf: 'not-run: input-changed' }, { meanwhile: whileRunning((place) => place.write('a.cnf', CNF_SATISFIABLE)) }) },
    {
      name: 'the tool was replaced during the run: what it said is not kept under the old name', files: { 'a.smt2': UNSATISFIABLE }, tools: { z3 },
      steps: [
        { verify: { 'check-sat 1': ['proved', 'crashed', 'not-run'] }, meanwhile: whileRunning((place) => place.replace('z3', z3Like("say(framed('sat'))"))) }, { verify: { 'check-sat 1': 'refuted' } },
      ],
    },
    { name: 'edited and put back: the solver had a private copy of what was there', control: true, files: { 'a.smt2': UNSATISFIABLE }, tools: { z3 }, steps: says({ 'check-sat 1': 'proved' }, { meanwhile: whileRunning(async (place) => { await place.write('a.smt2', SATISFIABLE); await place.write('a.smt2', UNSATISFIABLE); }) }) },
    { name: 'another file was edited', control: true, files: { 'a.smt2': UNSATISFIABLE, 'notes.txt': 'one' }, tools: { z3 }, steps: says({ 'check-sat 1': 'proved' }, { meanwhile: whileRunning((place) => place.write('notes.txt', 'two')) }) },
    { name: 'nothing was edited', control: true, files: { 'a.cnf': CNF_UNSATISFIABLE }, tools: { cadical }, steps: says({ cnf: 'proved' }, { meanwhile: whileRunning(async () => { /* only waits */ }) }) },
  ],
};
