import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../../toolchains/dafny/source/declarations.ts';

/** "kind path", with "{}" where it has a body. */
function outline(text: string): string[] {
  return readDeclarations('a.dfy', text).declarations.map((one) => `${one.kind} ${one.path}${one.body ? ' {}' : ''}`);
}

describe('declarations of a Dafny file', () => {
  it('have the names that the log gives them', () => {
    expect(outline(`
      module M { module N { class C<T(==)> { var x: int constructor () {} constructor Init(a: int) { x := a; } static const K := 3
        method Go() returns (r: set<int>) { } } } import opened A = B.C  type Even = x: int | x % 2 == 0 witness 2  newtype Byte = x: int | 0 <= x < 256 { method Q() {} } }
      module A.B refines M { least lemma L(x: int) ensures true {} twostate predicate P() { true } }
      codatatype Stream<T> = Nil | Cons(head: T, tail: Stream) { function Hd(): T }
      iterator It(n: int) yields (k: int) yield ensures k >= 0 { yield; }`)).toEqual([
      'module M {}', 'module M.N {}', 'class M.N.C {}', 'field M.N.C.x', 'constructor M.N.C._ctor {}', 'constructor M.N.C.Init {}', 'constant M.N.C.K', 'method M.N.C.Go {}',
      'import M.A', 'type M.Even', 'newtype M.Byte {}', 'method M.Byte.Q {}', 'module A.B {}', 'lemma A.B.L {}', 'predicate A.B.P {}',
      'datatype Stream {}', 'function Stream.Hd', 'iterator It {}',
    ]);
  });

  it.each([
    ['a set display in a clause', 'lemma L(s: set<int>) ensures s == {1, 2} {}', ['lemma L {}']],
    ['a set display at the end and no body', 'lemma L(s: set<int>) ensures s == {1, 2}', ['lemma L']],
    ['a match in a clause', 'lemma L(d: D) ensures match d { case A => true case B => false } { }', ['lemma L {}']],
    ['a match in a clause and no body', 'lemma L(d: D) ensures match d { case A => true case B => false }', ['lemma L']],
    ['a set as result type', 'function F(): set<seq<int>> { {} }', ['function F {}']],
    ['a cardinality before the body', 'lemma L(s: seq<int>) ensures 0 <= |s| {}', ['lemma L {}']],
    ['decreases star', 'method M() decreases * { }', ['method M {}']],
    ['clauses with semicolons', 'method M() requires true; ensures true; { }', ['method M {}']],
    ['a type test', 'lemma L(x: object) requires x is C<int> { }', ['lemma L {}']],
    ['attributes with braces', 'lemma {:induction false} {:fuel F, 2} L() ensures {:error "}", "{"} true { }', ['lemma L {}']],
    ['at-attributes', '@IsolateAssertions @ResourceLimit("1e6") method M() ensures old@L(1) == 1 {} @Axiom lemma A()', ['method M {}', 'lemma A']],
    ['a function by method', 'function F(): int { 1 } by method { return 1; } method N() {}', ['function F {}', 'method N {}']],
    ['let expressions in clauses', 'method M(x: int) ensures var y := x; y == x { } class C { ghost var f: int }', ['method M {}', 'class C {}', 'field C.f']],
    ['Dafny 3', 'function method F(): int { 1 } predicate method P() { true }', ['function F {}', 'predicate P {}']],
    ['refinement', 'module R refines Q { method M ... { } function F ... }', ['module R {}', 'method R.M {}', 'function R.F']],
    ['names with quotes and marks', "lemma L'(x?: int) ensures x? == x? { var c := '\\''; var d := '{'; var e := '\\u{7B}'; }  method N() {}", ["lemma L' {}", 'method N {}']],
    ['strings and comments', 'method M() { var s := "}\\"{"; var t := @"}""{"; /* } /* { */ } */ // }\n } method N() {}', ['method M {}', 'method N {}']],
  ])('are read past %s', (_, text, expected) => { expect(outline(text)).toEqual(expected); });

  it.each([
    ['a missing brace', 'method A() { if true { x := 1; } method B() { } method C() {}', ['method A {}', 'method B {}', 'method C {}']],
    ['a missing parenthesis', 'method A(x: int { } method B() { }', ['method B {}']],
    ['a brace too many', 'method A() { } } method B() { }', ['method A {}', 'method B {}']],
    ['an open comment', 'method A() { } /* method B() { }', ['method A {}']],
    ['an open string', 'method A() { var s := "abc } \n } method B() { }', ['method A {}', 'method B {}']],
    ['another language', '#include <stdio.h>\nint main() { return 0; }', []],
  ])('survive %s', (_, text, expected) => { expect(outline(text)).toEqual(expect.arrayContaining(expected)); });

  it('say where they are, in UTF-16 columns, with a byte-order mark and Windows line ends', () => {
    const text = '\uFEFF// 😀\r\nmethod Go()\r\n{ }\r\n';
    const { declarations, tokens } = readDeclarations('a.dfy', text);
    expect(text.slice(tokens[declarations[0]!.first]!.start, tokens[declarations[0]!.last]!.end)).toBe('method Go()\r\n{ }');
  });
});
