import { describe, expect, it } from 'vitest';
import type { Project } from '../../../toolchains/contract.ts';
import { readProgram } from '../../../toolchains/dafny/program.ts';

const project: Project = { id: 'dafny:a.dfy', toolchain: 'dafny', root: '', name: 'a.dfy', files: ['a.dfy'], options: {}, executes: [] };

/** "kind line" in the order of the text. */
function findings(text: string): string[] {
  return readProgram(project, [{ path: 'a.dfy', text }]).assumptions.map((one) => `${one.kind} ${one.range.start.line}`);
}

describe('what a Dafny file takes on trust', () => {
  it('is found in a file that does not parse', () => {
    expect(findings('method M() { assume false;\nlemma L() ensures false\nmethod {:verify false')).toEqual(expect.arrayContaining(['assume 1', 'axiom 2', 'verify-false 3']));
  });

  it('is linked to what rests on it, by names', () => {
    const { symbols } = readProgram(project, [{ path: 'a.dfy', text: 'lemma {:axiom} False() ensures false\nlemma A() ensures 1 == 2 { False(); }\nmethod B() { A(); }\nmethod C() { }\n' }]);
    expect(symbols.map(({ obligation }) => [obligation.symbol, obligation.assumptions.length, obligation.assumptionScope])).toEqual([['False', 1, 'exact'], ['A', 1, 'exact'], ['B', 1, 'exact'], ['C', 0, 'exact']]);
  });
});
