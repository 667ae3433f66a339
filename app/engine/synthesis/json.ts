/** What `prove --json` leaves: goals with what was tried, what was accepted and on what grounds, what was refused and why. */
import type { ApplyAnswer } from './apply.ts';
import type { Budget } from './budget.ts';
import type { ProveOutcome } from './prove.ts';
import { version } from '../version.ts';

export function proveJson(outcome: ProveOutcome, { command, budget, patch, applied }: { command: readonly string[]; budget: Budget; patch: string; applied?: ApplyAnswer }): object {
  return {
    schema: 1, assay: version, command, budget, seconds: outcome.seconds, calls: outcome.calls, alreadyGreen: outcome.already,
    goals: outcome.goals.map(({ entry, proved, finding, untried }) => ({
      obligation: entry.obligation.id, symbol: entry.obligation.symbol, file: entry.obligation.file, range: entry.obligation.range, before: entry.result.verdict, proved,
      ...(untried === undefined ? {} : { untried }), ...(finding ? { candidates: finding.candidates, passes: finding.passes, strongest: finding.strongest, blockedBy: finding.open, notes: finding.notes } : {}),
    })),
    accepted: outcome.accepted.map(({ unit, candidate, acceptance, seconds, calls, provenance }) => ({
      unit, proves: candidate.proves, additions: candidate.additions, seconds, calls, ...(provenance ? { provenance } : {}), guard: acceptance.guard, ...(acceptance.unconfirmed === undefined ? {} : { unconfirmed: acceptance.unconfirmed }),
      cleanRun: {
        seconds: acceptance.seconds,
        verdicts: acceptance.settled.map(({ obligation, result }) => ({ obligation: obligation.id, verdict: result.verdict })),
        attempts: (acceptance.settled[0]?.result.attempts ?? []).map(({ tool, toolVersion, fingerprint, solver, argv, exit, limits, startedAt, seconds: took }) => ({ tool, toolVersion, fingerprint, solver, argv, exit, limits, startedAt, seconds: took })),
      },
    })),
    ...(outcome.model ? { model: outcome.model } : {}), refused: outcome.refused, patch, ...(applied ? { applied } : {}),
  };
}
