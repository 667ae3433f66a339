/** From what a solver answered to the words of the ledger (DESIGN, "SMT and SAT answers"). */
import type { Counterexample, Verdict } from '../verdict.ts';
import type { Status } from './script.ts';

/**
 * `unsat` proves the claim whose negation was asserted; where the file (or --expect) says `sat`, the question is
 * for a witness.
 */
export function answerVerdict(answer: 'sat' | 'unsat', expected: Status | undefined, counterexample?: Counterexample): Verdict {
  if (answer === 'unsat')
    return expected === 'sat' ? { kind: 'failed', answer, reason: 'unsat, where sat is expected' } : { kind: 'proved', answer };
  if (expected === 'sat') return { kind: 'covered', answer, counterexample };
  return { kind: 'refuted', answer, counterexample, ...(expected === 'unsat' ? { reason: 'sat, where unsat is expected' } : {}) };
}

/** Reasons that solvers give with `unknown`: z3 4.8–5.1, cvc5 1.0–1.3 ((:reason-unknown timeout)), as recorded. */
const TIME = /timeout|canceled|cancelled|interrupted/i;
const RESOURCE = /resource|rlimit|max\. conflicts|max-conflicts/i;
const MEMORY = /memout|memory/i;

export function unknownVerdict(details: string, solver: string, seconds: number): Verdict {
  const reason = reasonIn(details);
  if (reason === undefined) return { kind: 'unknown', answer: 'unknown', reason: `${solver} gave up without a reason` };
  if (MEMORY.test(reason)) return { kind: 'out-of-memory', reason: `${solver}: ${reason}` };
  if (RESOURCE.test(reason)) return { kind: 'out-of-resource', reason: `${solver}: ${reason}` };
  if (TIME.test(reason)) return { kind: 'timeout', seconds, reason: `${solver}: ${reason}` };
  return { kind: 'unknown', answer: 'unknown', reason: `${solver}: ${reason}` };
}

function reasonIn(details: string): string | undefined {
  const match = /^\(:reason-unknown (?:"((?:[^"]|"")*)"|([\w-]+)|\(([^()]*)\))\)/m.exec(details);
  const reason = (match?.[1] ?? match?.[2] ?? match?.[3])?.trim();
  return reason ? reason.slice(0, 200) : undefined;
}

/** Of several open verdicts the one that says most about what to do next comes first. */
const OPEN_ORDER: readonly Verdict['kind'][] = ['timeout', 'out-of-resource', 'out-of-memory', 'unknown', 'cancelled', 'crashed', 'malformed', 'tool-missing', 'not-run'];

export function mostTelling(verdicts: readonly Verdict[]): Verdict | undefined {
  return [...verdicts].sort((a, b) => OPEN_ORDER.indexOf(a.kind) - OPEN_ORDER.indexOf(b.kind))[0];
}
