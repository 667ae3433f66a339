/** Counterexamples are suggested until a run of the program shows them; a run is believed only where nothing else can explain it. */
import { describe, expect, it } from 'vitest';
import { dafny } from '../../../toolchains/dafny/index.ts';
import { harness, readShown } from '../../../toolchains/dafny/execution/harness.ts';
import { inputsFor, MOST_INPUTS } from '../../../toolchains/dafny/execution/inputs.ts';
import { readSyntax } from '../../../toolchains/dafny/syntax/program.ts';
import type { Type } from '../../../toolchains/dafny/syntax/tree.ts';
import { hasDafny, SLOW_MS, told, tools } from './tools.ts';

const type = (name: string, ...args: Type[]): Type => ({ name, args, text: args.length > 0 ? `${name}<${args.map((one) => one.text).join(', ')}>` : name });
const parameter = (name: string, of: Type) => ({ name, type: of, ghost: false });

describe('inputs', () => {
  it('begin with what was suggested, where it is a value of the type', () => {
    const suggested = [{ name: 'x', value: '-7', step: 0 }, { name: 'n', value: '-3', step: 0 }, { name: '|s|', value: '2', step: 0 }, { name: 's[1]', value: '9', step: 0 }, { name: 'a.Length', value: '0', step: 0 }, { name: 'x', value: '8', step: 1 }];
    const inputs = inputsFor([parameter('x', type('int')), parameter('n', type('nat')), parameter('s', type('seq', type('int'))), parameter('a', type('array', type('bool')))], suggested)!;
    expect(inputs[0]).toEqual(['-7', '0', '[0, 9]', 'new bool[0]']);
    expect(inputs).toHaveLength(MOST_INPUTS);
    expect(new Set(inputs.map((one) => one.join())).size).toBe(MOST_INPUTS);
  });
  it('a suggestion cannot bring in other text', () => { expect(inputsFor([parameter('x', type('int'))], [{ name: 'x', value: '1; assume false', step: 0 }])![0]).toEqual(['0']); });
  it('a type without values has none', () => { expect(inputsFor([parameter('c', type('Cell'))], [])).toBeUndefined(); });
  it('without parameters there is nothing to choose', () => { expect(new Set(inputsFor([], [])!.map((one) => one.length))).toEqual(new Set([0])); });
});

describe('a harness', () => {
  const TEXT = 'method M(a: array<int>, x: int) modifies a requires a.Length > 0 ensures a[0] == old(a[0]) + x // more\n{ }\n';
  const callable = readSyntax('a.dfy', TEXT).callables[0]!;
  const ensures = callable.clauses.filter((clause) => clause.kind === 'ensures');
  it('asks the preconditions first, and keeps arrays for old', () => {
    const text = harness({ text: TEXT, callable, ensures, assertions: [], inputs: [['new int[1] [3]', '4']], nonce: 'n0' })!;
    expect(text.startsWith(TEXT.trimEnd())).toBe(true);
    expect(text).toContain('if (a.Length > 0\n) {');
    expect(text).toContain('if !(a[0] == (a_n0[0]) + x');
  });
  it.each(['old(F(a))', 'old@L(a[0])', 'old(a)[0]'])('cannot put %s', (claim) => {
    const other = TEXT.replace('old(a[0])', claim);
    const one = readSyntax('a.dfy', other).callables[0]!;
    expect(harness({ text: other, callable: one, ensures: one.clauses.filter((clause) => clause.kind === 'ensures'), assertions: [], inputs: [['new int[1] [3]', '4']], nonce: 'n0' })).toBeUndefined();
  });
  it.each([
    ['nothing', 'n try 0\nn end\n', undefined],
    ['a false claim', '3\nn try 0\n\nn try 1\n\nn false 1 2\n', { kind: 'false', input: 1, ensures: 2 }],
    ['a false claim of no try', 'n false 1 2\n', undefined],
    ['of another try', 'n try 0\nn false 1 2\n', undefined],
    ['a halt', 'n try 4\n[Program halted] a.dfy(3,4): n assert 0\n', { kind: 'halted', input: 4, assertion: 0 }],
    ['a halt of the program itself', 'n try 4\n[Program halted] a.dfy(3,4): expectation violation\n', undefined],
    ['what the program prints', 'm try 4\nm false 4 0\n', undefined],
  ])('reads %s', (_, output, shown) => { expect(readShown(output, 'n')).toEqual(shown); });
});

