/**
 * One engine at one formula. Its answer counts only after Assay's own check: a model must satisfy every clause of
 * the formula as Assay parsed it, a certificate must not be rejected.
 */
import type { Attempt, Certificate, CheckContext, Output, Tool } from '../contract.ts';
import type { Verdict } from '../verdict.ts';
import type { Reading } from './answer.ts';
import { modelOutput } from './evidence.ts';
import { assignmentOf, firstUnsatisfied, type Assignment, type Formula } from './formula.ts';

/** What all attempts at one file share. */
export interface Question {
  readonly context: CheckContext;
  readonly formula: Formula;
  /** Absolute path of the private copy, which is all that solvers get. */
  readonly formulaPath: string;
  /** Bytes a certificate may take before the attempt is made again without one. */
  readonly proofLimitBytes: number;
}

export type Confirmation = { readonly by: string; readonly how: string };

export interface Outcome {
  readonly tool: Tool;
  /** Only after the checks. */
  readonly answer?: 'sat' | 'unsat';
  readonly assignment?: Assignment;
  readonly certificate?: Certificate;
  readonly confirmed: readonly Confirmation[];
  /** The attempt itself, then runs of certificate checkers. */
  readonly attempts: readonly Attempt[];
  /** Where there is no answer. */
  readonly open: Verdict;
}

export const UNDECIDED: Verdict = { kind: 'unknown', answer: 'unknown', reason: 'the solver gave up' };

/** The outcome of an answer that was read; `unsat` without a certificate. */
export function judged(question: Question, tool: Tool, reading: Reading, attempt: Attempt): Outcome {
  const none = (open: Verdict): Outcome => ({ tool, confirmed: [], attempts: [{ ...attempt, said: open }], open });
  switch (reading.kind) {
    case 'unreadable': return none({ kind: 'crashed', reason: `${tool.id}: ${reading.reason}` });
    case 'unknown': return none(UNDECIDED);
    case 'unsat': return { tool, answer: 'unsat', confirmed: [], attempts: [attempt], open: UNDECIDED };
    case 'sat': {
      const assignment = assignmentOf(question.formula, reading.model);
      if (typeof assignment === 'string') return none({ kind: 'unknown', reason: `the model of ${tool.id} is void: ${assignment}` });
      const clause = firstUnsatisfied(question.formula, assignment);
      if (clause !== 0) return none({ kind: 'unknown', reason: `the model of ${tool.id} is void: it does not satisfy clause ${clause}` });
      const model: Output = modelOutput(assignment);
      return {
        tool, answer: 'sat', assignment, certificate: { format: 'model', output: model.name, checkedBy: 'assay' },
        confirmed: [{ by: 'assay', how: `model of ${tool.id} checked against all ${question.formula.clauses} clauses` }],
        attempts: [{ ...attempt, outputs: [...attempt.outputs, model] }], open: UNDECIDED,
      };
    }
  }
}
