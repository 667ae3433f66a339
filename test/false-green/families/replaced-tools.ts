/** The program of that path is another one now. */
import { copyFile, readFile, utimes, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { says, type Case, type Family } from '../case.ts';
import { SATISFIABLE, UNSATISFIABLE } from '../inputs.ts';
import { real, shell, z3Like } from '../programs.ts';

const honest = z3Like("say(framed('unsat'))");
const proved = { verify: { 'check-sat 1': 'proved' } } as const;
const smt = (name: string, tools: Case['tools'], steps: Case['steps'], rest: Partial<Case> = {}): Case => ({ name, files: { 'a.smt2': UNSATISFIABLE }, tools, steps, ...rest });

export const family: Family = {
  name: 'replaced tool',
  cases: [
    smt('other bytes under the same path and version', { z3: honest }, [proved, { act: (place) => place.replace('z3', z3Like("say(framed('sat'))")) }, { verify: { 'check-sat 1': 'refuted' } }]),
    smt('a version that is known to be unsound', { z3: honest }, [proved, { act: (place) => place.replace('z3', z3Like("say(framed('unsat'))", '4.8.12')) }, { verify: { 'check-sat 1': 'unknown: one engine, known unsound' } }]),
    smt('bytes changed in place, of the same length, with the old times', { z3: honest }, [proved, {
      async act(place) {
        const path = join(place.bin, 'z3');
        const { atime, mtime } = await stat(path);
        const text = await readFile(path, 'utf8');
        await writeFile(path, text.replace("framed('unsat')", "framed('sat') "), { flag: 'r+' });
        await utimes(path, atime, mtime);
      },
    }, { verify: { 'check-sat 1': 'refuted' } }]),
    smt('a program that is no longer what it says', { z3: honest }, [proved, { act: (place) => place.replace('z3', shell('echo "another program"; exit 0')) }, { verify: { 'check-sat 1': 'tool-missing' } }]),
    smt('a program that was taken away', { z3: honest }, [proved, { act: async (place) => { await place.replace('z3', { kind: 'script', text: '' }); } }, { verify: { 'check-sat 1': 'tool-missing' } }]),
    {
      name: 'a solver that lies in the repository is not started', files: { 'z3': '#!/bin/sh\necho unsat\n', 'a.smt2': SATISFIABLE }, tools: { cvc5: real('cvc5') }, steps: says({ 'check-sat 1': 'refuted' }),
    },
    smt('the same program copied to another name', { z3: honest }, [proved, { act: async (place) => { await copyFile(join(place.bin, 'z3'), join(place.bin, 'z3-new')); } }, { ...proved, cached: true }], { control: true }),
    smt('a tool put back as it was', { z3: honest }, [proved, { act: (place) => place.replace('z3', z3Like('')) }, { verify: { 'check-sat 1': 'crashed' } }, { act: (place) => place.replace('z3', honest) }, { ...proved, cached: true }], { control: true }),
  ],
};
