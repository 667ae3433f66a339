/** From the outcomes of all engines to the one result of the ledger. */
import type { ObligationResult } from '../contract.ts';
import { REASON, type Counterexample, type Verdict } from '../verdict.ts';
import type { Confirmation, Outcome } from './attempt.ts';
import { valuesOf } from './evidence.ts';

/** Which open verdict speaks for the obligation: what a reader must hear of first. */
const LOUDEST: readonly Verdict['kind'][] = ['unknown', 'timeout', 'out-of-memory', 'crashed', 'tool-missing', 'cancelled'];

/**
 * @param outcomes in the order in which the attempts ended
 * @param expect the answer that the user asked for: `sat` turns the question round
 */
export function weigh(obligation: string, outcomes: readonly Outcome[], expect: 'sat' | 'unsat' | undefined): ObligationResult {
  const sat = outcomes.filter((outcome) => outcome.answer === 'sat');
  const unsat = outcomes.filter((outcome) => outcome.answer === 'unsat').sort((a, b) => Number(isChecked(b)) - Number(isChecked(a)));
  const rest = (first: Outcome | undefined): Outcome[] => first ? [first, ...outcomes.filter((outcome) => outcome !== first)] : [...outcomes];
  const result = (verdict: Verdict, first: Outcome | undefined, confirmed: readonly Confirmation[]): ObligationResult => ({
    obligation, verdict, diagnostics: [], confirmed,
    attempts: rest(first).flatMap((outcome) => outcome.attempts),
    ...(first?.certificate ? { certificate: first.certificate } : {}),
    ...(first ? { used: `${first.tool.id} ${first.tool.version}` } : {}),
    seconds: outcomes.reduce((sum, outcome) => sum + outcome.attempts.reduce((total, attempt) => total + attempt.seconds, 0), 0),
    memoryMb: Math.max(0, ...outcomes.flatMap((outcome) => outcome.attempts.map((attempt) => attempt.peakMemoryMb))),
  });

  if (sat.length > 0 && unsat.length > 0) {
    const words = (some: readonly Outcome[]): string => some.map((outcome) => `${outcome.tool.id} ${outcome.tool.version}`).join(', ');
    return { ...result({ kind: 'unknown', reason: REASON.disputed }, undefined, []), diagnostics: [{ severity: 'error', obligation, message: `${words(sat)} said "sat", ${words(unsat)} said "unsat"` }] };
  }
  const decided = sat[0] ?? unsat[0];
  if (!decided?.answer) {
    const open = outcomes.map((outcome) => outcome.open).sort((a, b) => LOUDEST.indexOf(a.kind) - LOUDEST.indexOf(b.kind))[0];
    return result(open ?? { kind: 'not-run', reason: 'no engine was started' }, undefined, []);
  }
  const others = [...sat, ...unsat].filter((outcome) => outcome !== decided).map((outcome) => ({ by: `${outcome.tool.id} ${outcome.tool.version}`, how: `said "${decided.answer}" as well` }));
  return result(verdictOf(decided, expect), decided, [...decided.confirmed, ...others]);
}

function isChecked(outcome: Outcome): boolean {
  return outcome.certificate?.checkedBy !== undefined;
}

function verdictOf(outcome: Outcome, expect: 'sat' | 'unsat' | undefined): Verdict {
  if (outcome.answer === 'unsat') return expect === 'sat' ? { kind: 'failed', answer: 'unsat', reason: 'unsatisfiable, and expected to be satisfiable' } : { kind: 'proved', answer: 'unsat' };
  const counterexample: Counterexample = { status: 'checked', values: outcome.assignment ? valuesOf(outcome.assignment) : [], witness: 'model' };
  return { kind: expect === 'sat' ? 'covered' : 'refuted', answer: 'sat', counterexample };
}
