/** What a search may spend, and what it has spent. The wall holds for everything: first run, search, guard, clean run. */

import type { ModelBudget } from '../models/meter.ts';

export interface Budget {
  readonly wallSeconds: number;
  /** Verifier calls of the search. */
  readonly calls?: number;
  /** Of a model. */
  readonly model?: ModelBudget;
}

export const DEFAULT_BUDGET: Budget = { wallSeconds: 60 };

/** Of the wall: what guard and clean run keep for themselves, at least and at most. */
const LEAST_RESERVE = 4, MOST_RESERVE = 30, RESERVE_SHARE = 0.18;

export class Spending {
  readonly #started = performance.now();
  #calls = 0;
  #reserve: number;

  constructor(readonly budget: Budget) {
    this.#reserve = Math.min(MOST_RESERVE, Math.max(LEAST_RESERVE, budget.wallSeconds * RESERVE_SHARE));
  }

  get seconds(): number { return (performance.now() - this.#started) / 1000; }
  get calls(): number { return this.#calls; }

  /** A clean run takes about as long as the first one did, and the guard's second half as much again. */
  learnClean(seconds: number): void { this.#reserve = Math.min(this.budget.wallSeconds / 2, Math.max(this.#reserve, seconds * 2.2)); }

  secondsLeft(): number { return Math.max(0, this.budget.wallSeconds - this.seconds); }
  searchLeft(): number { return Math.max(0, this.budget.wallSeconds - this.#reserve - this.seconds); }

  /** Of the search, for the next of so many units: equal parts of what is left, so that what one does not use goes to the next ones. */
  share(units: number): number { return this.searchLeft() / Math.max(1, units); }

  spend(): boolean {
    if (this.budget.calls !== undefined && this.#calls >= this.budget.calls) return false;
    this.#calls++;
    return true;
  }
}
