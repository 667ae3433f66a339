/** The graph of obligations of each language, from its files alone: edges, specifications, and files that do not parse. */
import { describe, expect, it } from 'vitest';
import type { Obligation, Toolchain } from '../../toolchains/contract.ts';
import { dafny } from '../../toolchains/dafny/index.ts';
import { nearest, usersOf, withUses } from '../../toolchains/graph.ts';
import { lean } from '../../toolchains/lean/index.ts';
import { sat } from '../../toolchains/sat/index.ts';
import { smt } from '../../toolchains/smt/index.ts';
import { verilog } from '../../toolchains/verilog/index.ts';
import { verus } from '../../toolchains/verus/index.ts';
import { outlined } from './outlined.ts';

type Files = Readonly<Record<string, string>>;
async function obligationsOf(toolchain: Toolchain, files: Files): Promise<readonly Obligation[]> {
  return (await outlined(toolchain, files)).outlines.flatMap((outline) => outline.obligations);
}

/** Symbol to the symbols that it uses, of every obligation. */
async function edges(toolchain: Toolchain, files: Files): Promise<Record<string, string[]>> {
  const obligations = await obligationsOf(toolchain, files);
  const symbols = new Map(obligations.map((one) => [one.id, one.symbol]));
  return Object.fromEntries(obligations.map((one) => [one.symbol, (one.uses ?? []).map((id) => symbols.get(id) ?? `no obligation: ${id}`)]));
}

/** The text that a specification's range covers. */
async function specification(toolchain: Toolchain, files: Files, symbol: string): Promise<string | undefined> {
  const one = (await obligationsOf(toolchain, files)).find((obligation) => obligation.symbol === symbol)!;
  const range = one.specification;
  if (!range) return undefined;
  const lines = files[one.file]!.split('\n').slice(range.start.line - 1, range.end.line);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, range.end.column - 1);
  lines[0] = lines[0]!.slice(range.start.column - 1);
  return lines.join('\n');
}

describe('who uses whom', () => {
  it('in Dafny', async () => {
    const files = { 'a.dfy': 'function F(n: nat): nat { n }\nlemma L(n: nat) ensures F(n) == n { }\nmethod M() { L(3); }\nmethod N() { }\n' };
    expect(await edges(dafny, files)).toEqual({ F: [], L: ['F'], M: ['L'], N: [] });
    expect(await specification(dafny, files, 'L')).toBe('lemma L(n: nat) ensures F(n) == n');
  });

  it('in Verus, through functions that have no proof task', async () => {
    const files = { 'a.rs': 'use vstd::prelude::*;\nverus! {\nspec fn s(n: int) -> int { t(n) }\nproof fn lemma(n: int) ensures s(n) == n { other(n); }\nproof fn other(n: int) { }\nspec fn t(n: int) -> int decreases n { if n <= 0 { 0 } else { t(n - 1) } }\nfn main() { proof { lemma(1); } }\n}\n' };
    expect(await edges(verus, files)).toEqual({ 'a::lemma': ['a::other', 'a::t'], 'a::other': [], 'a::t': [], 'a::main': ['a::lemma'] });
    expect(await specification(verus, files, 'a::lemma')).toBe('proof fn lemma(n: int) ensures s(n) == n');
  });

  it('in Lean, across modules', async () => {
    const files = {
      'lean-toolchain': 'leanprover/lean4:v4.20.0\n', 'lakefile.toml': 'name = "p"\ndefaultTargets = ["P"]\n[[lean_lib]]\nname = "P"\n',
      'P.lean': 'import P.Base\ntheorem main : double 2 = 4 := by rw [Base.double_def]\n', 'P/Base.lean': 'def double (n : Nat) : Nat := n + n\nnamespace Base\ntheorem double_def : double n = n + n := rfl\nend Base\n',
    };
    expect(await edges(lean, files)).toEqual({ main: ['Base.double_def', 'double'], double: [], 'Base.double_def': ['double'] });
    expect(await specification(lean, files, 'Base.double_def')).toBe('theorem double_def : double n = n + n');
  });

  it('in Verilog, down the instances of a task', async () => {
    const files = { 't.sby': '[options]\nmode prove\n[engines]\nsmtbmc\n[script]\nread -formal t.sv\nprep -top top\n[files]\nt.sv\n', 't.sv': 'module leaf(input c); reg x = 1; always @(posedge c) l: assert (x); endmodule\nmodule top(input c); leaf u(.c(c)); always @(posedge c) t: assert (1); endmodule\n' };
    expect(await edges(verilog, files)).toEqual({ 'leaf.l': [], 'top.t': ['leaf.l'] });
  });

  it('not at all between the questions of a script or of a formula', async () => {
    const [check] = await obligationsOf(smt, { 'a.smt2': '(assert true)(check-sat)(check-sat)' });
    expect([check?.uses, check?.usesScope]).toEqual([[], 'exact']);
    expect((await obligationsOf(sat, { 'a.cnf': 'p cnf 1 1\n1 0\n' }))[0]?.uses).toEqual([]);
  });
});

describe('files that do not parse', () => {
  it.each([
    ['Dafny', dafny, { 'a.dfy': 'lemma A() { }\nmethod B() { A(); if (\nlemma C() { A(); }\n' }, { A: [], B: ['A'], C: ['A'] }],
    ['Verus', verus, { 'a.rs': 'verus! {\nproof fn a() { }\nproof fn b() { a(); }\nfn c() { if ( }\n' }, { 'a::a': [], 'a::b': ['a::a'], 'a::c': [] }],
    ['Lean', lean, { 'lean-toolchain': 'x', 'a.lean': 'theorem a : True := trivial\ntheorem b (p : Prop : True := a\ntheorem c : True := b\n' }, { a: [], b: ['a'], c: ['b'] }],
  ] as const)('keep the edges that were read: %s', async (_, toolchain, files, expected) => {
    expect(await edges(toolchain, files)).toMatchObject(expected);
  });
});

describe('the edges themselves', () => {
  const obligation = (id: string): Obligation => ({ id, project: 'p', toolchain: 't', symbol: id, kind: 'k', file: 'f', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }, assumptions: [], assumptionScope: 'exact' });
  it('never lead to itself, are sorted, and reverse', () => {
    const graph = withUses(['a', 'b', 'c'].map(obligation), 'names', ({ id }) => ({ a: ['c', 'b', 'a', 'b'], b: ['c'] } as Record<string, string[]>)[id] ?? []);
    expect(graph.map((one) => one.uses)).toEqual([['b', 'c'], ['c'], []]);
    expect([...usersOf(graph)]).toEqual([['b', ['a']], ['c', ['a', 'b']]]);
  });
  it('are left out as a whole where everything uses everything', () => {
    const many = Array.from({ length: 500 }, (_, index) => obligation(`o${index}`));
    expect(withUses(many, 'names', () => many.map((one) => one.id)).some((one) => one.uses !== undefined)).toBe(false);
  });
  it('pass through what is no obligation, cycles among them', () => {
    const steps = new Map([['a', ['x']], ['x', ['y', 'a']], ['y', ['x', 'b']], ['b', ['c']]]);
    expect(nearest('a', steps, (key) => (key === 'x' || key === 'y' ? undefined : key))).toEqual(['b']);
  });
});
