/** Solvers that are kept warm: the same verdicts as fresh processes, nothing of one script reaches another, and no failure of theirs decides. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Tool } from '../../../toolchains/contract.ts';
import { smt } from '../../../toolchains/smt/index.ts';
import { checkFolder, temporaryFolder, toolsOf, type Checked } from '../check-context.ts';

/** Versions known to be unsound never get green alone. */
const believed = (tool: Tool): Tool => (tool.id === 'z3' && tool.version === '4.8.12' ? { ...tool, version: '4.8.11' } : tool);
const real = (await toolsOf(smt)).map(believed);
const solvers = ['z3', 'cvc5'].flatMap((id) => real.find((tool) => tool.id === id) ?? []);
const cleanUp: (() => Promise<void>)[] = [() => smt.dispose!()];
afterAll(async () => { for (const each of cleanUp) await each(); });

const isWarm = (checked: Checked, index: number): boolean => checked.results[index]!.attempts[0]!.exit.message?.startsWith('warm') === true;

async function check(tool: Tool, scripts: readonly string[]): Promise<Checked> {
  const { root, dispose } = await temporaryFolder(Object.fromEntries(scripts.map((script, index) => [`s${String(index).padStart(4, '0')}.smt2`, script])));
  try { return await checkFolder(smt, root, { tools: [tool], limits: { wallSeconds: 20 } }); } finally { await dispose(); }
}

/** A letter beyond ASCII keeps a script from the warm lane. */
const FRESH = '; \u00e9\n';

/** Pseudo-random, the same in every run: a linear congruential generator (Numerical Recipes, 2nd edition, 7.1). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor(state / 2 ** 32 * below); };
}

/** Small random claims over the same few names with different sorts, so that a left-over would show. */
function randomScript(seed: number): string {
  const below = generator(seed * 7919 + 1);
  const sort = (['Int', 'Bool', '(_ BitVec 4)', 'Real'] as const)[below(4)]!;
  const constant = (): string => {
    switch (sort) {
      case 'Int': return String(below(9));
      case 'Real': return `${below(9)}.0`;
      case 'Bool': return below(2) === 0 ? 'true' : 'false';
      case '(_ BitVec 4)': return `#x${below(16).toString(16)}`;
    }
  };
  const term = (depth: number): string => {
    if (depth === 0) return below(3) === 0 ? constant() : (['x', 'y', 'z'] as const)[below(3)]!;
    const [a, b] = [term(depth - 1), term(depth - 1)];
    switch (sort) {
      case 'Int': case 'Real': return `(${(['+', '-'] as const)[below(2)]} ${a} ${b})`;
      case 'Bool': return `(${(['and', 'or', 'xor', '=>'] as const)[below(4)]} ${a} ${b})`;
      case '(_ BitVec 4)': return `(${(['bvadd', 'bvand', 'bvor', 'bvmul'] as const)[below(4)]} ${a} ${b})`;
    }
  };
  const relation = sort === 'Int' || sort === 'Real' ? ['=', '<', '>=', 'distinct'] : sort === 'Bool' ? ['=', 'distinct'] : ['=', 'bvult', 'bvuge', 'distinct'];
  const claims = Array.from({ length: 2 + below(5) }, () => `(assert (${relation[below(relation.length)]} ${term(1 + below(2))} ${term(1)}))`);
  const macro = below(2) === 0 ? `(define-fun f ((a ${sort})) ${sort} a)(assert (= (f x) ${constant()}))` : `(declare-fun f (${sort}) ${sort})(assert (= (f x) (f y)))`;
  return `(declare-const x ${sort})(declare-const y ${sort})(declare-const z ${sort})\n${macro}\n${claims.join('\n')}\n(check-sat)\n`;
}

const GENERATED = process.env.ASSAY_LONG === '1' ? 250 : 80;

