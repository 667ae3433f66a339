import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../toolchains/dafny/interpret/evaluate.ts';
import { Machine } from '../../../../toolchains/dafny/interpret/machine.ts';
import { collectTraces } from '../../../../toolchains/dafny/interpret/traces.ts';
import { ArrayObject, Failure, keyOf, Undecided } from '../../../../toolchains/dafny/interpret/values.ts';
import { readSyntax } from '../../../../toolchains/dafny/syntax/program.ts';

const LIBRARY = `
datatype List = Nil | Cons(head: int, tail: List)
function Length(l: List): nat { match l case Nil => 0 case Cons(_, rest) => 1 + Length(rest) }
function Sum(s: seq<int>): int { if |s| == 0 then 0 else s[0] + Sum(s[1..]) }
function Fib(n: nat): nat { if n < 2 then n else Fib(n - 1) + Fib(n - 2) }
predicate Sorted(s: seq<int>) { forall i, j :: 0 <= i < j < |s| ==> s[i] <= s[j] }
`;

function valueOf(text: string): string {
  const syntax = readSyntax('a.dfy', `${LIBRARY}method M() ensures ${text} { }`);
  const machine = new Machine(syntax);
  machine.allow(100_000);
  const claim = syntax.callables.find((one) => one.name === 'M')!.clauses[0]!.values[0]!;
  return keyOf(evaluate(machine, claim, { variables: new Map() }));
}

describe('the interpreter', () => {
  it.each([
    ['-7 / 2', '-4'], ['-7 % 2', '1'], ['7 / -2', '-3'], ['Fib(10)', '55'], ['Sum([1, 2, 3])', '6'], ['Length(Cons(1, Cons(2, Nil)))', '2'],
    ['multiset([1, 2, 1]) == multiset{1, 1, 2}', 'T'], ['[1, 2, 3][1..] + [4]', '[2,3,4,]'], ['[1, 2] <= [1, 2, 3]', 'T'], ['{1, 2} - {2} == {1}', 'T'], ['|set x | x in [3, 3, 4] && x > 3|', '1'],
    ['forall i :: 0 <= i < 3 ==> exists j :: 0 <= j < 4 && j == i + 1', 'T'], ['Sorted([1, 1, 2]) && !Sorted([2, 1])', 'T'], ['map[1 := 2][1]', '2'], ['(1, (2, 3)).1.0', '2'], ['"ab"[1] == \'b\'', 'T'],
    ['var x := 3; if x > 2 then x else 0', '3'], ['Cons(1, Nil).Cons? && Cons(1, Nil).(head := 5).head == 5', 'T'], ['seq(3, i => i * i)', '[0,1,4,]'], ['1 < 2 <= 2 != 3', 'T'],
  ])('evaluates %s', (text, expected) => { expect(valueOf(text)).toBe(expected); });

  it('tells what a program must not do from what it does not know', () => {
    expect(() => valueOf('[1][3] == 0')).toThrow(Failure);
    expect(() => valueOf('1 / 0 == 0')).toThrow(Failure);
    expect(() => valueOf('exists x :: x * x == 200')).toThrow(Undecided);
    expect(() => valueOf('Unknown(3) == 0')).toThrow(Undecided);
  });

  it('records states at the head of a loop, with the heap as it was', () => {
    const syntax = readSyntax('a.dfy', `
method Negate(a: array<int>)
  requires a.Length >= 2
  modifies a
{
  var i := 0;
  while i < a.Length { if a[i] > 0 { a[i] := -a[i]; } i := i + 1; }
}`);
    const traces = collectTraces(new Machine(syntax), syntax.callables[0]!, { runs: 20, milliseconds: 5000 });
    expect(traces).toMatchObject({ runs: 20, lost: 0, violations: 0 });
    const [trace] = [...traces.byLoop.values()];
    expect(trace!.states.length).toBeGreaterThan(40);
    for (const state of trace!.states) {
      const array = state.variables.get('a') as ArrayObject, i = state.variables.get('i') as number;
      const [now, before] = [state.heap.get(array) as number[], state.before.get(array) as number[]];
      expect(now.length).toBeGreaterThanOrEqual(2);
      now.forEach((value, at) => { expect(value).toBe(at < i ? -Math.abs(before[at]!) + 0 : before[at]); });
    }
  });

  it('sees a program that breaks its own specification', () => {
    const syntax = readSyntax('a.dfy', 'method M(n: nat) returns (r: nat) ensures r == n { r := 0; while r < n { r := r + 2; } }');
    expect(collectTraces(new Machine(syntax), syntax.callables[0]!, { runs: 30, milliseconds: 5000 }).violations).toBeGreaterThan(0);
  });

  it('gives up a loop that does not end, and says so', () => {
    const syntax = readSyntax('a.dfy', 'method M(n: nat) { var i := 0; while true decreases * { i := i + 1; } }');
    expect(collectTraces(new Machine(syntax), syntax.callables[0]!, { runs: 5, milliseconds: 5000 })).toMatchObject({ lost: 5, reason: 'many iterations' });
  });
});
