import { describe, expect, it } from 'vitest';
import { Machine } from '../../../../toolchains/dafny/interpret/machine.ts';
import { collectTraces } from '../../../../toolchains/dafny/interpret/traces.ts';
import { insert } from '../../../../toolchains/dafny/synthesis/edit.ts';
import { casesOf } from '../../../../toolchains/dafny/synthesis/families/cases.ts';
import { hypothesesOf } from '../../../../toolchains/dafny/synthesis/families/induction.ts';
import { lemmaCalls } from '../../../../toolchains/dafny/synthesis/families/lemmas.ts';
import { mentionsOf, witnessesOf } from '../../../../toolchains/dafny/synthesis/families/witnesses.ts';
import { measuresOf } from '../../../../toolchains/dafny/synthesis/families/measures.ts';
import { candidatesOf } from '../../../../toolchains/dafny/synthesis/generate.ts';
import { nullSpace } from '../../../../toolchains/dafny/synthesis/null-space.ts';
import { describeSite, loopsOf, type Site } from '../../../../toolchains/dafny/synthesis/site.ts';
import { STRATEGIES } from '../../../../toolchains/dafny/synthesis/strategies.ts';
import { binary, number } from '../../../../toolchains/dafny/syntax/build.ts';
import { readSyntax } from '../../../../toolchains/dafny/syntax/program.ts';

function sites(text: string): Site[] {
  const syntax = readSyntax('a.dfy', text);
  const machine = new Machine(syntax);
  const callable = syntax.callables.find((one) => loopsOf(one).length > 0)!;
  const traces = collectTraces(machine, callable, { runs: 50, milliseconds: 20_000 });
  return loopsOf(callable).map(({ loop }) => describeSite(syntax, machine, callable, loop, traces.byLoop.get(loop)!.states));
}

const all = new Set(STRATEGIES.map((one) => one.name));
function clauses(text: string, loop = 0): string[] { return candidatesOf(sites(text)[loop]!, all, 60_000).filter((one) => one.tier <= 1).map((one) => one.text); }

