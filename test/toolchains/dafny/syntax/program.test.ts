import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printExpression } from '../../../../toolchains/dafny/syntax/print.ts';
import { readSyntax } from '../../../../toolchains/dafny/syntax/program.ts';
import type { Expression } from '../../../../toolchains/dafny/syntax/tree.ts';
import { expressionsOf, visitStatements } from '../../../../toolchains/dafny/syntax/visit.ts';
import { tokenise } from '../../../../toolchains/dafny/source/tokens.ts';

const PROGRAM = `
datatype Tree<T> = Leaf | Node(left: Tree<T>, value: T, right: Tree<T>)
type Small = x: int | 0 <= x < 10 witness 3
function Depth<T>(t: Tree<T>): nat
  decreases t
{
  match t case Leaf => 0 case Node(l, _, r) => 1 + if Depth(l) > Depth(r) then Depth(l) else Depth(r)
}
class Counter {
  var count: int
  const limit: nat := 7
  method Raise(step: int, ghost spare: bool) returns (old_value: int, done: bool)
    requires step >= 0 && |{1, 2}| == 2;
    modifies this
    ensures count == old(count) + step
  {
    old_value, done := count, true;
    count := count + step;
    while count < 10 && !done
      invariant old(count) <= count
      decreases 10 - count
    { if * { break; } else if count == 3 { count := count + 2; } else { count := count + 1; } }
    for i := 0 to 3 { print i, "\\n"; }
    forall i | 0 <= i < 3 ensures i < 4 { assert i < 4 by { } }
    var f := (x: int, y: int) requires x > 0 => x + y;
    var a := new int[3](i => i * 2);
    var t := (1, (2, 3)).1.0;
    label L: a[0], a[1] := a[1], a[0];
    assert forall k, j | 0 <= k < j < a.Length :: k in [1, 2] ==> a[k] !in {j} || multiset(a[..]) == multiset{1};
    var s := set x | x in {1} && |set y | y < x && y in {1} :: y| == 0 :: x as int;
    calc { 1; == { assert true; } 2 - 1; }
  }
}
`;

function read(text: string): ReturnType<typeof readSyntax> { return readSyntax('a.dfy', text); }
/** Without parentheses: those are layout where the tree says what they did. */
function shape(text: string): string { return tokenise(text).map((token) => token.text).filter((word) => word !== '(' && word !== ')').join(' '); }

function expressions(text: string): Expression[] {
  return read(text).callables.flatMap((callable) => {
    const found = [...callable.clauses.flatMap((clause) => clause.values), ...(callable.value ? [callable.value] : [])];
    if (callable.body) visitStatements(callable.body, (statement) => { found.push(...expressionsOf(statement)); });
    return found;
  });
}

describe('the reader of Dafny programs', () => {
  it('reads declarations, statements and expressions without leaving anything over', () => {
    const syntax = read(PROGRAM);
    expect(syntax.opaque).toEqual([]);
    expect(syntax.callables.map((one) => one.path)).toEqual(['Depth', 'Counter.Raise']);
    expect(syntax.datatypes[0]!.constructors.map((one) => [one.name, one.parameters.map((parameter) => `${parameter.name}: ${parameter.type.text}`)])).toEqual([['Leaf', []], ['Node', ['left: Tree<T>', 'value: T', 'right: Tree<T>']]]);
    const raise = syntax.callables[1]!;
    expect(raise.clauses.map((clause) => PROGRAM.slice(clause.start, clause.end))).toEqual(['requires step >= 0 && |{1, 2}| == 2', 'modifies this', 'ensures count == old(count) + step']);
    expect(raise.body!.statements.map((one) => one.kind)).toEqual(['assign', 'assign', 'while', 'for', 'forall', 'variables', 'variables', 'variables', 'label', 'assert', 'variables', 'calc']);
  });

  it('gives ranges that hold exactly what was read, and prints the same again', () => {
    const all = expressions(PROGRAM);
    expect(all.length).toBeGreaterThan(30);
    for (const one of all) {
      const text = PROGRAM.slice(one.start, one.end);
      if (!text.startsWith('match')) expect(shape(printExpression(one))).toBe(shape(text));
    }
  });

  it('prints with the parentheses that the tree needs', () => {
    for (const text of ['(a + b) * c', 'a - (b - c)', '!(a && b)', '(a ==> b) ==> c', 'a ==> b ==> c', '(a && b) || c', '-(a + b)', '(if a then b else c) + 1', 'forall x :: (exists y :: y < x) && x > 0', 'a <= b < c', '(a == b) == c']) {
      const [one] = expressions(`method M() ensures ${text} { }`);
      expect(printExpression(one!).replaceAll('((', '(').replaceAll('))', ')')).toBe(text);
      expect(printExpression(expressions(`method M() ensures ${printExpression(one!)} { }`)[0]!)).toBe(printExpression(one!));
    }
  });

  it('leaves a statement that it does not know as it is, and reads the next one', () => {
    const text = 'method M() { var (a, b) :- f(); assert 1 == 1; frobnicate x { y; } x := 2; }';
    const syntax = read(text);
    expect(syntax.opaque.map((one) => one.text)).toEqual(['var (a, b) :- f();', 'frobnicate x { y; }']);
    expect(syntax.callables[0]!.body!.statements.map((one) => one.kind)).toEqual(['opaque', 'assert', 'opaque', 'assign']);
  });

  it('takes any text', () => {
    for (const text of ['', '}', 'method', 'method M(', 'function F(x: int): int { if', 'lemma L() { while } {', 'datatype D = ', '\uFEFFmethod M() { }']) expect(() => read(text)).not.toThrow();
  });

  const visible = join(import.meta.dirname, '../../../../../shared/data/visible/dafny');
  let files: string[] = [];
  try { files = readdirSync(visible, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.dfy')); } catch { /* not beside this checkout */ }
  it.skipIf(files.length === 0)('reads programs of others (needs the visible data)', () => {
    let opaque = 0, callables = 0;
    for (const path of files) {
      const syntax = read(readFileSync(join(visible, path), 'utf8'));
      opaque += syntax.opaque.length;
      callables += syntax.callables.length;
    }
    expect(callables).toBeGreaterThan(400);
    expect(opaque).toBeLessThan(callables / 50);
  });
});
