/** Several runs of one program, put together. */
import { describe, expect, it } from 'vitest';
import type { Attempt, CheckContext, ObligationResult, Project } from '../../../toolchains/contract.ts';
import { readProgram } from '../../../toolchains/dafny/program.ts';
import { report, type RunOutcome } from '../../../toolchains/dafny/report.ts';
import type { Verdict } from '../../../toolchains/verdict.ts';

const project: Project = { id: 'dafny:a.dfy', toolchain: 'dafny', root: '', name: 'a.dfy', files: ['a.dfy'], options: {}, executes: [] };
const program = readProgram(project, [{ path: 'a.dfy', text: 'method M(x: int) returns (y: int) ensures y == x { y := x; }' }]);
const [symbol] = program.symbols;

function outcome(verdict: Verdict, solver: string): RunOutcome {
  const attempt = { tool: 'dafny', solver: { id: 'z3', version: solver, fingerprint: solver }, outputs: [], seconds: 1, peakMemoryMb: 1 } as unknown as Attempt;
  return { attempt, diagnostics: [], symbols: [{ obligation: symbol!.obligation, symbol: symbol!, verdict, parts: [], diagnostics: [], seconds: 1, logged: [], contradictions: [] }] };
}
function reported(...outcomes: RunOutcome[]): ObligationResult {
  const results: ObligationResult[] = [];
  report({ asked: [], report: (result) => { results.push(result); }, discover: () => undefined } as Partial<CheckContext> as CheckContext, program, outcomes);
  return results[0]!;
}
const refuted: Verdict = { kind: 'refuted', counterexample: { status: 'checked', values: [] } };

describe('what several runs say of a symbol', () => {
  it('is the best of it, with who said so', () => {
    expect(reported(outcome({ kind: 'failed' }, '4.8.12'), outcome({ kind: 'proved' }, '4.13.3'))).toMatchObject({ verdict: { kind: 'proved' }, used: 'z3 4.13.3', attempts: [{ said: { kind: 'proved' } }, { said: { kind: 'failed' } }] });
  });
  it('names all who proved a raced one', () => {
    expect(reported(outcome({ kind: 'failed' }, '4.8.12'), { ...outcome({ kind: 'proved' }, '4.8.12'), used: 'cvc5 1.0.3; z3 4.8.12 for 2 of 3 conditions', beside: [{ tool: 'cvc5' } as Attempt] })).toMatchObject({ used: 'cvc5 1.0.3; z3 4.8.12 for 2 of 3 conditions', attempts: [{}, { tool: 'cvc5' }, {}] });
  });
  it.each([[0], [1]])('is disputed where a run of the program refutes what a solver proves', (turn) => {
    const both = [outcome(refuted, '4.8.12'), outcome({ kind: 'proved' }, '4.13.3')];
    expect(reported(...(turn === 0 ? both : both.reverse())).verdict).toEqual({ kind: 'unknown', reason: 'disputed' });
  });
  it('refuted comes before failed', () => { expect(reported(outcome({ kind: 'failed' }, '4.8.12'), outcome(refuted, '4.8.12')).verdict.kind).toBe('refuted'); });
});
