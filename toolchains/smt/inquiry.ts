/** What is known about each check of a script while engines answer, and when it is settled. */
import type { Attempt, CheckContext, Diagnostic, ObligationResult } from '../contract.ts';
import { REASON, type Verdict } from '../verdict.ts';
import type { EngineOutcome } from './attempt.ts';
import type { Entrant } from './portfolio.ts';
import type { Check, Script, Status } from './script.ts';
import { knownUnsound } from './unsound.ts';
import { answerVerdict, mostTelling } from './verdicts.ts';
import { weigh, type Opinion, type Weighed } from './weigh.ts';

interface Held { readonly opinion: Opinion; readonly outcome: EngineOutcome }

export class Inquiry {
  private readonly outcomes: EngineOutcome[] = [];
  private readonly held = new Map<number, Held[]>();
  private readonly reported = new Set<number>();

  constructor(private readonly context: CheckContext, private readonly script: Script) {
    for (const check of script.checks) {
      if (check.refused === undefined) continue;
      this.report(check, { kind: 'malformed', reason: check.refused }, []);
    }
  }

  /** Checks that still need an engine. */
  pending(): readonly Check[] {
    return this.script.checks.filter((check) => !this.reported.has(check.number));
  }

  /** Where only a second opinion is missing, the cheapest engine of another build comes first. */
  choose(queue: readonly Entrant[]): Entrant | undefined {
    const pending = this.pending();
    const onlySecond = pending.length > 0 && pending.every((check) => this.weighed(check).kind === 'needs-second');
    return (onlySecond ? queue.find((entrant) => entrant.tool.embedded) : undefined) ?? queue[0];
  }

  add(outcome: EngineOutcome): void {
    this.outcomes.push(outcome);
    for (const check of this.script.checks) {
      const answer = outcome.answers.get(check.number)?.answer;
      if (answer !== 'sat' && answer !== 'unsat') continue;
      const all = this.held.get(check.number) ?? [];
      all.push({ opinion: { tool: outcome.tool, answer }, outcome });
      this.held.set(check.number, all);
      const weighed = this.weighed(check);
      if (weighed.kind === 'settled' || weighed.kind === 'disputed') this.settle(check, weighed);
    }
  }

  noEngine(): void {
    for (const check of this.pending())
      this.report(check, { kind: 'tool-missing', reason: 'no SMT solver that takes this script', remedy: 'Install z3 or cvc5, or run ./assay doctor.' }, []);
  }

  /** Reports what stayed open. */
  close(): void {
    for (const check of this.pending()) {
      const weighed = this.weighed(check);
      if (weighed.kind === 'needs-second') {
        const { tool } = weighed.by;
        const diagnostic: Diagnostic = { severity: 'warning', code: 'known-unsound', message: `${tool.id} ${tool.version} says unsat, and is known to say so wrongly: ${knownUnsound(tool)?.source ?? ''}` };
        this.report(check, { kind: 'unknown', answer: 'unknown', reason: REASON.knownUnsound }, this.attempts(check), [diagnostic]);
        continue;
      }
      const verdicts = this.outcomes.map((outcome) => outcome.open(check.number));
      this.report(check, this.context.signal.aborted ? { kind: 'cancelled' } : mostTelling(verdicts) ?? { kind: 'not-run', reason: 'no engine was asked' }, this.attempts(check));
    }
  }

  private weighed(check: Check): Weighed {
    return weigh((this.held.get(check.number) ?? []).map((held) => held.opinion));
  }

  private settle(check: Check, weighed: Extract<Weighed, { kind: 'settled' | 'disputed' }>): void {
    if (weighed.kind === 'disputed') {
      const { sat, unsat } = weighed;
      const message = `${unsat.tool.id} ${unsat.tool.version} says unsat, ${sat.tool.id} ${sat.tool.version} says sat`;
      this.report(check, { kind: 'unknown', answer: 'unknown', reason: REASON.disputed }, this.attempts(check), [{ severity: 'error', code: REASON.disputed, message }]);
      return;
    }
    const confirmed = weighed.confirming.map(({ tool, answer }) => ({ by: `${tool.id} ${tool.version}`, how: `a second engine says ${answer}` }));
    const verdict = answerVerdict(weighed.answer, this.expected(check));
    this.report(check, verdict, this.attempts(check, weighed.by), [], confirmed);
  }

  private expected(check: Check): Status | undefined { return this.context.limits.expect ?? check.status; }

  /** The deciding one first. */
  private attempts(check: Check, first?: Opinion): readonly Attempt[] {
    const sorted = [...this.outcomes].sort((a, b) => Number(b.tool === first?.tool) - Number(a.tool === first?.tool));
    return sorted.map((outcome) => ({ ...outcome.attempt, said: this.said(check, outcome) }));
  }

  private said(check: Check, outcome: EngineOutcome): Verdict {
    const answer = outcome.answers.get(check.number)?.answer;
    return answer === 'sat' || answer === 'unsat' ? answerVerdict(answer, this.expected(check)) : outcome.open(check.number);
  }

  private report(check: Check, verdict: Verdict, attempts: readonly Attempt[], diagnostics: readonly Diagnostic[] = [], confirmed: ObligationResult['confirmed'] = []): void {
    this.reported.add(check.number);
    const obligation = this.context.unit.obligations[check.number - 1]!;
    const file = this.context.project.files[0];
    const notes = this.outcomes.flatMap((outcome) => outcome.notes);
    const shared = this.script.checks.length;
    this.context.report({
      obligation, verdict, attempts, confirmed,
      diagnostics: [...diagnostics, ...notes].map((diagnostic) => ({ ...diagnostic, file, obligation, range: diagnostic.range ?? check.range })),
      seconds: attempts.reduce((sum, attempt) => sum + attempt.seconds, 0) / shared,
      memoryMb: attempts.reduce((most, attempt) => Math.max(most, attempt.peakMemoryMb), 0),
    });
  }
}