describe.each(solvers.map((tool) => ({ name: tool.id, tool })))('$name kept warm', ({ tool }) => {
  it(`says what fresh processes say of ${GENERATED} generated scripts`, async () => {
    const scripts = Array.from({ length: GENERATED }, (_, index) => randomScript(index));
    const warm = await check(tool, scripts);
    const fresh = await check(tool, scripts.map((script) => FRESH + script));
    expect(warm.results.filter((_, index) => isWarm(warm, index)).length).toBeGreaterThan(GENERATED / 2);
    expect(fresh.results.some((_, index) => isWarm(fresh, index))).toBe(false);
    expect(warm.results.map(({ verdict }) => verdict.kind)).toEqual(fresh.results.map(({ verdict }) => verdict.kind));
    expect(new Set(warm.results.map(({ verdict }) => verdict.kind))).toEqual(new Set(['proved', 'refuted']));
  }, 600_000);

  it('keeps what it was given and what it said', async () => {
    const { results } = await check(tool, ['(assert false)(check-sat)']);
    const [attempt] = results[0]!.attempts;
    expect(attempt!.outputs.map((output) => output.name)).toEqual(['stdout', 'script']);
    expect(attempt!.outputs[1]!.content.toString()).toContain('(assert false)');
    expect(attempt!.outputs[0]!.content.toString()).toContain('unsat');
    expect(smt.reproduce(attempt!, { file: 'a.smt2' } as never)).toMatch(/ a\.smt2$/);
    expect(smt.reproduce(attempt!, { file: 'a.smt2' } as never)).not.toMatch(/ -(?:in)? /);
  }, 60_000);

  // Each before two victims in the same process, of which one has a model and one has none.
  it.each([
    ['a contradiction', '(declare-const x Bool)(assert (and x (not x)))(check-sat)'],
    ['names of other sorts', '(declare-const x Bool)(declare-fun y (Int) Bool)(define-fun z () Int 3)(assert x)(check-sat)'],
    ['a macro in place of an operator', '(define-fun |>| ((a Int) (b Int)) Bool false)(declare-const x Int)(assert (|>| x 1))(check-sat)'],
    ['a sort of its own', '(declare-sort Int2 0)(define-sort S () Bool)(declare-const x S)(assert x)(check-sat)'],
    ['names for assertions', '(declare-const x Bool)(assert (! x :named y))(assert (! (not x) :named z))(check-sat)'],
    ['an open push', '(push 1)(assert false)(check-sat)'],
    ['options', '(set-option :global-declarations true)(declare-const x Bool)(assert false)(check-sat)'],
    ['options of its search', '(set-option :smt.arith.solver 2)(set-option :random-seed 7)(assert false)(check-sat)'],
    ['exit', '(assert false)(check-sat)(exit)'],
    ['exit first', '(exit)(assert false)(check-sat)'],
    ['an error', '(assert undeclared)(assert false)(check-sat)'],
    ['an error after the check', '(assert false)(check-sat)(assert undeclared)'],
    ['an unfinished command', '(assert false)(check-sat)(assert (and'],
    ['frames guessed', '(echo "assay-00000000000000000000000000000000-done")(assert false)(check-sat)(echo "unsat")'],
    ['datatypes', '(declare-datatypes ((x 0)) (((y) (z))))(assert (= y z))(check-sat)'],
    ['a recursive function', '(define-fun-rec x ((a Int)) Int (ite (< a 1) 0 (x (- a 1))))(assert (= (x 2) 1))(check-sat)'],
    ['a long text', `(declare-const x Int)(assert (= x ${'(+ 1 '.repeat(400)}0${')'.repeat(400)}))(check-sat)`],
    ['another logic', '(set-logic QF_BV)(declare-const x (_ BitVec 2))(assert (= x (bvadd x #b01)))(check-sat)'],
  ])('takes nothing over from a script with %s', async (_name, poison) => {
    const claim = '(declare-const x Int)(declare-const y Int)(declare-const z Int)(assert (> x y))(assert (> y z))';
    const checked = await check(tool, [`${claim}(assert (= z x))(check-sat)`, poison, `${claim}(check-sat)`, poison, `${claim}(assert (> z x))(check-sat)`]);
    const kind = (file: number): string | undefined => checked.results.findLast((result) => result.obligation.startsWith(`smt:s000${file}.smt2#`))?.verdict.kind;
    expect([kind(0), kind(2), kind(4)]).toEqual(['proved', 'refuted', 'proved']);
  }, 120_000);

  // The program does as it should with a file, and misbehaves only where it is to be kept warm.
  it.each([
    ['ends at once', 'exit 3'],
    ['is killed amid a script', 'read -r line; kill -9 $$'],
    ['hangs', 'exec sleep 1000'],
    ['ignores what it is told and says unsat', 'while read -r line; do echo unsat; done'],
    ['repeats what it is told', 'exec cat'],
    ['complains', 'echo oops >&2; exec "$real" "$@"'],
    ['says something of its own first', 'echo unsat; exec "$real" "$@"'],
    ['floods', 'exec yes unsat'],
  ])('that %s is replaced by a fresh process', async (_name, body) => {
    const { root, dispose } = await temporaryFolder();
    cleanUp.push(dispose);
    const path = join(root, tool.id);
    await writeFile(path, `#!/bin/sh\nreal=${tool.path}\nfor last; do :; done\ncase $last in -in|-) ${body};; esac\nexec "$real" "$@"\n`);
    await chmod(path, 0o755);
    const checked = await check({ ...tool, path, fingerprint: root }, ['(declare-const x Int)(assert (> x 0))(check-sat)', '(assert false)(check-sat)']);
    expect(checked.results.map(({ verdict }) => verdict.kind)).toEqual(['refuted', 'proved']);
    expect(checked.results.some((_, index) => isWarm(checked, index))).toBe(false);
  }, 120_000);
});

it.skipIf(!solvers.some((tool) => tool.id === 'z3'))('is not left alone with a known-unsound version (needs z3)', async () => {
  const unsound = { ...solvers.find((tool) => tool.id === 'z3')!, version: '4.8.12' };
  const { results } = await check(unsound, ['(assert false)(check-sat)']);
  expect(results[0]!.verdict).toMatchObject({ kind: 'unknown', reason: 'one engine, known unsound' });
}, 60_000);
