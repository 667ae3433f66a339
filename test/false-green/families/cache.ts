/** What was kept from earlier runs: only exactly this, by exactly these tools, within these limits. */
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import type { Case, Family, Place } from '../case.ts';
import { CNF_SATISFIABLE, CNF_UNSATISFIABLE, SATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { cadicalLike, real, z3Like } from '../programs.ts';

const cvc5 = { cvc5: real('cvc5') };
const cadical = { cadical: real('cadical') };
const smt = (name: string, steps: Case['steps'], rest: Partial<Case> = {}): Case => ({ name, files: { 'a.smt2': UNSATISFIABLE }, tools: cvc5, steps, ...rest });
const proved = { verify: { 'check-sat 1': 'proved' } } as const;
const again = { ...proved, cached: true } as const;
const refuted = { verify: { 'check-sat 1': 'refuted' } } as const;
/** Says unsat where it is given time, gives up by its own clock where it is not. */
const slow = { z3: z3Like("const limit = Number(args.find((arg) => arg.startsWith('-t:')).slice(3)); const given = limit >= 5000 ? 'unsat' : 'unknown'; say(framed(given).flatMap((line) => (given === 'unknown' && line.endsWith('-details') ? ['(:reason-unknown \"timeout\")', line] : [line])))") };

/** Another file under the name of the store; the log and the index beside it are gone. */
async function damage(place: Place, change: (content: Buffer) => Buffer): Promise<void> {
  const path = join(place.home, 'ledger.db');
  const content = change(await readFile(path));
  for (const companion of ['', '-wal', '-shm']) await rm(path + companion, { force: true });
  await writeFile(path, content);
}
/** A statement on the store, while nobody has it open. */
async function inStore(place: Place, statement: string): Promise<void> {
  const database = new Database(join(place.home, 'ledger.db'));
  try { database.exec(statement); } finally { database.close(); }
}
/** Its word is in the file that HOME has: a solver with a configuration of the user's. */
const configured = { z3: z3Like("say(framed(fs.readFileSync(process.env.HOME + '/.solver', 'utf8')))") };
const home = (word: string) => ({
  async act(place: Place) {
    const folder = join(place.marks, word);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.solver'), word);
    place.environment('HOME', folder);
  },
});
/** The middle third overwritten. */
const scribble = (place: Place): Promise<void> => damage(place, (content) => content.fill(0x5a, Math.floor(content.length / 3), Math.floor((content.length * 2) / 3)));

export const family: Family = {
  name: 'cache',
  cases: [
    smt('an edited file', [proved, { act: (place) => place.write('a.smt2', SATISFIABLE) }, refuted]),
    smt('an edit of the same length that puts the old times back', [proved, {
      async act(place) {
        const path = join(place.root, 'a.smt2');
        const { atime, mtime } = await stat(path);
        await place.write('a.smt2', UNSATISFIABLE.replace('(< x 3)', '(< x 9)'));
        await utimes(path, atime, mtime);
      },
    }, refuted]),
    smt('another file moved to the name', [proved, { async act(place) { await place.write('b.smt2', SATISFIABLE); await place.remove('a.smt2'); await place.write('a.smt2', SATISFIABLE); await place.remove('b.smt2'); } }, refuted]),
    smt('the same content, and the other answer expected', [proved, { verify: { 'check-sat 1': 'failed' }, options: { expect: 'sat' } }]),
    smt('a time-out under a smaller limit is asked again under a larger one', [
      { verify: { 'check-sat 1': 'timeout' }, options: { wallSeconds: 1 } }, { verify: { 'check-sat 1': 'timeout' }, options: { wallSeconds: 0.8 }, cached: true }, { verify: { 'check-sat 1': 'proved' }, options: { wallSeconds: 6 } },
    ], { tools: slow }),
    smt('a crash is never kept', [
      { verify: { 'check-sat 1': 'crashed' } }, { act: (place) => place.mark('well') }, { verify: { 'check-sat 1': 'proved' } },
    ], { tools: { z3: z3Like("if (fs.existsSync(marks + '/well')) say(framed('unsat'))") } }),
    smt('a verdict whose tool is gone', [proved, { act: (place) => place.replace('cvc5', z3Like('')) }, { verify: { 'check-sat 1': 'tool-missing' } }]),
    smt('--fresh asks again, and the fresh word holds', [
      { verify: { 'check-sat 1': 'proved' } }, { act: (place) => place.mark('turned') }, { verify: { 'check-sat 1': 'refuted' }, options: { fresh: true } }, { verify: { 'check-sat 1': 'refuted' }, cached: true },
    ], { tools: { z3: z3Like("say(framed(fs.existsSync(marks + '/turned') ? 'sat' : 'unsat'))") } }),
    smt('a re-check that disagrees voids what was kept', [
      { verify: { 'check-sat 1': 'proved' } }, { act: (place) => place.mark('turned') }, { verify: { 'check-sat 1': 'refuted' }, options: { recheckShare: 1 } }, { verify: { 'check-sat 1': 'refuted' }, cached: true },
    ], { tools: { z3: z3Like("say(framed(fs.existsSync(marks + '/turned') ? 'sat' : 'unsat'))") } }),
    smt('a store that was scribbled over gives nothing', [proved, { act: scribble }, { act: (place) => place.write('a.smt2', SATISFIABLE) }, refuted]),
    smt('a store that was cut', [proved, { act: (place) => damage(place, (content) => content.subarray(0, 5000)) }, { act: (place) => place.write('a.smt2', SATISFIABLE) }, refuted]),
    smt('a store of text', [proved, { act: (place) => damage(place, () => Buffer.from('proved\n'.repeat(1000))) }, { act: (place) => place.write('a.smt2', SATISFIABLE) }, refuted]),
    smt('another home, where the solver is configured otherwise', [home('unsat'), proved, again, home('sat'), refuted, home('unsat'), again], { tools: configured }),
    smt('evidence that was damaged', [proved, { act: (place) => inStore(place, "UPDATE outputs SET content = x'00'") }, proved, again]),
    smt('evidence that is gone', [proved, { act: (place) => inStore(place, 'DELETE FROM outputs') }, proved, again]),
    smt('attempts that were damaged', [proved, { act: (place) => inStore(place, "UPDATE packets SET body = replace(body, 'exited', 'exited ')") }, proved, again]),
    smt('damaged evidence under a verdict that would not be found again', [
      { verify: { 'check-sat 1': 'proved' } }, { act: async (place) => { await place.mark('turned'); await inStore(place, "UPDATE outputs SET content = x'00'"); } }, { verify: { 'check-sat 1': 'refuted' } },
    ], { tools: { z3: z3Like("say(framed(fs.existsSync(marks + '/turned') ? 'sat' : 'unsat'))") } }),
    {
      name: 'files that change places', files: { 'a.cnf': CNF_UNSATISFIABLE, 'b.cnf': CNF_SATISFIABLE }, tools: cadical,
      steps: [
        { verify: { 'a.cnf#cnf': 'proved', 'b.cnf#cnf': 'refuted' } }, { async act(place) { await place.write('a.cnf', CNF_SATISFIABLE); await place.write('b.cnf', CNF_UNSATISFIABLE); } },
        { verify: { 'a.cnf#cnf': 'refuted', 'b.cnf#cnf': 'proved' } },
      ],
    },
    {
      name: 'a certificate that was rejected is asked for again', files: { 'a.cnf': CNF_UNSATISFIABLE },
      tools: { cadical: cadicalLike('echo "s UNSATISFIABLE"; : > "$last"; exit 20') },
      steps: [{ verify: { cnf: 'unknown' } }, { act: (place) => place.replace('cadical', cadicalLike('echo "s UNSATISFIABLE"; printf "1 0\\n0\\n" > "$last"; exit 20')) }, { verify: { cnf: 'proved' } }],
    },
    smt('nothing changed', [proved, again, { ...again, options: { wallSeconds: 1 } }, { ...again, options: { wallSeconds: 60 } }], { control: true }),
    smt('the same content after an edit and back', [proved, { act: (place) => place.write('a.smt2', SATISFIABLE) }, refuted, { act: (place) => place.write('a.smt2', UNSATISFIABLE) }, again], { control: true }),
    smt('a damaged store is made anew', [proved, { act: scribble }, proved, again], { control: true }),
  ],
};
