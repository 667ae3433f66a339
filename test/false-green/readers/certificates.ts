/** The checkers of certificates of unsatisfiability: a proof is the text, the formula is the question. */
import type { ProofCheck } from '../../../toolchains/sat/drat.ts';
import type { Formula } from '../../../toolchains/sat/formula.ts';
import { formulaOf, type Clauses } from '../../toolchains/sat/formulas.ts';
import type { Lie, Reader, Recording } from './reader.ts';

type Drat = typeof import('../../../toolchains/sat/drat.ts');
type Lrat = typeof import('../../../toolchains/sat/lrat.ts');

const STEPS = 1_000_000;
/** Unsatisfiable: all four clauses over two variables. */
const SQUARE: Clauses = [[1, 2], [1, -2], [-1, 2], [-1, -2]];
/** Satisfiable, with 2 true alone. */
const TWO: Clauses = [[1, 2], [-1, 2]];

type Check = (formula: Formula, proof: Uint8Array, stepLimit: number) => ProofCheck;
const refuted = (check: Check, text: string, clauses: Clauses): readonly string[] => (check(formulaOf(clauses), Buffer.from(text, 'latin1'), STEPS).kind === 'verified' ? ['refuted'] : []);
const lie = (name: string, question: Clauses, text: string): Lie<Clauses> => ({ name, question, text });
const recording = (name: string, text: string, record: readonly RegExp[], end: RegExp): Recording<Clauses> => ({ name, question: SQUARE, text, records: { refuted: record }, end });

export const drat: Reader<Drat, Clauses> = {
  name: 'DRAT certificates',
  source: 'toolchains/sat/drat.ts',
  load: () => import('../../../toolchains/sat/drat.ts'),
  green: (module, text, clauses) => refuted(module.checkDrat, text, clauses),
  recordings: [
    recording('a unit', 'c by resolution\n1 0\n', [/^1 0$/], /^1 0$/),
    recording('a definition', '3 -1 -2 0\n-3 1 0\n-3 2 0\nd 3 -1 -2 0\n1 0\n', [/^1 0$/], /^1 0$/),
  ],
  lies: [
    lie('a clause that is not closed', SQUARE, '1 2\n'), lie('two clauses on a line', SQUARE, '1 0 -1 0\n'), lie('the claim alone', TWO, '0\n'), lie('the claim alone, of what is so', SQUARE, 'c nothing\n'),
    lie('a clause and its negation', TWO, '1 0\n-1 0\n'), lie('a clause that no model has', TWO, '-2 0\n'), lie('the clause again after a definition', TWO, '3 -1 0\n-2 3 0\n-3 0\n'),
    lie('what it needs is deleted first', SQUARE, 'd 1 2 0\n1 0\n'), lie('nothing', SQUARE, ''), lie('words', SQUARE, 's VERIFIED\n'),
  ],
};

const steps = '5 1 0 1 2 0\n6 0 5 3 4 0\n';

export const lrat: Reader<Lrat, Clauses> = {
  name: 'LRAT certificates',
  source: 'toolchains/sat/lrat.ts',
  load: () => import('../../../toolchains/sat/lrat.ts'),
  green: (module, text, clauses) => refuted(module.checkLrat, text, clauses),
  recordings: [recording('a unit, then the empty clause', steps, [/^5 1 0 1 2 0$/, /^6 0 5 3 4 0$/], /^6 0 /)],
  lies: [
    lie('a clause is deleted that is not there', SQUARE, '5 1 0 1 2 0\n5 d 99 0\n6 0 5 3 4 0\n'), lie('more behind the hints', SQUARE, '5 1 0 1 2 0 7 0\n6 0 5 3 4 0\n'),
    lie('the number of a clause of the formula', SQUARE, '2 1 0 1 2 0\n6 0 2 3 4 0\n'), lie('the claim alone, with a hint', TWO, '3 0 1 0\n'), lie('the claim alone, without hints', TWO, '3 0 0\n'),
    lie('a resolvent that is none', SQUARE, '5 3 0 -1 1 0\n6 1 0 1 2 0\n7 0 6 3 4 0\n'), lie('resolvents without hints', TWO, '3 -2 0 -1 -2 0\n4 0 3 1 2 0\n'),
    lie('a resolvent is left out', [[2, 5], [1, 2], [-1, 2], [5]], '5 -2 0 -1 4 0\n6 0 5 2 3 0\n'), lie('a hint that leaves two literals', [[1, 2], [-2, 3], [-3, -2]], '4 0 1 2 3 0\n'),
    lie('a hint that holds', [[1], [1]], '3 0 1 2 0\n'), lie('a hint that was deleted', SQUARE, '5 1 0 1 2 0\n5 d 3 0\n6 0 5 3 4 0\n'), lie('a hint of a clause to come', SQUARE, '5 1 0 6 0\n6 0 5 3 4 0\n'), lie('nothing', SQUARE, ''),
  ],
};
