/** Why3 with the real tool: the sample, everything that looks green and is not, and the reader on what was recorded. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGoals } from '../../../toolchains/why3/output.ts';
import { why3 } from '../../../toolchains/why3/index.ts';
import { installed } from '../../false-green/harness.ts';
import { checkFolder, temporaryFolder } from '../check-context.ts';

const RECORDED = join(import.meta.dirname, '../../../../shared/data/recorded/why3-1.5.1');

async function words(source: string | Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { root, dispose } = await temporaryFolder(typeof source === 'string' ? { 'a.mlw': source } : source);
  try { return wordsOf(await checkFolder(why3, root, { limits: { wallSeconds: 5 } })); } finally { await dispose(); }
}
function wordsOf({ results }: Awaited<ReturnType<typeof checkFolder>>): Record<string, string> {
  return Object.fromEntries(results.map(({ obligation, verdict, assumptions = [] }) => [obligation.replace(/^.*#/, ''), `${verdict.kind}${'reason' in verdict && verdict.reason?.startsWith('vacuous') ? ': vacuous' : ''}${assumptions.map((one) => ` < ${one.symbol}`).join('')}`]));
}

describe.skipIf(!installed('why3') || !installed('z3'))('Why3 (needs why3, z3)', { timeout: 120_000 }, () => {
  it('gives the sample the verdicts that it must have', async () => {
    const checked = await checkFolder(why3, join(import.meta.dirname, '../../../samples/why3'), { limits: { wallSeconds: 20 } });
    expect(wordsOf(checked)).toEqual({ 'Search.search': 'proved', 'Numbers.square_positive': 'proved', 'Double.double': 'failed', 'Trusted.bucket': 'proved' });
    expect(checked.outlines.flatMap((outline) => outline.assumptions).map((one) => `${one.kind} ${one.symbol}`)).toEqual(['val Trusted.hash', 'axiom Trusted.hash_small']);
  });

  it.each([
    ['a use of a lemma that is not proved', 'module M\n use int.Int\n lemma wrong: forall x: int. x > 0\n goal g: 1 > 0\nend', { 'M.wrong': 'failed', 'M.g': 'proved < M.wrong' }],
    ['axioms that contradict each other', 'module M\n use int.Int\n axiom a: 1 = 2\n goal g: 3 = 4\nend', { 'M.g': 'failed: vacuous' }],
    ['goals of one name in two scopes, one of them false', 'module M\n use int.Int\n scope A\n goal g: 1 = 1\n end\n scope B\n goal g: 1 = 2\n end\nend', { 'M.g': 'failed', 'M.g (2)': 'failed' }],
    ['a type error behind a proof', 'module M\n use int.Int\n goal g: 1 = 1\nend\nmodule N\n goal h: oops\nend', { 'M.g': 'malformed', 'N.h': 'malformed' }],
    ['a module that is not closed', 'module M\n use int.Int\n goal g: 1 = 1\n', { 'M.g': 'malformed' }],
    ['a file without a goal', 'module M\n use int.Int\n predicate p (x: int) = x > 0\nend', { file: 'nothing-to-prove' }],
    ['words of success in a goal that fails', 'module M\n use int.Int\n let f [@expl:Valid"answer": "Valid"}] (x: int) : int ensures { [@expl:Valid] result > x } = x\nend', { 'M.f': 'failed' }],
    ['control: a goal outside of modules, and a function with nothing to show', 'use int.Int\ngoal g: 1 + 1 = 2\nlet f (x: int) : int = x\n', { 'Top.g': 'proved', 'Top.f': 'nothing-to-prove' }],
  ])('is not fooled by %s', async (_, source, expected) => { expect(await words(source)).toEqual(expected); });

  it('has a module of the repository beside it that is imported as an assumption', async () => {
    const { root, dispose } = await temporaryFolder({ 'a.mlw': 'module M\n use b.T\n goal g: p\nend', 'b.mlw': 'module T\n predicate p\n axiom a: p\nend' });
    try {
      const checked = await checkFolder(why3, root, { limits: { wallSeconds: 5 } });
      expect(wordsOf(checked)['M.g']).toBe('proved');
      expect(checked.obligations.find((one) => one.symbol === 'M.g')?.assumptions).toEqual(['why3:a.mlw:unverified-import:b.mlw']);
    } finally { await dispose(); }
  });
});

describe('the reader', () => {
  const one = (answer: string, name = 'g'): string => JSON.stringify({ 'prover-result': { answer, time: 0.1 }, term: { goal_name: name } });
  const kind = (stdout: string, code: number, stderr = ''): string => {
    const reading = readGoals(stdout, stderr, code, 10);
    return 'problem' in reading ? reading.problem.kind : reading.answers.map((each) => each.verdict.kind).join(' ');
  };
  it('is green of nothing that is cut, contradicted by the exit code, or not known', () => {
    expect(kind(one('Valid'), 0)).toBe('proved');
    expect(kind(`${one('Valid')}\n${one('Timeout')}\n`, 2)).toBe('proved timeout');
    for (const [stdout, code] of [[one('Valid').slice(0, -1), 0], [one('Valid'), 2], [one('Unknown\n(sat)'), 0], [`${one('Valid')}\nFile done`, 0], ['{"prover-result":{}}', 0], [one('Valid'), 1]] as const) expect(kind(stdout, code)).toBe('crashed');
    expect(kind('', 1, 'File "a.mlw", line 2, characters 1-2:\nno')).toBe('malformed');
    expect(kind(one('valid'), 2)).toBe('unknown');
  });
  it.skipIf(!existsSync(RECORDED))('reads what was recorded (needs ../shared/data)', () => {
    for (const prover of ['CVC4', 'Z3']) expect(kind(readFileSync(join(RECORDED, `prove.${prover}--json.txt`), 'utf8'), 2)).toBe('proved failed proved');
  });
});
