import { describe, expect, it } from 'vitest';
import { name } from '../../../../toolchains/dafny/syntax/build.ts';
import { printExpression } from '../../../../toolchains/dafny/syntax/print.ts';
import { readSyntax } from '../../../../toolchains/dafny/syntax/program.ts';
import { freeNames, replacePart, substitute } from '../../../../toolchains/dafny/syntax/substitute.ts';
import type { Expression } from '../../../../toolchains/dafny/syntax/tree.ts';

const parse = (text: string): Expression => readSyntax('a.dfy', `method M() ensures ${text} { }`).callables[0]!.clauses[0]!.values[0]!;

describe('substitution', () => {
  it('renames a bound variable that would catch the replacement', () => {
    expect(printExpression(substitute(parse('forall i :: 0 <= i < n ==> a[i] == n'), new Map([['n', name('i')]])))).toBe('forall i\' :: 0 <= i\' < i ==> a[i\'] == i');
  });
  it('leaves bound names alone', () => {
    expect(printExpression(substitute(parse('n > 0 && forall n :: n == n'), new Map([['n', name('m')]])))).toBe('m > 0 && (forall n :: n == n)');
  });
  it('puts parentheses where the replacement needs them', () => {
    expect(printExpression(substitute(parse('2 * n'), new Map([['n', parse('a + b')]])))).toBe('2 * (a + b)');
  });
  it('replaces a part by its text', () => {
    expect(printExpression(replacePart(parse('forall k :: 0 <= k < a.Length ==> a[k] == f(a.Length)'), parse('a.Length'), name('i')))).toBe('forall k :: 0 <= k < i ==> a[k] == f(i)');
  });
  it('knows what is free', () => {
    expect([...freeNames(parse('forall i :: 0 <= i < |s| ==> var q := s[i]; f(q, x) == set y | y in z :: y'))].sort()).toEqual(['f', 's', 'x', 'z']);
  });
});