const canRun = hasDafny && tools.some((tool) => tool.id === 'node');

describe.skipIf(!canRun)('counterexamples tried by a run (needs dafny, z3, node)', { timeout: SLOW_MS }, () => {
  it('are confirmed where claims are false', async () => {
    const { by, words } = await told({
      'a.dfy': `method Max(a: int, b: int) returns (m: int) ensures m >= a && m >= b { if a > b { m := a; } else { m := a; } }
method Sort2(a: array<int>) modifies a requires a.Length == 2 ensures multiset(a[..]) == multiset(old(a[..])) { a[0] := a[1]; }
method Asserts(x: nat, b: bool) { var y := x + 1; assert y != 3 || b; }
lemma Wrong(x: int, y: int) requires x > 0 ensures x * y >= y { }
module N { function Half(x: nat): nat ensures Half(x) * 2 == x { x / 2 } }\n`,
    }, { effort: 2, limits: { wallSeconds: 5 } });
    expect(words).toMatchObject({
      Max: 'refuted: its postcondition is false after a run (line 1)', Sort2: 'refuted: its postcondition is false after a run (line 2)', Asserts: 'refuted: an assertion is false in a run (line 3)',
      Wrong: 'refuted: its claim is false (line 4)', 'N.Half': 'refuted: its postcondition is false after a run (line 5)',
    });
    expect(by.Asserts!.verdict).toMatchObject({ counterexample: { status: 'checked', values: [{ name: 'x', value: '2', line: 3 }, { name: 'b', value: 'false' }] } });
    expect(by.Max!.attempts[0]).toMatchObject({ tool: 'node', said: { kind: 'refuted' } });
    expect(dafny.reproduce(by.Max!.attempts[0]!, {} as never)).toMatch(/^dafny run --no-verify --allow-warnings --target=js confirm-[0-9a-f]{16}\.dfy$/);
  });

  it('stay suggested where the claim is true, or a run says nothing of it', async () => {
    const { words } = await told({
      'a.dfy': `method Incomplete(n: nat) returns (s: nat) ensures s == n { s := 0; while s < n { s := s + 1; } }
method Precondition(x: int) returns (y: int) requires x * x * x == 27 && x != 3 ensures y == 1 { y := 0; }
ghost function G(x: int): int { x + 1 }
method GhostClaim(x: int) returns (y: int) ensures G(y) == x { y := x; }
method Assumes(x: int) returns (y: int) ensures y > 0 { assume x > 0; y := x - 3; }
method Callee(x: int) returns (y: int) ensures y == x { y := 4; }
method Caller(x: int) returns (y: int) ensures y == x + 1 { y := Callee(x); }
class Cell { var v: int method Set(x: int) modifies this ensures v == x { v := 3; } }
method Loop(x: int) returns (y: int) ensures y == x decreases * { while true decreases * { } y := 3; }
method Unbounded(x: int) returns (y: int) ensures forall z: int :: z * z != y { y := x; }\n`,
    }, { effort: 2, limits: { wallSeconds: 5 } });
    for (const symbol of ['Incomplete', 'GhostClaim', 'Assumes', 'Caller', 'Cell.Set', 'Unbounded']) expect(`${symbol}: ${words[symbol]}`).toMatch(/: failed/);
    expect(words.Precondition).not.toMatch(/^refuted/);
    expect(words.Loop).not.toMatch(/^refuted/);
    expect(words.Callee).toMatch(/^refuted/);
  });
});
