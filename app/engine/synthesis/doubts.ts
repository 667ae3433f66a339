/**
 * Is a goal wrong, so that no proof can be found? Asked of a check with counterexamples, which the toolchain calls refuted only
 * where a run of the program shows it. Verdict and evidence are in the store like those of any other check.
 */
import type { Engine, OpenedPlan } from '../engine.ts';
import type { EventSink } from '../events.ts';
import type { LedgerEntry } from '../ledger/types.ts';
import type { Limits } from '../../../toolchains/contract.ts';

export interface DoubtRequest {
  readonly limits: Limits;
  readonly trusted: boolean;
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  readonly onEvent: EventSink;
  secondsLeft(): number;
}

/** With less than this left a check, a compiler and a run come to no end. */
const LEAST_SECONDS = 4, MOST_SECONDS = 25;

export class Doubts {
  readonly #answers = new Map<string, Promise<LedgerEntry | undefined>>();
  readonly #refuted = new Map<string, LedgerEntry>();

  constructor(private readonly engine: Engine, private readonly opened: OpenedPlan, private readonly request: DoubtRequest) {}

  /** Asks once for each. */
  async refutes(id: string): Promise<boolean> {
    let answer = this.#answers.get(id);
    if (!answer) {
      if (this.#refuted.has(id) || this.request.secondsLeft() < LEAST_SECONDS || this.request.signal.aborted) return this.#refuted.has(id);
      this.#answers.set(id, answer = this.#ask(id));
    }
    return await answer !== undefined;
  }

  refuted(id: string): LedgerEntry | undefined { return this.#refuted.get(id); }

  async #ask(id: string): Promise<LedgerEntry | undefined> {
    const { limits, trusted, command, signal, onEvent } = this.request;
    const outcome = await this.engine.verify(this.opened, {
      limits: { ...limits, effort: 2 }, selection: { ids: new Set([id]) }, fresh: false, trusted, command, deadlineSeconds: Math.min(MOST_SECONDS, this.request.secondsLeft()), recheckShare: 0, signal, onEvent,
    });
    // The others of its unit are checked along with it.
    for (const entry of outcome.ledger.entries) if (entry.result.verdict.kind === 'refuted') this.#refuted.set(entry.obligation.id, entry);
    return this.#refuted.get(id);
  }
}
