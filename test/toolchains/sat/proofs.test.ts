import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { checkDrat } from '../../../toolchains/sat/drat.ts';
import { parseDimacs } from '../../../toolchains/sat/dimacs.ts';
import { checkLrat } from '../../../toolchains/sat/lrat.ts';
import { temporaryFolder } from '../check-context.ts';
import { dimacs, formulaOf, isSatisfiable, pigeons, smallFormulas, SMALL_VARIABLES, type Clauses } from './formulas.ts';

const STEPS = 50_000_000;
const hasCadical = spawnSync('cadical', ['--version']).status === 0;
const visible = join(import.meta.dirname, '../../../../shared/data/visible/sat/drat-trim');
const SQUARE: Clauses = [[1, 2], [1, -2], [-1, 2], [-1, -2]];

const drat = (clauses: Clauses, proof: string) => checkDrat(formulaOf(clauses), Buffer.from(proof), STEPS);
const lrat = (clauses: Clauses, proof: string) => checkLrat(formulaOf(clauses), Buffer.from(proof), STEPS);

describe('the DRAT checker', () => {
  it('accepts a refutation, with comments and deletions', () => {
    expect(drat(SQUARE, 'c x\n1 0\nd 1 2 0\n0\n').kind).toBe('verified');
  });
  it('needs no proof where propagation alone refutes', () => {
    expect(drat([[1], [-1]], '').kind).toBe('verified');
    expect(drat([[]], '').kind).toBe('verified');
  });
  it('accepts a definition of a new variable (RAT) and refuses one that is none', () => {
    // 3 is new: 3 ↔ 1 ∧ 2 is a chain of RAT clauses on 3.
    expect(drat(SQUARE, '3 -1 -2 0\n-3 1 0\n-3 2 0\n1 0\n').kind).toBe('verified');
    expect(drat([[1, 2], [3, 4], [-3, 4]], '-3 0\n3 0\n0\n').kind).toBe('rejected');
  });
  it.each([
    ['empty', ''], ['only the claim', '0\n'], ['a clause that does not follow', '3 0\n0\n'],
    ['cut inside a line', '1 0'], ['words', 'yes\n'], ['two clauses on a line', '1 0 2 0\n'], ['no closing 0', '1\n0\n'],
    ['a variable out of proportion', '99999999 1 0\n'],
  ])('rejects a proof: %s', (_, proof) => { expect(drat(pigeons(4, 3), proof).kind).toBe('rejected'); });
  it('never refutes what has a model, whatever the proof says', () => {
    const proof = fc.array(fc.tuple(fc.boolean(), fc.array(fc.integer({ min: 1, max: 8 }).chain((v) => fc.constantFrom(v, -v)), { maxLength: 3 })), { maxLength: 25 });
    fc.assert(fc.property(smallFormulas, proof, (clauses, lines) => {
      const text = lines.map(([deletes, clause]) => `${deletes ? 'd ' : ''}${[...clause, 0].join(' ')}\n`).join('');
      if (isSatisfiable(clauses, SMALL_VARIABLES)) expect(drat(clauses, text).kind).toBe('rejected');
    }), { numRuns: 2000 });
  });
  it('stops at its step limit', () => {
    expect(checkDrat(formulaOf(pigeons(6, 5)), Buffer.from('1 2 3 4 5 0\n'.repeat(100)), 10).kind).toBe('exhausted');
  });
});

describe('the LRAT checker', () => {
  const proof = '5 1 0 1 2 0\n6 0 5 3 4 0\n';
  it('accepts a refutation', () => { expect(lrat(SQUARE, proof).kind).toBe('verified'); });
  it.each([
    ['a wrong hint', '5 1 0 1 3 0\n6 0 5 3 4 0\n'], ['a missing hint', '5 1 0 1 0\n6 0 5 3 4 0\n'], ['no empty clause', '5 1 0 1 2 0\n'],
    ['a hint that is no clause', '5 1 0 1 2 0\n6 0 9 3 4 0\n'], ['a deleted hint', '5 1 0 1 2 0\n5 d 3 0\n6 0 5 3 4 0\n'],
    ['a number used twice', '4 1 0 1 2 0\n6 0 4 3 4 0\n'], ['cut inside a line', '5 1 0 1 2 0\n6 0 5 3 4 0'], ['a missing step', '6 0 5 3 4 0\n'],
    ['RAT with a clause left out', '5 3 0 0\n6 0 5 1 2 0\n'], ['nothing', ''], ['another literal', '5 2 0 1 2 0\n6 0 5 3 4 0\n'],
  ])('rejects %s', (_, bad) => { expect(lrat(SQUARE, bad).kind).toBe('rejected'); });
  it('never refutes what has a model', () => {
    const numbers = fc.array(fc.array(fc.integer({ min: -9, max: 20 }), { maxLength: 6 }), { maxLength: 12 });
    fc.assert(fc.property(smallFormulas, numbers, (clauses, lines) => {
      const text = lines.map((line, at) => `${clauses.length + 1 + at} ${line.join(' ')} 0\n`).join('');
      if (isSatisfiable(clauses, SMALL_VARIABLES)) expect(lrat(clauses, text).kind).toBe('rejected');
    }), { numRuns: 2000 });
  });
});

describe('certificates of real solvers', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => { folder = await temporaryFolder(); });
  afterAll(() => folder.dispose());

  it.skipIf(!existsSync(visible))('the example of drat-trim, as DRAT and as LRAT (needs shared data)', () => {
    const parsed = parseDimacs(readFileSync(join(visible, 'uuf-100-1.cnf')));
    if (!parsed.ok) throw new Error(parsed.problem);
    expect(checkDrat(parsed.formula, readFileSync(join(visible, 'uuf-100-1.drat')), STEPS).kind).toBe('verified');
    const whole = readFileSync(join(visible, 'uuf-100-1.lrat'));
    expect(checkLrat(parsed.formula, whole, STEPS).kind).toBe('verified');
    const lines = whole.toString().split(/(?<=\n)/);
    // The last line derives the empty clause; each earlier one matters only if a later one names it.
    expect(checkLrat(parsed.formula, Buffer.from(lines.slice(0, -1).join('')), STEPS).kind).toBe('rejected');
    const first = lines.findIndex((line) => !line.includes(' d '));
    expect(checkLrat(parsed.formula, Buffer.from(lines.toSpliced(first, 1).join('')), STEPS).kind).toBe('rejected');
  });

  it.skipIf(!hasCadical)('CaDiCaL on pigeons, and what is left of it after damage (needs cadical)', () => {
    const clauses = pigeons(6, 5);
    const [cnf, proof] = [join(folder.root, 'a.cnf'), join(folder.root, 'a.drat')];
    writeFileSync(cnf, dimacs(clauses));
    try { execFileSync('cadical', ['-q', '--no-binary', cnf, proof]); } catch { /* 20 is its code for unsat */ }
    const lines = readFileSync(proof, 'latin1').split(/(?<=\n)/);
    expect(drat(clauses, lines.join('')).kind).toBe('verified');
    const added = lines.filter((line) => !line.startsWith('d'));
    expect(drat(clauses, added.slice(0, added.length >> 1).join('')).kind).toBe('rejected');
    expect(drat(clauses, added.slice(added.length >> 1).join('')).kind).toBe('rejected');
    // Of a formula with one clause less, which has a model, nothing can be refuted.
    expect(drat(clauses.slice(1), lines.join('')).kind).toBe('rejected');
  });
});
