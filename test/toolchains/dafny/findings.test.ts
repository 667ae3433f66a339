import { describe, expect, it } from 'vitest';
import type { Project } from '../../../toolchains/contract.ts';
import { readProgram } from '../../../toolchains/dafny/program.ts';

const project: Project = { id: 'dafny:a.dfy', toolchain: 'dafny', root: '', name: 'a.dfy', files: ['a.dfy'], options: {}, executes: [] };

/** "kind line" in the order of the text. */
function findings(text: string): string[] {
  return readProgram(project, [{ path: 'a.dfy', text }]).assumptions.map((one) => `${one.kind} ${one.range.start.line}`);
}

describe('what a Dafny file takes on trust', () => {
  it.each([
    ['an assume statement', 'lemma L() { assume 1 == 2; }', ['assume 1']],
    ['with its attribute', 'lemma L() { assume {:axiom} 1 == 2; }', ['assume 1']],
    ['in a function', 'function F(): int { assume false; 3 }', ['assume 1']],
    ['in a such-that', 'method M() { var x :| assume x > x; }', ['assume 1']],
    ['an expect', 'method M() { expect 1 == 2, "no"; }', ['expect 1']],
    ['only in words', 'lemma Assume() { var s := "assume false"; /* assume false; */ } // assume', []],
    ['a lemma without a body', 'lemma L()\n  ensures false', ['axiom 1']],
    ['one that says so', 'lemma {:axiom} L() ensures false', ['axiom 1']],
    ['one that says so with an at sign', '@Axiom lemma L() ensures false', ['axiom 1']],
    ['a method with results and no body', 'method M() returns (x: nat)', ['axiom 1']],
    ['a method without results and body', 'method M()', []],
    ['a function without a body', 'function F(): Empty', ['axiom 1']],
    ['a member of a trait', 'trait T { lemma L() ensures false  function F(): int }', []],
    ['an abstract module', 'abstract module A { lemma L() ensures false }', []],
    ['one whose refinement proves it', 'abstract module A { lemma L() ensures false } module B refines A { lemma L() ensures false { } }', []],
    ['one whose refinement does not', 'abstract module A { lemma L() ensures false } module B refines A { }', ['axiom 1']],
    ['one whose refinement of a refinement does not', 'abstract module A { lemma L() ensures false } abstract module B refines A {} module C refines B { }', ['axiom 1']],
    ['a foreign method', 'method {:extern "x"} M() returns (x: int) ensures x > 3', ['extern 1']],
    ['a foreign and trusted method', 'method {:extern} {:axiom} M() ensures false', ['extern 1', 'axiom 1']],
    ['verify false', 'method {:verify false} M() ensures false {}', ['verify-false 1']],
    ['verify true', 'method {:verify true} M() ensures false {}', []],
    ['Verify(false)', '@Verify(false)\nmethod M() ensures false {}', ['verify-false 1']],
    ['only', 'method {:only} M() {}\nmethod N() ensures false {}', ['only 1']],
    ['only on an assertion', 'method M() { assert {:only} true; assert false; }', ['only 1']],
    ['VerifyOnly', '@VerifyOnly method M() {}', ['only 1']],
    ['selective checking', 'method {:selective_checking} M() { assert false; assert {:start_checking_here} true; }', ['selective-checking 1']],
    ['an unknown attribute', 'method {:smt_option "smt.x", 1} M() {}', ['unknown-attribute 1']],
    ['an unknown at-attribute', '@Frobnicate(1)\nmethod M() {}', ['unknown-attribute 1']],
    ['attributes without effect on trust', 'method {:isolate_assertions} {:resource_limit 10} M(x: int) { assert {:split_here} forall y {:trigger P(y)} :: P(y); }', []],
    ['an attribute in a string', 'method M() { var s := "{:verify false}"; }', []],
    ['a loop that may not end', 'method M() decreases * { while true decreases * {} }', ['decreases-star 1', 'decreases-star 1']],
    ['termination', 'trait {:termination false} T {}', ['termination 1']],
    ['a loop without a body', 'method M(n: nat) { var i := 0; while i < n invariant i <= n\n assert i == n; }', ['bodyless-loop 1']],
    ['a loop with one', 'method M(n: nat) { var i := 0; while i < n && i in {1, 2} invariant i <= n { i := i + 1; } for j := 0 to n { } }', []],
    ['a loop in the style of Dafny 1', 'method M(n: nat) { while (i < n) invariant i <= n; invariant forall j, k :: j < k ==> P(j, k); decreases n - i; { i := i + 1; } }', []],
    ['a loop without a body before another statement', 'method M(n: nat) { while i < n invariant forall j, k :: P(j, k)\n var x := 3; if x == 3 { } }', ['bodyless-loop 1']],
    ['a forall without a body', 'lemma L() { forall x: int ensures x > 3; }', ['bodyless-forall 1']],
    ['a forall with one', 'lemma L() { forall x: int | x > 3 ensures x > 2 { } assert forall y: int :: y > 3 ==> y > 2; }', []],
  ])('%s', (_, text, expected) => { expect(findings(text)).toEqual(expected); });

  it('is found in a file that does not parse', () => {
    expect(findings('method M() { assume false;\nlemma L() ensures false\nmethod {:verify false')).toEqual(expect.arrayContaining(['assume 1', 'axiom 2', 'verify-false 3']));
  });

  it('is linked to what rests on it, by names', () => {
    const { symbols } = readProgram(project, [{ path: 'a.dfy', text: 'lemma {:axiom} False() ensures false\nlemma A() ensures 1 == 2 { False(); }\nmethod B() { A(); }\nmethod C() { }\n' }]);
    expect(symbols.map(({ obligation }) => [obligation.symbol, obligation.assumptions.length, obligation.assumptionScope])).toEqual([['False', 1, 'exact'], ['A', 1, 'exact'], ['B', 1, 'exact'], ['C', 0, 'exact']]);
  });
});
