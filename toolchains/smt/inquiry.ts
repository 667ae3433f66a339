/** What is known about each check of a script while engines answer, and when it is settled. */
import type { Attempt, CheckContext, Diagnostic, ObligationResult, Tool } from '../contract.ts';
import { REASON, type Verdict } from '../verdict.ts';
import type { EngineOutcome } from './attempt.ts';
import { counterexampleOf, MODEL_OUTPUT, readCore, readModel, type Model } from './model.ts';
import { checkModel, MOST_MODELS, type ModelVerdict, type RunEngine } from './model-check.ts';
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
  /** Checks that were told as sat or unsat: what a loser of the race still says against it makes them disputed. */
  private readonly answered = new Set<number>();
  /** Why a `sat` was not believed. */
  private readonly voided = new Map<number, string>();
  /** Models looked at so far. */
  private judged = 0;

  constructor(private readonly context: CheckContext, private readonly script: Script, private readonly run: RunEngine) {
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
    return (this.lacksOnlySecond() ? queue.find((entrant) => entrant.tool.embedded) : undefined) ?? queue[0];
  }

  lacksOnlySecond(): boolean {
    const pending = this.pending();
    return pending.length > 0 && pending.every((check) => this.weighed(check).kind === 'needs-second');
  }

  async add(outcome: EngineOutcome): Promise<void> {
    this.outcomes.push(outcome);
    for (const check of this.script.checks) {
      const answer = outcome.answers.get(check.number)?.answer;
      if (answer !== 'sat' && answer !== 'unsat') continue;
      this.held.set(check.number, [...this.held.get(check.number) ?? [], { opinion: { tool: outcome.tool, answer }, outcome }]);
      if (!this.reported.has(check.number)) await this.settleIfWeighed(check);
      else if (this.answered.has(check.number)) this.disputeIfWeighed(check);
    }
  }

  private async settleIfWeighed(check: Check): Promise<void> {
    const weighed = this.weighed(check);
    if (weighed.kind === 'settled' || weighed.kind === 'disputed') await this.settle(check, weighed);
  }

  private disputeIfWeighed(check: Check): boolean {
    const weighed = this.weighed(check);
    if (weighed.kind !== 'disputed') return false;
    this.dispute(check, weighed);
    return true;
  }

  private dispute(check: Check, { sat, unsat }: Extract<Weighed, { kind: 'disputed' }>): void {
    const message = `${name(unsat.tool)} says unsat, ${name(sat.tool)} says sat`;
    this.report(check, { kind: 'unknown', answer: 'unknown', reason: REASON.disputed }, this.attempts(check), [{ severity: 'error', code: REASON.disputed, message }]);
  }

  noEngine(): void {
    for (const check of this.pending())
      this.report(check, { kind: 'tool-missing', reason: 'no SMT solver that takes this script', remedy: 'Install z3 or cvc5, or run ./assay doctor.' }, []);
  }

  /** Reports what stayed open. */
  close(): void {
    for (const check of this.pending()) {
      const weighed = this.weighed(check);
      // The second engine had no time to speak: that says nothing which may be kept.
      if (this.context.signal.aborted && weighed.kind === 'needs-second') { this.report(check, { kind: 'cancelled' }, this.attempts(check)); continue; }
      if (weighed.kind === 'needs-second' || weighed.kind === 'settled') {
        const { tool, answer } = weighed.by;
        const diagnostic: Diagnostic = { severity: 'warning', code: 'known-unsound', message: `${name(tool)} says ${answer}, and is known to be wrong at times: ${knownUnsound(tool)?.source ?? ''}` };
        this.report(check, { kind: 'unknown', answer: 'unknown', reason: REASON.knownUnsound }, this.attempts(check), [diagnostic]);
        continue;
      }
      const voided = this.voided.get(check.number);
      if (voided !== undefined) { this.report(check, { kind: 'unknown', answer: 'unknown', reason: voided }, this.attempts(check)); continue; }
      const verdicts = this.outcomes.map((outcome) => outcome.open(check.number));
      this.report(check, this.context.signal.aborted ? { kind: 'cancelled' } : mostTelling(verdicts) ?? { kind: 'not-run', reason: 'no engine was asked' }, this.attempts(check));
    }
  }

  private weighed(check: Check): Weighed {
    return weigh((this.held.get(check.number) ?? []).map((held) => held.opinion));
  }

  private async settle(check: Check, weighed: Extract<Weighed, { kind: 'settled' | 'disputed' }>): Promise<void> {
    if (weighed.kind === 'disputed') { this.dispute(check, weighed); return; }
    const confirmed = weighed.confirming.map(({ tool, answer }) => ({ by: name(tool), how: `a second engine says ${answer}` }));
    const details = this.details(check, weighed.by);
    if (weighed.answer === 'unsat') {
      const core = this.script.cores ? readCore(details) : undefined;
      const notes: Diagnostic[] = core ? [{ severity: 'info', code: 'unsat-core', message: `these assertions contradict each other: ${core.join(' ')}` }] : [];
      this.answered.add(check.number);
      this.report(check, answerVerdict('unsat', this.expected(check)), this.attempts(check, weighed.by), notes, confirmed);
      return;
    }
    // Nobody else settles it while its model is looked at.
    this.reported.add(check.number);
    const model = readModel(details);
    const judged = await this.judge(check, model, weighed.by);
    if (judged.kind === 'fails') {
      this.voided.set(check.number, `the model of ${name(weighed.by.tool)} does not satisfy the script (${judged.by ?? ''})`);
      this.held.set(check.number, (this.held.get(check.number) ?? []).filter((held) => held.opinion !== weighed.by));
      this.reported.delete(check.number);
      // What another said meanwhile.
      await this.settleIfWeighed(check);
      return;
    }
    if (this.disputeIfWeighed(check)) return;
    if (judged.kind === 'open' && knownUnsound(weighed.by.tool) && confirmed.length === 0 && this.expected(check) === 'sat') {
      this.reported.delete(check.number);
      return;
    }
    if (judged.kind === 'holds') confirmed.push({ by: judged.by ?? '', how: 'its model, put into the script, satisfies it' });
    const counterexample = model && counterexampleOf(model, judged.kind === 'holds' ? 'checked' : 'suggested');
    const verdict = answerVerdict('sat', this.expected(check), counterexample);
    const notes: Diagnostic[] = judged.why === undefined ? [] : [{ severity: 'info', code: 'model-not-checked', message: `the model was not checked: ${judged.why}` }];
    this.answered.add(check.number);
    this.report(check, verdict, this.attempts(check, weighed.by, model && details), notes, confirmed);
  }

  private async judge(check: Check, model: Model | undefined, by: Opinion): Promise<ModelVerdict> {
    if (!model || this.context.limits.effort === 0 || this.judged >= MOST_MODELS) return { kind: 'open' };
    this.judged++;
    return checkModel(this.context, this.script, check, model, by.tool, this.run);
  }

  private details(check: Check, by: Opinion): string {
    return this.outcomes.find((outcome) => outcome.tool === by.tool && outcome.answers.has(check.number))?.answers.get(check.number)?.details ?? '';
  }

  private expected(check: Check): Status | undefined { return this.context.limits.expect ?? check.status; }

  /** The deciding one first. */
  private attempts(check: Check, first?: Opinion, model?: string): readonly Attempt[] {
    const decided = (outcome: EngineOutcome): boolean => outcome.tool === first?.tool && outcome.answers.get(check.number)?.answer === first.answer;
    const sorted = [...this.outcomes].sort((a, b) => Number(decided(b)) - Number(decided(a)));
    const attempts = sorted.map((outcome): Attempt => ({ ...outcome.attempt, said: this.said(check, outcome) }));
    const [deciding, ...others] = attempts;
    if (model === undefined || !deciding) return attempts;
    const content = Buffer.from(model);
    return [{ ...deciding, outputs: [...deciding.outputs, { name: MODEL_OUTPUT, content, bytes: content.length, truncated: false }] }, ...others];
  }

  private said(check: Check, outcome: EngineOutcome): Verdict {
    const answer = outcome.answers.get(check.number)?.answer;
    return answer === 'sat' || answer === 'unsat' ? answerVerdict(answer, this.expected(check)) : outcome.open(check.number);
  }

  private report(check: Check, verdict: Verdict, attempts: readonly Attempt[], diagnostics: readonly Diagnostic[] = [], confirmed: ObligationResult['confirmed'] = []): void {
    this.reported.add(check.number);
    const obligation = this.context.unit.obligations[check.number - 1]!;
    const file = this.context.project.files[0];
    // Several engines leave out the same options.
    const notes = [...new Map(this.outcomes.flatMap((outcome) => outcome.notes).map((note) => [`${note.range?.start.line ?? 0} ${note.message}`, note])).values()];
    const shared = this.script.checks.length;
    this.context.report({
      obligation, verdict, attempts, confirmed,
      diagnostics: [...diagnostics, ...notes].map((diagnostic) => ({ ...diagnostic, file, obligation, range: diagnostic.range ?? check.range })),
      seconds: attempts.reduce((sum, attempt) => sum + attempt.seconds, 0) / shared,
      memoryMb: attempts.reduce((most, attempt) => Math.max(most, attempt.peakMemoryMb), 0),
    });
  }
}

function name(tool: Tool): string { return `${tool.id} ${tool.version}`; }
