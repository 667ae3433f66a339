/** One search for proofs in an open repository: how its race stands, and the proofs that may be written. Writes nothing. */
import { randomUUID } from 'node:crypto';
import type { Limits } from '../../toolchains/contract.ts';
import type { CandidateTexts, ProofBudget, ProofGoal, ProofState } from '../contract.ts';
import type { EngineEvent } from '../engine/events.ts';
import type { Selection } from '../engine/running/select.ts';
import { Spending } from '../engine/synthesis/budget.ts';
import { patchOf } from '../engine/synthesis/patch.ts';
import { prove, type AcceptedProof } from '../engine/synthesis/prove.ts';
import type { ProveStep } from '../engine/synthesis/steps.ts';
import { hashOf } from './files.ts';
import { goalOf, proofCandidateOf, settledGoal, steppedGoal } from './proof-goals.ts';
import type { RepositorySession } from './session.ts';

export interface ProofRequest {
  readonly limits: Limits;
  readonly selection: Selection;
  readonly strategies: readonly string[];
  readonly budget: ProofBudget;
  readonly command: readonly string[];
}

/** How often a search says what it has spent, milliseconds. */
const SPENT_PERIOD = 250;

const STOPPED = 'the search was stopped';

export class ProofControl {
  /** Settles when all has ended, whatever the outcome. */
  readonly ended: Promise<void>;
  readonly #controller = new AbortController();
  readonly #spending: Spending;
  readonly #goals = new Map<string, ProofGoal>();
  readonly #proofs = new Map<string, AcceptedProof>();
  readonly #timer: NodeJS.Timeout;
  #state: ProofState;
  #run = '';

  constructor(private readonly session: RepositorySession, private readonly request: ProofRequest) {
    this.#spending = new Spending(request.budget);
    this.#state = {
      proof: randomUUID(), state: 'running', step: 'first-run', startedAt: new Date().toISOString(), budget: request.budget, spent: { seconds: 0, calls: 0 }, goals: 0, already: 0, found: 0, candidates: [], refused: [],
    };
    this.#timer = setInterval(() => { this.#set({}); }, SPENT_PERIOD);
    this.ended = this.#go().finally(() => { clearInterval(this.#timer); });
  }

  get state(): ProofState { return this.#state; }
  get goals(): readonly ProofGoal[] { return [...this.#goals.values()]; }
  get isOver(): boolean { return this.#state.state !== 'running' && this.#state.state !== 'cancelling'; }

  cancel(): void {
    if (this.isOver || this.#controller.signal.aborted) return;
    this.#set({ state: 'cancelling' });
    this.#controller.abort(new DOMException('cancelled', 'AbortError'));
  }

  async stop(): Promise<void> {
    this.cancel();
    await this.ended;
  }

  /** Undefined where there is no such candidate. */
  texts(candidate: string): CandidateTexts | undefined {
    const proof = this.#proofs.get(candidate);
    if (!proof) return undefined;
    const files = [...proof.candidate.files].map(([path, after]) => { const before = proof.base.get(path)!; return { path, base: hashOf(before), before: before.toString('utf8'), after }; });
    return { files, patch: patchOf(proof.base, proof.candidate.files) };
  }

  mark(candidate: string, fate: ProofState['candidates'][number]['fate']): void {
    this.#set({ candidates: this.#state.candidates.map((one) => (one.id === candidate ? { ...one, fate } : one)) });
  }

  async #go(): Promise<void> {
    const { session, request } = this;
    const { engine } = session.context;
    const signal = this.#controller.signal;
    const { repository } = session.opened;
    try {
      // A plan of its own: that of the session is made anew whenever a file changes.
      const opened = await engine.plan({ path: repository.kind === 'archive' ? repository : repository.origin, trusted: session.trusted, signal });
      try {
        await prove(engine, opened, {
          ...request, trusted: session.trusted, spending: this.#spending, signal, onEvent: (event) => { this.#hear(event); }, onLine: () => undefined, onStep: (step) => { this.#step(step); },
        });
        this.#end(signal.aborted ? 'cancelled' : 'finished');
      } finally { if (repository.kind !== 'archive') await opened.repository.dispose(); }
    } catch (error) {
      if (signal.aborted) this.#end('cancelled');
      else this.#end('failed', error instanceof Error ? error.message : String(error));
    }
  }

  /** The first run is a run: its verdicts are in the store, and of the ledger. */
  #hear(event: EngineEvent): void {
    const { session } = this;
    switch (event.type) {
      case 'run-started': this.#run = event.runId; return;
      case 'verdicts': return session.put(event.entries, { run: this.#run });
      case 'disagreement': return session.put([event.after], { run: this.#run });
      case 'notice': return session.context.tell({ type: 'notice', repository: session.id, severity: event.severity, message: event.message });
      case 'tools': case 'progress': case 'run-ended': return;
    }
  }

  #step(step: ProveStep): void {
    switch (step.type) {
      case 'open': return this.#set({ step: 'search', goals: step.goals.length, already: step.already }, step.goals.map(goalOf));
      case 'searching': return this.#set({}, this.#changed(step.goals, (goal) => ({ ...goal, state: 'searching' })));
      case 'pass': return this.#set({}, this.#changed([step.step.obligation], (goal) => steppedGoal(goal, step.step)));
      case 'judging': return this.#set({}, this.#changed(step.proves, (goal) => ({ ...goal, state: 'judging' })));
      case 'refused': {
        const { by, why, additions } = step.refused;
        return this.#set({ refused: [...this.#state.refused, { by, why, proves: [...step.proves], additions: additions.map((one) => ({ ...one })) }] }, this.#changed(step.proves, (goal) => ({ ...goal, state: 'searching' })));
      }
      case 'settled': {
        const { accepted } = step;
        const goals = step.goals.map((outcome) => settledGoal(this.#goals.get(outcome.entry.obligation.id) ?? goalOf(outcome.entry), outcome, accepted)).map((goal) => (this.#controller.signal.aborted && goal.state === 'not-found' ? { ...goal, why: STOPPED } : goal));
        if (!accepted) return this.#set({}, goals);
        const id = `${this.#proofs.size + 1}`;
        this.#proofs.set(id, accepted);
        return this.#set({ candidates: [...this.#state.candidates, proofCandidateOf(id, accepted)], found: this.#state.found + goals.filter((goal) => goal.state === 'found').length }, goals);
      }
    }
  }

  #changed(ids: readonly string[], change: (goal: ProofGoal) => ProofGoal): ProofGoal[] {
    return ids.flatMap((id) => { const goal = this.#goals.get(id); return goal ? [change(goal)] : []; });
  }

  #set(change: Partial<ProofState>, goals: readonly ProofGoal[] = []): void {
    const { seconds, calls } = this.isOver ? this.#state.spent : this.#spending;
    this.#state = { ...this.#state, spent: { seconds, calls }, ...change };
    for (const goal of goals) this.#goals.set(goal.obligation, goal);
    this.session.context.tell({ type: 'proof', repository: this.session.id, proof: this.#state, goals: [...goals] });
  }

  #end(state: 'finished' | 'cancelled' | 'failed', problem?: string): void {
    clearInterval(this.#timer);
    // What was under way has no outcome.
    const why = state === 'failed' ? 'the search failed' : STOPPED;
    const left = this.goals.filter((goal) => goal.state === 'waiting' || goal.state === 'searching' || goal.state === 'judging').map((goal): ProofGoal => ({ ...goal, state: goal.passes > 0 ? 'not-found' : 'untried', why }));
    this.#set({ state, step: 'ended', ...(problem === undefined ? {} : { problem }) }, left);
  }
}
