/** Several engines on one script: second opinions, disputes, models, cores, incremental scripts, limits, cancelling. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Limits, Tool } from '../../../toolchains/contract.ts';
import { endEmbedded, runEmbedded } from '../../../toolchains/smt/embedded-pool.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { weigh } from '../../../toolchains/smt/weigh.ts';
import { checkFolder, kindsOf, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';

const tools = await toolsOf(smt);
const one = (id: string): Tool | undefined => tools.find((tool) => tool.id === id);
const [z3, cvc5, embedded] = [one('z3'), one('cvc5'), one('z3-embedded')];
/** Any engine alone may be believed in these tests but where they are about just that. */
const believed = z3 && { ...z3, version: '4.8.11' };
const solver = believed ?? cvc5 ?? embedded;
afterAll(endEmbedded);

async function check(script: string, using: readonly (Tool | undefined)[], limits: Partial<Limits> = {}, signal?: AbortSignal): Promise<Checked> {
  const { root, dispose } = await temporaryFolder({ 'a.smt2': script });
  try {
    return await checkFolder(smt, root, { tools: using.filter((tool): tool is Tool => tool !== undefined), limits, signal });
  } finally { await dispose(); }
}

/** Two numbers whose cubes add to a cube: no solver ends on it. */
const hard = '(declare-const a Int)(declare-const b Int)(declare-const c Int)(assert (and (> a 2) (> b 2) (> c 2) (= (+ (* a a a) (* b b b)) (* c c c))))(check-sat)';

describe.skipIf(!solver)('one engine (needs a solver)', () => {
  it('answers each check of an incremental script', async () => {
    const script = '(set-logic QF_LIA)(declare-const x Int)(assert (> x 0))(check-sat)(push 1)(assert (< x 0))(check-sat)(pop 1)(set-info :status sat)(check-sat)(check-sat-assuming ((< x 0)))';
    expect(kindsOf(await check(script.replace('((< x 0))', '(true)'), [solver]))).toEqual(['refuted', 'proved', 'covered', 'refuted']);
  });

  it('reads an expectation from the file, and --expect over it', async () => {
    expect(kindsOf(await check('(set-info :status sat)(assert false)(check-sat)', [solver]))).toEqual(['failed']);
    expect(kindsOf(await check('(set-info :status unsat)(check-sat)', [solver], { expect: 'sat' }))).toEqual(['covered']);
  });

  it('names the assertions of an unsat core', async () => {
    const { results } = await check('(set-option :produce-unsat-cores true)(set-logic QF_LIA)(declare-const x Int)(assert (! (> x 5) :named high))(assert (! (> x 0) :named other))(assert (! (< x 3) :named low))(check-sat)', [solver]);
    expect(results[0]?.diagnostics.find((each) => each.code === 'unsat-core')?.message).toMatch(/(?:high low|low high)$/);
  });

  it('gives a model by name', async () => {
    const { results } = await check('(declare-const |the x| Int)(assert (= |the x| 41))(check-sat)', [solver]);
    expect(results[0]?.verdict).toMatchObject({ kind: 'refuted', counterexample: { status: 'suggested', values: [{ name: 'the x', value: '41' }], witness: 'model' } });
    expect(results[0]?.attempts[0]?.outputs.map((output) => output.name)).toContain('model');
  });

  it('keeps the answers before a check that takes too long', async () => {
    const { results } = await check(`(push 1)(assert false)(check-sat)(pop 1)${hard}`, [solver], { wallSeconds: 2 });
    expect(results.map((result) => result.verdict.kind)).toEqual(['proved', 'timeout']);
  }, 30_000);

  it('says malformed where no engine can read the script', async () => {
    const { results } = await check('(assert (= undeclared 1))(check-sat)', [solver]);
    expect(results[0]?.verdict).toMatchObject({ kind: 'malformed' });
  });

  it('says which options did not reach the solver', async () => {
    const { results } = await check('(set-option :regular-output-channel "x")(check-sat)', [solver]);
    expect(results[0]?.diagnostics.some((each) => each.code === 'option-left-out' && each.message.includes(':regular-output-channel'))).toBe(true);
  });

  it('ends on cancel', async () => {
    const stop = new AbortController();
    setTimeout(() => { stop.abort(); }, 500);
    expect(kindsOf(await check(hard, [solver], { wallSeconds: 60 }, stop.signal))).toEqual(['cancelled']);
  }, 30_000);
});

describe('without a solver', () => {
  it('is tool-missing', async () => {
    expect(kindsOf(await check('(check-sat)', []))).toEqual(['tool-missing']);
  });
});