describe('candidates of a loop', () => {
  it('bound the counter, and nothing that a run contradicts is among them', () => {
    const found = clauses('method M(n: nat) returns (s: int) ensures s == 3 * n { s := 0; var i := 0; while i < n { s := s + 3; i := i + 1; } }');
    expect(found).toEqual(expect.arrayContaining(['invariant 0 <= i', 'invariant i <= n', 'invariant s == 3 * i']));
    expect(found).not.toContain('invariant i < n');
  });
  it('allow a limit that may be negative', () => {
    expect(clauses('method M(n: int) returns (i: int) { i := 0; while i < n { i := i + 1; } }')).toContain('invariant i <= n || i <= 0');
  });
  it('find products and squares', () => {
    const product = clauses('method M(x: nat, y: nat) returns (r: int) ensures r == x * y { var k := y; r := 0; while k > 0 { r := r + x; k := k - 1; } }');
    expect(product.some((one) => /^invariant (?=.*x \* y)(?=.*x \* k|.*k \* x)(?=.*\br\b).* == /.test(one)), product.join('\n')).toBe(true);
    expect(clauses('method M(n: nat) returns (s: int) { s := 0; var i := 0; while i < n { i := i + 1; s := s + i; } }')).toContain('invariant i * i + i == 2 * s');
  });
  it('put a prefix for a sequence and an index for a length', () => {
    const found = clauses('predicate Pos(s: seq<int>) { forall i :: 0 <= i < |s| ==> s[i] > 0 }\nmethod M(s: seq<int>) returns (b: bool) ensures b == Pos(s) { b := true; var i := 0; while i < |s| { if s[i] <= 0 { b := false; } i := i + 1; } }');
    expect(found).toContain('invariant b == Pos(s[..i])');
  });
  it('say of all passed indices what is written at one, old values where they were read', () => {
    const found = clauses('method M(a: array<int>) modifies a ensures forall i :: 0 <= i < a.Length ==> a[i] == 2 * old(a[i]) { var n := 0; while n < a.Length { a[n] := 2 * a[n]; n := n + 1; } }');
    expect(found).toEqual(expect.arrayContaining(['invariant forall i :: 0 <= i < n ==> a[i] == 2 * old(a[i])', 'invariant forall k :: n <= k < a.Length ==> a[k] == old(a[k])']));
  });
  it('say of an inner search what the outer loop needs of it', () => {
    const text = 'method M(a: array<int>) returns (b: bool) ensures b ==> forall x, y :: 0 <= x < y < a.Length ==> a[x] != a[y] { var i := 0; while i < a.Length { var j := i + 1; while j < a.Length { if a[i] == a[j] { return false; } j := j + 1; } i := i + 1; } return true; }';
    expect(clauses(text, 1)).toContain('invariant forall k :: i + 1 <= k < j ==> a[i] != a[k]');
    expect(clauses(text, 0)).toContain('invariant forall k :: 0 <= k < i ==> forall l :: k + 1 <= l < a.Length ==> a[k] != a[l]');
  });
  it('relate an accumulator to a function of the index, and one application to another', () => {
    expect(clauses('function F(n: nat): nat { if n == 0 then 1 else 2 * F(n - 1) }\nmethod M(n: nat) returns (p: nat) ensures p == F(n) { p := 1; var i := 0; while i < n { p := p + p; i := i + 1; } }')).toContain('invariant p == F(i)');
    const gcd = clauses('function G(a: nat, b: nat): nat requires a > 0 && b > 0 decreases a + b { if a == b then a else if a > b then G(a - b, b) else G(a, b - a) }\nmethod M(m: nat, n: nat) returns (d: nat) requires m > 0 && n > 0 ensures d == G(m, n) { var x, y := m, n; while x != y { if x > y { x := x - y; } else { y := y - x; } } d := x; }');
    expect(gcd.some((one) => /G\(m, n\) == G\((?:x, y|y, x)\)|G\((?:x, y|y, x)\) == G\(m, n\)/.test(one))).toBe(true);
  });
  it('leave out an element on its way, and put back what a variable holds', () => {
    const text = 'method M(a: array<int>) modifies a ensures forall i, j :: 0 <= i < j < a.Length ==> a[i] <= a[j] { var n := 1; while n < a.Length { var x := a[n]; var h := n; while h > 0 && a[h - 1] > x { a[h] := a[h - 1]; h := h - 1; } a[h] := x; n := n + 1; } }';
    const found = clauses(text, 1);
    // Of several that hold only the one that says the most.
    expect(found.filter((one) => /^invariant forall k, l :: 0 <= k < l < n \+ 1 && .*!= h\b/.test(one))).toEqual(['invariant forall k, l :: 0 <= k < l < n + 1 && l != h ==> a[k] <= a[l]']);
    expect(found).toContain('invariant multiset(a[..][h := x]) == old(multiset(a[..]))');
  });
  it('carry what holds around a loop into it where it changes that', () => {
    const text = 'method M(a: array<int>, n: nat) modifies a requires n <= a.Length { var i := 0; while i < n { a[i] := 0; var j := i + 1; while j < n { a[j] := 1; j := j + 1; } i := i + 1; } }';
    const [outer, inner] = sites(text);
    const known = candidatesOf(outer!, all, 60_000);
    const claim = 'invariant forall k :: 0 <= k < i ==> a[k] == 0';
    expect(known.map((one) => one.text)).toContain(claim);
    expect(candidatesOf(inner!, new Set(['bounds']), 60_000, known).map((one) => one.text)).toContain(claim);
  });
  it('say the same once, whatever its names', () => {
    const found = clauses('method M(a: array<int>) requires a.Length > 0 ensures forall j :: 0 <= j < a.Length ==> a[j] == 0 modifies a { var n := a.Length; var i := 0; while i < n { a[i] := 0; i := i + 1; } }');
    expect(found.filter((one) => /^invariant i <= (?:n|a\.Length)$/.test(one))).toHaveLength(1);
    expect(found.filter((one) => /^invariant forall \w+ :: 0 <= \w+ < i ==> a\[\w+\] == 0$/.test(one))).toHaveLength(1);
  });
  it('measure what falls', () => {
    const [site] = sites('method M(n: nat) { var x, y := 0, n + 1; while x + 1 < y { if x % 2 == 0 { x := x + 1; } else { y := y - 1; x := x - 1; } } }');
    expect(measuresOf(site!)).toBeDefined();
    const [plain] = sites('method M(a: nat, b: nat) { var x, y := a, b; while x != y { if x > y { x := x - 1; } else { y := y - 1; } } }');
    expect(measuresOf(plain!).map((one) => one.text)).toContain('decreases x + y');
  });
});

