/** Every way in which Dafny looks green and is not, with the real tool. */
import { describe, expect, it } from 'vitest';
import { hasDafny, SLOW_MS, told } from './tools.ts';

const GOOD = 'method Abs(x: int) returns (y: int) ensures y >= 0 { if x < 0 { y := -x; } else { y := x; } }\n';
const FALSE_LEMMA = 'lemma False() ensures 1 == 2 { }\n';

describe.skipIf(!hasDafny)('green that lies (needs dafny, z3)', { timeout: SLOW_MS }, () => {
  it('a warning makes exit code 2 of a success', async () => {
    const { words, runs } = await told({ 'a.dfy': 'method M(x: int) requires x > 0; ensures x == x { assert x + 1 > x; }\n' });
    expect(words).toEqual({ M: 'proved' });
    expect(runs.some((run) => run.argv.includes('--allow-warnings'))).toBe(true);
  });

  it('an empty file, and one of comments, prove nothing', async () => {
    const { words } = await told({ 'a.dfy': '', 'b.dfy': '// method M() ensures 1 == 1 {}\n' });
    expect(words).toEqual({ 'a.dfy': 'nothing-to-prove', 'b.dfy': 'nothing-to-prove' });
  });

  it('{:verify false}, assume and a lemma without a body', async () => {
    const { words, trust } = await told({ 'a.dfy': `method {:verify false} Skipped() ensures 1 == 2 {}\nlemma Assumed() ensures 1 == 2 { assume 1 == 2; }\nlemma Axiom() ensures 1 == 2\nmethod User() ensures 1 == 2 { Axiom(); }\n${GOOD}` });
    expect(words.Skipped).toMatch(/^unknown: not checked/);
    expect(words).toMatchObject({ Assumed: 'proved', Axiom: 'nothing-to-prove', User: 'proved', Abs: 'proved' });
    expect(trust).toMatchObject({ Skipped: ['verify-false'], Assumed: ['assume'], Axiom: ['axiom'], User: ['axiom'], Abs: [] });
  });

  it('{:only} and @VerifyOnly turn the rest off', async () => {
    const { words, trust } = await told({
      'a.dfy': `method {:only} One() ensures 1 == 1 {}\n${FALSE_LEMMA}function F(): int ensures F() == 3 { assert 1 == 2; 3 }\n`,
      'b.dfy': `@VerifyOnly method One() ensures 1 == 1 {}\n${FALSE_LEMMA}`,
      'c.dfy': 'method Two() ensures 1 == 2 { assert {:only} 3 == 3; }\n',
    });
    expect(words.One).toBe('proved');
    for (const symbol of ['False', 'F']) expect(words[symbol]).toMatch(/^unknown: not checked/);
    expect(words.Two).toMatch(/^unknown: checked in part/);
    expect(trust.False).toContain('only');
  });

  it('{:selective_checking} leaves out what it likes, without a warning', async () => {
    const { words, trust } = await told({ 'a.dfy': 'method {:selective_checking} Q(b: bool) ensures 1 == 2 { if b { assert 4 == 5; return; } else { return; } }\n' });
    expect(words.Q).not.toBe('proved');
    expect(trust.Q).toEqual(['selective-checking']);
  });

  it('an included file is verified too, and what rests on it says so', async () => {
    const { words, by, projects } = await told({ 'a.dfy': 'include "lib/b.dfy"\nmethod M() ensures 1 == 2 { False(); }\n', 'lib/b.dfy': FALSE_LEMMA });
    expect(projects.map((project) => project.id)).toEqual(['dafny:a.dfy']);
    expect(words).toMatchObject({ M: 'proved', False: expect.stringMatching(/^failed/) as string });
    expect(by.M?.diagnostics.map((one) => [one.code, one.message])).toContainEqual(['unproved-dependency', 'it rests on this: False is not proved (failed)']);
    expect(by.M?.assumptions).toMatchObject([{ kind: 'unproved-dependency', file: 'lib/b.dfy' }]);
    expect(by.False?.diagnostics[0]).toMatchObject({ file: 'lib/b.dfy', severity: 'error' });
  });

  it('contradictory preconditions are vacuous as a whole, dead code in one branch is a notice', async () => {
    const { words, by } = await told({
      'a.dfy': `method Whole(x: int) returns (y: int) requires x > 0 requires x < 0 ensures y == 42 { y := 7; }
function F(x: int): int requires x > 0 && x < 0 ensures F(x) == 7 { assert x == 9; x }
method Branch(x: int) returns (y: int) requires x > 0 ensures y > 0 { if x < 0 { assert x == 9; y := -4; } else { y := x; } }
lemma Contradiction(x: int) requires x > 0 requires x < 0 ensures false { }
module M { class C { var v: int method Inner() requires v > 0 && v < 0 modifies this ensures v == 9 { v := 3; } } }\n`,
    });
    expect(words).toMatchObject({ Whole: 'failed: vacuous', F: 'failed: vacuous', 'M.C.Inner': 'failed: vacuous', Branch: 'proved', Contradiction: 'proved' });
    expect(by.Branch?.diagnostics.some((one) => one.severity !== 'error' && one.message.includes('contradictory'))).toBe(true);
  });

  it('more errors than the limit of five are all shown', async () => {
    const { words, by } = await told({ 'a.dfy': `method M(x: int) {\n${Array.from({ length: 9 }, (_, index) => `  if x == ${index} { assert x == ${index + 1}; }\n`).join('')}}\n` });
    expect(words.M).toMatch(/^failed/);
    expect(by.M?.diagnostics.filter((one) => one.severity === 'error')).toHaveLength(9);
  });

  it('symbols that the log never names have nothing to prove', async () => {
    const { words } = await told({ 'a.dfy': 'datatype D = A | B(x: int)\nconst K := 3\nmethod Empty() { }\nfunction Id(x: int): int { x }\nclass C { var f: int  constructor () { } }\n' });
    expect(new Set(Object.values(words))).toEqual(new Set(['nothing-to-prove']));
    expect(Object.keys(words)).toEqual(['D', 'K', 'Empty', 'Id', 'C._ctor']);
  });

  it('parse and resolution errors, and missing includes, are malformed for the whole', async () => {
    const { words } = await told({
      'a.dfy': `${GOOD}method M() { var x := ; }\n`, 'b.dfy': 'method N(): int { return z; }\nmethod Type() { var b: bool := 3; }\n', 'c.dfy': 'include "gone.dfy"\nmethod O() ensures 1 == 1 { }\n',
      'd.dfy': 'include "../../outside-and-gone.dfy"\nmethod P() ensures 1 == 1 { }\n',
    });
    for (const symbol of ['Abs', 'M', 'N', 'Type', 'O', 'P']) expect(words[symbol]).toMatch(/^malformed/);
  });

  it('an unknown attribute is an assumption', async () => {
    const { words, trust } = await told({ 'a.dfy': 'method {:frobnicate 3} M() ensures 1 == 1 { }\n' });
    expect(words).toEqual({ M: 'proved' });
    expect(trust.M).toEqual(['unknown-attribute']);
  });

  it('an error at the time limit is a time-out', async () => {
    const { words } = await told({
      'a.dfy': `function Pow(b: int, n: nat): int { if n == 0 then 1 else b * Pow(b, n - 1) }
lemma Hard(a: int, b: int, c: int, n: nat) requires a > 2 && b > 2 && c > 2 && n > 2 ensures Pow(a, n) + Pow(b, n) != Pow(c, n) { assert a*a*a + b*b*b != c*c*c; assert a*a*a*a*b + b*b*b*c != c*c*c*c*a + a*b*c*n; }\n`,
    }, { limits: { wallSeconds: 2 } });
    expect(words.Hard).toMatch(/^(?:timeout|failed)/);
  });

  it('a resource limit is its own word', async () => {
    const { words } = await told({ 'a.dfy': 'lemma L(a: int, b: int, c: int) requires a > 0 && b > 0 && c > 0 ensures a*a*a + b*b*b != c*c*c {}\n' }, { limits: { resource: 1000 } });
    expect(words.L).toBe('out-of-resource');
  });

  it('per assertion, at the effort that asks for it', async () => {
    const { by, runs } = await told({ 'a.dfy': 'method M(x: int) { assert x == x; assert x > 3; assert x + 1 > x; }\n' }, { effort: 3 });
    expect(runs.some((run) => run.argv.includes('--isolate-assertions'))).toBe(true);
    expect(by.M?.parts?.map((part) => part.verdict.kind)).toEqual(['proved', 'failed', 'proved']);
  });

  it('counterexamples that no run can show are suggested, never more', async () => {
    const { by } = await told({ 'a.dfy': 'class Pair { var a: int  var b: int  method Max() returns (m: int) ensures m >= a && m >= b { if a > b { m := a; } else { m := a; } } }\n' }, { effort: 2, limits: { wallSeconds: 5 } });
    expect(by['Pair.Max']?.verdict).toMatchObject({ kind: 'failed', counterexample: { status: 'suggested' } });
  });

  it('names with blanks, quotes and other letters', async () => {
    const { words, by } = await told({ "a b's é #1+.dfy": 'method Ok() ensures 1 == 1 { }\nmethod Bad() ensures 1 == 2 { }\n' });
    expect(words).toMatchObject({ Ok: 'proved', Bad: expect.stringMatching(/^failed/) as string });
    expect(by.Bad?.diagnostics[0]?.file).toBe("a b's é #1+.dfy");
  });
});