describe.skipIf(!z3 || !embedded)('a version known to be unsound (needs z3 and the embedded solver)', () => {
  const unsound = z3 && { ...z3, version: '4.8.12' };
  it('proves nothing alone', async () => {
    const { results } = await check('(assert false)(check-sat)', [unsound]);
    expect(results[0]?.verdict).toEqual({ kind: 'unknown', answer: 'unknown', reason: 'one engine, known unsound' });
  });
  it('proves with a second engine, which is named', async () => {
    const { results } = await check('(assert false)(check-sat)', [unsound, embedded]);
    expect(results[0]).toMatchObject({ verdict: { kind: 'proved' }, confirmed: [{ by: 'z3 4.8.12' }] });
    expect(results[0]?.attempts[0]?.tool).toBe('z3-embedded');
  });
  it('finds no witness alone, and one where its model was checked', async () => {
    const script = '(set-info :status sat)(declare-const x Int)(assert (> x 3))(check-sat)';
    expect(kindsOf(await check(script, [unsound]))).toEqual(['unknown']);
    const { results } = await check(script, [unsound, embedded]);
    expect(results[0]).toMatchObject({ verdict: { kind: 'covered', counterexample: { status: 'checked' } }, confirmed: [{ how: expect.stringContaining('model') as string }] });
  });
});

describe.skipIf(!solver || !embedded)('models (needs two solvers)', () => {
  it.each([
    ['functions', '(declare-fun f (Int) Int)(declare-const x Int)(assert (and (= (f x) 3) (= (f 7) 4) (> x 9)))(check-sat)'],
    ['arrays and bit-vectors', '(declare-const a (Array (_ BitVec 8) (_ BitVec 8)))(declare-const i (_ BitVec 8))(assert (= (select a i) #x2a))(assert (distinct (select a #x00) #x2a))(check-sat)'],
    ['uninterpreted sorts', '(declare-sort U 0)(declare-const p U)(declare-const q U)(declare-fun g (U) U)(assert (distinct p q (g p)))(check-sat)'],
    ['datatypes', '(declare-datatypes ((T 0)) (((leaf) (node (left T) (value Int)))))(declare-const t T)(assert ((_ is node) t))(assert (> (value t) 4))(check-sat)'],
    ['assumptions and scopes', '(declare-const p Bool)(push 1)(declare-const q Bool)(assert (not p))(pop 1)(declare-const q Int)(assert (=> p (> q 2)))(check-sat-assuming (p))'],
    ['floats', '(declare-const f (_ FloatingPoint 8 24))(assert (fp.gt f ((_ to_fp 8 24) RNE 1.5)))(check-sat)'],
  ])('are checked with %s', async (_, script) => {
    const { results } = await check(script, [solver, embedded]);
    expect(results[0]?.verdict, JSON.stringify(results[0]?.diagnostics)).toMatchObject({ kind: 'refuted', counterexample: { status: 'checked' } });
  }, 30_000);
});

describe.skipIf(!cvc5 || !solver)('a race (needs two solvers)', () => {
  it('ends the loser', async () => {
    // Pigeons in holes: cvc5 sees it at once, z3 takes minutes.
    const n = 10;
    const script = `(set-logic QF_UF)(declare-sort P 0)${Array.from({ length: n }, (__, i) => `(declare-const p${i} P)`).join('')}(assert (distinct ${Array.from({ length: n }, (__, i) => `p${i}`).join(' ')}))(check-sat)`;
    const { results } = await check(script, [solver, cvc5], { effort: 2, wallSeconds: 20 });
    expect(results[0]?.verdict.kind).toBe('refuted');
  }, 60_000);
});

describe('weighing', () => {
  const tool = (id: string, version: string): Tool => ({ id, version, path: `/${id}`, sha256: id + version, fingerprint: id + version, embedded: false });
  it('calls a contradiction disputed, whoever is known to be unsound', () => {
    expect(weigh([{ tool: tool('z3', '4.8.12'), answer: 'unsat' }, { tool: tool('cvc5', '1.0.3'), answer: 'sat' }]).kind).toBe('disputed');
  });
  it('counts two copies of one version once', () => {
    const copy = { ...tool('z3', '4.8.12'), path: '/other', fingerprint: 'other' };
    expect(weigh([{ tool: tool('z3', '4.8.12'), answer: 'unsat' }, { tool: copy, answer: 'unsat' }]).kind).toBe('needs-second');
  });
});

describe.skipIf(!embedded)('the embedded worker', () => {
  const quiet = new AbortController().signal;
  it('reads every script as it was written, many in a row', async () => {
    for (let round = 0; round < 60; round++) {
      const script = `${Array.from({ length: 1 + round * 20 }, (_, i) => `(declare-const x${i} Int)(assert (> x${i} ${i}))`).join('\n')}(echo "e${round}")(check-sat)`;
      const result = await runEmbedded({ steps: [script], wallSeconds: 60, memoryMb: 1000, signal: quiet });
      expect(result).toMatchObject({ output: `e${round}\nsat\n`, reason: 'exited' });
    }
  }, 120_000);
  it('stops at its wall and at a cancel, and goes on with the next', async () => {
    expect((await runEmbedded({ steps: [hard], wallSeconds: 1, memoryMb: 1000, signal: quiet })).reason).toBe('wall');
    const stop = new AbortController();
    const running = runEmbedded({ steps: [hard], wallSeconds: 60, memoryMb: 1000, signal: stop.signal });
    setTimeout(() => { stop.abort(); }, 1500);
    expect((await running).reason).toBe('cancelled');
    expect((await runEmbedded({ steps: ['(assert false)(check-sat)'], wallSeconds: 60, memoryMb: 1000, signal: quiet })).output).toBe('unsat\n');
  }, 60_000);
});