describe('steps of a proof', () => {
  const ask = (text: string, propose: typeof witnessesOf): string[] => {
    const syntax = readSyntax('a.dfy', text);
    const callable = syntax.callables.find((one) => one.kind === 'lemma')!;
    const line = text.slice(0, callable.start).split('\n').length;
    const at = { line, column: 1 };
    return propose({ syntax, callable, sites: [], open: [{ severity: 'error', message: 'a postcondition could not be proved', range: { start: at, end: at } }] }).map((one) => one.text);
  };
  it('are named as the module of the claim names them', () => {
    const text = 'module A { datatype Step = Up | Down\npredicate Is(a: int, b: int, s: Step) { match s case Up => b == a + 1 case Down => b == a - 1 }\npredicate Next(a: int, b: int) { exists s :: Is(a, b, s) } }\nmodule B { import A\ndatatype Step = Other\nlemma L(a: int, b: int) requires b == a + 1 ensures A.Next(a, b) { } }';
    expect(ask(text, witnessesOf)).toEqual(expect.arrayContaining(['assert A.Is(a, b, A.Up);', 'assert A.Is(a, b, A.Down);']));
  });
  it('call the lemma itself as its functions do, where they do', () => {
    const text = 'datatype List = Nil | Cons(head: int, tail: List)\nfunction Sum(xs: List, n: nat): int { match xs case Nil => n case Cons(h, t) => if h > 0 then Sum(t, n + 1) else n }\nlemma L(ys: List, k: nat) ensures Sum(ys, k) >= k { }';
    expect(ask(text, hypothesesOf)).toEqual(expect.arrayContaining(['if ys.Cons? && ys.head > 0 { L(ys.tail, k + 1); }', 'if k > 0 { L(ys, k - 1); }']));
  });
  it('match what another lemma claims with the goal', () => {
    const text = 'lemma Goal(a: int, b: int) ensures F(a + 1, b) > 0 { }\nfunction F(x: int, y: int): int\nlemma Known(p: int, q: int) requires p > q ensures F(p, q) > 0\n';
    expect(ask(text, lemmaCalls)).toEqual(['Known(a + 1, b);']);
  });
  it('split along a definition', () => {
    const text = 'function F(x: int): int { if x > 0 then 1 else if x == 0 then 0 else -1 }\nlemma L(a: int) ensures F(a) <= 1 { }';
    expect(ask(text, casesOf)).toEqual(['if a > 0 { assert F(a) == 1; } else { if a == 0 { assert F(a) == 0; } else { assert F(a) == -1; } }']);
  });
  it('begin with what stands under a quantifier, of variables of the right types', () => {
    const text = 'datatype T = T(x: int)\npredicate Plain(t: T) { t.x > 0 }\npredicate Link(t: T, i: int) { t.x == i }\npredicate Inv(t: T) { Plain(t) && forall i :: Link(t, i) ==> i > 0 }\nlemma L(t: T, n: int) requires Inv(t) ensures Inv(t) { }';
    expect(ask(text, mentionsOf)[0]).toBe('ghost var mention1 := Link(t, n);');
  });
});

describe('the parts', () => {
  it('assume an assertion behind its check only where the checker does not', () => {
    const base = 'lemma L() {\n}\n', claim = binary(number(1), '<', number(2));
    const one = { offset: base.indexOf('}'), order: 1, text: 'assert 1 < 2;', family: 'x', tier: 0, indent: '  ', path: 'L', kind: 'assert' as const, claim };
    expect(insert(base, [one], [], false).text).toBe('lemma L() {\n  assert 1 < 2; assume {:axiom} 1 < 2;\n}\n');
    expect(insert(base, [one], [{ offset: 0, text: '/* */', apart: true }]).text).toBe('lemma L() {\n  assert 1 < 2;\n}\n');
  });
  it('find integer relations exactly', () => {
    const i = [0, 1, 2, 3, 4, 5, 6];
    expect(nullSpace([i.map(() => 1), i, i.map((n) => n * (n + 1) / 2), i.map((n) => n * n)], 100)).toEqual([[0, -1, 2, -1]].map((one) => one.map((value) => -value + 0)));
    expect(nullSpace([i.map(() => 1), i, i.map((n) => 2 ** n)], 100)).toEqual([]);
  });
  it('put candidates on lines of their own and find them again', () => {
    const base = 'method M() {\n  while true\n  { }\n  while false { }\n}\n';
    const common = { family: 'x', tier: 0, indent: '    ', path: 'M', kind: 'invariant' as const };
    const one = { ...common, offset: base.indexOf('{ }'), order: 2, text: 'invariant 1 == 1' }, two = { ...common, offset: base.indexOf('{ }'), order: 1, text: 'invariant 2 == 2' }, three = { ...common, offset: base.lastIndexOf('{ }'), order: 1, text: 'invariant 3 == 3' };
    const { text, lines, baseLine } = insert(base, [one, two, three]);
    expect(text).toBe('method M() {\n  while true\n    invariant 2 == 2\n    invariant 1 == 1\n  { }\n  while false \n    invariant 3 == 3\n  { }\n}\n');
    expect([...lines].map(([line, candidate]) => [line, candidate.text])).toEqual([[3, two.text], [4, one.text], [7, three.text]]);
    expect([1, 2, 5, 6, 9].map(baseLine)).toEqual([1, 2, 3, 4, 5]);
  });
});
