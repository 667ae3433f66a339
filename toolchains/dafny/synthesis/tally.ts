/** What became of the candidates of a goal, by strategy and pass: for who looks on. */
import type { Diagnostic } from '../../contract.ts';
import type { SearchStep } from '../../synthesis.ts';
import type { Candidate } from './candidate.ts';

const STRONGEST = 12;

export class Tally {
  readonly #offered = new Set<Candidate>();
  readonly #checked = new Set<Candidate>();
  readonly #holds = new Set<Candidate>();
  #passes = 0;

  constructor(private readonly obligation: string, private readonly tell: (step: SearchStep) => void) {}

  offer(candidates: readonly Candidate[]): void {
    for (const one of candidates) this.#offered.add(one);
  }

  /** @param failed of those that this pass checked together */
  pass(checked: readonly Candidate[], failed: ReadonlySet<Candidate>, open: readonly Diagnostic[]): void {
    this.offer(checked);
    this.#passes += 1;
    this.#holds.clear();
    for (const one of checked) { this.#checked.add(one); if (!failed.has(one)) this.#holds.add(one); }
    const holding = [...this.#holds].sort((a, b) => a.tier - b.tier || a.order - b.order);
    this.tell({ obligation: this.obligation, passes: this.#passes, strategies: this.#counts(), strongest: holding.slice(0, STRONGEST).map((one) => one.text), open });
  }

  #counts(): SearchStep['strategies'] {
    const counts = new Map<string, { strategy: string; offered: number; checked: number; holds: number }>();
    for (const one of this.#offered) {
      const count = counts.get(one.family) ?? { strategy: one.family, offered: 0, checked: 0, holds: 0 };
      counts.set(one.family, count);
      count.offered += 1;
      if (this.#checked.has(one)) count.checked += 1;
      if (this.#holds.has(one)) count.holds += 1;
    }
    return [...counts.values()];
  }
}
