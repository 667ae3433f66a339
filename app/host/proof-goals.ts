/** A goal of a search as the window shows it: made of the ledger's entry, changed by each step. */
import type { Diagnostic } from '../../toolchains/contract.ts';
import type { SearchStep } from '../../toolchains/synthesis.ts';
import type { ProofCandidate, ProofGoal } from '../contract.ts';
import type { LedgerEntry } from '../engine/ledger/types.ts';
import type { AcceptedProof, GoalOutcome } from '../engine/synthesis/prove.ts';

const OPEN_SHOWN = 20;

export function goalOf({ obligation, result }: LedgerEntry): ProofGoal {
  const { id, symbol, file, range, toolchain } = obligation;
  return { obligation: id, symbol, file, range, toolchain, before: result.verdict.kind, state: 'waiting', passes: 0, strategies: [], strongest: [], open: result.diagnostics.slice(0, OPEN_SHOWN).map(plain), notes: [] };
}

export function steppedGoal(goal: ProofGoal, step: SearchStep): ProofGoal {
  const open = step.open.length > 0 ? step.open.slice(0, OPEN_SHOWN).map(plain) : goal.open;
  return { ...goal, state: 'searching', passes: step.passes, strategies: step.strategies.map((one) => ({ ...one, used: 0 })), strongest: [...step.strongest], open };
}

export function settledGoal(goal: ProofGoal, { proved, finding, untried }: GoalOutcome, accepted: AcceptedProof | undefined): ProofGoal {
  if (untried !== undefined) return { ...goal, state: 'untried', why: untried };
  const used = (strategy: string): number => (accepted?.candidate.additions ?? []).filter((one) => one.obligation === goal.obligation && one.strategy === strategy).length;
  // Nothing was tried of a goal that the search could not read, or that a run refutes: its last note says why.
  const isTried = proved || (finding?.candidates ?? 0) > 0 || goal.passes > 0;
  return {
    ...goal, state: proved ? 'found' : isTried ? 'not-found' : 'untried', strategies: goal.strategies.map((one) => ({ ...one, used: proved ? used(one.strategy) : 0 })),
    ...(isTried || !finding?.notes.length ? {} : { why: finding.notes.at(-1)! }),
    ...(finding ? { passes: finding.passes, strongest: [...finding.strongest], open: finding.open.slice(0, OPEN_SHOWN).map(plain), notes: isTried ? [...finding.notes] : finding.notes.slice(0, -1) } : {}),
  };
}

export function proofCandidateOf(id: string, { candidate, acceptance, seconds, calls }: AcceptedProof): ProofCandidate {
  return {
    id, proves: [...candidate.proves], files: [...candidate.files.keys()], additions: candidate.additions.map((one) => ({ ...one })), guard: [...acceptance.guard], cleanSeconds: acceptance.seconds, seconds, calls, fate: 'offered',
    ...(acceptance.unconfirmed === undefined ? {} : { unconfirmed: acceptance.unconfirmed }),
  };
}

function plain({ notes, ...rest }: Diagnostic): ProofGoal['open'][number] {
  return { ...rest, ...(notes ? { notes: notes.map((note) => ({ ...note })) } : {}) };
}
