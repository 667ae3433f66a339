/** Answers of SAT solvers, in the form of the competitions and of MiniSat, and of the programs that check certificates. */
import { RECORDED, recorded, SHARED, type Lie, type Reader, type Recording } from './reader.ts';

type Answers = typeof import('../../../toolchains/sat/answer.ts');
type Engines = typeof import('../../../toolchains/sat/engines.ts');
interface Question { readonly style: 'competition' | 'minisat'; readonly code: number; readonly truncated?: true; readonly file?: string }

const unsat: Question = { style: 'competition', code: 20 }, satisfiable: Question = { style: 'competition', code: 10 };
const minisat: Question = { style: 'minisat', code: 20, file: 'UNSAT\n' };
const none = 'none';

function recording(name: string, question: Question, records: readonly RegExp[], end: RegExp, text = recorded(RECORDED, name)): Recording<Question>[] {
  return text === undefined ? [] : [{ name, text, question, records: { [question.code === 20 ? 'unsat' : 'sat']: records }, end }];
}
const lie = (name: string, text: string, question: Question): Lie<Question> => ({ name, text, question });

export const answers: Reader<Answers, Question> = {
  name: 'SAT answers',
  source: 'toolchains/sat/answer.ts',
  load: () => import('../../../toolchains/sat/answer.ts'),
  green(module, text, { style, code, truncated = false, file }) {
    const reading = module.readAnswer(style === 'minisat' ? module.MINISAT : module.COMPETITION, {
      exitCode: code, stdout: Buffer.from(text, 'latin1'), stdoutTruncated: truncated, ...(file === undefined || file === none ? {} : { resultFile: Buffer.from(file, 'latin1') }),
    });
    return reading.kind === 'sat' || reading.kind === 'unsat' ? [reading.kind] : [];
  },
  recordings: [
    ...recording('cadical-1.5.3-unsat.txt', unsat, [/^s UNSATISFIABLE$/], /^s UNSATISFIABLE$/),
    ...recording('cadical-1.5.3-sat.txt', satisfiable, [/^s SATISFIABLE$/, /^v .* 0$/], / 0$/),
    ...recording('minisat-2.2-unsat', minisat, [/^UNSATISFIABLE$/], /^UNSATISFIABLE$/, 'UNSATISFIABLE\n'),
  ],
  lies: [
    lie('cut by us', 's UNSATISFIABLE\n', { ...unsat, truncated: true }),
    lie('the exit code of the other answer', 's UNSATISFIABLE\n', satisfiable), lie('the exit code of no answer', 's UNSATISFIABLE\n', { ...unsat, code: 0 }),
    lie('a model and no model', 's UNSATISFIABLE\nv 1 0\n', unsat), lie('both answers', 's UNSATISFIABLE\ns SATISFIABLE\nv 1 0\n', satisfiable),
    lie('the other first', 's SATISFIABLE\ns UNSATISFIABLE\n', unsat), lie('no status', 'c solved\n', unsat), lie('a status in a comment', 'c s UNSATISFIABLE\n', unsat),
    lie('a status with more', 's UNSATISFIABLE (almost)\n', unsat), lie('an error after it', 's UNSATISFIABLE\nout of memory\n', unsat), lie('cut inside a line', 's UNSATISFIABLE\nc the proof is', unsat),
    lie('a model that ends twice', 's SATISFIABLE\nv 1 0\nv 2 0\n', satisfiable), lie('a model without end', 's SATISFIABLE\nv 1 2\n', satisfiable), lie('a model of words', 's SATISFIABLE\nv one 0\n', satisfiable),
    lie('a number too large', 's SATISFIABLE\nv 99999999999 0\n', satisfiable), lie('minus zero', 's SATISFIABLE\nv 1 -0\n', satisfiable), lie('a number that breaks off', 's SATISFIABLE\nv 1x 0\n', satisfiable),
    lie('minisat: no file', 'UNSATISFIABLE\n', { ...minisat, file: none }), lie('minisat: the other answer in the file', 'UNSATISFIABLE\n', { ...minisat, file: 'SAT\n' }),
    lie('minisat: an empty file', 'UNSATISFIABLE\n', { ...minisat, file: '' }), lie('minisat: a file that is cut', 'UNSATISFIABLE\n', { ...minisat, file: 'UNSAT\nc' }), lie('minisat: both words', 'SATISFIABLE\nUNSATISFIABLE\n', minisat),
    lie('minisat: both words, the other way', 'UNSATISFIABLE\nSATISFIABLE\n', minisat), lie('minisat: cut inside a line', 'UNSATISFIABLE\nc and', minisat), lie('minisat: a file without a line end', 'UNSATISFIABLE\n', { ...minisat, file: 'UNSAT' }),
    lie('minisat: a model in the file that is cut', 'SATISFIABLE\n', { style: 'minisat', code: 10, file: 'SAT\n1 2 0\n3' }), lie('minisat: a model that breaks off', 'SATISFIABLE\n', { style: 'minisat', code: 10, file: 'SAT\n1 2 0' }),
    lie('minisat: a word in the file', 'SATISFIABLE\n', { style: 'minisat', code: 10, file: 'SAT\none 0\n' }), lie('minisat: no word', 'c solved\n', minisat),
  ],
};

interface Checker { readonly id: 'drat-trim' | 'lrat-check'; readonly code: number }
const dratTrim: Checker = { id: 'drat-trim', code: 0 }, lratCheck: Checker = { id: 'lrat-check', code: 0 };
const dratText = recorded(SHARED, 'sat/drat-trim.ok.txt');

export const checkers: Reader<Engines, Checker> = {
  name: 'certificate checkers',
  source: 'toolchains/sat/engines.ts',
  load: () => import('../../../toolchains/sat/engines.ts'),
  green: (module, text, { id, code }) => (module.CHECKERS.find((one) => one.id === id)?.read(text, code) === 'verified' ? ['verified'] : []),
  recordings: [
    { name: 'drat-trim', question: dratTrim, text: 'c parsing input formula with 2 variables and 4 clauses\ns VERIFIED\nc verification time: 0.001 seconds\n', records: { verified: [/^s VERIFIED$/] }, end: /^/ },
    { name: 'lrat-check', question: lratCheck, text: 'c parsing CNF file with 4 clauses\nc VERIFIED\nc verification time = 0.00 secs\n', records: { verified: [/^c VERIFIED$/] }, end: /^c verification time/ },
    ...(dratText === undefined ? [] : [{ name: 'drat-trim.ok.txt (shared)', question: dratTrim, text: dratText, records: { verified: [/(^|\r)s VERIFIED$/] }, end: /^/ }]),
  ],
  lies: [
    { name: 'both', question: dratTrim, text: 's NOT VERIFIED\ns VERIFIED\n' }, { name: 'a time-out', question: dratTrim, text: 's TIMEOUT\n' }, { name: 'cut', question: dratTrim, text: 's VERIFIED' },
    { name: 'verified, then not', question: dratTrim, text: 's VERIFIED\ns NOT VERIFIED\n' },
    { name: 'a step that failed', question: lratCheck, text: 'c failed while checking clause 5\nc VERIFIED\nc verification time = 0.00 secs\n' },
    { name: 'not verified', question: lratCheck, text: 'c NOT VERIFIED\nc VERIFIED\nc verification time = 0.00 secs\n' }, { name: 'without its end', question: lratCheck, text: 'c VERIFIED\n' },
  ],
};
